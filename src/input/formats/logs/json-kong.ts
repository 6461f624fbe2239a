/** Kong's log entries, as its file-log, http-log and other logging plugins write them (Kong documentation, "Log format"). */
import { unixMs } from '../../../core/brand.ts'
import { isAbsent, outcomeOf } from '../../gateway-request.ts'
import type { GatewayRequest } from '../../model.ts'
import { endpointOf, type LogEvent, weights } from './event.ts'
import type { JsonEntry } from './json-entry.ts'

export function kongEntry(entry: JsonEntry): LogEvent | undefined {
  const isKong =
    entry.has('latencies') || entry.has('upstream_uri') || entry.has('tries') || entry.has('balancer_latency')
  if (!isKong && !(entry.has('client_verify') && entry.has('status'))) return undefined
  const request = requestOf(entry)
  const outcome = outcomeOf(request)
  const base = { tool: 'kong', toolLabel: 'Kong access log', span: entry.span, ...timeOf(entry) } as const
  const service = upstreamEndpoint(entry)
  switch (outcome) {
    case 'client-certificate': {
      const listener = endpointOf(entry.string('request', 'url')) ?? endpointOf(request.host)
      const none = isAbsent(request.clientVerify ?? '')
      return {
        ...base,
        side: 'downstream',
        weight: weights.clientCertificate,
        kind: `${outcome} ${request.clientVerify} ${request.status}`,
        request,
        ...(listener ? { endpoint: listener } : {}),
        ...(none ? { clientCertificate: 'none' } : {}),
        ...(request.status === undefined ? {} : { status: request.status }),
      }
    }
    case 'gateway-refused': {
      const listener = endpointOf(entry.string('request', 'url'))
      const at = listener ? { endpoint: listener } : {}
      return {
        ...base,
        side: 'downstream',
        weight: weights.downstream,
        kind: `${outcome} ${request.status}`,
        request,
        ...at,
      }
    }
    case 'answered':
      return { ...base, weight: weights.none, kind: outcome, request }
    default:
      return {
        ...base,
        side: 'upstream',
        weight: weights.upstream,
        kind: `${outcome} ${request.status}`,
        request,
        ...(service ? { endpoint: service } : {}),
      }
  }
}

function requestOf(entry: JsonEntry): GatewayRequest {
  const status = entry.number('response', 'status')
  const host = entry.string('request', 'headers', 'host') ?? endpointOf(entry.string('request', 'url'))?.host
  const path = entry.string('request', 'uri')
  const verify = entry.string('request', 'tls', 'client_verify')
  const upstream = upstreamText(entry)
  const service = entry.string('service', 'name')
  const places = ['status', 'upstream_status', 'client_verify'].flatMap((name) => entry.place(name) ?? [])
  const upstreamStatus = statusOf(entry)
  const answeredBy = answeredByOf(entry)
  const latencies = latenciesOf(entry)
  return {
    span: entry.span,
    places,
    ...(status === undefined ? {} : { status }),
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    ...(upstreamStatus === undefined ? {} : { upstreamStatus }),
    ...(upstream === undefined ? {} : { upstream }),
    ...(service === undefined ? {} : { service }),
    ...tlsOf(entry),
    ...(verify === undefined || verify === '' ? {} : { clientVerify: verify }),
    ...(latencies ? { latencies } : {}),
    ...challengeOf(entry),
    ...(answeredBy ? { answeredBy } : {}),
  }
}

/** Plugins for other credentials ask for them in the answer, or the client gave some that were refused. */
function challengeOf(entry: JsonEntry): Pick<GatewayRequest, 'challenge'> {
  if (!entry.whole) return {}
  const asked = entry.string('response', 'headers', 'www-authenticate')?.split(' ')[0]
  const given = ['authorization', 'apikey', 'x-api-key'].find(
    (name) => entry.get('request', 'headers', name) !== undefined,
  )
  const challenge = asked ?? given
  return challenge === undefined ? {} : { challenge }
}

