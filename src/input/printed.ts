/** Readers for the small pieces that all OpenSSL tools print: names, dates, error-queue lines. */
import { type UnixMs, unixMs } from '../core/brand.ts'
import { parseNameText } from '../x509/name.ts'
import type { Line } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { Failure, FailureKind, Located, PrintedName } from './model.ts'

/** The rest of a line from `column` on as a name. */
export function printedName(source: MappedText, line: Line, column: number): PrintedName {
  const raw = line.text.slice(column)
  const lead = raw.length - raw.trimStart().length
  const text = raw.trim()
  const start = line.start + column + lead
  return { text, name: parseNameText(text), span: source.span(start, start + text.length) }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads `Nov 24 15:53:38 2026 GMT` (any OpenSSL) and `2026-11-24 15:53:38Z` (`-dateopt iso_8601`).
 * @returns undefined when the text is no such date.
 */
export function parseOpensslDate(text: string): UnixMs | undefined {
  const classic = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? (\d{4})(?: GMT)?/.exec(text.trim())
  if (classic) {
    const month = months.indexOf((classic[1] as string).toLowerCase())
    if (month === -1) return undefined
    return utc(Number(classic[6]), month, Number(classic[2]), Number(classic[3]), Number(classic[4]), Number(classic[5]))
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)Z/.exec(text.trim())
  if (!iso) return undefined
  return utc(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), Number(iso[4]), Number(iso[5]), Number(iso[6]))
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): UnixMs | undefined {
  const time = Date.UTC(year, month, day, hour, minute, second)
  return Number.isNaN(time) ? undefined : unixMs(time)
}

/** The date after `column` of a line, with its place. */
export function printedDate(source: MappedText, line: Line, column: number): Located<UnixMs> | undefined {
  const value = parseOpensslDate(line.text.slice(column).split(';')[0] as string)
  return value === undefined ? undefined : { value, span: lineSpan(source, line) }
}

export const lineSpan = (source: MappedText, line: Line) => source.span(line.start, line.end)

/** An OpenSSL error-queue line: `thread:error:code:library:function:reason:file:line:data`. */
const queueLine = /(?:^|:)error:([0-9A-Fa-f]{8}):([^:]*):([^:]*):([^:]*)(?::|$)/

/** errno values by meaning; Linux, macOS and Windows numbers do not collide. */
const errnoKinds: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [111, 'refused'],
  [61, 'refused'],
  [10061, 'refused'],
  [104, 'reset'],
  [54, 'reset'],
  [10054, 'reset'],
  [110, 'timeout'],
  [60, 'timeout'],
  [10060, 'timeout'],
  [113, 'unreachable'],
  [101, 'unreachable'],
  [65, 'unreachable'],
  [51, 'unreachable'],
])

/**
 * Recognises a line that says why a connection or handshake failed, as `s_client` of any generation prints it.
 * Numbers decide before words (the words vary by version and platform).
 */
export function parseFailure(source: MappedText, line: Line): Failure | undefined {
  const text = line.text.trim()
  const span = lineSpan(source, line)
  const proxy = /HTTP CONNECT failed(?:, reason=|:) ?(\d{3})? ?(.*)/.exec(text)
  if (proxy) {
    const status = proxy[1] === undefined ? {} : { status: Number(proxy[1]) }
    return { kind: 'proxy-refused', text, span, ...status }
  }
  const alertNumber = /SSL alert number (\d{1,3})$/.exec(text)
  const queue = queueLine.exec(text)
  if (alertNumber || queue) {
    const reason = queue?.[4] ?? ''
    const received = alertNumber ? Number(alertNumber[1]) : alertOfReason(queue?.[1] ?? '', reason)
    if (received !== undefined) return { kind: received === 70 ? 'protocol' : 'alert', alert: received, text, span }
    return { kind: kindOfReason(reason, text), text, span }
  }
  const errno = /^(connect|read|write):errno=(\d{1,6})/.exec(text)
  if (errno) {
    const value = Number(errno[2])
    if (errno[1] === 'connect') return { kind: errnoKinds.get(value) ?? 'other', text, span }
    return { kind: errnoKinds.get(value) ?? 'closed', text, span }
  }
  return parsePlainFailure(text, span)
}

function parsePlainFailure(text: string, span: Failure['span']): Failure | undefined {
  if (/^(?:socket|connect): Connection refused/i.test(text)) return { kind: 'refused', text, span }
  if (/^connect: (?:Connection|Operation) timed out/i.test(text)) return { kind: 'timeout', text, span }
  if (/^connect: (?:No route to host|Network is unreachable)/i.test(text)) return { kind: 'unreachable', text, span }
  if (/^(?:gethostbyname failure|getaddrinfo: )|nodename nor servname provided|Name or service not known|Temporary failure in name resolution/.test(text))
    return { kind: 'dns', text, span }
  if (/^didn.t found? starttls in server response/i.test(text)) return { kind: 'plain-text', text, span }
  if (/^(?:s_client: )?(?:Option unknown option|unknown option|Use -help for summary)/i.test(text)) return { kind: 'usage', text, span }
  return undefined
}

/** Reason codes from 1000 on are received alerts, whatever the text: `reason(1116)`, 0A000410 = 1000 + 40. */
function alertOfReason(code: string, reason: string): number | undefined {
  const printed = /^reason\((\d{4})\)$/.exec(reason)
  const value = printed ? Number(printed[1]) : Number.parseInt(code, 16) & 0xfff
  if (value >= 1000 && value < 1256 && (printed || /alert/.test(reason))) return value - 1000
  return undefined
}

function kindOfReason(reason: string, text: string): FailureKind {
  if (/certificate verify failed/i.test(reason)) return 'verify-failed'
  if (/wrong version number|unknown protocol|http request|packet length too long|record layer failure/i.test(reason)) return 'plain-text'
  if (/unsupported protocol|no protocols available|unsupported version|version too low|tlsv1 alert protocol version/i.test(reason)) return 'protocol'
  if (/unexpected eof|ssl handshake failure/i.test(reason)) return 'closed'
  if (/Connection refused/i.test(text)) return 'refused'
  if (/timed out/i.test(text)) return 'timeout'
  if (/Name or service not known|name resolution|nodename nor servname|No address associated|BIO_lookup/i.test(text)) return 'dns'
  if (/No route to host|unreachable/i.test(text)) return 'unreachable'
  if (/reset by peer/i.test(text)) return 'reset'
  return 'other'
}
