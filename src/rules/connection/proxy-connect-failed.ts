/** RFC 9110 section 9.3.6: a proxy that will not tunnel answers CONNECT with a status other than 2xx. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { proxyOf, shellWord, shown, targetOf } from '../words.ts'

const reasons: ReadonlyMap<number, string> = new Map([
  [
    407,
    'It wants credentials (Proxy-Authorization). s_client takes them with -proxy_user and -proxy_pass; other clients have settings of their own.',
  ],
  [403, 'Its policy forbids this host or port.'],
  [502, 'It could not reach the server, or did not accept its certificate.'],
  [503, 'It could not reach the server.'],
  [504, 'The server did not answer it in time.'],
])

export const proxyConnectFailed: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'proxy-connect-failed',
    title: 'The proxy did not open the tunnel.',
    why: 'TLS with the server never began; the answer is that of the proxy.',
    cause: true,
    explains: [],
    sources: ['RFC 9110 section 9.3.6', 'RFC 9110 section 11.7'],
  },
  check(context) {
    const failure = context.capture.failures.find((entry) => entry.kind === 'proxy-refused')
    if (!failure) return context.capture.command?.proxy ? pass : notApplicable('no proxy is involved')
    const { connect } = targetOf(context)
    const proxy = proxyOf(context)
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: failure.status === 407 ? 'client' : 'proxy-team',
      title: `The proxy${proxy ? ` ${shown(proxy)}` : ''} refuses the tunnel to ${connect}${failure.status ? ` with status ${failure.status}` : ''}.`,
      explanation: `${reasons.get(failure.status ?? 0) ?? 'It answered CONNECT with something else than success.'}\n\nNo TLS handshake took place, so "Verification: OK" and "Verify return code: 0 (ok)" mean nothing here.`,
      evidence: [failure.span, ...(context.capture.command ? [context.capture.command.span] : [])],
      nextCommand: `curl -v --proxy http://${shellWord(proxy ?? 'PROXY:PORT')} https://${shellWord(connect)}/ -o /dev/null`,
    })
  },
}
