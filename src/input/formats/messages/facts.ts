/** Reads one line by the patterns of a table. */
import type { UnixMs } from '../../../core/brand.ts'
import { parseFailure } from '../../failure.ts'
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { Failure, Located, VerifyError } from '../../model.ts'
import { lineSpan } from '../../printed.ts'
import { alertNumber } from './alert-names.ts'
import { parseMessageDate } from './dates.ts'
import { addressesIn, type Place, placeIn } from './hosts.ts'
import { readReason } from './openssl-reasons.ts'
import { verifyCode } from './openssl-words.ts'
import type { MessagePattern, MessageTable } from './pattern.ts'

/** What one line says. */
export interface LineFacts {
  readonly line: Line
  readonly errors: readonly VerifyError[]
  readonly failures: readonly Failure[]
  /** A wrapper: it counts only where nothing else is said. */
  readonly general: boolean
  readonly role?: 'server'
  readonly requested?: true
  readonly sent?: 'empty'
  readonly place?: Place
  /** The clock of the client, when the message shows it. */
  readonly clock?: Located<UnixMs>
  /** What is said, without the words: equal for repetitions. */
  readonly keys: readonly string[]
}

/** A phrase with a host, else the first address (URL) of the line with what the phrase adds. */
function placeOf(text: string): Place | undefined {
  const phrase = placeIn(text)
  if (phrase?.host !== undefined) return phrase
  const address = addressesIn(text)[0]
  return address ? { ...phrase, ...address } : phrase
}

type Groups = Readonly<Record<string, string | undefined>>

/** Reads a line; undefined when no pattern of the table knows it. */
export function factsOf(source: MappedText, line: Line, table: MessageTable): LineFacts | undefined {
  const { text } = line
  if (!table.possible.test(text)) return undefined
  const errors: VerifyError[] = []
  const failures: Failure[] = []
  let first: MessagePattern | undefined
  let merged: Omit<LineFacts, 'line' | 'errors' | 'failures' | 'keys' | 'general'> = {}
  for (const entry of table.patterns) {
    // The first that fits says it; after it only those that may stand beside it.
    if (first && !entry.beside) continue
    const match = entry.pattern.exec(text)
    if (!match) continue
    first ??= entry
    const groups: Groups = match.groups ?? {}
    const found = judge(source, line, entry, match[0], groups)
    errors.push(...found.errors)
    failures.push(...found.failures)
    merged = { ...merged, ...extras(source, line, entry, groups, match) }
  }
  if (!first) return undefined
  const place = merged.place ?? placeOf(text)
  return {
    line,
    errors,
    failures,
    general: first.general === true,
    ...merged,
    ...(place ? { place } : {}),
    keys: [
      ...errors.map(({ code }) => `v${code}`),
      ...failures.map(
        ({ kind, alert, alertSent }) => `${kind}${alert ?? ''}${alertSent === undefined ? '' : `s${alertSent}`}`,
      ),
    ],
  }
}

function judge(source: MappedText, line: Line, entry: MessagePattern, whole: string, groups: Groups) {
  const span = lineSpan(source, line)
  const text = tidy(groups.text ?? groups.verify ?? whole)
  const errors: VerifyError[] = []
  const failures: Failure[] = []
  const code = entry.code ?? (groups.verify === undefined ? undefined : verifyCode(groups.verify))
  if (code !== undefined) errors.push({ code, text, span, ...details(source, line, entry, code, groups) })
  else if (groups.verify !== undefined) failures.push({ kind: 'verify-failed', text, span })
  if (groups.queue !== undefined) {
    failures.push(...queued(source, line, groups.queue))
  }
  const reason = groups.reason === undefined ? undefined : readReason(groups.reason)
  const alert = entry.alert ?? reason?.alert ?? named(groups.alert) ?? numbered(groups.number)
  const alertSent = entry.alertSent ?? named(groups.alertSent) ?? numbered(groups.numberSent)
  const status = entry.status ?? (groups.status === undefined ? undefined : Number(groups.status))
  const kind = entry.failure ?? (alert === 70 ? 'protocol' : alert === undefined ? reason?.kind : 'alert')
  if (kind !== undefined || alertSent !== undefined)
    failures.push({
      kind: kind ?? (alertSent === 70 ? 'protocol' : 'other'),
      text,
      span,
      ...(alert === undefined ? {} : { alert }),
      ...(alertSent === undefined ? {} : { alertSent }),
      ...(status === undefined ? {} : { status }),
    })
  return { errors, failures }
}

