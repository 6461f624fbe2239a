import { describe, expect, it } from 'vitest'
import type { Cause, Confidence, Owner } from '../../core/finding.ts'
import { runCaptureRules } from '../run.ts'
import { type Engine, type Facts, made, verdictOfMade } from '../testing/helpers/made.ts'
import { captureVerdict, overallVerdict } from '../verdict.ts'

const engine: Engine = { run: runCaptureRules, captureVerdict, overallVerdict }

/** A client that accepts the certificate of the server. */
const client = { host: 'shop.example', sent: ['shop', 'issuing'], ok: true } as const
const plain = { ...client, program: 's_client' } as const
const named = { ...client, program: 's_client', cert: 'client.pem' } as const
const curl = { ...client, tool: 'curl', program: 'curl' } as const
const asked = { requested: 'yes', accepts: ['O=Example Partners, CN=Example Partners CA'] } as const
const tls13 = { version: 'TLSv1.3' } as const
const tls12 = { version: 'TLSv1.2' } as const
const message = { host: 'shop.example', kind: 'message' } as const
const log = { kind: 'log', role: 'server', tool: 'nginx' } as const
const upstream = { kind: 'log', role: 'client', side: 'upstream', tool: 'kong', host: 'orders.example' } as const

type Expected = readonly [cause: Cause, confidence: Confidence, owner: Owner]
const missing: Expected = ['client-certificate-missing', 'certain', 'client']
const maybeMissing: Expected = ['client-certificate-missing', 'likely', 'client']
const rejected: Expected = ['client-certificate-rejected', 'certain', 'client']
const maybeRejected: Expected = ['client-certificate-rejected', 'likely', 'client']
const healthy: Expected = ['healthy', 'certain', 'nobody']
const open: Expected = ['undeterminable', 'certain', 'reporter']

