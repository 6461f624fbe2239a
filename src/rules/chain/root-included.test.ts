import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { rootIncluded as rule } from './root-included.ts'

describe('root-included', () => {
  it('mentions a root that is sent along', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['shop', 'issuing', 'root'], errors: [[19, 2]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      title: 'The server shop.example sends the root certificate "Example Retail Root CA" (Example Retail) too.',
    })
    expect(judged.quotes[0]).toContain('2 s:C = GB, O = Example Retail, CN = Example Retail Root CA')
  })

  it('says of a bundle that it holds it', async () => {
    expect((await judge(rule, bundle('shop', 'issuing', 'root'))).title).toMatch(/^This bundle holds the root/)
  })

  it('passes a cross-signed certificate of the same name as a root', async () => {
    expect(await judge(rule, bundle('shop', 'issuing', 'crossRoot'))).toMatchObject({ kind: 'pass' })
  })

  it('passes a chain without its root, and does not apply to a self-signed leaf', async () => {
    expect(await judge(rule, bundle('shop', 'issuing'))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, bundle('selfSigned'))).toMatchObject({ kind: 'not-applicable' })
  })
})
