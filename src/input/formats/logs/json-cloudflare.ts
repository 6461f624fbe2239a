/** Cloudflare's HTTP request log (Logpush), and what Workers and rules see of a client certificate (Cloudflare documentation). */
import { unixMs } from '../../../core/brand.ts'
import { outcomeOf } from '../../gateway-request.ts'
import type { GatewayRequest } from '../../model.ts'
import { edgeError } from './cloudflare.ts'
import { endpointOf, type LogEvent, weights } from './event.ts'
import type { JsonEntry } from './json-entry.ts'

const own = [
  'EdgeResponseStatus',
  'OriginResponseStatus',
  'ClientMTLSAuthStatus',
  'OriginSSLProtocol',
  'ClientSSLProtocol',
]

export function cloudflareEntry(entry: JsonEntry): LogEvent | undefined {
  if (entry.has('certPresented') || entry.has('certVerified')) return fromWorker(entry)
  if (!own.some((name) => entry.has(name))) return undefined
  const status = entry.number('EdgeResponseStatus')
  const request = requestOf(entry, status)
  const base = { tool: 'cloudflare', toolLabel: 'Cloudflare log', span: entry.span, ...timeOf(entry) } as const
  const origin = endpointOf(entry.string('OriginIP'))
  const at = origin ? { endpoint: origin } : {}
  if (status !== undefined && status >= 520 && status <= 526)
    return edgeError(status, entry.place('EdgeResponseStatus') ?? entry.span, { ...base, ...at, request })
  const verdict = request.clientVerify
  if (outcomeOf(request) === 'client-certificate')
    return {
      ...base,
      side: 'downstream',
      weight: weights.clientCertificate,
      kind: `client-certificate ${verdict} ${status}`,
      request,
      ...(request.host === undefined ? {} : { endpoint: { host: request.host, port: 443 } }),
      ...(verdict === 'absent' ? { clientCertificate: 'none' as const } : {}),
      ...(status === undefined ? {} : { status }),
    }
  return {
    ...base,
    ...(status !== undefined && status >= 400 ? { side: 'upstream' as const, ...at } : {}),
    weight: status !== undefined && status >= 500 ? weights.upstream : weights.none,
    kind: `${outcomeOf(request)} ${status !== undefined && status >= 400 ? status : ''}`,
    request,
  }
}

function requestOf(entry: JsonEntry, status: number | undefined): GatewayRequest {
  const origin = entry.number('OriginResponseStatus')
  const host = entry.string('ClientRequestHost')
  const path = entry.string('ClientRequestURI') ?? entry.string('ClientRequestPath')
  const version = entry.string('ClientSSLProtocol')
  const cipher = entry.string('ClientSSLCipher')
  const verify = entry.string('ClientMTLSAuthStatus')
  const names = ['EdgeResponseStatus', 'OriginResponseStatus', 'ClientMTLSAuthStatus', 'OriginSSLProtocol']
  // Filled on the first request of a connection only, so "unknown" says nothing.
  const known = verify !== undefined && verify !== '' && verify !== 'unknown'
  return {
    span: entry.span,
    places: names.flatMap((name) => entry.place(name) ?? []),
    ...(status === undefined ? {} : { status }),
    // 0: the origin was not asked, as for an answer from the cache or a rule.
    ...(origin === undefined
      ? {}
      : { upstreamStatus: origin === 0 ? null : origin, answeredBy: origin === 0 ? 'gateway' : 'upstream' }),
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    ...(version === undefined
      ? {}
      : { tls: version === 'none' ? null : { version, ...(cipher === undefined ? {} : { cipher }) } }),
    ...(known ? { clientVerify: verify } : {}),
  }
}

/** `cf.tlsClientAuth` of a Worker, or the fields of a rule. */
function fromWorker(entry: JsonEntry): LogEvent | undefined {
  const presented =
    entry.string('certPresented') ??
    entry.string('tlsClientAuth', 'certPresented') ??
    entry.string('cf', 'tlsClientAuth', 'certPresented')
  const verified =
    entry.string('certVerified') ??
    entry.string('tlsClientAuth', 'certVerified') ??
    entry.string('cf', 'tlsClientAuth', 'certVerified')
  const clientVerify = presented === '0' ? 'NONE' : verified
  if (clientVerify === undefined || clientVerify === 'SUCCESS') return undefined
  const places = ['certPresented', 'certVerified'].flatMap((name) => entry.place(name) ?? [])
  return {
    tool: 'cloudflare',
    toolLabel: 'Cloudflare client certificate fields',
    side: 'downstream',
    weight: weights.clientCertificate,
    kind: `client-certificate ${clientVerify}`,
    span: entry.span,
    request: { span: entry.span, places, clientVerify },
    ...(clientVerify === 'NONE' ? { clientCertificate: 'none' as const } : {}),
  }
}

/** RFC 3339, or a Unix time in seconds or nanoseconds, as the job is set. */
function timeOf(entry: JsonEntry): Pick<LogEvent, 'time'> {
  const name = entry.has('EdgeStartTimestamp') ? 'EdgeStartTimestamp' : 'Datetime'
  const text = entry.string(name)
  const span = entry.place(name)
  if (text === undefined || !span) return {}
  const number = Number(text)
  const value = Number.isNaN(number)
    ? Date.parse(text)
    : number > 1e17
      ? number / 1e6
      : number > 1e11
        ? number
        : number * 1000
  return Number.isFinite(value) ? { time: { value: unixMs(Math.floor(value)), span } } : {}
}
