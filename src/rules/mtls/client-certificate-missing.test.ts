import { describe, expect, it } from 'vitest'
import { alertLine, bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
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
    expect(await judge(rule, refused)).toMatchObject({ kind: 'not-applicable' })
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

  it('does not apply to files', async () => {
    expect(await judge(rule, bundle('client'))).toMatchObject({ kind: 'not-applicable' })
  })
})
