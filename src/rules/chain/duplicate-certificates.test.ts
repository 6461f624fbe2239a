import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { duplicateCertificates as rule } from './duplicate-certificates.ts'

describe('duplicate-certificates', () => {
  it('warns of a certificate that is sent twice', async () => {
    const paste = sClient({ command: toShop, sent: ['shop', 'issuing', 'issuing'], errors: [[20, 1]] })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      title: 'The server shop.example sends "Example Retail Issuing CA 2" (Example Retail) more than once.',
    })
    expect(judged.quotes).toHaveLength(1)
    expect(judged.quotes[0]).toContain('2 s:C = GB, O = Example Retail, CN = Example Retail Issuing CA 2')
  })

  it('names each repeated certificate once', async () => {
    expect((await judge(rule, bundle('shop', 'shop', 'shop', 'issuing'))).title).toBe(
      'This bundle holds "shop.example" (Example Retail) more than once.',
    )
  })

  it('passes two certificates of the same name', async () => {
    for (const names of [
      ['underLapsed', 'lapsed', 'renewed'],
      ['shop', 'issuing', 'namesake'],
    ] as const)
      expect(await judge(rule, bundle(...names))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to a single certificate or to CA files', async () => {
    for (const paste of [bundle('shop'), bundle('root', 'root')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
