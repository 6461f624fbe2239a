import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { longValidity as rule } from './long-validity.ts'

describe('long-validity', () => {
  it('tells of a certificate of a public CA that is valid for longer than the rules of its day allow', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['publicShop', 'r12'] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'likely',
      owner: 'ca',
      title:
        'The certificate "shop.example" at shop.example:443 is valid for 366 days; issued when it was, a public one may be valid for 200 days at most.',
      nextCommand: expect.stringContaining('-noout -dates'),
    })
    expect(judged.explanation).toContain('ballot SC-081v3')
    expect(judged.explanation).not.toContain('iOS')
    expect(judged.quotes[0]).toContain('NotAfter: Sep  1 00:00:00 2027 GMT')
  })

  it('passes one that reaches the limit to the second', async () => {
    expect(await judge(rule, bundle('publicLimit'))).toMatchObject({ kind: 'pass' })
  })

  it('does not hold the public limits against a private CA', async () => {
    expect(await judge(rule, bundle('shop', 'issuing', 'root'), { trusted: ['root'] })).toMatchObject({
      kind: 'not-applicable',
      reason: expect.stringContaining('public CAs'),
    })
  })

  it('says of a private one that Apple refuses it, less certain', async () => {
    const judged = await judge(rule, bundle('longShop', 'issuing'))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'likely',
      owner: 'server-operator',
      title: `The certificate "shop.example" (Example Retail) is valid for 854 days, which Apple's systems refuse.`,
    })
    expect(judged.explanation).toContain('for 825 days or fewer, whoever issued them')
  })

  it('judges printed dates as well, by the day they begin', async () => {
    const printed = (from: string, to: string) =>
      [
        'Certificate:',
        '    Data:',
        '        Version: 3 (0x2)',
        "        Issuer: C = US, O = Let's Encrypt, CN = R12",
        '        Validity',
        `            Not Before: ${from} 00:00:00 2019 GMT`,
        `            Not After : ${to} GMT`,
        '        Subject: CN = shop.example',
        '',
      ].join('\n')
    expect(await judge(rule, printed('Jul  2', 'Oct  3 23:59:59 2021'))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, printed('Jul  2', 'Oct  5 00:00:00 2021'))).toMatchObject({
      kind: 'fail',
      title: expect.stringContaining('825 days at most'),
      explanation: expect.stringContaining('iOS'),
    })
  })

  it('does not apply to client certificates and CA files, and cannot tell without dates', async () => {
    for (const paste of [bundle('client'), bundle('issuing')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
    expect(await judge(rule, sClient({ command: toShop, sent: [['CN = a', 'CN = B']] }))).toMatchObject({
      kind: 'unknown',
    })
  })
})
