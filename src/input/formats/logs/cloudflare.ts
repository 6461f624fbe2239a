/** Cloudflare's own errors as a client sees them (520 to 526, 495, 496), and its JSON logs are in `json-cloudflare.ts`. */
import { lineSpan } from '../../printed.ts'
import { type Dialect, type LogEvent, weights } from './event.ts'

/** The short answer to programs, the title of the page, the page's text, a status line. */
const shapes: readonly RegExp[] = [
  /^\s{0,8}error code: (52[0-6])\s*$/i,
  /<title>[^<|]{0,200}\| ?(52[0-6]): [^<]{3,80}<\/title>/i,
  /\bError(?: code)?:? (52[0-6])(?=\s|$|<|:)/i,
  /^\s{0,8}HTTP\/[\d.]{1,3} (52[0-6])(?:\s|$)/,
]
const ray = /^\s{0,8}(?:cf-ray: ?|Cloudflare Ray ID: ?|.{0,20}Ray ID: )([0-9a-f]{16}(?:-[A-Z]{3})?)/i

export const cloudflare: Dialect = {
  id: 'cloudflare',
  mark(line, seen) {
    const head = line.slice(0, 600)
    return shapes.some((shape) => shape.test(head)) || (seen.has('cloudflare') && ray.test(head))
  },
  read(lines, source) {
    const found = lines.flatMap((line) => {
      for (const shape of shapes) {
        const match = shape.exec(line.text)
        if (match) return [{ status: Number(match[1]), span: lineSpan(source, line) }]
      }
      return []
    })
    // The status line, the title and the text of one page say the same.
    const first = new Map(found.reverse().map((entry) => [entry.status, entry]))
    return [...first.values()].map(({ status, span }): LogEvent => edgeError(status, span, {}))
  },
}

/** Statuses that only Cloudflare's edge gives, about the connection to the origin. */
export function edgeError(status: number, span: LogEvent['span'], more: Partial<LogEvent>): LogEvent {
  const base = {
    tool: 'cloudflare',
    toolLabel: 'Cloudflare',
    side: 'upstream',
    weight: weights.upstream,
    kind: `edge ${status}`,
    span,
    ...more,
  } as const
  const text = `Cloudflare error ${status}`
  switch (status) {
    case 526:
      return { ...base, status, failure: { kind: 'verify-failed', text } }
    case 525:
      return { ...base, status, failure: { kind: 'other', text } }
    case 521:
      return { ...base, failure: { kind: 'refused', text } }
    case 522:
      return { ...base, failure: { kind: 'timeout', text } }
    case 523:
      return { ...base, failure: { kind: 'unreachable', text } }
    default:
      return {
        ...base,
        status,
        request: { span, status, upstreamStatus: null, answeredBy: 'gateway', stoppedAt: 'answer', ...more.request },
      }
  }
}
