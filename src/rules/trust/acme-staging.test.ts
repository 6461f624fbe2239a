import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { acmeStaging as rule } from './acme-staging.ts'

describe('acme-staging', () => {
  it('fails a certificate of a staging CA', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['staging'], errors: noIssuer }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The certificate "shop.example" at shop.example:443 was issued by a staging CA (Let\'s Encrypt staging).',
    })
    expect(judged.quotes[0]).toContain('(STAGING) Riddling Rhubarb R12')
    expect(judged.quotes[1]).toBe('verify error:num=20:unable to get local issuer certificate')
  })

  it('is a warning where the client trusts it', async () => {
    const paste = sClient({ command: toShop, sent: ['staging'], path: ['staging', 'stagingCa'] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('does not go by a name that is only a hint', async () => {
    const sent = [['CN = shop.example', 'CN = Fake LE Intermediate X1']] as const
    expect(await judge(rule, sClient({ command: toShop, sent, errors: noIssuer }))).toMatchObject({ kind: 'pass' })
  })

  it('passes the production CA', async () => {
    const paste = sClient({ command: toShop, sent: ['publicShop'], errors: noIssuer })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to CA files', async () => {
    expect(await judge(rule, bundle('stagingCa'))).toMatchObject({ kind: 'not-applicable' })
  })
})
