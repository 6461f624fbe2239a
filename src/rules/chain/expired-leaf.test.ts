import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { expiredLeaf as rule } from './expired-leaf.ts'

const sent = ['expiredShop', 'issuing'] as const
const path = ['expiredShop', 'issuing', 'root'] as const

describe('expired-leaf', () => {
  it('fails an expired certificate that the client refuses', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, path, errors: [[10, 0]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title:
        'The certificate "shop.example" (Example Retail) at shop.example:443 expired on 2026-09-01 00:00 UTC, 91 days ago.',
      nextCommand: expect.stringMatching(/\| openssl x509 -noout -dates$/),
    })
    expect(judged.quotes[0]).toContain('NotAfter: Sep  1 00:00:00 2026 GMT')
    expect(judged.quotes[1]).toBe('verify error:num=10:certificate has expired')
  })

  it('warns when the tool was content, as the paste is older than the expiry', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, path }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning' })
    expect(judged.explanation).toContain('the paste is older than the expiry')
  })

  it('says so when the tool failed for another reason and does not mention the expiry', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, errors: [[20, 1]] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error' })
    expect(judged.explanation).toContain('probably older than the expiry')
  })

  it('judges as of the capture, and warns when it has expired since', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, path, made: '2026-08-01T00:00:00Z' }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning' })
    expect(judged.title).toContain('was valid when the capture was made')
  })

  it('leaves a certificate that is in date by every other clock to the rule about clocks', async () => {
    const story = { command: toShop, sent: ['shop', 'issuing'], errors: [[10, 0]] } as const
    for (const made of [undefined, '2026-11-30T00:00:00Z'])
      expect(await judge(rule, sClient({ ...story, ...(made ? { made } : {}) }))).toMatchObject({ kind: 'pass' })
  })

  it('takes the word of a client whose error stream is all there is', async () => {
    const lines = verification({ sent: ['expiredShop'], errors: [[10, 0]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      confidence: 'certain',
      title: 'The certificate "shop.example" (Example Retail) has expired.',
    })
  })

  it('is only likely when the tool does not say which certificate it means', async () => {
    const story = sClient({ command: toShop, sent: [['CN = shop.example', 'CN = Some CA']], code: 10 })
    expect(await judge(rule, story)).toMatchObject({ kind: 'fail', confidence: 'likely' })
  })

  it('is valid up to and with the last second', async () => {
    expect(await judge(rule, bundle('shop'), { now: '2027-09-01T00:00:00Z' })).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, bundle('shop'), { now: '2027-09-01T00:00:01Z' })).toMatchObject({ kind: 'fail' })
  })

  it('leaves an expired issuer to its own rule', async () => {
    const paste = sClient({ command: toShop, sent: ['underLapsed', 'lapsed'], errors: [[10, 1]] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('cannot tell without dates, and does not apply without a certificate', async () => {
    const names = sClient({ command: toShop, sent: [['CN = shop.example', 'CN = Some CA']], errors: [[20, 0]] })
    expect(await judge(rule, names)).toMatchObject({ kind: 'unknown', reason: 'its dates are not in the paste' })
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })
})
