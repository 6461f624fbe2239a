import { describe, expect, it } from 'vitest'
import { alertLine, bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { interceptionProxy as rule } from './interception-proxy.ts'

const partner = '-connect api.partner.com:443 -servername api.partner.com -showcerts'
const proxied = '-proxy user:secret@proxy.corp.example:8080'

describe('interception-proxy', () => {
  it('fails a certificate issued by a known product, with or without its chain', async () => {
    for (const sent of [['resigned', 'zscaler'], ['resigned']] as const) {
      const judged = await judge(rule, sClient({ command: toShop, sent, errors: noIssuer }))
      expect(judged).toMatchObject({
        kind: 'fail',
        severity: 'error',
        confidence: 'certain',
        owner: 'proxy-team',
        title: "A TLS-inspecting proxy (Zscaler) issued the certificate for shop.example, not the server's own CA.",
        nextCommand: expect.stringContaining('from a machine that is not behind the proxy'),
      })
      expect(judged.quotes[0]).toContain('0 s:O = Zscaler Inc., CN = shop.example')
      expect(judged.quotes.at(-1)).toContain('verify error:num=2')
    }
  })

  it('is a warning when the client trusts the proxy', async () => {
    const paste = sClient({
      command: toShop,
      sent: ['resigned', 'zscaler'],
      path: ['resigned', 'zscaler', 'zscalerRoot'],
    })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('takes a telling name for likely when the host is public or a proxy was used', async () => {
    const story = { sent: ['inspected', 'inspection'], errors: [[19, 1]] } as const
    const byHost = await judge(rule, sClient({ command: partner, ...story }))
    expect(byHost).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(byHost.title).toContain('A TLS-inspecting proxy probably issued')
    expect(byHost.explanation).toContain('The name alone is no proof')
    const byProxy = await judge(rule, sClient({ command: `${proxied} ${toShop}`, ...story }))
    expect(byProxy).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(byProxy.quotes[1]).toContain('openssl s_client -proxy')
    expect(byProxy.nextCommand).not.toContain('-proxy')
  })

  it('cannot tell from a telling name alone', async () => {
    const paste = sClient({ command: toShop, sent: ['inspected', 'inspection'], errors: [[19, 1]] })
    expect(await judge(rule, paste)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('alone proves nothing'),
    })
  })

  it('cannot tell a private issuer behind a proxy from that of the proxy', async () => {
    const paste = sClient({ command: `${proxied} ${partner}`, sent: ['partner', 'corporate'], errors: [[19, 1]] })
    expect(await judge(rule, paste)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('went through a proxy'),
    })
  })

  it('passes a public chain through a proxy, and a private one without', async () => {
    const tunnelled = sClient({ command: `${proxied} ${toShop}`, sent: ['publicShop'], errors: noIssuer })
    const inside = sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] })
    for (const paste of [tunnelled, inside]) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('passes the self-signed certificate of a device with such a name', async () => {
    const name = 'O = Example Corp, CN = Example Web Gateway'
    const paste = sClient({ command: partner, sent: [[name, name]], errors: [[18, 0]] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply without a server certificate', async () => {
    for (const paste of [bundle('zscaler', 'zscalerRoot'), sClient({ command: `${proxied} ${toShop}`, sent: [] })])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })

  it('says that mutual TLS cannot pass it, and is an error where that ends the connection', async () => {
    const story = {
      command: `${toShop} -cert client.pem -key client.key`,
      sent: ['resigned', 'zscaler'],
      path: ['resigned', 'zscaler', 'zscalerRoot'],
    } as const
    const given = await judge(rule, sClient(story))
    expect(given).toMatchObject({ kind: 'fail', severity: 'warning' })
    expect(given.explanation).toContain('Mutual TLS cannot work through it')
    const refused = await judge(rule, sClient({ ...story, asks: true, lines: [alertLine(116)] }))
    expect(refused).toMatchObject({ kind: 'fail', severity: 'error', owner: 'proxy-team' })
    expect(refused.explanation).toContain('That is why the client is refused here')
    expect(refused.quotes.at(-1)).toContain('SSL alert number 116')
    expect((await judge(rule, sClient({ ...story, command: toShop }))).explanation).not.toContain('Mutual TLS')
  })
})
