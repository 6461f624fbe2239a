import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { expiresSoon as rule } from './expires-soon.ts'

describe('expires-soon', () => {
  it('warns of a certificate with few days left', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['soonShop', 'issuing'] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      owner: 'server-operator',
      title:
        'The certificate "shop.example" (Example Retail) at shop.example:443 expires on 2026-12-10 00:00 UTC, in 8 days.',
    })
    expect(judged.quotes[0]).toContain('NotAfter: Dec 10 00:00:00 2026 GMT')
  })

  it('begins three weeks ahead', async () => {
    expect(await judge(rule, bundle('shop'), { now: '2027-08-11T00:00:00Z' })).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, bundle('shop'), { now: '2027-08-11T00:00:01Z' })).toMatchObject({ kind: 'fail' })
  })

  it('leaves what has expired to other rules', async () => {
    expect(await judge(rule, bundle('expiredShop'))).toMatchObject({ kind: 'pass' })
  })

  it('cannot tell without dates, and does not apply to CA files', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: [['CN = a', 'CN = B']] }))).toMatchObject({
      kind: 'unknown',
    })
    expect(await judge(rule, bundle('lapsed'))).toMatchObject({ kind: 'not-applicable' })
  })
})
