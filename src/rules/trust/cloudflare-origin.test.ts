import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { cloudflareOrigin as rule } from './cloudflare-origin.ts'

describe('cloudflare-origin', () => {
  it('fails an origin certificate that is met directly', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['origin'], errors: noIssuer }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The server at shop.example:443 presents a Cloudflare Origin certificate, which only Cloudflare trusts.',
    })
    expect(judged.quotes[0]).toContain('CloudFlare Origin SSL Certificate Authority')
    expect(judged.quotes[1]).toBe('verify error:num=20:unable to get local issuer certificate')
  })

  it('recognises it by its printed names alone', async () => {
    const names = [
      'O = "CloudFlare, Inc.", CN = CloudFlare Origin Certificate',
      'C = US, O = "CloudFlare, Inc.", OU = CloudFlare Origin SSL Certificate Authority',
    ] as const
    expect(await judge(rule, sClient({ command: toShop, sent: [names], errors: noIssuer }))).toMatchObject({
      kind: 'fail',
    })
  })

  it('is a warning where the client was given the origin CA', async () => {
    const paste = sClient({ command: `${toShop} -CAfile origin.pem`, sent: ['origin'], path: ['origin', 'originCa'] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('passes other private certificates and those of the edge', async () => {
    const edge = ['CN = shop.example', 'C = US, O = Google Trust Services, CN = WE1'] as const
    for (const sent of [['shop'], [edge]] as const)
      expect(await judge(rule, sClient({ command: toShop, sent, errors: noIssuer }))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to CA files or without a certificate', async () => {
    for (const paste of [bundle('originCa'), sClient({ command: toShop, sent: [] })])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
