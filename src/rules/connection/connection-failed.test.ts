import { describe, expect, it } from 'vitest'
import { alertLine, bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { connectionFailed as rule } from './connection-failed.ts'

const nothing = { command: toShop, sent: [], unfinished: true } as const
const chain = {
  command: toShop,
  sent: ['shop', 'issuing'],
  path: ['shop', 'issuing', 'root'],
  unfinished: true,
} as const

describe('connection-failed', () => {
  it('fails a connection that is refused', async () => {
    const judged = await judge(
      rule,
      `$ openssl s_client ${toShop} </dev/null\n40:error:8000006F:system library:BIO_connect:Connection refused:../crypto/bio/bio_sock2.c:125:calling connect()\nconnect:errno=111\n`,
    )
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The connection to shop.example:443 is refused, so no certificate was seen.',
    })
    expect(judged.quotes[0]).toContain('Connection refused')
  })

  it('asks the resolver when a name does not resolve', async () => {
    const judged = await judge(
      rule,
      `$ openssl s_client ${toShop}\ngetaddrinfo: Name or service not known\nconnect:errno=0\n`,
    )
    expect(judged).toMatchObject({ kind: 'fail', owner: 'network-team', nextCommand: 'getent hosts shop.example' })
  })

  it('does not trust "0 (ok)" of a handshake without a certificate', async () => {
    const judged = await judge(rule, sClient({ ...nothing, lines: ['write:errno=104'] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      title: expect.stringContaining('is reset, so no certificate was seen'),
    })
    expect(judged.explanation).toContain('only that nothing was verified')
  })

  it('says so when the reason is not in the paste', async () => {
    expect(await judge(rule, sClient(nothing))).toMatchObject({
      kind: 'fail',
      confidence: 'likely',
      title: 'The handshake at shop.example:443 ended before a certificate was sent.',
    })
  })

  it('names an alert that no other rule reads', async () => {
    const judged = await judge(rule, sClient({ ...nothing, lines: [alertLine(80, 'tlsv1 alert internal error')] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      owner: 'server-operator',
      title: expect.stringContaining('alert 80 (internal_error)'),
    })
    expect(await judge(rule, sClient({ ...nothing, lines: [alertLine(116)] }))).toMatchObject({ kind: 'pass' })
  })

  it('fails a connection that ends after the certificate was seen', async () => {
    const judged = await judge(rule, sClient({ ...chain, lines: ['write:errno=104'] }))
    expect(judged.title).toBe(
      'The connection to shop.example:443 is reset, after the certificate of the server was seen.',
    )
  })

  it('leaves it to the client certificate when one was asked for', async () => {
    expect(await judge(rule, sClient({ ...chain, asks: true, lines: ['write:errno=104'] }))).toMatchObject({
      kind: 'not-applicable',
    })
  })

  it('does not apply to a finished handshake, or one that the client ended', async () => {
    const finished = sClient({ command: toShop, sent: ['shop'], errors: noIssuer, lines: ['read:errno=0'] })
    const ended = sClient({
      ...chain,
      errors: [[20, 1]],
      lines: [
        '40:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:../ssl/statem/statem_clnt.c:1889:',
      ],
    })
    for (const paste of [finished, ended]) expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
    expect(await judge(rule, bundle('shop'))).toMatchObject({ kind: 'pass' })
  })

  it('blames the way to the proxy where the client never got past it', async () => {
    const facts = {
      host: 'shop.example',
      program: 'curl',
      tool: 'curl',
      proxy: 'http://proxy.corp.example:8080',
    } as const
    const refused = await judgeMade(rule, { ...facts, failure: ['refused', 'Connection refused'] })
    expect(refused).toMatchObject({
      kind: 'fail',
      owner: 'proxy-team',
      title: 'The connection to the proxy http://proxy.corp.example:8080 is refused, so no certificate was seen.',
      nextCommand: 'curl -sv --max-time 10 telnet://proxy.corp.example:8080 </dev/null',
    })
    expect(refused.explanation).toContain('The server was not tried')
    const dns = await judgeMade(rule, { ...facts, failure: ['dns', 'Could not resolve proxy'] })
    expect(dns.nextCommand).toBe('getent hosts proxy.corp.example')
    const reset = await judgeMade(rule, { ...facts, failure: ['reset', 'Connection reset by peer'] })
    expect(reset.title).toContain('to shop.example:443')
  })

  it('does not apply to an HTTP answer, nor to the log of a server', async () => {
    const answered = { host: 'shop.example', failure: ['closed', 'closed'], answer: [400, 'Bad Request'] } as const
    const log = { kind: 'log', role: 'server', tool: 'nginx', failure: ['closed', 'peer closed connection'] } as const
    for (const facts of [answered, log]) expect(await judgeMade(rule, facts)).toMatchObject({ kind: 'not-applicable' })
  })
})
