/** Makes a format of a table of messages. */
import { newCapture, noClientAuth } from '../../capture.ts'
import type { Format, Segment } from '../../format.ts'
import { inputLimits } from '../../limits.ts'
import type { Capture, ClientAuth, Failure, SpokenTo, VerifyError } from '../../model.ts'
import { type Incident, incidentsOf, onlyOne } from './incidents.ts'
import type { MessageTable } from './pattern.ts'

/** A format that knows the messages of a table, and reads each failure that they tell of as a capture of kind `message`. */
export function messageFormat(table: MessageTable): Format {
  return {
    id: table.id,
    mark(line, seen) {
      if (table.possible.test(line)) {
        const found = table.patterns.find(({ pattern, weak }) => (!weak || seen.size > 0) && pattern.test(line))
        if (found) return 'message'
      }
      return seen.size > 0 && table.between?.test(line) ? 'between' : undefined
    },
    startsNew: () => false,
    acceptsPem: () => false,
    parse: (segment) => messagesOf(segment, table),
  }
}

/** The captures of a segment, one per failure. */
export const messagesOf = (segment: Segment, table: MessageTable): Capture[] =>
  incidentsOf(segment.source, segment.lines, table)
    .slice(0, inputLimits.entries)
    .map((incident) => toCapture(segment, table, incident))

function toCapture({ source, command }: Segment, table: MessageTable, incident: Incident): Capture {
  const telling = incident.facts.filter(({ general }) => !general)
  const facts = telling.length > 0 ? telling : incident.facts
  const errors = facts.flatMap((entry) => entry.errors)
  const failures = facts.flatMap((entry) => entry.failures)
  const last = resultOf(errors, failures)
  const target = targetOf(source, incident)
  const clock = facts.find((entry) => entry.clock)?.clock
  return newCapture({
    document: source.document,
    span: source.span(incident.start, incident.end),
    tool: table.id,
    toolLabel: table.label,
    kind: 'message',
    role: incident.serverSide || incident.facts.some(({ role }) => role === 'server') ? 'server' : 'client',
    ...(incident.times > facts.length ? { lines: incident.times } : {}),
    verifyErrors: errors,
    failures,
    clientAuth: clientAuthOf(incident, source),
    ...(last ? { verifyResult: last } : {}),
    ...(target ? { target } : {}),
    ...(clock ? { startTime: clock } : {}),
    ...(command ? { command } : {}),
  })
}

/** The last word on the certificate of the peer. */
function resultOf(errors: readonly VerifyError[], failures: readonly Failure[]): Capture['verifyResult'] {
  const error = errors[0]
  if (error) return { code: error.code, text: error.text, ok: false, span: error.span }
  const refused = failures.find(({ kind }) => kind === 'verify-failed')
  return refused && { text: refused.text, ok: false, span: refused.span }
}

function targetOf(source: Segment['source'], incident: Incident): SpokenTo | undefined {
  const { host, address, proxy } = incident
  const named = host ?? (address ? undefined : onlyOne(incident))
  const place = named ?? address ?? proxy
  if (!place) return undefined
  const port = named?.port ?? address?.port ?? incident.port
  const start = place.line.start + place.at
  return {
    span: source.span(start, start + place.length),
    ...(named?.host === undefined ? {} : { host: named.host }),
    ...(port === undefined ? {} : { port }),
    ...(address?.address === undefined ? {} : { address: address.address }),
    ...(proxy?.proxy === undefined ? {} : { proxy: proxy.proxy }),
  }
}

function clientAuthOf(incident: Incident, source: Segment['source']): ClientAuth {
  const requested = incident.facts.find((entry) => entry.requested)
  const sent = incident.facts.find((entry) => entry.sent)
  const spanOf = ({ line }: { readonly line: { readonly start: number; readonly end: number } }) =>
    source.span(line.start, line.end)
  return {
    ...noClientAuth,
    ...(requested ? { requested: 'yes', requestedSpan: spanOf(requested) } : {}),
    ...(sent ? { sent: 'empty', sentSpan: spanOf(sent) } : {}),
  }
}
