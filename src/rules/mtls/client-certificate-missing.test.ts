import { describe, expect, it } from 'vitest'
import { alertLine, bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { clientCertificateMissing as rule } from './client-certificate-missing.ts'

const chain = { command: toShop, sent: ['shop', 'issuing'], path: ['shop', 'issuing', 'root'] } as const

describe('client-certificate-missing', () => {
  it('fails on the alert that says so, although the server verified well', async () => {
    const judged = await judge(
      rule,
      sClient({ ...chain, asks: true, lines: [alertLine(116, 'tlsv13 alert certificate required')] }),
    )
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'client',
      title: 'The server at shop.example:443 requires a client certificate (mutual TLS), and none was presented.',
      nextCommand: expect.stringContaining('-cert client.pem -key client.key'),
    })
    expect(judged.quotes[0]).toContain('SSL alert number 116')
    expect(judged.quotes[1]).toBe('Acceptable client certificate CA names')
  })

  it('reads a handshake failure after a request the same way', async () => {
    expect(await judge(rule, sClient({ ...chain, asks: true, lines: [alertLine(40)] }))).toMatchObject({
      kind: 'fail',
      confidence: 'certain',
    })
  })

  it('takes a connection that breaks off after a request for likely', async () => {
    const paste = sClient({ ...chain, asks: true, unfinished: true, lines: ['write:errno=104'] })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.explanation).toContain('without an alert')
  })

  it('suspects the choice of certificate when one was named and not sent', async () => {
    const command = `${toShop} -cert client.pem -key client.key`
    const judged = await judge(rule, sClient({ ...chain, command, asks: true, lines: [alertLine(116)] }))
    expect(judged.explanation).toContain('The command names client.pem, but the server received no certificate')
    const refused = sClient({ ...chain, command, asks: true, lines: [alertLine(40)] })
    expect(await judge(rule, refused)).toMatchObject({ kind: 'pass' })
  })

  it('cannot tell a handshake failure alone', async () => {
    expect(await judge(rule, `${alertLine(40)}\n`)).toMatchObject({ kind: 'unknown' })
    expect(await judge(rule, `${alertLine(116)}\n`)).toMatchObject({ kind: 'fail', confidence: 'certain' })
  })

  it('passes a server that asks and does not insist, and one that does not ask', async () => {
    for (const asks of [true, false])
      expect(await judge(rule, sClient({ ...chain, asks }))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, sClient({ ...chain, lines: [alertLine(40)] }))).toMatchObject({ kind: 'pass' })
  })

  it('says when each version of TLS refuses', async () => {
    const late = await judge(rule, sClient({ ...chain, asks: true, lines: [alertLine(116)] }))
    expect(late.explanation).toContain('With TLS 1.3 the client is done before the server has looked')
    const facts = { host: 'shop.example', requested: 'yes', program: 's_client' } as const
    const early = await judgeMade(rule, { ...facts, version: 'TLSv1.2', alert: 40 })
    expect(early.explanation).toContain('Up to TLS 1.2 the server judges the client before the handshake ends')
    const answered = await judgeMade(rule, {
      ...facts,
      version: 'TLSv1.3',
      answer: [400, 'No required SSL certificate was sent'],
    })
    expect(answered.explanation).toContain('The handshake itself succeeded')
    expect(answered.quotes[0]).toBe('HTTP 400 No required SSL certificate was sent')
  })

  it('knows an origin that lets only Cloudflare in', async () => {
    const judged = await judgeMade(rule, {
      host: 'shop.example',
      requested: 'yes',
      alert: 116,
      accepts: [
        'C=US, O="CloudFlare, Inc.", OU=Origin Pull, L=San Francisco, ST=California, CN=origin-pull.cloudflare.net',
      ],
    })
    expect(judged.title).toContain('accepts only Cloudflare as its client (Authenticated Origin Pulls)')
    expect(judged.explanation).toContain('refuses a direct one by design')
  })

  it('names the hop: the product of a log, the upstream of a gateway', async () => {
    const front = await judgeMade(rule, { kind: 'log', role: 'server', tool: 'kong', alertSent: 116 })
    expect(front.title).toBe('Kong requires a client certificate (mutual TLS), and none was presented.')
    expect(front.explanation).toContain('TLS of this hop ends there')
    expect(front.nextCommand).toMatch(/^openssl x509 -in client.pem/)
    const back = await judgeMade(rule, {
      kind: 'log',
      side: 'upstream',
      tool: 'kong',
      host: 'orders.example',
      alert: 116,
    })
    expect(back.title).toBe(
      'The upstream orders.example:443 of Kong requires a client certificate (mutual TLS), and Kong presented none.',
    )
  })

  it('leaves it to the proxy that inspects where there is one', async () => {
    const story = { ...chain, sent: ['resigned', 'zscaler'], path: ['resigned', 'zscaler'], asks: true } as const
    expect(await judge(rule, sClient({ ...story, lines: [alertLine(116)] }))).toMatchObject({ kind: 'not-applicable' })
  })

  it('does not apply to files', async () => {
    expect(await judge(rule, bundle('client'))).toMatchObject({ kind: 'not-applicable' })
  })
})
