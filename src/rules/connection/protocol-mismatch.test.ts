import { describe, expect, it } from 'vitest'
import { alertLine, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
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
    expect(judged.explanation).toContain('the command allows only tls1.2')
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
})
