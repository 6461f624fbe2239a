import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { notYetValid as rule } from './not-yet-valid.ts'

describe('not-yet-valid', () => {
  it('fails a certificate whose time has not come', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['earlyShop', 'issuing'], errors: [[9, 0]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title:
        'The certificate "shop.example" (Example Retail) is not valid yet: it starts on 2027-01-01 00:00 UTC, in 30 days.',
    })
    expect(judged.quotes[0]).toContain('NotBefore: Jan  1 00:00:00 2027 GMT')
    expect(judged.quotes[1]).toBe('verify error:num=9:certificate is not yet valid')
  })

  it('leaves a certificate that is valid by every other clock to the rule about clocks', async () => {
    const story = { command: toShop, sent: ['shop', 'issuing'] } as const
    for (const made of [undefined, '2026-11-30T00:00:00Z', '2020-01-01T00:00:00Z'])
      for (const errors of [[[9, 0]], [[9, 1]]] as const)
        expect(await judge(rule, sClient({ ...story, errors, ...(made ? { made } : {}) }))).toMatchObject({
          kind: 'pass',
        })
  })

  it('takes the word of a client whose error stream is all there is', async () => {
    const lines = verification({ sent: ['earlyShop'], errors: [[9, 0]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      confidence: 'likely',
      title: 'The certificate "shop.example" (Example Retail) is not valid yet.',
    })
  })

  it('is valid from the first second on', async () => {
    expect(await judge(rule, bundle('shop'), { now: '2026-09-01T00:00:00Z' })).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, bundle('shop'), { now: '2026-08-31T23:59:59Z' })).toMatchObject({ kind: 'fail' })
  })

  it('does not apply without a certificate or to CA files', async () => {
    for (const paste of [sClient({ command: toShop, sent: [] }), bundle('root')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
