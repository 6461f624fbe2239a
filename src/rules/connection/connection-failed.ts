/** RFC 9293 (TCP) and name resolution: TLS never began, so nothing is known of any certificate. */
import type { FailureKind } from '../../input/model.ts'
import { fail, notApplicable, pass, type CaptureRule } from '../contract.ts'
import { place, shellWord, targetOf } from '../words.ts'
import type { Owner } from '../../core/finding.ts'

interface Meaning {
  readonly what: string
  readonly text: string
  readonly owner: Owner
}

const meanings: ReadonlyMap<FailureKind, Meaning> = new Map<FailureKind, Meaning>([
  ['refused', { what: 'is refused', owner: 'server-operator', text: 'The host answers, but nothing listens on this port, or a firewall rejects it. Check the port and that the service runs.' }],
  ['timeout', { what: 'times out', owner: 'network-team', text: 'No answer came back: a firewall drops the packets, the address is wrong, or the host is down. Where only a proxy leads out, the connection has to go through it (-proxy HOST:PORT).' }],
  ['unreachable', { what: 'finds no route', owner: 'network-team', text: 'The network of the client has no route to the address.' }],
  ['dns', { what: 'fails because the name does not resolve', owner: 'network-team', text: 'The resolver of this machine does not know the name: a typing error, a name that exists only inside another network, or a machine that reaches names only through its proxy.' }],
  ['reset', { what: 'is reset', owner: 'network-team', text: 'Something closed the connection hard during the handshake. Typical: a firewall that filters by server name, a load balancer without a healthy server behind it, or a server that drops clients without SNI.' }],
  ['closed', { what: 'is closed during the handshake', owner: 'server-operator', text: 'The other side ended the connection without saying why. Typical: no certificate is bound to the name that was asked for, a proxy or firewall in between, or a port that speaks another protocol.' }],
])

export const connectionFailed: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'connection-failed',
    title: 'No TLS connection came about.',
    why: 'Without one there is no certificate to judge: the cause is the network, the name, the port or the server.',
    cause: true,
    explains: [],
    sources: ['RFC 9293 section 3.5', 'OpenSSL openssl-s_client(1)'],
  },
  check(context) {
    const { capture } = context
    if (context.served.length > 0 && capture.cipher) return notApplicable('the connection came about')
    const failure = capture.failures.find((entry) => meanings.has(entry.kind))
    const meaning = failure && meanings.get(failure.kind)
    if (!failure || !meaning) return capture.failures.length > 0 || !capture.noPeerCertificate ? pass : noReason(context)
    const { connect, host } = targetOf(context)
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: meaning.owner,
      title: `The connection${place(context) === '' ? '' : place(context).replace(' at ', ' to ')} ${meaning.what}, so no certificate was seen.`,
      explanation: `${meaning.text}\n\n"Verify return code: 0 (ok)" in such output means only that nothing was verified.`,
      evidence: [failure.span, ...(capture.noPeerCertificate ? [capture.noPeerCertificate] : [])],
      nextCommand: failure.kind === 'dns' ? `getent hosts ${shellWord(host)}` : `curl -sv --max-time 10 telnet://${shellWord(connect)} </dev/null`,
    })
  },
}

function noReason(context: Parameters<CaptureRule['check']>[0]) {
  const { capture } = context
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'network-team',
    title: `The handshake${place(context)} ended before a certificate was sent.`,
    explanation: 'The tool says that no certificate arrived. The line with the reason (an error line before this output, often on standard error) is not in the paste.',
    evidence: capture.noPeerCertificate ? [capture.noPeerCertificate] : [],
    nextCommand: `openssl s_client -connect ${shellWord(targetOf(context).connect)} -servername ${shellWord(targetOf(context).name)} </dev/null 2>&1 | head -20`,
  })
}
