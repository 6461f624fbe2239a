import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { weakKeyOrSignature as rule } from './weak-key-or-signature.ts'

const sent = ['weakKey', 'issuing'] as const
const path = ['weakKey', 'issuing', 'root'] as const

describe('weak-key-or-signature', () => {
  it('fails a short key that the client refuses', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, path, errors: [[66, 0]] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain', owner: 'server-operator' })
    expect(judged.title).toMatch(/^The key of "shop.example" is RSA 1024; at least 2048 bits are needed/)
    expect(judged.quotes[1]).toBe('verify error:num=66:EE certificate key too weak')
  })

  it('warns where the client does not object, whatever else it says', async () => {
    const accepted = sClient({ command: toShop, sent, path })
    const other = sClient({ command: toShop, sent, errors: [[20, 1]] })
    for (const paste of [accepted, other])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('fails a file that no client has seen', async () => {
    expect(await judge(rule, bundle('weakKey', 'issuing'))).toMatchObject({ kind: 'fail', severity: 'error' })
  })

  it('takes the word of a client whose certificates are not there', async () => {
    const lines = verification({ sent, path, errors: [[66, 0]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      severity: 'error',
      title: 'The client refuses a key or digest of the chain as too weak.',
    })
  })

  it('passes keys of usual size, and does not apply without certificates', async () => {
    expect(await judge(rule, bundle('shop', 'issuing'))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })

  it('reads what the library says of the key exchange', async () => {
    const lines = [
      '40:error:0A00018A:SSL routines:tls_process_ske_dhe:dh key too small:../ssl/statem/statem_clnt.c:2100:',
    ]
    const judged = await judge(rule, sClient({ command: toShop, sent: ['shop', 'issuing'], unfinished: true, lines }))
    expect(judged).toMatchObject({
      kind: 'fail',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The Diffie-Hellman key of the server at shop.example:443 is too short for this client.',
      quotes: lines,
    })
    expect(judged.explanation).toContain('not that of the certificate')
  })

  it('knows the certificate that a program was given itself', async () => {
    const line = 'SSL_CTX_use_certificate:ee key too small'
    const client = await judgeMade(rule, { kind: 'message', tool: 'python', failure: ['other', line] })
    expect(client).toMatchObject({ kind: 'fail', owner: 'client' })
    const server = await judgeMade(rule, {
      kind: 'log',
      role: 'server',
      tool: 'nginx',
      failure: ['other', 'ca md too weak'],
    })
    expect(server).toMatchObject({ kind: 'fail', owner: 'server-operator' })
    expect(server.title).toContain('The server refuses its own certificate')
  })
})
