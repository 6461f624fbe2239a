import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { wildcardScope as rule } from './wildcard-scope.ts'

describe('wildcard-scope', () => {
  it('tells of wildcards over a registry and within a label, as a remark', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['wildcards', 'issuing'] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'certain',
      owner: 'server-operator',
      title:
        'The certificate "shop.example" (Example Retail) has the name *.co.uk (and 1 more like it), which covers everything that a registry hands out.',
    })
    expect(judged.explanation).toMatch(/^\*\.co\.uk: .*Chrome refuses it.*\n\nf\*\.shop\.example: .*only as the whole/s)
    expect(judged.quotes[0]).toContain('0 s:C = GB, O = Example Retail, CN = shop.example')
  })

  it('tells of a wildcard over a hosting service from a CA that need not have asked it', async () => {
    expect(await judge(rule, bundle('hosted'))).toMatchObject({
      kind: 'fail',
      title: expect.stringMatching(/\*\.github\.io, which covers every customer of a hosting service\.$/),
    })
    expect(await judge(rule, bundle('azureDefault'))).toMatchObject({ kind: 'pass' })
  })

  it('leaves the name to the mismatch that it causes', async () => {
    const told = async (host: string) => (await judge(rule, bundle('wildcards'), { host })).explanation
    expect(await told('example.co.uk')).toMatch(/^f\*\.shop\.example: (?!.*co\.uk)/)
    expect(await told('foo.shop.example')).toMatch(/^\*\.co\.uk: (?!.*f\*)/s)
    expect(await told('shop.example')).toContain('f*.shop.example: ')
    expect(await told('192.0.2.1')).toContain('f*.shop.example: ')
  })

  it('passes a wildcard below a registered domain, whatever the host', async () => {
    expect(await judge(rule, bundle('otherSite'), { host: 'a.b.stock.example' })).toMatchObject({ kind: 'pass' })
  })

  it('does not apply without wildcards, to client certificates and to CA files', async () => {
    for (const paste of [bundle('shop'), bundle('noNames'), bundle('client'), bundle('issuing')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })

  it('cannot tell from a printed chain', async () => {
    const printed = sClient({ command: toShop, sent: [['CN = *.co.uk', 'CN = Some CA']] })
    expect(await judge(rule, printed)).toMatchObject({ kind: 'unknown' })
  })
})
