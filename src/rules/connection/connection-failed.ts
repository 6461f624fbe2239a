/** RFC 9293 (TCP) and name resolution: TLS never began or broke off, so little or nothing is known of any certificate. */
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { place, shellWord, showChainCommand, targetOf } from '../words.ts'
import { alerts, meanings } from './helpers.ts'

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
  const seen = context.served.length > 0
  const refused = capture.failures.some((entry) => entry.kind === 'verify-failed')
  if (seen && (capture.cipher || refused)) return notApplicable('the connection came about, or the client ended it')
  if (seen && capture.clientAuth.requested === 'yes')
    return notApplicable('a client certificate was asked for before the connection ended')
  const failure = capture.failures.find((entry) => meanings.has(entry.kind))
  const meaning = failure && meanings.get(failure.kind)
  if (!failure || !meaning) {
    if (seen || !capture.noPeerCertificate) return pass
    return ended(context)
  }
  const { connect, host } = targetOf(context)
  const whither = place(context).replace(' at ', ' to ')
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: meaning.owner,
    title: `The connection${whither} ${meaning.what}, ${seen ? 'after the certificate of the server was seen' : 'so no certificate was seen'}.`,
    explanation: seen
      ? `${meaning.text}\n\nThe certificates that were sent are not what stops it.`
      : `${meaning.text}\n\n"Verify return code: 0 (ok)" in such output means only that nothing was verified.`,
    evidence: [failure.span, ...(capture.noPeerCertificate ? [capture.noPeerCertificate] : [])],
    nextCommand:
      failure.kind === 'dns'
        ? `getent hosts ${shellWord(host)}`
        : `curl -sv --max-time 10 telnet://${shellWord(connect)} </dev/null`,
  })
}

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
