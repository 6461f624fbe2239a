/** Envoy and Istio: the reason of a failed transport, in the body of a 503, in access logs and in debug lines; response flags of access logs (Envoy documentation, "Access logging"). */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { GatewayRequest } from '../../model.ts'
import { lineSpan } from '../../printed.ts'
import { type Dialect, endpointOf, type LogEvent, noCertificate, weights } from './event.ts'
import { sslError } from './ssl-error.ts'
import { verifyCodeOf } from './verify-words.ts'

const failure =
  /transport failure reason: |TLS[_ ]error: ?\|?\d{7,10}:|upstream connect error or disconnect\/reset before headers|\d{8,10}:SSL routines:OPENSSL_internal:/
/** `[time] "GET /pay HTTP/1.1" 503 UF,URX ...`; the time may have been taken off. */
const access =
  /(?:^|\] |\s)"[A-Z]{3,8} [^"]{1,1000} HTTP\/[\d.]{1,3}" (\d{1,3}) ([A-Z][A-Z,]{1,30}|-) (?:(?:[a-z_]{3,60}(?:[:{][^"]{0,300}?)?|via_upstream) (?:-|[a-z_]{2,60}) )?/

export const envoy: Dialect = {
  id: 'envoy',
  mark(line) {
    const head = line.slice(0, 2_000)
    return (
      failure.test(head) || (access.test(head) && /"[^"]{0,60}:\d{1,5}"|via_upstream|outbound\||inbound\|/.test(head))
    )
  },
  read: (lines, source) => lines.flatMap((line) => readLine(line, source) ?? []),
}

const label = { tool: 'envoy', toolLabel: 'Envoy log' } as const

function readLine(line: Line, source: MappedText): LogEvent | undefined {
  const { text } = line
  const span = lineSpan(source, line)
  const found = access.exec(text)
  const status = found ? Number(found[1]) : undefined
  const flags = found?.[2] ?? /response_flags"?[=:] ?"?([A-Z,]{2,30})/.exec(text)?.[1] ?? ''
  const own = upstreamOf(text)
  const endpoint = endpointOf(own)
  const downstream = /\bdownstream_transport_failure_reason|listener|\[C\d+\] (?:TLS|remote address)/i.test(text)
  if (failure.test(text)) {
    const base = { ...label, span, ...(endpoint ? { endpoint } : {}) }
    return transportFailure(text, base, downstream && !/upstream/i.test(text))
  }
  if (!found || status === undefined) return undefined
  return requestEvent(span, status, flags, own)
}

/** The upstream host of Envoy's and Istio's default formats: the address in quotes before or after the cluster. */
const upstreamOf = (text: string): string | undefined =>
  /"(\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}|\[[0-9a-f:]{2,40}\]:\d{1,5})" (?:outbound|inbound)\|/.exec(text)?.[1] ??
  /"((?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]{2,40}\]):\d{1,5})"\s*$/.exec(text.slice(0, 4_096))?.[1] ??
  /\boutbound\|(\d{1,5})\|[\w.-]{0,60}\|([\w.-]{1,255})/.exec(text)?.slice(1, 3).reverse().join(':')

/** What stopped the connection, from the text after "transport failure reason" wherever it stands. */
export function transportFailure(
  text: string,
  base: Pick<LogEvent, 'tool' | 'toolLabel' | 'span' | 'endpoint'>,
  downstream: boolean,
): LogEvent | undefined {
  const at = {
    ...base,
    side: downstream ? 'downstream' : 'upstream',
    weight: downstream ? weights.downstream : weights.upstream,
  } as const
  const error = sslError(text)
  const said = text.slice(Math.max(0, text.search(failure))).slice(0, 400)
  if (!error) {
    if (/secret is not (?:supplied|delivered)/i.test(text))
      return { ...at, kind: 'secret', failure: { kind: 'other', text: said } }
    if (/delayed connect error: 111|Connection refused/.test(text))
      return { ...at, kind: 'refused', failure: { kind: 'refused', text: said } }
    if (/connection timeout|delayed connect error: 110/.test(text))
      return { ...at, kind: 'timeout', failure: { kind: 'timeout', text: said } }
    if (/connection failure/.test(text))
      return { ...at, kind: 'connection failure', failure: { kind: 'other', text: said } }
    if (/connection termination|remote reset|local reset/.test(text))
      return { ...at, kind: 'termination', failure: { kind: 'closed', text: said } }
    return undefined
  }
  if (error.noCertificate) return { ...at, weight: weights.clientCertificate, ...noCertificate(said) }
  if (error.kind === 'verify-failed') {
    const code = verifyCodeOf(text)
    if (code !== undefined) return { ...at, kind: `verify ${code}`, verifyError: { code, text: said } }
  }
  const { kind, alert, reason } = error
  return {
    ...at,
    kind: `ssl ${kind} ${alert ?? reason}`,
    failure: { kind, text: said, ...(alert === undefined ? {} : { alert }) },
  }
}

/** Flags that say where a request ended: connection (UF, URX after it, UH), timeout (UT), reset (UC, UR), DNS (DF). */
const connectFlags = new Set(['UF', 'UH', 'URX', 'DF'])

export function requestEvent(
  span: LogEvent['span'],
  status: number,
  flags: string,
  upstream: string | undefined,
  more: Partial<GatewayRequest> = {},
): LogEvent {
  const set = flags.split(',')
  const own =
    status >= 500 && set.some((flag) => connectFlags.has(flag) || ['UC', 'UT', 'UR', 'UPE', 'NR', 'NC'].includes(flag))
  const stoppedAt =
    set.includes('UH') || set.includes('NC')
      ? 'no-server'
      : set.some((flag) => connectFlags.has(flag))
        ? 'connecting'
        : 'answer'
  const endpoint = endpointOf(upstream)
  return {
    ...label,
    span,
    kind: status >= 400 ? `request ${status} ${flags}` : 'fine',
    weight: status >= 500 ? weights.upstream : weights.none,
    ...(status >= 400 && (own || flags === '-') ? { side: 'upstream' as const } : {}),
    ...(endpoint && status >= 400 ? { endpoint } : {}),
    request: {
      span,
      status,
      upstreamStatus: own ? null : status,
      answeredBy: own ? 'gateway' : 'upstream',
      ...(own ? { stoppedAt } : {}),
      ...(upstream === undefined ? {} : { upstream }),
      ...more,
    },
  }
}
