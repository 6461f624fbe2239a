/** Puts log entries that say the same together, so that ten thousand lines become a few captures with a count. */
import { newCapture, noClientAuth } from '../../capture.ts'
import { inputLimits } from '../../limits.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { Capture, ClientAuth, Failure, GatewayRequest, VerifyError } from '../../model.ts'
import { alertNumber } from '../messages/alert-names.ts'
import { type LogEvent, weights } from './event.ts'

/** Captures of one stretch of log; above, entries that differ in their endpoint only are put together. */
const maximumGroups = 40
/** Entries of a group that are kept as evidence; the rest is counted. */
const shownEntries = 3

interface Group {
  readonly first: LogEvent
  readonly shown: LogEvent[]
  readonly requests: GatewayRequest[]
  count: number
  time?: LogEvent['time']
}

/** Captures of the entries, those that tell most of failing requests first, else in the order of the log. */
export function groupEvents(events: readonly LogEvent[], source: MappedText): Capture[] {
  const groups = new Map<string, Group>()
  for (const event of events) {
    const same = `${event.tool}|${event.side}|${event.kind}`
    const { host, address, port, label } = event.endpoint ?? {}
    const precise = `${same}|${host}|${address}|${port}|${label}`
    const key = groups.has(precise) || groups.size < maximumGroups ? precise : same
    const group = groups.get(key)
    if (group) add(group, event)
    else if (groups.size < 2 * maximumGroups)
      groups.set(key, add({ first: event, shown: [], requests: [], count: 0 }, event))
  }
  return [...groups.values()]
    .map((group, place) => ({ group, place }))
    .sort((a, b) => weightOf(b.group) - weightOf(a.group) || a.place - b.place)
    .map(({ group }) => toCapture(group, source))
}

/** That a request failed says less than why: that stands in other entries, where they are in the paste. */
const weightOf = ({ first }: Group): number =>
  first.request && !first.failure && !first.verifyError ? Math.min(first.weight, weights.consequence) : first.weight

function add(group: Group, event: LogEvent): Group {
  group.count++
  if (group.shown.length < shownEntries) group.shown.push(event)
  if (event.request && group.requests.length < inputLimits.entries) group.requests.push(event.request)
  group.time ??= event.time
  return group
}

function toCapture({ first, shown, requests, count, time }: Group, source: MappedText): Capture {
  const { endpoint, span } = first
  const verifyErrors = shown.flatMap((event): VerifyError[] =>
    event.verifyError ? [{ ...event.verifyError, span: event.span }] : [],
  )
  const failures = shown.flatMap((event): Failure[] =>
    event.failure ? [{ ...event.failure, text: event.failure.text ?? '', span: event.span }] : [],
  )
  return newCapture({
    document: source.document,
    span,
    tool: first.tool,
    toolLabel: first.toolLabel,
    kind: 'log',
    role: first.side === 'downstream' ? 'server' : 'client',
    lines: count,
    verifyErrors,
    failures,
    printed: shown.flatMap((event) => event.printed ?? []).slice(0, 1),
    clientAuth: clientAuthOf(first),
    ...(first.side ? { side: first.side } : {}),
    ...(endpoint && (endpoint.host ?? endpoint.address ?? endpoint.port ?? endpoint.label) !== undefined
      ? { target: { ...endpoint, span } }
      : {}),
    ...(requests.length > 0 ? { requests } : {}),
    ...(first.status === undefined ? {} : { answer: { status: first.status, text: String(first.status), span } }),
    ...(time ? { startTime: time } : {}),
  })
}

/** A certificate that was refused was sent; one that is missing was asked for, or nobody would miss it. */
function clientAuthOf(event: LogEvent): ClientAuth {
  const { span } = event
  if (event.clientCertificate === 'none')
    return { ...noClientAuth, requested: 'yes', requestedSpan: span, sent: 'empty', sentSpan: span }
  const required = event.failure?.alert === alertNumber('certificate_required')
  if (required) return { ...noClientAuth, requested: 'yes', requestedSpan: span }
  return noClientAuth
}
