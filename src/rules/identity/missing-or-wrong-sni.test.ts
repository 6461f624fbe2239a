import { describe, expect, it } from 'vitest'
import { alertLine, bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { missingOrWrongSni as rule } from './missing-or-wrong-sni.ts'

const sent = ['otherSite', 'issuing'] as const

describe('missing-or-wrong-sni', () => {
  it('fails another site’s certificate when no name was sent for the wanted one', async () => {
    const command = '-connect 10.1.2.3:443 -noservername -verify_hostname shop.example -showcerts'
    const judged = await judge(rule, sClient({ command, sent, errors: [[62, 0]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'likely',
      owner: 'reporter',
      title:
        'No server name (SNI) was sent, and "stock.example" (Example Retail) answers instead of a certificate for shop.example.',
      nextCommand: 'openssl s_client -connect 10.1.2.3:443 -servername shop.example -showcerts </dev/null',
    })
    expect(judged.quotes[0]).toContain('-noservername')
  })

  it('fails a product’s default certificate when only an address was given', async () => {
    const command = '-connect 10.1.2.3:443 -showcerts'
    for (const name of ['ingressFake', 'azureDefault'] as const)
      expect(await judge(rule, sClient({ command, sent: [name] }))).toMatchObject({
        kind: 'fail',
        confidence: 'likely',
      })
  })

  it('gives a hint when only an address was given', async () => {
    const judged = await judge(rule, sClient({ command: '-connect 10.1.2.3:443 -showcerts', sent }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'info', confidence: 'hint' })
    expect(judged.nextCommand).toContain('-servername HOST')
  })

  it('fails when the server says that it does not know the name', async () => {
    const paste = sClient({
      command: toShop,
      sent: [],
      unfinished: true,
      lines: [alertLine(112, 'tlsv1 unrecognized name')],
    })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({
      kind: 'fail',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The server does not know the server name shop.example (SNI).',
    })
    expect(judged.quotes[0]).toContain('SSL alert number 112')
  })

  it('suspects the missing name when a server refuses the handshake without one', async () => {
    const story = { sent: [], unfinished: true, lines: [alertLine(40)] } as const
    expect(await judge(rule, sClient({ command: '-connect 10.1.2.3:443', ...story }))).toMatchObject({
      kind: 'fail',
      confidence: 'likely',
      title: 'No server name (SNI) was sent, and the server refuses the handshake.',
    })
    expect(await judge(rule, sClient({ command: toShop, ...story }))).toMatchObject({ kind: 'not-applicable' })
  })

  it('fails a name sent to a host that only has a certificate of its own', async () => {
    const judged = await judge(rule, sClient({ command: '-connect stock.example:443 -servername shop.example', sent }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely', owner: 'client' })
    expect(judged.title).toContain('sends the server name shop.example (SNI) to stock.example')
  })

  it('passes the right name, and a fitting certificate without one', async () => {
    const right = sClient({ command: toShop, sent: ['shop', 'issuing'] })
    const fitting = sClient({ command: '-connect shop.example:443 -noservername', sent: ['shop', 'issuing'] })
    const elsewhere = sClient({ command: '-connect lb.internal:443 -servername shop.example', sent })
    for (const paste of [right, fitting, elsewhere]) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('cannot tell without the command, and does not apply to files', async () => {
    expect(await judge(rule, sClient({ sent }))).toMatchObject({ kind: 'unknown' })
    expect(await judge(rule, bundle('otherSite'))).toMatchObject({ kind: 'not-applicable' })
  })
})
