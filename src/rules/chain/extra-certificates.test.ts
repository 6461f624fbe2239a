import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { extraCertificates as rule } from './extra-certificates.ts'

describe('extra-certificates', () => {
  it('warns of a certificate beside a chain that is complete', async () => {
    const paste = sClient({ command: toShop, sent: ['shop', 'issuing', 'plainCa'], path: ['shop', 'issuing', 'root'] })
    const judged = await judge(rule, paste, { trusted: ['root'] })
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      confidence: 'certain',
      owner: 'server-operator',
      title:
        'The server shop.example sends a certificate that does not belong to the chain: "Example Works Authority" (Example Works).',
    })
    expect(judged.quotes[0]).toContain('2 s:O = Example Works, CN = Example Works Authority')
  })

  it('warns of a second leaf also where the chain is not complete', async () => {
    expect(await judge(rule, bundle('shop', 'issuing', 'singleTier'))).toMatchObject({
      kind: 'fail',
      title: 'This bundle holds a certificate that does not belong to the chain: "shop.example" (Example Works).',
    })
  })

  it('does not call a CA needless that may stand above a missing link', async () => {
    for (const sent of [
      ['shop', 'root'],
      ['shop', 'plainCa'],
    ] as const)
      expect(await judge(rule, sClient({ command: toShop, sent, errors: noIssuer }))).toMatchObject({ kind: 'pass' })
  })

  it('passes a chain, cross-signs and reissued certificates', async () => {
    for (const names of [
      ['shop', 'issuing', 'root'],
      ['shop', 'issuing', 'root', 'crossRoot'],
      ['underLapsed', 'lapsed', 'renewed'],
    ] as const)
      expect(await judge(rule, bundle(...names))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to a single certificate', async () => {
    expect(await judge(rule, bundle('shop'))).toMatchObject({ kind: 'not-applicable' })
  })
})