/** TLS on the client's side; where the entry is whole and has none, Kong was spoken to in plain HTTP. */
function tlsOf(entry: JsonEntry): Pick<GatewayRequest, 'tls'> {
  const version = entry.string('request', 'tls', 'version')
  const cipher = entry.string('request', 'tls', 'cipher')
  const value = entry.get('request', 'tls')
  if (entry.whole && value === undefined && entry.get('request') !== undefined) return { tls: null }
  if (version === undefined && cipher === undefined) return {}
  return { tls: { ...(version === undefined ? {} : { version }), ...(cipher === undefined ? {} : { cipher }) } }
}

/** The last of the list that several tries leave; `null`: empty or a dash, the upstream never answered. */
function statusOf(entry: JsonEntry): number | null | undefined {
  const text = entry.string('upstream_status')
  if (text === undefined) return entry.whole && entry.get('upstream_status') === undefined ? null : undefined
  const last =
    text
      .split(/[,:]\s*/)
      .at(-1)
      ?.trim() ?? ''
  return /^\d{3}$/.test(last) ? Number(last) : null
}

/** Who gave the answer, where Kong says so: `source`, the header that only an upstream's answer gets, or the balancer's word. */
function answeredByOf(entry: JsonEntry): GatewayRequest['answeredBy'] {
  const source = entry.whole ? entry.string('source') : undefined
  if (source === 'upstream' || source === 'service') return 'upstream'
  if (source === 'kong' || source === 'exit' || source === 'error') return 'gateway'
  if (!entry.whole) return undefined
  if (entry.get('response', 'headers', 'x-kong-upstream-latency') !== undefined) return 'upstream'
  if (entry.get('response', 'headers', 'x-kong-response-latency') !== undefined) return 'gateway'
  return entry.number('latencies', 'proxy') === -1 ? 'gateway' : undefined
}

function latenciesOf(entry: JsonEntry): GatewayRequest['latencies'] | undefined {
  const gateway = entry.number('latencies', 'kong')
  const upstream = entry.number('latencies', 'proxy')
  const total = entry.number('latencies', 'request')
  if (gateway === undefined && upstream === undefined && total === undefined) return undefined
  return {
    ...(gateway === undefined ? {} : { gateway }),
    ...(upstream === undefined || upstream < 0 ? {} : { upstream }),
    ...(total === undefined ? {} : { total }),
  }
}

function lastTry(entry: JsonEntry): { readonly address?: string; readonly port?: number } {
  const tries = entry.get('tries')
  const last: unknown = Array.isArray(tries) ? tries.at(-1) : undefined
  const { ip, port } = (last ?? {}) as { readonly ip?: unknown; readonly port?: unknown }
  return {
    ...(typeof ip === 'string' && ip !== '' ? { address: ip } : {}),
    ...(typeof port === 'number' ? { port } : {}),
  }
}

function upstreamEndpoint(entry: JsonEntry): LogEvent['endpoint'] {
  const host = entry.string('service', 'host')
  const port = entry.number('service', 'port')
  const tried = lastTry(entry)
  if (host === undefined && tried.address === undefined) return undefined
  const name = endpointOf(host)
  return { ...name, ...(port === undefined ? {} : { port }), ...tried }
}

function upstreamText(entry: JsonEntry): string | undefined {
  const endpoint = upstreamEndpoint(entry)
  const at = endpoint?.address ?? endpoint?.host
  if (at === undefined) return undefined
  const scheme = entry.string('service', 'protocol')
  return `${scheme === undefined ? '' : `${scheme}://`}${at}${endpoint?.port === undefined ? '' : `:${endpoint.port}`}`
}

function timeOf(entry: JsonEntry): Pick<LogEvent, 'time'> {
  const started = entry.number('started_at')
  const place = entry.place('started_at')
  // Milliseconds since 1970; other numbers are of another log.
  return started !== undefined && place && started > 1e12 && started < 1e13
    ? { time: { value: unixMs(started), span: place } }
    : {}
}
