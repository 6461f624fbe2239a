/**
 * Distinguished names as tools print them, cut into attributes.
 *
 * No printed form says which it is, and OpenSSL 3.2's and curl's do not escape the separators inside of values. So a
 * separator counts only where a known attribute type and `=` follow it. One pass, with work linear in the text.
 */
import { oid } from '../core/brand.ts'
import { attributeOid, attributeType } from './attribute-type.ts'
import { onlyNode } from './der.ts'
import type { NameAttribute } from './model.ts'
import { latin1, readText, utf8Text } from './text.ts'

/** The type at the start of an attribute: `CN=`, `C = `, `OID.2.5.4.97=`. Bounded, so that it stays linear. */
const typeAt = /\s{0,40}((?:oid\.)?\d{1,9}(?:\.\d{1,20}){1,40}|[a-z][a-z0-9-]{0,63})\s{0,40}=[^\S\n]{0,40}/iy

interface Head {
  readonly type: string
  /** Offset just after `=` and the blanks that follow it. */
  readonly value: number
}

/**
 * Cuts a printed name into RDNs, in the order of the text.
 * @param text the name alone, without `subject=` or the like before it
 * @returns no RDNs when the text does not begin with an attribute
 */
export function scanName(text: string): NameAttribute[][] {
  const slash = /^\s{0,40}\//.exec(text)
  const slashed = slash !== null && headAt(text, slash[0].length, true) !== undefined
  const rdns: NameAttribute[][] = []
  let at = slashed ? (slash?.[0].length ?? 0) : 0
  let joined = false
  for (let head = headAt(text, at, slashed); head !== undefined; head = headAt(text, at, true)) {
    const { value, end } = readValue(text, head.value, slashed)
    const attribute = makeAttribute(head.type, value)
    const last = rdns.at(-1)
    if (joined && last !== undefined) last.push(attribute)
    else rdns.push([attribute])
    if (end >= text.length) break
    joined = text[end] === '+'
    at = end + 1
  }
  return rdns
}

/** The attribute type at an offset; where `known`, one that the tables know or a dotted OID. */
function headAt(text: string, at: number, known: boolean): Head | undefined {
  typeAt.lastIndex = at
  const match = typeAt.exec(text)
  const type = match?.[1]
  if (type === undefined || (known && attributeOid(type) === undefined)) return undefined
  return { type, value: typeAt.lastIndex }
}

/** Reads from the first character of a value to the separator that ends it (`end`; the text's length when none does). */
function readValue(text: string, start: number, slashed: boolean): { value: string; end: number } {
  if (!slashed && text[start] === '"') {
    const quoted = readQuoted(text, start)
    if (quoted !== undefined) return quoted
  }
  let end = start
  while (end < text.length && !isSeparator(text, end, slashed)) {
    end += !slashed && text[end] === '\\' ? 2 : 1
  }
  end = Math.min(end, text.length)
  return { value: resolveEscapes(trimValue(text.slice(start, end), slashed), slashed), end }
}

function isSeparator(text: string, at: number, slashed: boolean): boolean {
  const character = text[at]
  if (character === '+') return headAt(text, at + 1, true) !== undefined
  if (slashed) return character === '/' && headAt(text, at + 1, true) !== undefined
  if (character === ',' || character === ';' || character === '\n') return headAt(text, at + 1, true) !== undefined
  // OpenSSL before 1.1 printed `CN=x/emailAddress=y` among commas: types of three letters and more keep their slash.
  if (character === '/') return (headAt(text, at + 1, true)?.type.length ?? 0) > 2
  return false
}

/** A value in double quotes; undefined when the quote does not close right before a separator or the end. */
function readQuoted(text: string, start: number): { value: string; end: number } | undefined {
  let raw = ''
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] as string
    if (character === '\\') {
      raw += character + (text[at + 1] ?? '')
      at++
    } else if (character === '"') {
      let end = at + 1
      while (text[end] === ' ') end++
      if (end >= text.length || isSeparator(text, end, false)) return { value: resolveEscapes(raw, false), end }
      if (text[at + 1] !== '"') return undefined
      // Windows doubles a quote inside of quotes.
      raw += '\\"'
      at++
    } else raw += character
  }
  return undefined
}

/** Cuts blanks at both ends, but not one that is escaped. */
function trimValue(raw: string, slashed: boolean): string {
  const value = raw.trimEnd()
  const escaped = !slashed && value.length < raw.length && /(?:^|[^\\])(?:\\\\){0,20}\\$/.test(value.slice(-42))
  return (escaped ? `${value} ` : value).trimStart()
}

/**
 * Resolves `\,` `\C3\BC` (RFC 4514, OpenSSL's oneline) and `\xC3\xBC` (OpenSSL's slash form). Bytes that are not UTF-8
 * are ISO 8859-1 when written in upper case, as OpenSSL does; else they were no escape (`CORP\admin`).
 */
function resolveEscapes(raw: string, slashed: boolean): string {
  if (!raw.includes('\\')) return raw
  const escapes = slashed ? /(?:\\x[0-9a-f]{2})+|(?!)()/gi : /(?:\\x?[0-9a-f]{2})+|\\([^0-9a-f])/gi
  return raw.replace(escapes, (run: string, single: string | undefined) => {
    if (single !== undefined) return special.includes(single) ? single : run
    const pairs = run.split(/\\x?/i).slice(1)
    const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
    return utf8Text(bytes) ?? (run === run.toUpperCase().replaceAll('X', 'x') ? latin1(bytes) : run)
  })
}

const special = ' "#+,;<=>\\/'

function makeAttribute(spelling: string, value: string): NameAttribute {
  const known = attributeOid(spelling)
  return Object.freeze({
    oid: known ?? oid(spelling),
    type: known === undefined ? spelling : attributeType(known),
    value: /^#(?:[0-9a-f]{2})+$/i.test(value) ? (textOfHex(value.slice(1)) ?? value) : value,
  })
}

/** RFC 4514's `#` form: the DER of the value in hexadecimal. */
function textOfHex(digits: string): string | undefined {
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  )
  try {
    return readText(onlyNode(bytes, 0, bytes.length))
  } catch {
    return undefined
  }
}
