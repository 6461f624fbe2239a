/** Prints lines of nginx's error log in the shape of 1.22 to 1.27, as compared with a running 1.22; Kong and ingress-nginx print the same. */

export interface ErrorLine {
  readonly message: string
  /** After "while". */
  readonly phase?: string
  readonly level?: 'info' | 'warn' | 'error' | 'crit'
  readonly server?: string
  readonly upstream?: string
  readonly host?: string
  readonly path?: string
  readonly second?: number
  readonly connection?: number
}

export function nginxLine(line: ErrorLine): string {
  const { message, phase, level = 'error', server = 'gw.harbour.example', upstream, host, path = '/pay' } = line
  const second = String((line.second ?? 1) % 60).padStart(2, '0')
  return [
    `2026/11/24 16:31:${second} [${level}] 31#31: *${line.connection ?? 7} ${message}${phase === undefined ? '' : ` while ${phase}`}`,
    'client: 10.1.2.3',
    `server: ${server}`,
    ...(phase === 'SSL handshaking' ? [] : [`request: "GET ${path} HTTP/1.1"`]),
    ...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
    ...(host === undefined ? [] : [`host: "${host}"`]),
  ].join(', ')
}

const pay = { upstream: 'https://10.0.0.5:8443/pay', host: 'api.harbour.example' } as const

/** nginx as the client of its upstream. */
export const upstreamLine = (message: string, more: Partial<ErrorLine> = {}): string =>
  nginxLine({ message, phase: 'SSL handshaking to upstream', ...pay, ...more })

/** nginx as the server of its clients, in the handshake. */
export const handshakeLine = (message: string, more: Partial<ErrorLine> = {}): string =>
  nginxLine({ message, phase: 'SSL handshaking', level: 'info', server: '0.0.0.0:8443', ...more })

/** nginx as the server of its clients, with the request in hand. */
export const requestLine = (message: string, more: Partial<ErrorLine> = {}): string =>
  nginxLine({
    message,
    phase: 'reading client request headers',
    level: 'info',
    host: 'api.harbour.example:8443',
    ...more,
  })

export const sslFailed = (code: string, reason: string, alert?: number): string =>
  `SSL_do_handshake() failed (SSL: error:${code}:SSL routines::${reason}${alert === undefined ? '' : `:SSL alert number ${alert}`})`

/** The combined access log; `tail` is what ingress-nginx adds. */
export const accessLine = (request: string, status: number, tail = ''): string =>
  `10.1.2.3 - - [24/Nov/2026:16:31:01 +0000] "${request}" ${status} 157 "-" "curl/8.5.0"${tail}`
