/** RFC 8446 section 5.1: every TLS record begins with a type and a version; other bytes are another protocol. */
import type { Span } from '../../core/span.ts'
import type { Failure } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { gatewayAt } from '../hop.ts'
import { place, shellWord, targetOf } from '../words.ts'

const starttlsPorts: ReadonlyMap<number, string> = new Map([
  [25, 'smtp'],
  [587, 'smtp'],
  [110, 'pop3'],
  [143, 'imap'],
  [389, 'ldap'],
  [5222, 'xmpp'],
  [3306, 'mysql'],
  [5432, 'postgres'],
  [21, 'ftp'],
])

export const notTls: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'not-tls',
    title: 'The port does not speak TLS.',
    why: 'The answer to the handshake was not TLS: plain HTTP on the wrong port, or a protocol that starts TLS later.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 5.1', 'RFC 3207'],
  },
  check(context) {
    const { capture } = context
    if (capture.role === 'server') return plainOnTlsPort(context)
    if (capture.answer && plainRequest.test(capture.answer.text)) return spokenPlain(context, capture.answer.span)
    if (context.served.length > 0) return notApplicable('a certificate was sent, so the port speaks TLS')
    const failure = capture.failures.find((entry) => entry.kind === 'plain-text')
    if (!failure) return pass
    const { connect, port } = targetOf(context)
    const protocol = starttlsPorts.get(port)
    return fail({
      severity: 'error',
      confidence: 'certain',
      // Towards an upstream it is the gateway's setting that says https.
      owner: capture.side === 'upstream' ? 'server-operator' : 'reporter',
      title: `The answer${place(context) === '' ? '' : place(context).replace(' at ', ' from ')} is not TLS.`,
      explanation: `The first bytes that came back are no TLS record, so the port serves plain text${
        protocol
          ? `; on port ${port} that is usual, and TLS begins with STARTTLS`
          : ', as when https is spoken to the http port, or a proxy or captive page answers in the clear'
      }.${capture.command?.starttls ? ' STARTTLS was asked for, but the server did not switch.' : ''}`,
      evidence: [failure.span],
      nextCommand: protocol
        ? `openssl s_client -connect ${shellWord(connect)} -starttls ${protocol} -showcerts </dev/null`
        : `curl -v --max-time 10 http://${shellWord(connect)}/ -o /dev/null`,
    })
  },
}

/** nginx (497 in its log, 400 to the client), Apache, and OpenSSL's reasons 155 and 156 in the log of a server. */
const plainRequest =
  /plain HTTP request (?:was sent )?to (?:an )?HTTPS port|speaking plain HTTP to an SSL-enabled server port|client sent an HTTP request to an HTTPS server/i
const httpReason = /error:[0-9A-F]{5}09[BC]:SSL|SSL routines:[^:]{0,60}:https?(?: proxy)? request/i

function plainOnTlsPort(context: CaptureContext): Outcome {
  const { failures } = context.capture
  const failure = failures.find(({ text }) => plainRequest.test(text) || httpReason.test(text))
  if (failure) return spokenPlain(context, failure.span)
  const other = failures.find(({ kind }) => kind === 'plain-text')
  return other ? otherProtocol(context, other) : pass
}

/** A log shows bytes that its listener does not take: TLS where none is spoken, or no TLS where it is. */
function otherProtocol(context: CaptureContext, { text, span }: Failure): Outcome {
  const own = gatewayAt(context.capture) ?? 'this server'
  const hello = /ClientHello/.test(text)
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: 'client',
    title: hello
      ? `A client speaks TLS to a port of ${own} that serves plain HTTP.`
      : `What a client sends to ${own} is not TLS.`,
    explanation: hello
      ? 'The request line in the log is the beginning of a TLS handshake. The client uses https:// with the port for http, a load balancer in front passes TLS on without ending it, or TLS is not switched on for this listener (nginx: listen ... ssl; Kong: a port with "ssl" in proxy_listen). Port scanners leave the same line.'
      : 'The listener wants TLS, and the first bytes are no TLS record: plain HTTP, another protocol, a health check, or a port scanner.',
    evidence: [span],
    nextCommand: `curl -v --max-time 10 ${hello ? 'http' : 'https'}://${shellWord(context.capture.target ? targetOf(context).connect : 'HOST:PORT')}/ -o /dev/null`,
  })
}

/** The port does speak TLS; the client did not. */
function spokenPlain(context: CaptureContext, span: Span): Outcome {
  const { connect } = targetOf(context)
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: 'client',
    title: `The client speaks plain HTTP to a port that wants TLS${place(context)}.`,
    explanation:
      'The address in the client begins with http:// where it has to be https://, or a load balancer or gateway in front ends TLS and passes the request on in the clear to a port that expects TLS.',
    evidence: [span],
    nextCommand: `curl -v --max-time 10 https://${shellWord(connect)}/ -o /dev/null`,
  })
}