/** A line of OpenSSL's error queue; BoringSSL writes its reasons as constants. */
function queued(source: MappedText, line: Line, text: string): Failure[] {
  const failure = parseFailure(source, { ...line, text })
  if (!failure) return []
  const kept = { ...failure, span: lineSpan(source, line) }
  if (failure.kind !== 'other') return [kept]
  const reason = readReason(/error:[0-9A-Fa-f]{8}:[^:]{0,80}:[^:]{0,80}:([^:]{2,80})/.exec(text)?.[1] ?? '')
  return [{ ...kept, ...reason }]
}

function details(
  source: MappedText,
  line: Line,
  entry: MessagePattern,
  code: number,
  groups: Groups,
): Partial<VerifyError> {
  const date = located(source, line, code === 9 ? groups.starts : groups.ends)
  const names = groups.names === undefined ? (entry.nameless ? [] : undefined) : splitNames(groups.names)
  const { wanted, candidate } = groups
  const at = candidate === undefined ? -1 : line.text.lastIndexOf(candidate)
  return {
    ...(entry.depth === undefined ? {} : { depth: entry.depth }),
    ...(date ? { date } : {}),
    ...(wanted === undefined && names === undefined
      ? {}
      : {
          mismatch: {
            ...(wanted === undefined ? {} : { wanted: wanted.replace(/\.$/, '') }),
            ...(names === undefined ? {} : { names }),
          },
        }),
    ...(candidate === undefined || at === -1
      ? {}
      : {
          candidate: { value: candidate, span: source.span(line.start + at, line.start + at + candidate.length) },
        }),
  }
}

function extras(source: MappedText, line: Line, entry: MessagePattern, groups: Groups, match: RegExpExecArray) {
  const clock = located(source, line, groups.clock)
  // A name that was compared is whom the client wanted; where the line says whom it spoke to, that counts.
  const host = groups.host ?? (groups.wanted === undefined || placeOf(line.text)?.host ? undefined : groups.wanted)
  const port = Number(groups.port)
  const place: Place | undefined =
    host === undefined
      ? undefined
      : {
          host: host.replace(/\.$/, ''),
          at: match.index + match[0].lastIndexOf(host),
          length: host.length,
          ...(port > 0 && port < 65_536 ? { port } : {}),
        }
  return {
    ...(entry.role ? { role: entry.role } : {}),
    ...(entry.requested ? { requested: true as const } : {}),
    ...(entry.sent ? { sent: entry.sent } : {}),
    ...(clock ? { clock } : {}),
    ...(place ? { place: { ...placeIn(line.text), ...place } } : {}),
  }
}

function located(source: MappedText, line: Line, text: string | undefined): Located<UnixMs> | undefined {
  const value = text === undefined ? undefined : parseMessageDate(text)
  return value === undefined ? undefined : { value, span: lineSpan(source, line) }
}

const named = (name: string | undefined): number | undefined => (name === undefined ? undefined : alertNumber(name))

function numbered(text: string | undefined): number | undefined {
  const value = Number(text)
  return text !== undefined && Number.isInteger(value) && value < 256 ? value : undefined
}

/** `DNS:a, DNS:b`, `a, b`, `['a', 'b']`. */
const splitNames = (text: string): string[] =>
  text
    .split(/, ?|\s+/, maximumNames)
    .map((name) =>
      name.replace(/^(?:DNS|IP Address|IP|DnsName|IpAddress)[:(]/i, '').replace(/^[\s"'[(]+|[\s"'\])]+$/g, ''),
    )
    .filter((name) => /^[\w.*:-]+$/.test(name) && name !== 'or' && name !== 'and')

/** Names kept of a comparison; certificates of hosting platforms have hundreds. */
const maximumNames = 200

/** Characters of a message that are kept as its text. */
const textLength = 300

const tidy = (text: string): string =>
  text
    .replace(/\s{1,400}/g, ' ')
    .trim()
    .replace(/["',;\])}]{1,8}$/, '')
    .slice(0, textLength)
