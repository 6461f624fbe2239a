import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { caConstraintViolation as rule } from './ca-constraint-violation.ts'

describe('ca-constraint-violation', () => {
  it('fails a leaf outside the name constraints of its CA', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['outside', 'constrained'], errors: [[47, 0]] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain', owner: 'ca' })
    expect(judged.title).toContain('The name constraints of "Example Retail Depot CA" forbid names of "shop.example"')
    expect(judged.quotes[1]).toBe('verify error:num=47:permitted subtree violation')
  })

  it('finds it also where the client stopped at something else', async () => {
    const paste = sClient({ command: toShop, sent: ['outside', 'constrained'], errors: [[20, 1]] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain' })
  })

  it('fails an issuer that is no CA', async () => {
    const judged = await judge(
      rule,
      sClient({ command: toShop, sent: ['byShop', 'shop', 'issuing'], errors: [[79, 1]] }),
    )
    expect(judged).toMatchObject({ kind: 'fail', owner: 'ca' })
    expect(judged.title).toBe(
      '"shop.example" says in its basic constraints that it is no CA, yet it issued "www.shop.example".',
    )
    expect(judged.quotes[0]).toContain('1 s:C = GB, O = Example Retail, CN = shop.example')
  })

  it('calls a client certificate on a server a matter of the server', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['client', 'issuing'], errors: [[26, 0]] }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'certain', owner: 'server-operator' })
    expect(judged.title).toContain('does not include TLS server authentication')
  })

  it('quotes the client where the certificates are not there', async () => {
    const lines = verification({ sent: ['outside', 'constrained'], errors: [[24, 1]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      confidence: 'likely',
      title: `The client refuses "Example Retail Depot CA" (Example Retail): "issuer certificate doesn't have a public key".`,
    })
  })

  it('is a warning where the client accepted it', async () => {
    const paste = sClient({
      command: toShop,
      sent: ['outside', 'constrained'],
      path: ['outside', 'constrained', 'root'],
    })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('passes a client certificate in a file, which is judged as one', async () => {
    expect(await judge(rule, bundle('client', 'issuing'))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, bundle('client', 'issuing'), { purpose: 'server' })).toMatchObject({ kind: 'fail' })
  })

  it('passes a usual chain, and does not apply without certificates', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] }))).toMatchObject(
      { kind: 'pass' },
    )
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })
})
