/** Prints what curl prints, with each of its TLS libraries, from a story told in a few words. */
import { type NameParts, names } from './names.ts'

/** A name as curl prints it: in the order of the encoding, with semicolons. */
export const curlName = (parts: NameParts, separator = '; '): string =>
  parts.map(([type, value]) => `${type.replace('+', '')}=${value}`).join(separator)

export interface CurlStory {
  /** The command after `curl `; absent: not in the paste. */
  readonly command?: string
  readonly host?: string
  readonly address?: string
  readonly port?: number
  /** 7: `(#0)` behind the connection, no `Host ... was resolved`; 8: as from 8.5 on. */
  readonly version?: 7 | 8
  readonly tls?: '1.2' | '1.3'
  /** The server asks for a client certificate, and what the client answers. */
  readonly asks?: 'empty' | 'proved'
  /** The alert that ends it: direction, name and number with level. */
  readonly alert?: readonly [direction: 'IN' | 'OUT', name: string, number: number]
  /** Where the handshake ends: after the hello, at the certificate of the server, or not at all. */
  readonly until?: 'hello' | 'certificate' | 'finished'
  /** The line of the verdict on the certificate; false: none. */
  readonly verified?: string | false
  /** What the request gets. */
  readonly answer?: readonly string[]
  /** Lines before the end, without the mark. */
  readonly lines?: readonly string[]
  /** The last line. */
  readonly error?: readonly [exit: number, text: string]
  readonly meter?: boolean
}

const meter = '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0'

/** `curl -v` with OpenSSL. */
export function curlRun(story: CurlStory = {}): string {
  const { host = 'shop.harbour.example', address = '192.0.2.7', port = 443, version = 8, until = 'finished' } = story
  const lines = [
    ...(version === 8 ? [`* Host ${host}:${port} was resolved.`, '* IPv6: (none)', `* IPv4: ${address}`] : []),
    `*   Trying ${address}:${port}...`,
    ...(version === 7 ? [`* Connected to ${host} (${address}) port ${port} (#0)`] : []),
    version === 7 ? '* ALPN: offers h2,http/1.1' : '* ALPN: curl offers h2,http/1.1',
    ...handshake(story),
    ...(until === 'finished' ? certificate(story, host) : []),
    ...(until === 'finished' && version === 8 ? [`* Connected to ${host} (${address}) port ${port}`] : []),
    ...(until === 'finished' && story.verified !== false ? request(host, story.answer) : []),
    ...(until === 'finished' ? alertLine(story) : []),
    ...(story.lines ?? []).map((line) => `* ${line}`),
    ...(story.error
      ? [`* ${version === 7 ? 'Closing connection 0' : 'closing connection #0'}`]
      : [`* Connection #0 to host ${host} left intact`]),
    ...(story.error ? [`curl: (${story.error[0]}) ${story.error[1]}`] : []),
  ]
  if (story.meter) lines[0] = `${meter}${lines[0]}`
  const head = story.meter ? ['  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current'] : []
  return `${[...(story.command === undefined ? [] : [`$ curl ${story.command}`]), ...head, ...lines].join('\n')}\n`
}

function handshake(story: CurlStory): string[] {
  const { tls = '1.3', until = 'finished', asks } = story
  const message = (direction: 'IN' | 'OUT', name: string, number: number) =>
    `* TLSv${tls} (${direction}), TLS handshake, ${name} (${number}):`
  const ask = asks ? [message('IN', 'Request CERT', 13)] : []
  const answer = asks
    ? [message('OUT', 'Certificate', 11), ...(asks === 'proved' ? [message('OUT', 'CERT verify', 15)] : [])]
    : []
  const hello = [
    message('OUT', 'Client hello', 1),
    '*  CAfile: /etc/ssl/certs/ca-certificates.crt',
    '*  CApath: /etc/ssl/certs',
  ]
  if (until === 'hello') return [...hello, ...alertLine(story)]
  const served = [message('IN', 'Server hello', 2), ...(tls === '1.3' ? ask : []), message('IN', 'Certificate', 11)]
  if (until === 'certificate') return [...hello, ...served, ...alertLine(story)]
  return [
    ...hello,
    ...served,
    ...(tls === '1.3'
      ? [message('IN', 'CERT verify', 15), message('IN', 'Finished', 20)]
      : [message('IN', 'Server key exchange', 12), ...ask, message('IN', 'Server finished', 14)]),
    ...answer,
    message('OUT', 'Finished', 20),
    `* SSL connection using TLSv${tls} / TLS_AES_256_GCM_SHA384${story.version === 7 ? '' : ' / x25519 / RSASSA-PSS'}`,
  ]
}

const alertLine = ({ alert, tls = '1.3' }: CurlStory): string[] =>
  alert ? [`* TLSv${tls} (${alert[0]}), TLS alert, ${alert[1]} (${alert[2]}):`] : []

function certificate({ verified = 'SSL certificate verify ok.' }: CurlStory, host: string): string[] {
  return [
    '* Server certificate:',
    `*  subject: ${curlName(names.leaf)}`,
    '*  start date: Nov 24 18:34:04 2026 GMT',
    '*  expire date: Nov 24 18:34:04 2027 GMT',
    ...(verified === 'SSL certificate verify ok.'
      ? [`*  subjectAltName: host "${host}" matched cert's "${host}"`]
      : []),
    `*  issuer: ${curlName(names.issuing)}`,
    ...(verified === false ? [] : [`*  ${verified}`]),
  ]
}

const request = (
  host: string,
  answer: readonly string[] = ['HTTP/1.1 200 OK', 'Date: Tue, 01 Dec 2026 09:00:00 GMT'],
): string[] => [
  '> GET / HTTP/1.1',
  `> Host: ${host}`,
  '> User-Agent: curl/8.14.1',
  '> Accept: */*',
  '> ',
  ...answer.map((line) => (line.startsWith('<') ? line : `< ${line}`)),
  '< ',
]

/** A request through a proxy: what it answers to CONNECT, and what follows. */
export function curlThroughProxy(
  answer: string | undefined,
  rest: readonly string[] = [],
  version: 'old' | 'new' = 'new',
): string {
  const status = answer?.split(' ')[0]
  const ok = status === '200'
  return `${[
    '*   Trying 192.0.2.99:3128...',
    '* Connected to proxy.harbour.example (192.0.2.99) port 3128',
    ...(version === 'new' ? ['* CONNECT tunnel: HTTP/1.1 negotiated'] : []),
    '* Establish HTTP proxy tunnel to shop.harbour.example:443',
    '> CONNECT shop.harbour.example:443 HTTP/1.1',
    '> Host: shop.harbour.example:443',
    '> User-Agent: curl/8.14.1',
    '> Proxy-Connection: Keep-Alive',
    '> ',
    ...(answer === undefined ? ['* Proxy CONNECT aborted'] : [`< HTTP/1.1 ${answer}`, '< Via: 1.1 proxy', '< ']),
    ...(ok ? ['* CONNECT phase completed', '* CONNECT tunnel established, response 200'] : []),
    ...(answer !== undefined && !ok
      ? [
          version === 'new'
            ? `* CONNECT tunnel failed, response ${status}`
            : `* Received HTTP code ${status} from proxy after CONNECT`,
        ]
      : []),
    ...rest,
  ].join('\n')}\n`
}
