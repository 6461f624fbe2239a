/** What a gateway's access-log entry says of where a request ended. */
import type { GatewayRequest } from './model.ts'

/**
 * `client-certificate`: the gateway refused because of it. `no-answer`: the gateway got no answer from the upstream.
 * `unclear`: the gateway notes a status for the upstream that it also notes when it could not connect.
 * `upstream-error`: the upstream itself answered so. `gateway-refused`: the gateway's own decision. `answered`: no error.
 */
export type RequestOutcome =
  | 'client-certificate'
  | 'no-answer'
  | 'unclear'
  | 'upstream-error'
  | 'gateway-refused'
  | 'answered'

/** Statuses with which gateways refuse a client for its certificate; 495 and 496 are nginx's own. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403, 495, 496])

/**
 * Statuses that nginx notes as `$upstream_status` also when the connection to the upstream failed (502) or timed out
 * (504), as its upstream module sets them itself.
 */
const ambiguous: ReadonlySet<number> = new Set([502, 504])

export function outcomeOf(request: GatewayRequest): RequestOutcome {
  const { status, upstreamStatus, clientVerify, answeredBy, challenge } = request
  const byUpstream = answeredBy === 'upstream' || (typeof upstreamStatus === 'number' && upstreamStatus === status)
  const refused = status === undefined || refusals.has(status)
  // Every answer stands beside NONE where no certificate is asked for; one that asks for other credentials is not about it.
  const concerns =
    clientVerify !== undefined && isRefused(clientVerify) && !(isAbsent(clientVerify) && challenge !== undefined)
  if (concerns && refused && !byUpstream) return 'client-certificate'
  if (status === undefined || status < 400) return 'answered'
  if (typeof upstreamStatus === 'number' && upstreamStatus === status) {
    if (answeredBy === 'gateway' && status >= 500) return 'no-answer'
    return ambiguous.has(status) && answeredBy === undefined ? 'unclear' : 'upstream-error'
  }
  if (status < 500) return 'gateway-refused'
  if (typeof upstreamStatus === 'number') return 'gateway-refused'
  return answeredBy === 'upstream' ? 'upstream-error' : 'no-answer'
}

/** Words of nginx, Kong and Cloudflare for a client certificate that is missing or not accepted. */
const isRefused = (verify: string): boolean =>
  /^(?:NONE|absent|untrusted|expired|notyetvalid)$/i.test(verify) || verify.startsWith('FAILED')

/** No certificate was presented, or none was asked for: nginx says NONE of both. */
export const isAbsent = (verify: string): boolean => /^(?:NONE|absent)$/i.test(verify)
