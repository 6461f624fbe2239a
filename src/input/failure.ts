/** Lines that say why a connection, a handshake or a command failed, as OpenSSL of any generation prints them. */
import type { Line } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { Failure, FailureKind } from './model.ts'
import { lineSpan } from './printed.ts'

/** An OpenSSL error-queue line: `thread:error:code:library:function:reason:file:line:data`. */
const queueLine = /(?:^|[:\s(])error:([0-9A-Fa-f]{8}):([^:]*):([^:]*):([^:]*)(?::|$)/

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
 * Recognises a line that says why something failed.
 * Numbers decide before words (the words vary by version and platform).
 * @returns undefined when the line says no such thing
 */
export function parseFailure(source: MappedText, line: Line): Failure | undefined {
  const text = line.text.trim()
  if (!numbered.test(text)) return parsePlainFailure(source, line, text)
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
    if (received !== undefined) {
      return { kind: received === 70 ? 'protocol' : 'alert', alert: received, text, span }
    }
    return { kind: kindOfReason(reason, text), text, span }
  }
  const errno = /^(connect|read|write):errno=(\d{1,6})/.exec(text)
  if (errno) {
    const value = Number(errno[2])
    if (errno[1] === 'connect') return { kind: errnoKinds.get(value) ?? 'other', text, span }
    return { kind: errnoKinds.get(value) ?? 'closed', text, span }
  }
  return parsePlainFailure(source, line, text)
}

/** What a line has that is told by its numbers; most lines have nothing of it. */
const numbered = /HTTP CONNECT failed|SSL alert number \d|error:[0-9A-Fa-f]{8}:|:errno=\d/

interface Words {
  readonly kind: FailureKind
  readonly pattern: RegExp
}

/** Failures that have words only. Anchored where the words could stand in prose. */
const plain: readonly Words[] = [
  { kind: 'refused', pattern: /^(?:socket|connect): Connection refused/i },
  { kind: 'timeout', pattern: /^connect: (?:Connection|Operation) timed out/i },
  { kind: 'unreachable', pattern: /^connect: (?:No route to host|Network is unreachable)/i },
  { kind: 'reset', pattern: /^(?:connect|read|write): Connection reset by peer/i },
  {
    kind: 'dns',
    pattern:
      /^(?:gethostbyname failure|getaddrinfo: )|nodename nor servname provided|Name or service not known|Temporary failure in name resolution/,
  },
  { kind: 'plain-text', pattern: /^didn.t f(?:ind|ound) starttls in server response/i },
  { kind: 'proxy-refused', pattern: /^poll error/ },
  {
    kind: 'usage',
    pattern:
      /^(?:\S{1,40}: )?(?:Option unknown option|unknown option|Unknown option:|Use -help for summary|Option -\S{1,60} needs a value|Extra arguments? |Missing argument|Invalid command |Unknown command|Error with command: )/i,
  },
  { kind: 'usage', pattern: /^openssl:Error: .{1,80} is an invalid command|^usage: (?:s_client|verify|x509)\b/i },
  {
    kind: 'usage',
    pattern: /openssl(?:\.exe)?['"]?(?: is not recognized as|: (?:command )?not found|: No such file)/i,
  },
  {
    kind: 'other',
    pattern:
      /^(?:Could not (?:open|read|find|load) .{0,200}|unable to load .{0,80}|Error (?:opening|loading|reading|getting) .{0,200}|Can't open .{0,200}|Cannot open .{0,200}|Mac verify error: .{0,80}|Expecting: .{0,60})$/i,
  },
]

/** The words that make such a line possible; most lines have none of them. */
const anyWords =
  /refused|timed out|No route|unreachable|reset by peer|gethostbyname|getaddrinfo|servname|service not known|name resolution|starttls in|poll error|option|Use -help|needs a value|Extra arg|Missing arg|command|usage: |recogni|not found|No such file|Could not |unable to load|^Error |an'?not open|an't open|Mac verify|Expecting: /i

function parsePlainFailure(source: MappedText, line: Line, text: string): Failure | undefined {
  if (!anyWords.test(text)) return undefined
  const found = plain.find(({ pattern }) => pattern.test(text))
  return found && { kind: found.kind, text, span: lineSpan(source, line) }
}

/** True for lines that `parseFailure` knows by their own words, wherever they stand. */
export const isFailureLine = (text: string): boolean =>
  /(?:^|[:\s(])error:[0-9A-Fa-f]{8}:/.test(text) ||
  /HTTP CONNECT failed/.test(text) ||
  (anyWords.test(text) && plain.some(({ pattern }) => pattern.test(text.trim())))

/** Reason codes from 1000 on are received alerts, whatever the text: `reason(1116)`, 0A000410 = 1000 + 40. */
function alertOfReason(code: string, reason: string): number | undefined {
  const printed = /^reason\((\d{4})\)$/.exec(reason)
  const value = printed ? Number(printed[1]) : Number.parseInt(code, 16) & 0xfff
  if (value >= 1000 && value < 1256 && (printed || /alert/.test(reason))) return value - 1000
  return undefined
}

function kindOfReason(reason: string, text: string): FailureKind {
  if (/certificate verify failed/i.test(reason)) return 'verify-failed'
  if (/wrong version number|unknown protocol|http request|packet length too long|record layer failure/i.test(reason))
    return 'plain-text'
  if (
    /unsupported protocol|no protocols available|unsupported version|version too low|tlsv1 alert protocol version/i.test(
      reason,
    )
  )
    return 'protocol'
  if (/unexpected eof|ssl handshake failure/i.test(reason)) return 'closed'
  if (/Connection refused/i.test(text)) return 'refused'
  if (/timed out/i.test(text)) return 'timeout'
  if (/Name or service not known|name resolution|nodename nor servname|No address associated|BIO_lookup/i.test(text))
    return 'dns'
  if (/No route to host|unreachable/i.test(text)) return 'unreachable'
  if (/reset by peer/i.test(text)) return 'reset'
  return 'other'
}
