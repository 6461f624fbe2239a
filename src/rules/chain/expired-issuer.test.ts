import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { expiredIssuer as rule } from './expired-issuer.ts'

describe('expired-issuer', () => {
  it('fails an expired CA certificate that is sent', async () => {
    const paste = sClient({
      command: toShop,
      sent: ['underLapsed', 'lapsed'],
      path: ['underLapsed', 'lapsed', 'root'],
      errors: [[10, 1]],
    })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title:
        'The CA certificate "Example Retail Issuing CA 1" (Example Retail) expired on 2026-11-01 00:00 UTC, 30 days ago.',
    })
    expect(judged.explanation).toContain('The server shop.example still sends it.')
    expect(judged.quotes[0]).toContain('1 s:C = GB, O = Example Retail, CN = Example Retail Issuing CA 1')
    expect(judged.quotes[1]).toBe('verify error:num=10:certificate has expired')
  })

  it('warns when the reissued certificate of the same key is sent as well', async () => {
    const paste = sClient({
      command: toShop,
      sent: ['underLapsed', 'lapsed', 'renewed'],
      path: ['underLapsed', 'renewed', 'root'],
    })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning' })
    expect(judged.explanation).toContain('Leave the expired certificate out')
  })

  it('stays an error when the client took the expired path although another is valid', async () => {
    const story = { sent: ['shop', 'issuing', 'crossRoot'], path: ['shop', 'issuing', 'crossRoot', 'legacy'] } as const
    const paste = sClient({
      command: toShop,
      ...story,
      errors: [
        [10, 3],
        [10, 2],
      ],
    })
    const judged = await judge(rule, paste, { trusted: ['root'] })
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', owner: 'server-operator' })
    expect(judged.explanation).toContain('This client took the path over the expired certificate.')
    expect(await judge(rule, sClient({ command: toShop, ...story }), { trusted: ['root'] })).toMatchObject({
      severity: 'warning',
    })
  })

  it('names the certificate in the client’s own store, and the client as the one to act', async () => {
    const paste = sClient({
      command: toShop,
      sent: ['shop', 'issuing'],
      path: ['shop', 'issuing', 'legacy'],
      errors: [[10, 2]],
    })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      owner: 'client',
      title: 'The CA certificate "Example Legacy Root CA" (Example Legacy) has expired, says the client.',
    })
    expect(judged.quotes[0]).toBe('depth=2 C = GB, O = Example Legacy, CN = Example Legacy Root CA')
  })

  it('reads the error stream alone', async () => {
    const lines = verification({ sent: ['underLapsed', 'lapsed'], errors: [[10, 1]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({ kind: 'fail', owner: 'client' })
  })

  it('is valid up to and with the last second', async () => {
    const paste = bundle('underLapsed', 'lapsed')
    expect(await judge(rule, paste, { now: '2026-11-01T00:00:00Z' })).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, paste, { now: '2026-11-01T00:00:01Z' })).toMatchObject({ kind: 'fail' })
  })

  it('passes issuers in date and leaves an expired leaf to its own rule', async () => {
    for (const sent of [
      ['shop', 'issuing'],
      ['expiredShop', 'issuing'],
    ] as const)
      expect(await judge(rule, sClient({ command: toShop, sent, errors: [[10, 0]] }))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply where no issuer is known', async () => {
    const names = sClient({ command: toShop, sent: [['CN = shop.example', 'CN = Some CA']], errors: noIssuer })
    for (const paste of [names, bundle('lapsed')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
