/** Access logs of nginx, ingress-nginx, Kong and Apache in the combined format. */
import { unixMs } from '../../../core/brand.ts'
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import { lineSpan } from '../../printed.ts'
import { type Dialect, endpointOf, type LogEvent, weights } from './event.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const shape = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\] "/
/** A TLS record (type 22, version 3.x) or an SSLv2 hello, as the log escapes bytes. */
const hello = /^(?:\\x16\\x03|\\u0016\\u0003|\\x80.\\x01\\x03)/
/** ingress-nginx: [namespace-service-port] [alternative] address length time status request-id, each a list when it tried again. */
const ingress =
  /\[([\w.-]{0,120})\] \[[\w.-]{0,120}\] ((?:[\w.:[\]-]{1,60}(?:, )?){1,8}) ((?:[\d-]{1,12}(?:, )?){1,8}) (?:[\d.-]{1,12}(?:, )?){1,8} ((?:\d{3}(?:, )?){1,8}) [0-9a-f]{32}\s*$/

export const accessLog: Dialect = {
  id: 'access',
  mark: (line) => shape.test(line.slice(0, 300)),
  read: (lines, source) => lines.flatMap((line) => readLine(line, source) ?? []),
}

function readLine(line: Line, source: MappedText): LogEvent | undefined {
  const found = shape.exec(line.text)
  if (!found) return undefined
  const span = lineSpan(source, line)
  const time = { value: timeOf(found), span }
  const base = { tool: 'nginx', toolLabel: 'Access log', span, time } as const
  const rest = line.text.slice(found.index + found[0].length)
  if (hello.test(rest))
    return {
      ...base,
      side: 'downstream',
      weight: weights.downstream,
      kind: 'tls hello',
      failure: { kind: 'plain-text', text: 'The request line is a TLS ClientHello' },
    }
  const controller = ingress.exec(rest)
  const status = Number(/" (\d{3}) /.exec(rest)?.[1])
  if (!controller || Number.isNaN(status)) return undefined
  const [, service, addresses, lengths, statuses] = controller as unknown as readonly [
    string,
    string,
    string,
    string,
    string,
  ]
  const last = (list: string): string => list.split(', ').at(-1) as string
  const upstreamStatus = Number(last(statuses))
  // nginx notes 502 or 504 for an upstream that it could not reach; then it also got no byte of an answer.
  const own = (upstreamStatus === 502 || upstreamStatus === 504) && status === upstreamStatus && last(lengths) === '0'
  const endpoint = endpointOf(last(addresses))
  return {
    ...base,
    toolLabel: 'ingress-nginx access log',
    ...(status >= 400 ? { side: 'upstream' as const, ...(endpoint ? { endpoint } : {}) } : {}),
    weight: status >= 500 ? weights.upstream : weights.none,
    kind: status >= 400 ? `request ${status} ${upstreamStatus} ${own}` : 'fine',
    request: {
      span,
      status,
      upstreamStatus: own ? null : upstreamStatus,
      answeredBy: own ? 'gateway' : 'upstream',
      upstream: last(addresses),
      ...(service === '' ? {} : { service }),
    },
  }
}

function timeOf(found: RegExpExecArray) {
  const [day, month, year, hour, minute, second] = found.slice(1, 7) as [string, string, string, string, string, string]
  const at = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second))
  const offset = (Number(found[8]) * 60 + Number(found[9])) * 60_000
  return unixMs(found[7] === '-' ? at + offset : at - offset)
}
