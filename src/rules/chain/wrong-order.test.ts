import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { wrongOrder as rule } from './wrong-order.ts'

describe('wrong-order', () => {
  it('warns of issuers that change places', async () => {
    const judged = await judge(
      rule,
      sClient({ command: toShop, sent: ['threeTier', 'policy', 'tlsCa'], errors: [[20, 2]] }),
    )
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      confidence: 'certain',
      title: 'The server shop.example sends its certificates out of order.',
    })
    expect(judged.explanation).toContain('1. "shop.example" (Example Retail)\n2. "Example Retail Web Authority"')
    expect(judged.quotes).toHaveLength(3)
    expect(judged.quotes[1]).toContain('1 s:C = GB, O = Example Retail, CN = Example Retail Policy CA')
  })

  it('fails a file that does not begin with the leaf', async () => {
    expect(await judge(rule, bundle('issuing', 'shop'))).toMatchObject({
      kind: 'fail',
      severity: 'error',
      title: 'This bundle does not begin with the leaf "shop.example" (Example Retail).',
    })
  })

  it('goes by names where there is no certificate', async () => {
    const sent = [
      ['CN = a', 'CN = B'],
      ['CN = C', 'CN = D'],
      ['CN = B', 'CN = C'],
    ] as const
    expect(await judge(rule, sClient({ command: toShop, sent }))).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('passes the right order, also with a repeated or a strange certificate in it', async () => {
    for (const names of [
      ['shop', 'issuing', 'root'],
      ['shop', 'shop', 'issuing'],
      ['shop', 'plainCa', 'issuing'],
    ] as const)
      expect(await judge(rule, bundle(...names))).toMatchObject({ kind: 'pass' })
  })

  it('passes two certificates of one key and name in any order', async () => {
    expect(await judge(rule, bundle('underLapsed', 'renewed', 'lapsed'))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to a single certificate', async () => {
    expect(await judge(rule, bundle('shop'))).toMatchObject({ kind: 'not-applicable' })
  })
})
