/** UTCTime and GeneralizedTime. Source: RFC 5280 section 4.1.2.5. */
import { type UnixMs, unixMs } from '../core/brand.ts'
import { content, DerFault, type Node, tags } from './der.ts'
import type { Note } from './notes.ts'
import { latin1 } from './text.ts'

const shape = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})?$/

/**
 * Reads a time of a certificate.
 * @param node a UTCTime or a GeneralizedTime; other tags fault
 * @param what as "notBefore", for the sentences
 * @param note told of each departure from RFC 5280's form
 * @returns undefined when the text is no time (the encoding then is sound, the value is not)
 * @throws DerFault
 */
export function readTime(node: Node, what: string, note: Note): UnixMs | undefined {
  if (node.tag !== tags.utcTime && node.tag !== tags.generalizedTime) {
    throw new DerFault(`${what} is neither UTCTime nor GeneralizedTime`, node.start)
  }
  const short = node.tag === tags.utcTime
  const bytes = content(node)
  const plain = short ? plainUtcTime(bytes) : undefined
  if (plain !== undefined) return plain
  const parts = shape.exec(latin1(bytes))
  if (parts === null || parts[1]?.length !== (short ? 2 : 4)) return undefined
  const [, yearText = '', month = '', day = '', hour = '', minute = '', second, fraction, zone] = parts
  const year = short ? fullYear(Number(yearText)) : Number(yearText)
  if (!exists(year, Number(month), Number(day), Number(hour), Number(minute), Number(second ?? 0))) return undefined
  if (second === undefined || fraction !== undefined || zone !== 'Z')
    note(`${what} is not in the form RFC 5280 asks for`, node.start)
  else if (!short && year < 2050) note(`${what} is a GeneralizedTime although the year is before 2050`, node.start)
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
  const date = new Date(0)
  date.setUTCFullYear(year, Number(month) - 1, Number(day))
  date.setUTCHours(Number(hour), Number(minute), Number(second ?? 0), milliseconds)
  return unixMs(date.getTime() - offset(zone) * 60_000)
}

/** A UTCTime turns the century at 1950 (RFC 5280 section 4.1.2.5.1). */
const fullYear = (year: number): number => year + (year < 50 ? 2000 : 1900)

/** Nearly every time of a certificate is `YYMMDDhhmmssZ`: read without text in between. Undefined for any other. */
function plainUtcTime(bytes: Uint8Array): UnixMs | undefined {
  if (bytes.length !== 13 || bytes[12] !== 0x5a) return undefined
  const pairs = [0, 0, 0, 0, 0, 0]
  for (let at = 0; at < 12; at++) {
    const digit = (bytes[at] as number) - 0x30
    if (digit < 0 || digit > 9) return undefined
    pairs[at >> 1] = (pairs[at >> 1] as number) * 10 + digit
  }
  const [yy, month, day, hour, minute, second] = pairs as [number, number, number, number, number, number]
  const year = fullYear(yy)
  return exists(year, month, day, hour, minute, second)
    ? unixMs(Date.UTC(year, month - 1, day, hour, minute, second))
    : undefined
}

function exists(year: number, month: number, day: number, hour: number, minute: number, second: number): boolean {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] as number)
}

/** Minutes east of Greenwich. */
function offset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  return zone.startsWith('-') ? -minutes : minutes
}
