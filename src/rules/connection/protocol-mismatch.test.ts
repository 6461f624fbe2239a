import { describe, expect, it } from 'vitest'
import { alertLine, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { protocolMismatch as rule } from './protocol-mismatch.ts'

const refused = (command: string, alert: number, reason?: string) =>
  sClient({ command, sent: [], unfinished: true, lines: [alertLine(alert, reason)] })

describe('protocol-mismatch', () => {
  it('fails a version that the server does not take, and names the switch', async () => {
    const judged = await judge(rule, refused(`${toShop} -tls1_2`, 70, 'tlsv1 alert protocol version'))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'client',
      title: 'Client and server at shop.example:443 share no TLS version.',
    })
    expect(judged.explanation).toContain('The command allows only tls1.2.')
    expect(judged.quotes[0]).toContain('SSL alert number 70')
  })

  it('takes a handshake failure before any certificate for likely', async () => {
    expect(await judge(rule, refused(toShop, 40))).toMatchObject({
      kind: 'fail',
      confidence: 'likely',
      owner: 'server-operator',
    })
  })

  it('cannot tell when no server name was sent', async () => {
    expect(await judge(rule, refused('-connect 10.1.2.3:443', 40))).toMatchObject({ kind: 'unknown' })
  })

  it('cannot tell from an error line alone', async () => {
    expect(await judge(rule, `${alertLine(40)}\n`)).toMatchObject({
      kind: 'unknown',
      reason: 'whether the server sent a certificate before it refused is not in the paste',
    })
  })

  it('passes when a client certificate was asked for', async () => {
    const paste = sClient({ command: toShop, sent: [], asks: true, unfinished: true, lines: [alertLine(40)] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply once a certificate was sent', async () => {
    const paste = sClient({ command: toShop, sent: ['shop'], errors: noIssuer, lines: [alertLine(40)] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })

  it.each([
    ['0A000152', 'unsafe legacy renegotiation disabled', 'server-operator', 'secure renegotiation'],
    ['0A0000BF', 'no protocols available', 'client', 'leave it no TLS version'],
    ['0A0000B5', 'no ciphers available', 'client', 'leave it no cipher suite'],
    ['0A000172', 'wrong signature type', 'server-operator', 'share no signature algorithm'],
    ['0A00014D', 'legacy sigalg disallowed or unsupported', 'server-operator', 'share no signature algorithm'],
    ['0A000065', 'no suitable key share', 'server-operator', 'share no group'],
    ['1425F102', 'unsupported protocol', 'client', 'share no TLS version'],
  ] as const)('reads OpenSSL reason %s (%s), also in words alone', async (code, words, owner, title) => {
    const line = `error:${code}:SSL routines::${words}`
    for (const text of [line, `[SSL: ${words.toUpperCase().replaceAll(' ', '_')}] ${words} (_ssl.c:1000)`]) {
      const judged = await judgeMade(rule, { host: 'shop.example', kind: 'message', failure: ['other', text] })
      expect(judged).toMatchObject({ kind: 'fail', confidence: 'certain', owner })
      expect(judged.title).toContain(title)
    }
  })

  it('applies after a certificate as well, where the library says what it is', async () => {
    const line = '40:error:0A000172:SSL routines:tls12_check_peer_sigalg:wrong signature type:../ssl/t1_lib.c:1583:'
    const paste = sClient({ command: toShop, sent: ['shop', 'issuing'], unfinished: true, lines: [line] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', quotes: [line] })
  })

  it('tells the client of a server that finds nothing in common', async () => {
    const facts = { kind: 'log', role: 'server', tool: 'nginx' } as const
    const judged = await judgeMade(rule, {
      ...facts,
      failure: ['other', 'error:0A0000C1:SSL routines::no shared cipher'],
    })
    expect(judged).toMatchObject({ kind: 'fail', owner: 'client' })
  })

  it('leaves weak keys to the rule about them', async () => {
    const facts = { host: 'shop.example', kind: 'message' } as const
    const weak = { ...facts, failure: ['protocol', 'error:0A00018A:SSL routines::dh key too small'] } as const
    expect(await judgeMade(rule, weak)).toMatchObject({ kind: 'pass' })
  })
})
