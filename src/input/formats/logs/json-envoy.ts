/** Envoy's and Istio's access log as JSON. */
import { requestEvent, transportFailure } from './envoy.ts'
import { endpointOf, type LogEvent } from './event.ts'
import type { JsonEntry } from './json-entry.ts'

export function envoyEntry(entry: JsonEntry): LogEvent | undefined {
  const known = [
    'response_flags',
    'response_code_details',
    'upstream_transport_failure_reason',
    'downstream_transport_failure_reason',
  ]
  if (!known.some((name) => entry.has(name))) return undefined
  const upstream = entry.string('upstream_host') ?? clusterOf(entry.string('upstream_cluster'))
  const endpoint = endpointOf(upstream)
  const base = { tool: 'envoy', toolLabel: 'Envoy access log', ...(endpoint ? { endpoint } : {}) } as const
  for (const side of ['upstream', 'downstream'] as const) {
    const name = `${side}_transport_failure_reason`
    const reason = entry.string(name)
    if (reason === undefined || reason.length < 3) continue
    const span = entry.place(name) ?? entry.span
    const found = transportFailure(`transport failure reason: ${reason}`, { ...base, span }, side === 'downstream')
    if (found) return found
  }
  const details = entry.string('response_code_details') ?? ''
  if (/transport_failure|TLS_error/.test(details)) {
    const span = entry.place('response_code_details') ?? entry.span
    const found = transportFailure(`transport failure reason: ${details}`, { ...base, span }, false)
    if (found) return found
  }
  const status = entry.number('response_code')
  if (status === undefined) return undefined
  const host = entry.string('authority')
  const places = ['response_code', 'response_flags', 'response_code_details'].flatMap((name) => entry.place(name) ?? [])
  return requestEvent(entry.span, status, entry.string('response_flags') ?? '-', upstream, {
    places,
    ...(host === undefined ? {} : { host }),
  })
}

/** `outbound|443||pay.example` as `pay.example:443`. */
function clusterOf(cluster: string | undefined): string | undefined {
  const parts = /^outbound\|(\d{1,5})\|[^|]{0,100}\|([\w.-]{1,255})$/.exec(cluster ?? '')
  return parts ? `${parts[2]}:${parts[1]}` : undefined
}
