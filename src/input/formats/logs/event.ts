/** What one entry of a server's log says, before entries that say the same are put together. */
import type { UnixMs } from '../../../core/brand.ts'
import type { Span } from '../../../core/span.ts'
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { Failure, GatewayRequest, ListedCertificate, Located, ToolId, VerifyError } from '../../model.ts'

/** `downstream`: between the client and the gateway. `upstream`: between the gateway and what stands behind it. */
export type Side = 'downstream' | 'upstream'

/** The far end of the upstream side, or the gateway's own listener on the downstream side. */
export interface Endpoint {
  readonly host?: string
  readonly address?: string
  readonly port?: number
  readonly label?: string
}

export interface LogEvent {
  readonly tool: ToolId
  readonly toolLabel: string
  /** Absent where the log does not tell the side. */
  readonly side?: Side
  readonly endpoint?: Endpoint
  /** Entries of one tool, side and endpoint with the same kind say the same. */
  readonly kind: string
  /** How much it tells of why requests fail; see {@link weights}. */
  readonly weight: number
  readonly span: Span
  readonly verifyError?: Omit<VerifyError, 'span'>
  readonly failure?: Omit<Failure, 'span' | 'text'> & { readonly text?: string }
  /** The client gave no certificate although one is required. */
  readonly clientCertificate?: 'none'
  readonly printed?: ListedCertificate
  readonly request?: GatewayRequest
  /** The answer as a client saw it. */
  readonly status?: number
  /** Only where the entry has a time zone; a local time would be wrong by hours. */
  readonly time?: Located<UnixMs>
}

/**
 * An upstream that fails stops requests; `consequence`: that a request failed, without a reason. Single clients
 * that fail are often scanners or health checks.
 */
export const weights = { upstream: 4, consequence: 3, clientCertificate: 2, downstream: 1, none: 0 } as const

/** One log's way to write lines. */
export interface Dialect {
  readonly id: string
  /** Is it a line of this log? `seen` are the dialects already met in this stretch. */
  mark(line: string, seen: ReadonlySet<string>): boolean
  /** Reads its lines; lines that say nothing of a failure yield nothing. */
  read(lines: readonly Line[], source: MappedText): LogEvent[]
}

/** A port as a number, or nothing. */
const portOf = (text: string | undefined): { readonly port: number } | Record<never, never> => {
  const port = Number(text)
  return text !== undefined && port > 0 && port < 65_536 ? { port } : {}
}

const isAddress = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || text.includes(':')

/** `host:port`, `[v6]:port`, `scheme://host:port/path`, `unix:/path` as an endpoint. */
export function endpointOf(text: string | undefined): Endpoint | undefined {
  const match =
    /^(?:(https?|grpcs?|wss?):\/\/)?(\[[0-9A-Fa-f:.]{2,60}\]|[\w.*-]{1,255})(?::(\d{1,5}))?(?:[/?, ]|$)/.exec(
      text ?? '',
    )
  if (!match) return undefined
  const name = (match[2] as string).replace(/^\[|\]$/g, '')
  const implied = match[1] === 'https' || match[1] === 'grpcs' ? '443' : match[1] === 'http' ? '80' : undefined
  return { ...(isAddress(name) ? { address: name } : { host: name }), ...portOf(match[3] ?? implied) }
}

/** Gives an endpoint the name that is known from elsewhere. */
export const named = (endpoint: Endpoint | undefined, host: string | undefined): Endpoint | undefined =>
  host === undefined ? endpoint : { ...endpoint, host }

/** Facts of an entry that says that a client gave no certificate. */
export const noCertificate = (text: string) =>
  ({ kind: 'none', clientCertificate: 'none', failure: { kind: 'other', text } }) as const
