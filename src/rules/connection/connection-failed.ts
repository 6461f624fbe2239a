/** RFC 9293 (TCP) and name resolution: TLS never began or broke off, so little or nothing is known of any certificate. */
import { requestedOf } from '../client-auth.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { unanswered } from '../gateway-log.ts'
import { place, proxyOf, shellWord, showChainCommand, shown, targetOf } from '../words.ts'
import { alerts, type Meaning, meanings } from './helpers.ts'

export const connectionFailed: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'connection-failed',
    title: 'No TLS connection came about.',
    why: 'Without one there is little to judge: the cause is the network, the name, the port or the server.',
    cause: true,
    explains: [],
    sources: ['RFC 9293 section 3.5', 'RFC 8446 section 6', 'OpenSSL openssl-s_client(1)'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { capture } = context
  if (capture.role === 'server') return notApplicable('a server tells of connections that its clients ended')
  const without = unanswered(context)
  if (without) return fail(without)
  const seen = context.served.length > 0
  const refused = capture.failures.some((entry) => entry.kind === 'verify-failed')
  if (capture.answer || (seen && (capture.cipher || refused)))
    return notApplicable('the connection came about, or the client ended it')
  if (seen && requestedOf(context) === 'yes')
    return notApplicable('a client certificate was asked for before the connection ended')
  // What the client has against the certificate is why it ended the connection.
  if (capture.verifyErrors.length > 0 && !seen) return pass
  const failure = capture.failures.find((entry) => meanings.has(entry.kind))
  const meaning = failure && meanings.get(failure.kind)
  if (!failure || !meaning) {
    if (seen || !capture.noPeerCertificate) return pass
    return ended(context)
  }
  const proxy = seen ? undefined : unreachedProxy(context, failure.kind)
  const { connect, host } = targetOf(context)
  const whither = proxy ? ` to the proxy ${shown(proxy)}` : place(context).replace(' at ', ' to ')
  const nothing = capture.noPeerCertificate
    ? '\n\n"Verify return code: 0 (ok)" in such output means only that nothing was verified.'
    : ''
  const name = proxy ? hostOf(proxy) : host
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: proxy ? 'proxy-team' : meaning.owner,
    title: `The connection${whither} ${meaning.what}, ${seen ? 'after the certificate of the server was seen' : 'so no certificate was seen'}.`,
    explanation: seen
      ? `${meaning.text}\n\nThe certificates that were sent are not what stops it.`
      : `${textOf(meaning, failure.kind, proxy !== undefined)}${nothing}`,
    evidence: [
      failure.span,
      ...(capture.noPeerCertificate ? [capture.noPeerCertificate] : []),
      ...(proxy && capture.command ? [capture.command.span] : []),
    ],
    nextCommand:
      failure.kind === 'dns'
        ? `getent hosts ${shellWord(name)}`
        : `curl -sv --max-time 10 telnet://${shellWord(proxy?.replace(/^\w+:\/\//, '') ?? connect)} </dev/null`,
  })
}

/** With a proxy set, the client speaks to nothing else until the tunnel stands, so these are about the way to the proxy. */
function unreachedProxy(context: CaptureContext, kind: string): string | undefined {
  const atConnect = kind === 'refused' || kind === 'dns' || kind === 'unreachable'
  return atConnect ? (proxyOf(context) ?? context.capture.target?.proxy) : undefined
}

const hostOf = (proxy: string): string => proxy.replace(/^\w+:\/\//, '').replace(/:\d{1,5}\/?$/, '')

const textOf = (meaning: Meaning, kind: string, ofProxy: boolean): string =>
  ofProxy
    ? `The server was not tried: with a proxy set, the client speaks to the proxy alone. ${
        kind === 'dns' ? 'The name of the proxy does not resolve.' : 'Check its address and port, and that it is up.'
      }`
    : meaning.text

/** No certificate, and the network is not to blame: an alert, or the reason is not in the paste. */
function ended(context: CaptureContext): Outcome {
  const { capture } = context
  const alert = capture.failures.find((entry) => entry.alert !== undefined && alerts.has(entry.alert))
  if (!alert && capture.failures.length > 0) return pass
  const peer = capture.noPeerCertificate ? [capture.noPeerCertificate] : []
  if (!alert)
    return fail({
      severity: 'error',
      confidence: 'likely',
      owner: 'network-team',
      title: `The handshake${place(context)} ended before a certificate was sent.`,
      explanation:
        'The tool says that no certificate arrived. The line with the reason (an error line before this output, often on standard error) is not in the paste.',
      evidence: peer,
      nextCommand: `${showChainCommand(context)} 2>&1 | head -20`,
    })
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: 'server-operator',
    title: `The server${place(context)} ends the handshake with the alert ${alert.alert} (${alerts.get(alert.alert ?? 0)}) before it sends a certificate.`,
    explanation:
      'The fault is on the side of the server: its log has the reason. Typical: no certificate or an unreadable key is configured for the name that was asked for.',
    evidence: [alert.span, ...peer],
    nextCommand: `${showChainCommand(context)} 2>&1 | head -20`,
  })
}
