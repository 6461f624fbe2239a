import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { clientCertificateRequested as rule } from './client-certificate-requested.ts'

const facts = {
  host: 'shop.example',
  program: 's_client',
  sent: ['shop', 'issuing'],
  requested: 'yes',
  version: 'TLSv1.3',
} as const

describe('client-certificate-requested', () => {
  it('says what is accepted, and that TLS 1.3 leaves open whether the server insists', async () => {
    const judged = await judgeMade(rule, {
      ...facts,
      accepts: ['C=GB, O=Partners, CN=Partners CA'],
      algorithms: ['ECDSA+SHA256', 'RSA-PSS+SHA256'],
    })
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'certain',
      owner: 'nobody',
      title: 'The server at shop.example:443 asks for a client certificate, and none was sent.',
    })
    expect(judged.explanation).toContain('may end before it')
    expect(judged.explanation).toContain('"Partners CA" (Partners)')
    expect(judged.explanation).toContain('ECDSA+SHA256, RSA-PSS+SHA256')
    expect(judged.quotes).toEqual(['client certificate requested', 'C=GB, O=Partners, CN=Partners CA'])
  })

  it('calls it optional where the handshake or the answer shows it', async () => {
    for (const more of [{ version: 'TLSv1.2' }, { answer: [200, 'OK'] }] as const)
      expect((await judgeMade(rule, { ...facts, ...more })).title).toContain('and does not insist on it')
  })

  it('does not say what was sent where the tool does not show it', async () => {
    const judged = await judgeMade(rule, { ...facts, cert: 'client.pem' })
    expect(judged.title).toBe(
      'The server at shop.example:443 asks for a client certificate, and the command names one.',
    )
    expect(judged.explanation).toContain('does not show whether it was sent')
  })

  it('passes where none was asked for, and where the client was refused', async () => {
    expect(await judgeMade(rule, { ...facts, requested: 'no' })).toMatchObject({ kind: 'pass' })
    expect(await judgeMade(rule, { ...facts, alert: 116 })).toMatchObject({ kind: 'pass' })
  })

  it('cannot tell from a tool that does not show requests', async () => {
    expect(await judgeMade(rule, { ...facts, requested: 'unknown' })).toMatchObject({ kind: 'unknown' })
  })

  it('reads s_client, and does not apply to files', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['shop'], asks: true }))).toMatchObject({ kind: 'fail' })
    expect(await judge(rule, bundle('shop'))).toMatchObject({ kind: 'not-applicable' })
  })
})
