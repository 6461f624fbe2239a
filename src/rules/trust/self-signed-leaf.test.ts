import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { selfSignedLeaf as rule } from './self-signed-leaf.ts'

const self = (sent: 'selfSigned' | 'selfSignedCa') => sClient({ command: toShop, sent: [sent], errors: [[18, 0]] })

describe('self-signed-leaf', () => {
  it('fails a certificate that signs itself, whatever it says of being a CA', async () => {
    for (const sent of ['selfSigned', 'selfSignedCa'] as const) {
      const judged = await judge(rule, self(sent))
      expect(judged).toMatchObject({
        kind: 'fail',
        severity: 'error',
        confidence: 'certain',
        owner: 'server-operator',
        title: 'The certificate "shop.example" at shop.example:443 is self-signed.',
        nextCommand: expect.stringContaining('-fingerprint -sha256'),
      })
      expect(judged.quotes[0]).toContain('0 s:CN = shop.example')
      expect(judged.quotes[1]).toBe('verify error:num=18:self-signed certificate')
    }
  })

  it('is only information when the client has it in its store', async () => {
    const trusted = sClient({ command: `${toShop} -CAfile self.pem`, sent: ['selfSigned'] })
    expect(await judge(rule, trusted)).toMatchObject({ kind: 'fail', severity: 'info', owner: 'nobody' })
    const expired = sClient({ command: toShop, sent: ['selfSigned'], errors: [[10, 0]] })
    expect(await judge(rule, expired)).toMatchObject({ kind: 'fail', severity: 'info' })
  })

  it('goes by names, and says likely, where there is no certificate', async () => {
    const name = 'CN = device.example'
    const paste = sClient({ command: toShop, sent: [[name, name]], errors: noIssuer })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', confidence: 'likely' })
  })

  it('takes the word of a tool that shows nothing else', async () => {
    const paste =
      '$ openssl verify self.pem\nCN = shop.example\nerror 18 at 0 depth lookup: self-signed certificate\nerror self.pem: verification failed\n'
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'certain' })
    expect(judged.quotes).toContain('error 18 at 0 depth lookup: self-signed certificate')
  })

  it('warns of a file, of which no client has said anything', async () => {
    expect(await judge(rule, bundle('selfSigned'))).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('passes one that was imported as trusted, unless the client says it is not trusted there', async () => {
    expect(await judge(rule, bundle('selfSigned'), { trusted: ['selfSigned'] })).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, self('selfSigned'), { trusted: ['selfSigned'] })).toMatchObject({ kind: 'fail' })
  })

  it('passes a certificate that only has its issuer’s name', async () => {
    const lone = sClient({ command: toShop, sent: ['selfIssued'], errors: noIssuer })
    const both = sClient({ command: toShop, sent: ['selfIssued', 'selfIssuer'], errors: [[19, 1]] })
    for (const paste of [lone, both]) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to roots and client certificates in files', async () => {
    for (const paste of [bundle('root'), bundle('client')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
