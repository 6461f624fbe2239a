/** RFC 8446 section 6.2 (protocol_version, handshake_failure): both sides support TLS, but no common version, cipher suite or signature. */
import type { Owner } from '../../core/finding.ts'
import type { Failure } from '../../input/model.ts'
import { requestedOf, sentOf } from '../client-auth.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { gatewayAt } from '../hop.ts'
import { type Disagreement, disagreementOf, type WeakThing } from '../ssl-reasons.ts'
import { place, shellWord, targetOf } from '../words.ts'

export const protocolMismatch: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'protocol-mismatch',
    title: 'Client and server share no protocol version, cipher suite or signature algorithm.',
    why: 'The handshake ends before the certificate is judged; certificates are not the cause.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 6.2', 'RFC 8996', 'RFC 5746', 'OpenSSL SSL_CTX_set_security_level(3)'],
  },
  check,
}

type Kind = Exclude<Disagreement, WeakThing>

function check(context: CaptureContext): Outcome {
  const { capture } = context
  if (capture.kind === 'file' || capture.kind === 'verification') return notApplicable('no connection was made')
  for (const failure of capture.failures) {
    const kind = disagreementOf(failure)
    if (kind && !kind.startsWith('weak-') && failure.alert === undefined)
      return failing(context, failure, 'certain', kind as Kind)
  }
  if (capture.role === 'server') return pass
  if (context.served.length > 0)
    return notApplicable('a certificate was sent, so version and cipher suite were agreed on')
  const failure = capture.failures.find((entry) => entry.kind === 'protocol' && !isWeak(entry))
  if (failure && failure.alert === 70 && capture.generation === 'libressl' && !/alert number/.test(failure.text))
    return unknown('LibreSSL prints this for a port that does not speak TLS, too')
  if (failure) return failing(context, failure, 'certain', 'version')
  const refused = capture.failures.find((entry) => entry.alert === 40 || entry.alert === 71)
  if (!refused || requestedOf(context) === 'yes') return pass
  if (refused.alert === 71) return failing(context, refused, 'certain', 'cipher')
  if (!capture.noPeerCertificate)
    return unknown('whether the server sent a certificate before it refused is not in the paste')
  if (sentOf(context) === 'yes') return pass
  if (context.sni?.value === null) return unknown('the server may refuse because no server name was sent')
  return failing(context, refused, 'likely', 'cipher')
}

const isWeak = (failure: Failure): boolean => disagreementOf(failure)?.startsWith('weak-') === true

function failing(context: CaptureContext, failure: Failure, confidence: 'certain' | 'likely', kind: Kind): Outcome {
  const { capture } = context
  const { connect, name } = targetOf(context)
  const chosen = kind === 'version' || kind === 'no-version' ? capture.command?.protocolSwitch : undefined
  const words = wordsOf(kind, context, failure)
  return fail({
    severity: 'error',
    confidence,
    owner: chosen ? 'client' : words.owner,
    title: words.title,
    explanation: `${words.text}${chosen ? ` The command allows only ${chosen.slice(1).replaceAll('_', '.')}.` : ''}`,
    evidence: [failure.span, ...(chosen && capture.command ? [capture.command.span] : [])],
    nextCommand: `for v in tls1 tls1_1 tls1_2 tls1_3; do echo "== $v"; openssl s_client -connect ${shellWord(connect)} -servername ${shellWord(name)} -$v </dev/null 2>&1 | grep -E "Protocol|Cipher is|alert"; done`,
  })
}

interface Words {
  readonly title: string
  readonly text: string
  readonly owner: Owner
}

const old =
  'Old appliances speak TLS 1.0 only, which current OpenSSL refuses at its default security level; current servers refuse everything below TLS 1.2.'

function wordsOf(kind: Kind, context: CaptureContext, failure: Failure): Words {
  const at = place(context)
  const received = failure.alert !== undefined
  if (context.capture.role === 'server')
    return {
      title: `A client and ${gatewayAt(context.capture) ?? 'this server'} share no TLS version, cipher suite or signature algorithm.`,
      text: `The server ended the handshake, since nothing that the client offers is allowed there. ${old} Where the client is a scanner or a health check, nothing has to be done.`,
      owner: 'client',
    }
  switch (kind) {
    case 'version':
      return {
        title: `Client and server${at} share no TLS version.`,
        text: `${received ? 'The server refuses the versions that the client offers.' : 'The client itself refuses the version that the server offers.'} ${old}`,
        owner: received ? 'server-operator' : 'client',
      }
    case 'no-version':
      return {
        title: `The settings of the client leave it no TLS version to offer${at === '' ? '' : at.replace(' at ', ' to ')}.`,
        text: 'It ended by itself, before anything was sent: a switch of the command, the lowest and highest version of its configuration (MinProtocol in openssl.cnf, jdk.tls.disabledAlgorithms, a crypto policy of the system), or a library built without the version asked for exclude one another.',
        owner: 'client',
      }
    case 'no-cipher':
      return {
        title: 'The settings of the client leave it no cipher suite to offer.',
        text: 'It ended by itself, before anything was sent: the list of cipher suites that it was given matches none of those that its library has at its security level.',
        owner: 'client',
      }
    case 'renegotiation':
      return {
        title: `The server${at} does not support secure renegotiation, on which OpenSSL 3 insists.`,
        text: 'RFC 5746 has been the answer to CVE-2009-3555 since 2010; OpenSSL 3 refuses servers without it. The server, or the load balancer or inspecting proxy that answers in its place, has to be updated. The switch of the client that allows it (UnsafeLegacyServerConnect) opens that attack again: at most for this one host, until then.',
        owner: 'server-operator',
      }
    case 'signature':
      return {
        title: `Client and server${at} share no signature algorithm.`,
        text: 'The signature by which the server proves its key is of a kind that the client does not allow: as a rule SHA-1 with TLS 1.0 or 1.1, or RSA without PSS with TLS 1.3. The server has to be allowed TLS 1.2 or later and signatures with SHA-256.',
        owner: 'server-operator',
      }
    case 'group':
      return {
        title: `Client and server${at} share no group for the key exchange.`,
        text: 'The curves or Diffie-Hellman groups that the one offers are not among those that the other allows. P-256 and X25519 are understood nearly everywhere.',
        owner: 'server-operator',
      }
    case 'cipher':
      return {
        title: received
          ? `The server${at} refuses the handshake before sending a certificate.`
          : `Client and server${at} share no cipher suite.`,
        text: 'The server ended the handshake at once (handshake failure). Usual reasons: no common cipher suite or curve, a server name that it does not serve, or no certificate configured.',
        owner: 'server-operator',
      }
  }
}
