import { describe, expect, it } from 'vitest'
import { noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { notTls as rule } from './not-tls.ts'

const line = '40:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:'
const plain = (command: string) => sClient({ command, sent: [], unfinished: true, lines: [line] })

describe('not-tls', () => {
  it('fails a port that answers in plain text', async () => {
    const judged = await judge(rule, plain('-connect shop.example:80 -servername shop.example'))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'reporter',
      title: 'The answer from shop.example:80 is not TLS.',
      nextCommand: 'curl -v --max-time 10 http://shop.example:80/ -o /dev/null',
    })
    expect(judged.quotes).toEqual([line])
  })

  it('offers STARTTLS on the ports that begin in plain text', async () => {
    const judged = await judge(rule, plain('-connect mail.shop.example:587'))
    expect(judged.nextCommand).toContain('-starttls smtp')
    expect(judged.explanation).toContain('TLS begins with STARTTLS')
  })

  it('says so when STARTTLS was asked for in vain', async () => {
    const judged = await judge(rule, plain('-connect mail.shop.example:25 -starttls smtp'))
    expect(judged.explanation).toContain('the server did not switch')
  })

  it('passes other failures, and does not apply once a certificate was sent', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: [], lines: ['write:errno=104'] }))).toMatchObject({
      kind: 'pass',
    })
    const sent = sClient({ command: toShop, sent: ['shop'], errors: noIssuer, lines: [line] })
    expect(await judge(rule, sent)).toMatchObject({ kind: 'not-applicable' })
  })

  it('knows the client that speaks plain HTTP to a TLS port', async () => {
    const answered = {
      host: 'shop.example',
      answer: [400, '400 The plain HTTP request was sent to HTTPS port'],
    } as const
    const words = 'client sent plain HTTP request to HTTPS port while reading client request headers'
    const reason = 'SSL_do_handshake() failed (SSL: error:0A00009C:SSL routines::http request)'
    const log = { kind: 'log', role: 'server', tool: 'nginx' } as const
    for (const facts of [
      answered,
      { ...log, failure: ['other', words] },
      { ...log, failure: ['plain-text', reason] },
    ] as const)
      expect(await judgeMade(rule, facts)).toMatchObject({
        kind: 'fail',
        owner: 'client',
        title: expect.stringContaining('The client speaks plain HTTP to a port that wants TLS'),
      })
    expect(await judgeMade(rule, { ...log, failure: ['other', 'no shared cipher'] })).toMatchObject({ kind: 'pass' })
  })
})
