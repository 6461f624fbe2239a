/** Readers for the small pieces that all OpenSSL tools print: names and dates. */
import { type UnixMs, unixMs } from '../core/brand.ts'
import { parseNameText } from '../x509/name.ts'
import type { Line } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { Located, PrintedName } from './model.ts'

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
  const classic = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? (\d{4})(?: GMT)?/.exec(
    text.trim(),
  )
  if (classic) {
    const month = months.indexOf((classic[1] as string).toLowerCase())
    if (month === -1) return undefined
    return utc(
      Number(classic[6]),
      month,
      Number(classic[2]),
      Number(classic[3]),
      Number(classic[4]),
      Number(classic[5]),
    )
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)Z/.exec(text.trim())
  if (!iso) return undefined
  return utc(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), Number(iso[4]), Number(iso[5]), Number(iso[6]))
}

function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): UnixMs | undefined {
  const time = Date.UTC(year, month, day, hour, minute, second)
  return Number.isNaN(time) ? undefined : unixMs(time)
}

/** The date after `column` of a line, with its place. */
export function printedDate(source: MappedText, line: Line, column: number): Located<UnixMs> | undefined {
  const value = parseOpensslDate(line.text.slice(column).split(';')[0] as string)
  return value === undefined ? undefined : { value, span: lineSpan(source, line) }
}

export const lineSpan = (source: MappedText, line: Line) => source.span(line.start, line.end)
