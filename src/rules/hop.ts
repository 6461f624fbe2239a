/** The hop that a gateway's log is about, in words: which gateway, which of its two sides, and who is at the other end. */
import type { Capture, ToolId } from '../input/model.ts'

const products: ReadonlyMap<ToolId, string> = new Map([
  ['nginx', 'nginx'],
  ['kong', 'Kong'],
  ['cloudflare', 'Cloudflare'],
  ['f5', 'the F5'],
  ['haproxy', 'HAProxy'],
  ['envoy', 'Envoy'],
  ['apache', 'Apache'],
  ['iis', 'IIS'],
  ['java', 'the Java server'],
])

/** What wrote the log. */
export const gatewayOf = ({ tool }: Pick<Capture, 'tool'>): string => products.get(tool) ?? 'the gateway'

/** The same at the beginning of a sentence. */
export const gatewayFirst = (capture: Capture): string => {
  const name = gatewayOf(capture)
  return capture.tool === 'nginx' ? name : `${name[0]?.toUpperCase()}${name.slice(1)}`
}

/** `nginx (api.example:443)`: the gateway with its listener; undefined where no log names it. */
export function gatewayAt(capture: Capture): string | undefined {
  if (capture.kind !== 'log') return undefined
  const at = capture.side === 'downstream' ? endpointText(capture) : ''
  return `${gatewayOf(capture)}${at === '' ? '' : ` (${at})`}`
}

/** What stands behind the gateway, as its product calls it. */
export const behind = ({ tool }: Pick<Capture, 'tool'>): string => (tool === 'cloudflare' ? 'origin' : 'upstream')

/** The other end as the log names it: `10.0.0.5:8443`, `backend/server`; empty when it does not. */
export function endpointText({ target }: Pick<Capture, 'target'>): string {
  if (!target) return ''
  const name = target.address ?? target.host ?? target.label
  if (name === undefined) return target.port === undefined ? '' : `port ${target.port}`
  const host = name.includes(':') ? `[${name}]` : name
  return target.port === undefined ? host : `${host}:${target.port}`
}

/** `between Kong and its upstream 10.0.0.5:8443`, `between the client and nginx (api.example:443)`; empty where the log tells no side. */
export function hopText(capture: Pick<Capture, 'tool' | 'side' | 'target'>): string {
  const at = endpointText(capture)
  if (capture.side === 'upstream')
    return `between ${gatewayOf(capture)} and its ${behind(capture)}${at === '' ? '' : ` ${at}`}`
  if (capture.side === 'downstream') return `between the client and ${gatewayOf(capture)}${at === '' ? '' : ` (${at})`}`
  return ''
}

/** The same behind a name: ` at 10.0.0.5:8443 (between nginx and its upstream)`. */
export function hopPlace(capture: Capture): string {
  const at = endpointText(capture)
  const sides =
    capture.side === 'upstream'
      ? `between ${gatewayOf(capture)} and its ${behind(capture)}`
      : `between the client and ${gatewayOf(capture)}`
  return `${at === '' ? '' : ` at ${at}`} (${sides})`
}
