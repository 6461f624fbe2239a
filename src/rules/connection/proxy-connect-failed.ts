/** RFC 9110 section 9.3.6: a proxy that will not tunnel answers CONNECT with a status other than 2xx. */
import type { Owner } from '../../core/finding.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { proxyOf, shellWord, shown, targetOf } from '../words.ts'

interface Status {
  readonly text: string
  readonly owner: Owner
}

const status = (text: string, owner: Owner = 'proxy-team'): Status => ({ text, owner })

const notAProxy =
  'What answers there does not act as a proxy for this request: the port is that of a web server, or of a proxy of another kind (SOCKS, or one that itself wants TLS: an https:// address).'

const reasons: ReadonlyMap<number, Status> = new Map([
  [400, status(notAProxy, 'client')],
  [401, status(`${notAProxy} A proxy asks for credentials with 407.`, 'client')],
  [403, status('Its policy forbids this host or port, or this client.')],
  [404, status(notAProxy, 'client')],
  [405, status(`It does not know CONNECT. ${notAProxy}`, 'client')],
  [407, status('It wants credentials (Proxy-Authorization).', 'client')],
  [429, status('It has had too many requests of this client.')],
  [500, status('The proxy itself failed; its log has the reason.')],
  [501, status(`It does not know CONNECT. ${notAProxy}`, 'client')],
  [
    502,
    status(
      'It could not reach the server, or did not accept its certificate (a proxy that inspects TLS verifies it itself).',
    ),
  ],
  [503, status('It could not reach the server: the name does not resolve there, or nothing answers.')],
  [504, status('The server did not answer it in time: from the network of the proxy, a firewall may be in between.')],
])

/** How each client is told the credentials. */
const credentials: Readonly<Record<string, string>> = {
  s_client: 's_client takes them with -proxy_user and -proxy_pass.',
  curl: 'curl takes them with --proxy-user NAME:PASSWORD, for Kerberos or NTLM with --proxy-negotiate or --proxy-ntlm.',
  wget: 'wget takes them with --proxy-user and --proxy-password.',
  git: 'git takes them in http.proxy and http.proxyAuthMethod.',
  java: 'Java takes them from an Authenticator, and sends the Basic scheme for https only when jdk.http.auth.tunneling.disabledSchemes is empty.',
  node: 'Node programs take them in the address of the proxy, http://NAME:PASSWORD@PROXY:PORT, as HTTPS_PROXY or as npm config set proxy.',
  python: 'Python programs take them in the address of the proxy, http://NAME:PASSWORD@PROXY:PORT, as HTTPS_PROXY.',
  go: 'Go programs take them in the address of the proxy, http://NAME:PASSWORD@PROXY:PORT, as HTTPS_PROXY.',
  dotnet: '.NET takes them as WebProxy.Credentials, or with UseDefaultCredentials for the account that is logged in.',
  powershell: 'PowerShell takes them with -ProxyCredential or -ProxyUseDefaultCredentials.',
}

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
    const { capture } = context
    const failure = capture.failures.find((entry) => entry.kind === 'proxy-refused')
    const proxy = proxyOf(context) ?? capture.target?.proxy
    if (!failure) return proxy === undefined ? notApplicable('no proxy is involved') : pass
    const { connect } = targetOf(context)
    const known = reasons.get(failure.status ?? 0)
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: known?.owner ?? 'proxy-team',
      title: `The proxy${proxy ? ` ${shown(proxy)}` : ''} refuses the tunnel to ${shown(connect)}${failure.status ? ` with status ${failure.status}` : ''}.`,
      explanation: `${known?.text ?? 'It answered CONNECT with something else than success.'}${
        failure.status === 407 ? credentialsOf(context) : ''
      }\n\nNo TLS handshake with the server took place${
        capture.tool === 's_client'
          ? ', so "Verification: OK" and "Verify return code: 0 (ok)" mean nothing here'
          : '; a certificate that is shown is that of the proxy'
      }.`,
      evidence: [failure.span, ...(capture.command ? [capture.command.span] : [])],
      nextCommand: `curl -v --proxy ${shellWord(proxy === undefined ? 'http://PROXY:PORT' : withScheme(proxy))} https://${shellWord(connect)}/ -o /dev/null`,
    })
  },
}

const withScheme = (proxy: string): string => (/^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`)

const credentialsOf = ({ capture }: CaptureContext): string =>
  ` ${credentials[capture.tool] ?? `${credentials.s_client} Other clients have settings of their own.`} Whether it has a way around them for machines, its team knows.`
