/** Prints lines of other gateways and servers: HAProxy 2.6 and Apache 2.4 as compared with running ones, the rest by their documentation. */

/** syslog's head as HAProxy sends it. */
export const haproxyLine = (text: string, priority = 134): string => `<${priority}>Nov 24 16:31:01 haproxy[31]: ${text}`

export const haproxyFront = (text: string, frontend = 'fe_mtls/1:'): string =>
  haproxyLine(`10.1.2.3:51234 [24/Nov/2026:16:31:01.123] ${frontend} ${text}`)

export const haproxyDown = (server: string, reason: string): string =>
  haproxyLine(
    `Server ${server} is DOWN, reason: ${reason}, check duration: 3ms. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.`,
    129,
  )

/** `fc_err/ssl_fc_err/ssl_c_err/ssl_c_ca_err/is_resumed` of the manual's error-log-format. */
export const haproxyCodes = (sslError: string, clientError = 0, words = ''): string =>
  haproxyFront(`1/1 34/0000000${sslError.padStart(9, '0')}/${clientError}/0/0 ${words}/-`, 'fe_err~')

export const haproxyRequest = (server: string, timers: string, status: number, ended: string): string =>
  haproxyFront(`${server} ${timers} ${status} 217 - - ${ended} 1/1/0/0/3 0/0 "GET /pay HTTP/1.1"`, 'fe_tls~')

export const apacheLine = (text: string, thread = 7): string =>
  `[Tue Nov 24 16:31:01.123456 2026] [ssl:info] [pid 31:tid ${thread}] ${text}`

const certificate =
  '[subject: CN=old-till,O=Quay Shop / issuer: CN=Harbour TLS CA 2,O=Harbour Trust / serial: 4AAE / notbefore: Nov 24 16:00:00 2025 GMT / notafter: Nov 23 16:00:00 2026 GMT]'

/** The lines of mod_ssl and mod_proxy for an upstream whose certificate is refused. */
export const apacheUpstream = (code: number, text: string): string[] => [
  apacheLine('[remote 10.0.0.5:8443] AH01964: Connection to child 0 established (server gw.harbour.example:80)'),
  apacheLine(`[remote 10.0.0.5:8443] AH02276: Certificate Verification: Error (${code}): ${text} ${certificate}`),
  apacheLine('[remote 10.0.0.5:8443] AH02003: SSL Proxy connect failed'),
  apacheLine('SSL Library Error: error:0A000086:SSL routines::certificate verify failed'),
  apacheLine(
    '(20014)Internal error: [client 10.1.2.3:5] AH01084: pass request body failed to 10.0.0.5:8443 (10.0.0.5)',
  ),
  apacheLine('[client 10.1.2.3:5] AH00898: Error during SSL Handshake with remote server returned by /pay'),
]

/** A client at the virtual host that wants a certificate. */
export const apacheClient = (...texts: readonly string[]): string[] => [
  apacheLine('[client 10.1.2.3:5] AH01964: Connection to child 9 established (server mtls.harbour.example:443)', 9),
  ...texts.map((text) => apacheLine(text, 9)),
]

export const apacheRefused = (code: number, text: string): string[] =>
  apacheClient(
    `[client 10.1.2.3:5] AH02276: Certificate Verification: Error (${code}): ${text} ${certificate}`,
    '[client 10.1.2.3:5] AH02008: SSL library error 1 in handshake (server mtls.harbour.example:443)',
    'SSL Library Error: error:0A000086:SSL routines::certificate verify failed',
  )

export const f5Line = (text: string, severity = 'warning'): string =>
  `Nov 24 16:31:01 bigip1 ${severity} tmm1[12345]: ${text}`

/** The body that Envoy gives to the client, newer form. */
export const envoyBody = (code: number, reason: string, detail = ''): string =>
  `upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: TLS_error:|${code}:SSL routines:OPENSSL_internal:${reason}${detail}:TLS_error_end`

/** Older form. */
export const envoyBodyOld = (code: number, reason: string): string =>
  `upstream connect error or disconnect/reset before headers. retried and the latest reset reason: connection failure, transport failure reason: TLS error: ${code}:SSL routines:OPENSSL_internal:${reason}`

/** Istio's default access log. */
export const istioLine = (status: number, flags: string, details: string, reason = '-'): string =>
  `[2026-11-24T16:31:01.123Z] "GET /pay HTTP/1.1" ${status} ${flags} ${details} - "${reason}" 0 190 12 - "-" "curl/8.5.0" "9f3a" "pay.harbour.internal" "10.0.0.5:8443" outbound|8443||pay.harbour.internal - 10.0.0.9:8443 10.0.0.8:33333 pay.harbour.internal -`

export const envoyJson = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    start_time: '2026-11-24T16:31:01Z',
    method: 'GET',
    path: '/pay',
    upstream_host: '10.0.0.5:8443',
    authority: 'pay.harbour.example',
    ...fields,
  })

const iisFields =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'

export const iisHead = `#Software: Microsoft Internet Information Services 10.0\n#Fields: ${iisFields}`
export const iisLine = (status: number, substatus: number, windows = 0): string =>
  `2026-11-24 16:31:01 10.0.0.4 GET /pay - 443 - 10.1.2.3 curl/8.5.0 - ${status} ${substatus} ${windows} 15`

export const cloudflareLine = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    ClientRequestHost: 'shop.harbour.example',
    ClientRequestURI: '/pay',
    ClientSSLProtocol: 'TLSv1.3',
    OriginIP: '198.51.100.7',
    EdgeStartTimestamp: '2026-11-24T16:31:01Z',
    ...fields,
  })

export const tomcatLines = (exception: string): string[] => [
  '24-Nov-2026 16:31:01.123 FINE [https-jsse-nio-8443-exec-3] org.apache.tomcat.util.net.NioEndpoint$SocketProcessor.doRun Handshake failed for client connection from IP address [10.1.2.3] and port [51234]',
  `\tjavax.net.ssl.SSLHandshakeException: ${exception}`,
  '\t\tat java.base/sun.security.ssl.Alert.createSSLException(Alert.java:131)',
]
