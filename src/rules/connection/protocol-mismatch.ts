/** RFC 8446 section 6.2 (protocol_version, handshake_failure): both sides support TLS, but no common version or cipher suite. */

import type { Failure } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { place, shellWord, targetOf } from '../words.ts'

export const protocolMismatch: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'protocol-mismatch',
    title: 'Client and server share no protocol version or cipher suite.',
    why: 'The handshake ends before the certificate is sent; certificates are not the cause.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 6.2', 'RFC 8996'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { capture } = context
  if (context.served.length > 0)
    return notApplicable('a certificate was sent, so version and cipher suite were agreed on')
  const failure = capture.failures.find((entry) => entry.kind === 'protocol')
  if (failure && failure.alert === 70 && capture.generation === 'libressl' && !/alert number/.test(failure.text))
    return unknown('LibreSSL prints this for a port that does not speak TLS, too')
  if (failure) return failing(context, failure, 'certain', 'version')
  const refused = capture.failures.find((entry) => entry.alert === 40 || entry.alert === 71)
  if (!refused || capture.clientAuth.requested === 'yes') return pass
  if (!capture.noPeerCertificate)
    return unknown('whether the server sent a certificate before it refused is not in the paste')
  if (context.sni?.value === null) return unknown('the server may refuse because no server name was sent')
  return failing(context, refused, 'likely', 'cipher')
}

function failing(
  context: CaptureContext,
  failure: Failure,
  confidence: 'certain' | 'likely',
  what: 'version' | 'cipher',
): Outcome {
  const { connect, name } = targetOf(context)
  const chosen = context.capture.command?.protocolSwitch
  const local = failure.alert === undefined
  const text =
    what === 'version'
      ? `${local ? 'The client itself refuses the version that the server offers' : 'The server refuses the versions that the client offers'}${
          chosen ? `; the command allows only ${chosen.slice(1).replaceAll('_', '.')}` : ''
        }. Old appliances speak TLS 1.0 only, which current OpenSSL refuses at its default security level; current servers refuse everything below TLS 1.2.`
      : 'The server ended the handshake at once (handshake failure). Usual reasons: no common cipher suite or curve, a server name that it does not serve, or no certificate configured.'
  return fail({
    severity: 'error',
    confidence,
    owner: chosen || local ? 'client' : 'server-operator',
    title:
      what === 'version'
        ? `Client and server${place(context)} share no TLS version.`
        : `The server${place(context)} refuses the handshake before sending a certificate.`,
    explanation: text,
    evidence: [failure.span, ...(chosen && context.capture.command ? [context.capture.command.span] : [])],
    nextCommand: `for v in tls1 tls1_1 tls1_2 tls1_3; do echo "== $v"; openssl s_client -connect ${shellWord(connect)} -servername ${shellWord(name)} -$v </dev/null 2>&1 | grep -E "Protocol|Cipher is|alert"; done`,
  })
}
