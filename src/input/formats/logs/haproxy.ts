/** HAProxy: connection errors at the front, TLS results of its error and https log formats, and states of its servers (HAProxy configuration manual, section 8). */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { GatewayRequest } from '../../model.ts'
import { lineSpan } from '../../printed.ts'
import { type Dialect, type LogEvent, noCertificate, weights } from './event.ts'
import { sslCode, sslError } from './ssl-error.ts'

/** `10.0.0.9:51234 [24/Nov/2026:16:31:01.123] frontend...`; syslog's prefix may stand before it. */
const connection =
  /(?:^|\s)\[?[0-9A-Fa-f:.]{2,45}\]?:\d{1,5} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{1,6}\] (\S{1,80})/
const serverState =
  /(?:^|\s)(?:Server|Health check for (?:backup )?server) (\S{1,80})\/(\S{1,80}?) (?:is DOWN|failed), reason: (.{1,300})/
const label = { tool: 'haproxy', toolLabel: 'HAProxy log' } as const

export const haproxy: Dialect = {
  id: 'haproxy',
  mark: (line) => {
    const head = line.slice(0, 400)
    return connection.test(head) || serverState.test(head)
  },
  read: (lines, source) => lines.flatMap((line) => state(line, source) ?? front(line, source) ?? []),
}

/** A server taken out by its health check: what stopped the check stops requests. */
function state(line: Line, source: MappedText): LogEvent | undefined {
  const found = serverState.exec(line.text)
  if (!found) return undefined
  const [, backend, server, reason] = found as unknown as readonly [string, string, string, string]
  const base = {
    ...label,
    side: 'upstream',
    weight: weights.upstream,
    endpoint: { label: `${backend}/${server}` },
    span: lineSpan(source, line),
  } as const
  const text = `${backend}/${server}: ${reason.replace(/, check duration.*$/, '')}`
  if (/different from the configured one/.test(reason))
    return {
      ...base,
      kind: 'name',
      verifyError: { code: 62, text: 'Server presented an SSL certificate different from the configured one' },
    }
  if (/Connection refused/.test(reason)) return { ...base, kind: 'refused', failure: { kind: 'refused', text } }
  if (/No route to host|unreachable/i.test(reason))
    return { ...base, kind: 'unreachable', failure: { kind: 'unreachable', text } }
  if (/^Layer[46] timeout/.test(reason)) return { ...base, kind: 'timeout', failure: { kind: 'timeout', text } }
  if (/^Layer6/.test(reason)) return { ...base, kind: 'handshake', failure: { kind: 'other', text } }
  return /^Layer4/.test(reason) ? { ...base, kind: 'layer 4', failure: { kind: 'other', text } } : undefined
}

function front(line: Line, source: MappedText): LogEvent | undefined {
  const found = connection.exec(line.text)
  if (!found) return undefined
  const rest = line.text.slice(found.index + found[0].length, 2_000)
  const frontend = (found[1] as string).replace(/~?(?:\/\S+?)?:?$/, '')
  const base = { ...label, span: lineSpan(source, line) } as const
  const down = { ...base, side: 'downstream', endpoint: { label: frontend }, weight: weights.downstream } as const
  const certificate = { ...down, weight: weights.clientCertificate }
  if (/SSL client certificate not trusted/.test(rest))
    return { ...certificate, kind: 'not trusted', verifyError: { code: 1, text: 'SSL client certificate not trusted' } }
  if (/SSL client CA chain cannot be verified/.test(rest))
    return { ...certificate, kind: 'chain', verifyError: { code: 20, text: 'SSL client CA chain cannot be verified' } }
  // error-log-format of the manual: fc_err/ssl_fc_err/ssl_c_err/ssl_c_ca_err/is_resumed
  const codes = / (\d{1,3})\/([0-9A-Fa-f]{8,16})\/(\d{1,3})\/(\d{1,3})\/[01](?:\s|$)/.exec(rest)
  if (codes && codes[1] !== '0') {
    const verify = Number(codes[3]) || Number(codes[4])
    if (verify > 0)
      return {
        ...certificate,
        kind: `client ${verify}`,
        verifyError: { code: verify, text: (sslError(rest)?.reason ?? '') || 'certificate verify failed' },
      }
    const error = sslError(rest) ?? sslCode(codes[2] as string)
    if (error.noCertificate) return { ...certificate, ...noCertificate('peer did not return a certificate') }
    const { kind, alert } = error
    return {
      ...down,
      kind: `ssl ${codes[2]}`,
      failure: { kind, text: rest.trim(), ...(alert === undefined ? {} : { alert }) },
    }
  }
  if (/SSL handshake failure/.test(rest)) {
    const text = rest.replace(/^\S*\s/, '').trim()
    return { ...down, kind: 'handshake', failure: { kind: 'other', text } }
  }
  return request(base, rest)
}

/** httplog: backend/server, timers Tq/Tw/Tc/Tr/Tt, status, bytes, cookies, and how the session ended (section 8.5). */
function request(base: typeof label & Pick<LogEvent, 'span'>, rest: string): LogEvent | undefined {
  const http =
    /^ (\S{1,80})\/(\S{1,80}) (-?\d{1,9})\/(-?\d{1,9})\/(-?\d{1,9})\/(-?\d{1,9})\/\+?(-?\d{1,9}) (\d{3}|-1) \S+ \S+ \S+ ([A-Za-z-]{4}) /.exec(
      rest,
    )
  if (!http) return undefined
  const status = Number(http[8])
  const server = http[2] as string
  const connect = Number(http[5])
  const answer = Number(http[6])
  const ended = http[9] as string
  const own = answer === -1 && status >= 500
  const stoppedAt = server === '<NOSRV>' ? 'no-server' : connect === -1 ? 'connecting' : 'answer'
  const name = server === '<NOSRV>' ? (http[1] as string) : `${http[1]}/${server}`
  const value: GatewayRequest = {
    span: base.span,
    status,
    upstream: name,
    upstreamStatus: own || answer === -1 ? null : status,
    answeredBy: answer === -1 ? 'gateway' : 'upstream',
    ...(own ? { stoppedAt } : {}),
  }
  return {
    ...base,
    ...(status >= 400 ? { side: own || answer !== -1 ? 'upstream' : 'downstream', endpoint: { label: name } } : {}),
    weight: status >= 500 ? weights.upstream : weights.none,
    kind: `request ${status >= 400 ? `${status} ${own ? stoppedAt : ''} ${ended.slice(0, 2)}` : 'fine'}`,
    request: value,
  }
}
