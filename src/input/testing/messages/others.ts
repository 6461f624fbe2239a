/** Prints what Node, Python, Go and .NET print of a failure, with their usual lines around it. */

/** An error object of Node as `console.error` shows it below `fetch failed`. */
export function nodeFetch(message: string, code: string, fields: readonly string[] = [], colours = false): string {
  const paint = (open: string, text: string) => (colours ? `\u001b[${open}m${text}\u001b[39m` : text)
  return [
    'TypeError: fetch failed',
    paint('90', '    at node:internal/deps/undici/undici:13502:13'),
    `    at async main (/srv/app/index.mjs:4:20) {`,
    `  [cause]: Error: ${message}`,
    paint('90', '      at TLSSocket.onConnectSecure (node:internal/tls/wrap:1679:34)'),
    ...fields.map((field) => `    ${field},`),
    `    code: ${paint('32', `'${code}'`)}`,
    '  }',
    '}',
    '',
    'Node.js v22.11.0',
    '',
  ].join('\n')
}

/** npm before version 10 (`ERR!`) and since (`error`). */
export const npm = (word: 'ERR!' | 'error', code: string, url: string, message: string): string =>
  [`code ${code}`, `errno ${code}`, `request to ${url} failed, reason: ${message}`]
    .map((line) => `npm ${word} ${line}\n`)
    .join('')

/** A traceback of requests: three exceptions, each raised while the one before was handled. */
export function pythonRequests(host: string, port: number, inner: string): string {
  return [
    'Traceback (most recent call last):',
    '  File "/usr/lib/python3.12/ssl.py", line 1319, in do_handshake',
    '    self._sslobj.do_handshake()',
    `ssl.SSLCertVerificationError: ${inner}`,
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'Traceback (most recent call last):',
    '  File "/usr/lib/python3.12/site-packages/urllib3/connectionpool.py", line 488, in _make_request',
    '    raise new_e',
    `urllib3.exceptions.SSLError: ${inner}`,
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    `requests.exceptions.SSLError: HTTPSConnectionPool(host='${host}', port=${port}): Max retries exceeded with url: /v1 (Caused by SSLError(SSLCertVerificationError(1, "${inner}")))`,
    '',
  ].join('\n')
}

/** The bracket of Python's ssl module. */
export const pythonVerify = (reason: string): string =>
  `[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ${reason} (_ssl.c:1007)`

export const goGet = (url: string, error: string): string => `2026/11/24 20:29:00 main.go:12: Get "${url}": ${error}\n`

/** .NET with its inner exception. */
export const dotnet = (inner: string): string =>
  [
    'Unhandled exception. System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.',
    ` ---> System.Security.Authentication.AuthenticationException: ${inner}`,
    '   at System.Net.Security.SslStream.SendAuthResetSignal(ReadOnlySpan`1 alert, ExceptionDispatchInfo exception)',
    '   --- End of inner exception stack trace ---',
    '   at System.Net.Http.ConnectHelper.EstablishSslConnectionAsync(SslClientAuthenticationOptions sslOptions)',
    '',
  ].join('\n')
