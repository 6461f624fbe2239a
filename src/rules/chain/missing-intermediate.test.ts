import { describe, expect, it } from 'vitest'
import { bundle, files, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { missingIntermediate as rule } from './missing-intermediate.ts'

const lone = sClient({ command: toShop, sent: ['shop'], errors: noIssuer })
const r12 = "C = US, O = Let's Encrypt, CN = R12"

describe('missing-intermediate', () => {
  it('fails a lone leaf whose issuer is called an issuing CA', async () => {
    const judged = await judge(rule, lone)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'likely',
      owner: 'server-operator',
      title:
        'The server shop.example does not send its intermediate certificate "Example Retail Issuing CA 2" (Example Retail).',
      nextCommand:
        'curl -s http://pki.retail.example/issuing-ca-2.crt | openssl x509 -inform DER -noout -subject -issuer',
    })
    expect(judged.explanation).toContain('http://pki.retail.example/issuing-ca-2.crt')
    expect(judged.quotes[0]).toContain('0 s:C = GB, O = Example Retail, CN = shop.example')
    expect(judged.quotes[1]).toBe('verify error:num=20:unable to get local issuer certificate')
  })

  it('is certain when the intermediate is elsewhere in the input and its key verifies', async () => {
    const judged = await judge(rule, files(['paste', lone], ['issuing.pem', bundle('issuing')]))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'certain' })
  })

  it('is certain of a public intermediate by its key id, and likely by its name', async () => {
    const byKey = await judge(rule, sClient({ command: toShop, sent: ['publicShop'], errors: noIssuer }))
    expect(byKey).toMatchObject({ kind: 'fail', confidence: 'certain', owner: 'server-operator' })
    expect(byKey.title).toContain('"R12" (Let\'s Encrypt)')
    const byName = await judge(rule, sClient({ command: toShop, sent: [['CN = shop.example', r12]], errors: noIssuer }))
    expect(byName).toMatchObject({ kind: 'fail', confidence: 'likely' })
  })

  it('knows the organisation of a public CA that is newer than the tables', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['newerShop'], errors: noIssuer }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.title).toContain('"R99"')
  })

  it('cannot tell a new public root from a missing intermediate', async () => {
    const story = { command: toShop, sent: ['newestShop', 'underNewerRoot'], errors: [[20, 1]] } as const
    expect(await judge(rule, sClient(story))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('"Root YZ9"'),
    })
  })

  it('finds the missing upper one of three tiers', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['threeTier', 'tlsCa'], errors: [[20, 1]] }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.title).toContain('"Example Retail Policy CA"')
    expect(judged.quotes[0]).toContain('Example Retail Web Authority')
  })

  it('tells a namesake with another key from the issuer', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['shop', 'namesake'], errors: noIssuer }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.explanation).toContain('of another generation of that CA')
  })

  it('names the certificate that is sent in its place', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['shop', 'plainCa'], errors: noIssuer }))
    expect(judged.explanation).toContain('"Example Works Authority" (Example Works) did not issue it')
  })

  it('warns when the client completed the chain by itself', async () => {
    const story = { command: toShop, sent: ['shop'], path: ['shop', 'issuing', 'root'] } as const
    const judged = await judge(rule, sClient(story))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning' })
    expect(judged.quotes[0]).toBe('depth=1 C = GB, O = Example Retail, CN = Example Retail Issuing CA 2')
  })

  it('passes when the client trusts the issuer itself, as with -partial_chain', async () => {
    const command = `${toShop} -CAfile issuing.pem -partial_chain`
    expect(await judge(rule, sClient({ command, sent: ['shop'], path: ['shop', 'issuing'] }))).toMatchObject({
      kind: 'pass',
    })
  })

  it('passes a chain up to a private root, sent or not', async () => {
    for (const sent of [
      ['shop', 'issuing'],
      ['shop', 'issuing', 'root'],
    ] as const)
      expect(await judge(rule, sClient({ command: toShop, sent, errors: [[20, 1]] }))).toMatchObject({ kind: 'pass' })
  })

  it('does not take the only CA of an organisation for an intermediate', async () => {
    const neutral = sClient({ command: toShop, sent: ['singleTier'], errors: noIssuer })
    expect(await judge(rule, neutral)).toMatchObject({
      kind: 'unknown',
      reason: 'nothing tells whether "Example Works Authority" (Example Works) is a root or an intermediate',
    })
    const cluster = sClient({ command: toShop, sent: ['clusterLeaf'], errors: noIssuer })
    expect(await judge(rule, cluster)).toMatchObject({ kind: 'pass' })
  })

  it('proves nothing from a paste that is cut', async () => {
    const cut = `$ openssl s_client ${toShop} </dev/null 2>/dev/null | sed -n '/BEGIN/,/END/p'\n${bundle('publicShop')}`
    expect(await judge(rule, cut)).toMatchObject({
      kind: 'unknown',
      reason: 'the paste does not show everything the server sent',
    })
    const headless = lone.slice(0, lone.indexOf('END CERTIFICATE') - 200)
    expect(await judge(rule, headless)).toMatchObject({ kind: 'unknown' })
  })

  it('does not hold a file against a server', async () => {
    expect(await judge(rule, bundle('publicShop'))).toMatchObject({ kind: 'unknown' })
    expect(await judge(rule, files(['cert.pem', bundle('shop')], ['chain.pem', bundle('issuing')]))).toMatchObject({
      kind: 'unknown',
      reason: 'the issuer is in another file, and no file tells what a server sends',
    })
  })

  it('misses a link within one bundle', async () => {
    expect(await judge(rule, bundle('shop', 'root'))).toMatchObject({
      kind: 'fail',
      title: 'This bundle lacks the intermediate certificate "Example Retail Issuing CA 2" (Example Retail).',
    })
  })

  it('does not apply to a self-signed certificate, to CA files, or without a certificate', async () => {
    const self = sClient({ command: toShop, sent: ['selfSigned'], errors: [[18, 0]] })
    for (const paste of [self, bundle('issuing', 'root'), sClient({ command: toShop, sent: [] })])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