const situations: readonly (readonly [situation: string, facts: Facts, expected: Expected])[] = [
  // Asked for, and none given.
  ['TLS 1.3, asked, none given: alert 116 after the handshake', { ...plain, ...asked, ...tls13, alert: 116 }, missing],
  [
    'TLS 1.3, the same through curl, whose reply was empty',
    { ...curl, ...asked, ...tls13, wasSent: 'empty', alert: 116 },
    missing,
  ],
  ['TLS 1.3, the request is not shown (LibreSSL): alert 116', { ...plain, ...tls13, alert: 116 }, missing],
  ['TLS 1.3, alert 116 as the message of a runtime', { ...message, tool: 'python', alert: 116 }, missing],
  ['alert 116 in an error line whose side is not known', { kind: 'message', tool: 'text', alert: 116 }, missing],
  ['TLS 1.2, asked, none given: alert 40 before the end', { ...plain, ...asked, alert: 40 }, missing],
  [
    'TLS 1.2, asked, an empty message went out: alert 40',
    { ...client, ...asked, wasSent: 'empty', alert: 40 },
    missing,
  ],
  ['TLS 1.2, asked, the command is not in the paste: alert 40', { ...client, ...asked, alert: 40 }, maybeMissing],
  ['TLS 1.2, no word of a request, but of the certificate: alert 40', { ...plain, alert: 40 }, maybeMissing],
  ['a server in Java: alert 42 to a client without one', { ...plain, ...asked, alert: 42 }, missing],
  [
    'a server in Java, asked for by TLS 1.3: alert 42 to an empty message',
    { ...curl, ...asked, ...tls13, wasSent: 'empty', alert: 42 },
    missing,
  ],
  ['mbed TLS: alert 41 (no certificate)', { ...plain, ...asked, alert: 41 }, missing],
  [
    'IIS resets the connection that it asked',
    { ...plain, ...asked, failure: ['reset', 'write:errno=104'] },
    maybeMissing,
  ],
  [
    'TLS 1.3, asked, reset with the first read',
    { ...plain, ...asked, ...tls13, failure: ['reset', 'read:errno=104'] },
    maybeMissing,
  ],
  ['a file is named, and the server got none', { ...named, ...asked, ...tls13, alert: 116 }, missing],
  ['one was sent, and the server got none', { ...curl, ...asked, ...tls13, wasSent: 'yes', alert: 116 }, maybeMissing],
  // Given, and refused.
  ['wrong CA: alert 48', { ...named, ...asked, alert: 48 }, rejected],
  ['wrong CA with TLS 1.3: alert 48 after the handshake', { ...named, ...asked, ...tls13, alert: 48 }, rejected],
  ['wrong CA, the request is not in the paste', { ...named, alert: 48 }, maybeRejected],
  ['wrong CA, with proof that one was sent', { ...curl, ...tls13, wasSent: 'yes', alert: 48 }, rejected],
  ['wrong CA of a server in Java: alert 46', { ...curl, ...asked, wasSent: 'yes', alert: 46 }, rejected],
  ['expired: alert 45', { ...named, ...asked, ...tls13, alert: 45 }, rejected],
  ['revoked: alert 44', { ...named, ...asked, ...tls12, alert: 44 }, rejected],
  ['wrong kind: alert 43', { ...named, ...asked, alert: 43 }, rejected],
  [
    'bad certificate with proof that one was sent: alert 42',
    { ...curl, ...asked, wasSent: 'yes', alert: 42 },
    rejected,
  ],
  ['bad certificate, a file is named: alert 42', { ...named, ...asked, alert: 42 }, maybeRejected],
  ['the key is not that of the certificate: alert 51', { ...named, ...asked, alert: 51 }, rejected],
  [
    'valid, but not on the list: alert 49',
    { ...named, ...asked, ...tls13, alert: 49 },
    ['client-certificate-rejected', 'certain', 'server-operator'],
  ],
  [
    'an old server refuses without a reason: alert 40 after one was sent',
    { ...curl, ...asked, wasSent: 'yes', alert: 40 },
    maybeRejected,
  ],
  ['expired, as the message of a runtime', { ...message, tool: 'node', alert: 45 }, maybeRejected],
  ['unknown CA in an error line whose side is not known', { kind: 'message', tool: 'text', alert: 48 }, open],
  ['unknown CA although the command names none', { ...plain, ...tls13, alert: 48 }, open],
  [
    'Chromium had none to give',
    { ...message, tool: 'browser', failure: ['other', 'ERR_SSL_CLIENT_AUTH_CERT_NEEDED'] },
    missing,
  ],
  [
    'Chromium was refused',
    { ...message, tool: 'browser', failure: ['other', 'ERR_BAD_SSL_CLIENT_AUTH_CERT'] },
    rejected,
  ],
  // HTTP answers over a connection that came about.
  [
    'nginx: 400, none was sent',
    { ...plain, ...asked, ...tls13, answer: [400, '400 No required SSL certificate was sent'] },
    missing,
  ],
  [
    'nginx: 400, one was refused',
    { ...named, ...asked, ...tls12, answer: [400, '400 The SSL certificate error'] },
    rejected,
  ],
  ['Kong: 401, none was sent', { ...curl, ...tls13, answer: [401, 'No required TLS certificate was sent'] }, missing],
  ['Kong: 401, one failed', { ...curl, ...tls13, answer: [401, 'TLS certificate failed verification'] }, rejected],
  ['IIS: 403.7', { ...curl, ...tls13, answer: [403, '403.7 - Forbidden'] }, missing],
  ['IIS: 403.17, expired', { ...curl, ...tls13, answer: [403, '403.17 - Forbidden'] }, rejected],
  ['496', { ...curl, ...tls13, answer: [496, ''] }, missing],
  ['an edge that asks and forbids: 403', { ...plain, ...asked, ...tls13, answer: [403, 'Forbidden'] }, maybeMissing],
  [
    '403 of an application that has the certificate',
    { ...curl, ...asked, ...tls13, wasSent: 'yes', answer: [403, 'Forbidden'] },
    healthy,
  ],
  [
    '401 of an application that asked for none',
    { ...plain, ...tls13, requested: 'no', answer: [401, 'Unauthorized'] },
    healthy,
  ],
  // Works.
  ['asked, none given, TLS 1.2 goes on', { ...plain, ...asked, ...tls12 }, healthy],
  ['asked, one given, answer 200', { ...named, ...asked, ...tls13, answer: [200, 'OK'] }, healthy],
  ['not asked', { ...named, ...tls13, requested: 'no' }, healthy],
  // The side of the server.
  ['log: none came', { ...log, failure: ['other', 'client sent no required SSL certificate'] }, missing],
  [
    'log: peer did not return a certificate',
    { ...log, tool: 'apache', failure: ['other', 'error:0A0000C7:SSL routines::peer did not return a certificate'] },
    missing,
  ],
  [
    'log of a Go server',
    { ...log, tool: 'go', failure: ['other', "tls: client didn't provide a certificate"] },
    missing,
  ],
  ['log of a Java server', { ...log, tool: 'java', failure: ['other', 'Empty client certificate chain'] }, missing],
  ['log: alert 116 was sent', { ...log, alertSent: 116 }, missing],
  ['log: expired (10)', { ...log, errors: [[10, 'certificate has expired']], printed: 'CN=till 17' }, rejected],
  ['log: not yet valid (9)', { ...log, errors: [[9, 'certificate is not yet valid']] }, rejected],
  ['log: CA unknown (20)', { ...log, errors: [[20, 'unable to get local issuer certificate']] }, rejected],
  ['log: intermediate not sent (21)', { ...log, errors: [[21, 'unable to verify the first certificate']] }, rejected],
  ['log: self-signed (18)', { ...log, errors: [[18, 'self-signed certificate']] }, rejected],
  ['log: wrong EKU (26)', { ...log, errors: [[26, 'unsuitable certificate purpose']] }, rejected],
  [
    'log: chain too long (22)',
    { ...log, errors: [[22, 'certificate chain too long']] },
    ['client-certificate-rejected', 'certain', 'server-operator'],
  ],
  ['access log: 495', { ...log, request: { status: 495, clientVerify: 'FAILED:certificate has expired' } }, rejected],
  ['access log: NONE beside an ordinary 401', { ...log, request: { status: 401, clientVerify: 'NONE' } }, open],
  ['log: the client distrusts the server (48 received)', { ...log, alert: 48 }, open],
  // A gateway is the client of its upstream.
  ['Kong presents none to its upstream', { ...upstream, alert: 116 }, missing],
  ['the upstream does not know the CA of Kong', { ...upstream, alert: 48 }, maybeRejected],
]

describe('situations of mutual TLS', () => {
  it('are many', () => {
    expect(situations.length).toBeGreaterThanOrEqual(40)
    expect(new Set(situations.map(([name]) => name)).size).toBe(situations.length)
  })

  it.each(situations)('%s', async (_, facts, [cause, confidence, owner]) => {
    const verdict = await verdictOfMade(engine, [made(facts)])
    expect({ cause: verdict.cause, confidence: verdict.leading?.confidence, owner: verdict.owner }).toEqual({
      cause,
      confidence,
      owner,
    })
    for (const finding of verdict.findings)
      if (finding.confidence === 'certain') expect(finding.evidence, finding.rule).not.toEqual([])
  })

  it('never take the errors of a server for faults of its own chain', async () => {
    const errors = [10, 18, 19, 20, 21, 23, 26, 66].map((code) => [code, 'x'] as const)
    const { findings } = await verdictOfMade(engine, [made({ ...log, errors, printed: 'CN=till 17' })])
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'client-certificate-rejected',
    ])
  })
})
