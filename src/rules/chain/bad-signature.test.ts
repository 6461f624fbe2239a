import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { certificates } from '../testing/helpers/certificates.ts'
import { judge } from '../testing/helpers/judge.ts'
import { badSignature as rule } from './bad-signature.ts'

/** The leaf with some bits of its signature changed; its names and key identifiers stay. */
const damage = (text: string): string => {
  const body = certificates.shop.replace(/-----[^-]+-----|\s/g, '')
  const bytes = Buffer.from(body, 'base64')
  bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 0x55
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return text.replaceAll(
    certificates.shop.trim(),
    `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----`,
  )
}
const sent = ['shop', 'issuing'] as const

describe('bad-signature', () => {
  it('fails a signature that does not verify although the key identifiers agree', async () => {
    const judged = await judge(rule, damage(sClient({ command: toShop, sent, errors: [[7, 0]] })))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title:
        'The signature on "shop.example" (Example Retail) does not verify with the key of "Example Retail Issuing CA 2" (Example Retail).',
    })
    expect(judged.quotes[0]).toContain('0 s:C = GB, O = Example Retail, CN = shop.example')
    expect(judged.quotes[1]).toBe('verify error:num=7:certificate signature failure')
  })

  it('suspects the paste when the tool verified the chain', async () => {
    const judged = await judge(rule, damage(sClient({ command: toShop, sent, path: ['shop', 'issuing', 'root'] })))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning', owner: 'reporter' })
  })

  it('finds an imitation of a public root out', async () => {
    const paste = sClient({ command: toShop, sent: ['publicShop', 'r12', 'isrgX1'], errors: [[19, 2]] })
    const judged = await judge(rule, paste)
    expect(judged.kind).toBe('pass')
    const below = await judge(rule, sClient({ command: toShop, sent: ['publicShop', 'r12'], errors: [[20, 1]] }))
    expect(below).toMatchObject({ kind: 'fail', title: expect.stringContaining('with the key of "ISRG Root X1"') })
  })

  it('takes the word of a client whose certificates are not there, or verify here', async () => {
    const lines = verification({ sent, errors: [[7, 0]] })
    const alone = await judge(rule, `${lines.join('\n')}\nDONE\n`)
    expect(alone).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(alone.quotes[0]).toBe('depth=0 C = GB, O = Example Retail, CN = shop.example')
    const sound = await judge(rule, sClient({ command: toShop, sent, errors: [[7, 0]] }))
    expect(sound).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(sound.explanation).toContain('The certificates in the paste verify')
  })

  it('leaves another key under the same name to the missing intermediate', async () => {
    const paste = sClient({ command: toShop, sent: ['shop', 'namesake'], errors: noIssuer })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('passes sound signatures, and does not apply without certificates', async () => {
    expect(await judge(rule, bundle('shop', 'issuing'))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })
})
