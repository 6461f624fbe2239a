import { describe, expect, it } from 'vitest'
import { bundle, files, noIssuer, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade, made } from '../testing/helpers/made.ts'
import { privateCa as rule } from './private-ca.ts'

const short = sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] })
const partnerCommand = '-connect api.partner.com:443 -servername api.partner.com -showcerts'

describe('private-ca', () => {
  it('fails a chain that ends below a root nobody knows', async () => {
    const judged = await judge(rule, short)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'likely',
      owner: 'client',
      title:
        'The chain ends at the private CA "Example Retail Root CA" (Example Retail), which is in no public trust store.',
      nextCommand: expect.stringContaining('-CAfile PRIVATE-ROOT.pem -verify_return_error </dev/null'),
    })
    expect(judged.quotes[0]).toContain('1 s:C = GB, O = Example Retail, CN = Example Retail Issuing CA 2')
    expect(judged.quotes[1]).toBe('verify error:num=20:unable to get local issuer certificate')
  })

  it('is certain when the root itself is sent', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['shop', 'issuing', 'root'], errors: [[19, 2]] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain' })
    expect(judged.explanation).toContain('self-signed certificate in certificate chain')
  })

  it('is certain when the root is elsewhere in the input', async () => {
    const paste = sClient({ command: toShop, sent: ['singleTier'], errors: noIssuer })
    expect(await judge(rule, files(['paste', paste], ['ca.pem', bundle('plainCa')]))).toMatchObject({
      kind: 'fail',
      confidence: 'certain',
      title: expect.stringContaining('"Example Works Authority"'),
    })
  })

  it('is certain when the root is imported and the client does not have it', async () => {
    const judged = await judge(rule, short, { trusted: ['root'] })
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain', owner: 'client' })
    expect(judged.explanation).toContain('among the roots imported here')
  })

  it('is only information when the client trusts the chain', async () => {
    const story = { command: `${toShop} -CAfile root.pem`, sent: ['shop', 'issuing'] } as const
    const judged = await judge(rule, sClient({ ...story, path: ['shop', 'issuing', 'root'] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'info', owner: 'nobody' })
    expect(judged.title).toBe(
      'The chain ends at the private CA "Example Retail Root CA" (Example Retail), which this client trusts.',
    )
    const lone = await judge(rule, sClient({ ...story, sent: ['shop'], path: ['shop', 'issuing', 'root'] }))
    expect(lone.title).toContain('"Example Retail Root CA"')
  })

  it('takes an error of another kind for a sign that the root was found', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['expiredShop', 'issuing'], errors: [[10, 0]] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'info' })
  })

  it('gives a hint where the name does not tell a root from an intermediate', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['singleTier'], errors: noIssuer }))).toMatchObject({
      kind: 'fail',
      confidence: 'hint',
    })
  })

  it('knows the only CA of a cluster by its name', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['clusterLeaf'], errors: noIssuer }))).toMatchObject({
      kind: 'fail',
      confidence: 'likely',
      title: expect.stringContaining('"Consul Agent CA 1234567890"'),
    })
  })

  it('says that a proxy on the way may have signed, and how to tell', async () => {
    const command = `-proxy proxy.corp.example:8080 ${partnerCommand}`
    const judged = await judge(rule, sClient({ command, sent: ['partner', 'corporate'], errors: [[19, 1]] }))
    expect(judged.explanation).toContain('The connection went through a proxy.')
    expect(judged.nextCommand).not.toContain('-proxy')
    expect(judged.nextCommand).toContain('from a machine that is not behind the proxy')
  })

  it('doubts a private CA for a public name', async () => {
    const story = { command: partnerCommand, sent: ['partner', 'corporate'], errors: [[19, 1]] } as const
    expect((await judge(rule, sClient(story))).explanation).toContain('api.partner.com is a public name')
  })

  it('reads the client’s own account when only its error stream is there', async () => {
    const sentRoot = verification({ sent: ['shop', 'issuing', 'root'], errors: [[19, 2]] })
    const judged = await judge(rule, `${sentRoot.join('\n')}\nDONE\n`)
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'likely' })
    expect(judged.quotes[0]).toBe('depth=2 C = GB, O = Example Retail, CN = Example Retail Root CA')
    const below = verification({ sent: ['shop', 'issuing'], errors: [[20, 1]] })
    expect((await judge(rule, `${below.join('\n')}\nDONE\n`)).title).toBe(
      'The issuer of "Example Retail Issuing CA 2" (Example Retail), a private CA, is not in the trust store of this client.',
    )
  })

  it('reads "openssl verify" the same way', async () => {
    const paste = `$ openssl verify -untrusted chain.pem shop.pem
C = GB, O = Example Retail, CN = Example Retail Root CA
error 19 at 2 depth lookup: self-signed certificate in certificate chain
error shop.pem: verification failed
`
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', title: expect.stringContaining('Retail Root CA') })
  })

  it('warns of a bundle, of which no client has said anything', async () => {
    expect(await judge(rule, bundle('shop', 'issuing', 'root'))).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      title: expect.stringMatching(/^The chain in this file ends at the private CA/),
    })
  })

  it('cannot tell from a cut paste', async () => {
    const cut = `$ openssl s_client ${toShop} 2>/dev/null | sed -n '/BEGIN/,/END/p'\n${bundle('shop')}`
    expect(await judge(rule, cut)).toMatchObject({ kind: 'unknown' })
  })

  it('passes public issuers and those of which the server owes an intermediate', async () => {
    for (const sent of [['publicShop'], ['newerShop'], ['shop']] as const)
      expect(await judge(rule, sClient({ command: toShop, sent, errors: noIssuer }))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to self-signed, recognised, imported or client certificates', async () => {
    const pastes = [
      sClient({ command: toShop, sent: ['selfSigned'], errors: [[18, 0]] }),
      sClient({ command: toShop, sent: ['resigned', 'zscaler'], errors: [[20, 1]] }),
      bundle('client', 'issuing'),
    ]
    for (const paste of pastes) expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
    expect(await judge(rule, bundle('shop', 'issuing'), { trusted: ['root'] })).toMatchObject({
      kind: 'not-applicable',
    })
  })

  it('takes the CA of a message from the connection beside it', async () => {
    const host = 'shop.example'
    const errors = [[20, 'PKIX path building failed']] as const
    const connection = made({ host, sent: ['shop', 'issuing'], ok: true, version: 'TLSv1.3' }, 'curl.txt', 1)
    for (const named of [{ host }, {}]) {
      const failed = made({ kind: 'message', tool: 'java', errors, ...named })
      const judged = await judgeMade(rule, [failed, connection], { trusted: [] })
      expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'likely', owner: 'client' })
      expect(judged.title).toContain('"Example Retail Root CA"')
      expect(judged.quotes).toEqual(['20 PKIX path building failed'])
    }
    const elsewhere = made({ kind: 'message', tool: 'java', errors, host: 'other.example' })
    expect((await judgeMade(rule, [elsewhere, connection], { trusted: [] })).kind).not.toBe('fail')
  })
})
