/** nginx and ingress-nginx with a log_format of their own as JSON: the names of nginx's variables. */
import { outcomeOf } from '../../gateway-request.ts'
import type { GatewayRequest } from '../../model.ts'
import { endpointOf, type LogEvent, weights } from './event.ts'
import type { JsonEntry } from './json-entry.ts'

export function nginxEntry(entry: JsonEntry): LogEvent | undefined {
  if (!entry.has('ssl_client_verify') && !entry.has('upstream_addr') && !entry.has('upstream_status')) return undefined
  const status = entry.number('status')
  const upstreamText = entry.string('upstream_status')
  const last = upstreamText
    ?.split(/[,:] */)
    .at(-1)
    ?.trim()
  const verify = entry.string('ssl_client_verify')
  const address = entry.string('upstream_addr')?.split(', ').at(-1)
  const host = entry.string('host') ?? entry.string('http_host') ?? entry.string('server_name')
  const upstreamStatus = last === undefined ? undefined : /^\d{3}$/.test(last) ? Number(last) : null
  const silent = entry.string('upstream_header_time')?.split(', ').at(-1) === '-'
  const request: GatewayRequest = {
    span: entry.span,
    places: ['status', 'upstream_status', 'ssl_client_verify'].flatMap((name) => entry.place(name) ?? []),
    ...(status === undefined ? {} : { status }),
    ...(upstreamStatus === undefined ? {} : { upstreamStatus: silent ? null : upstreamStatus }),
    ...(silent ? { answeredBy: 'gateway' } : {}),
    ...(address === undefined || address === '-' ? {} : { upstream: address }),
    ...(verify === undefined || verify === '-' || verify === '' ? {} : { clientVerify: verify }),
    ...(host === undefined ? {} : { host }),
  }
  const outcome = outcomeOf(request)
  const upstream = endpointOf(address)
  const down = outcome === 'client-certificate' || outcome === 'gateway-refused'
  const endpoint = down ? endpointOf(host) : upstream
  return {
    tool: 'nginx',
    toolLabel: 'nginx access log',
    span: entry.span,
    kind: `${outcome} ${outcome === 'answered' ? '' : status} ${down ? request.clientVerify : ''}`,
    weight: weightOf(outcome),
    ...(outcome === 'answered' ? {} : { side: down ? 'downstream' : 'upstream', ...(endpoint ? { endpoint } : {}) }),
    ...(outcome === 'client-certificate' && verify === 'NONE' ? { clientCertificate: 'none' as const } : {}),
    request,
  }
}

function weightOf(outcome: ReturnType<typeof outcomeOf>): number {
  if (outcome === 'answered') return weights.none
  if (outcome === 'client-certificate') return weights.clientCertificate
  return outcome === 'gateway-refused' ? weights.downstream : weights.upstream
}
