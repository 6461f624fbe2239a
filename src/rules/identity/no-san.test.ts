import { describe, expect, it } from 'vitest'
import { clientProfiles } from '../../chain/clients/profiles.ts'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { noSan as rule } from './no-san.ts'

describe('no-san', () => {
  it('warns of a server certificate without alternative names', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['noNames', 'issuing'] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The certificate "shop.example" (Example Retail) has no subject alternative name.',
    })
    expect(judged.quotes[0]).toContain('0 s:C = GB, O = Example Retail, CN = shop.example')
  })

  it('names the clients that still compare the common name, as their profiles have it', async () => {
    const { explanation = '' } = await judge(rule, bundle('noNames'))
    const [compared = '', ignored = ''] = explanation.split('; ')
    const words = { chrome: 'browsers', firefox: 'browsers', debian: 'openssl' } as Readonly<Record<string, string>>
    for (const { id, commonName } of clientProfiles) {
      const family = id.split('-')[0] ?? ''
      const told = commonName === 'compared' ? compared : commonName === 'ignored' ? ignored : undefined
      if (told !== undefined) expect(told.toLowerCase(), id).toContain(words[family] ?? family)
    }
  })

  it('warns of a file as well', async () => {
    expect(await judge(rule, bundle('noNames'))).toMatchObject({ kind: 'fail' })
  })

  it('passes a certificate that has some, though not the wanted one', async () => {
    expect(await judge(rule, bundle('otherSite'), { host: 'shop.example' })).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to client certificates, CA files and printed names', async () => {
    const printed = sClient({ command: toShop, sent: [['CN = shop.example', 'CN = Some CA']] })
    for (const paste of [bundle('client'), bundle('issuing'), printed])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
    for (const purpose of ['any', 'server'] as const)
      expect(await judge(rule, bundle('client'), { purpose })).toMatchObject({ kind: 'not-applicable' })
  })
})
