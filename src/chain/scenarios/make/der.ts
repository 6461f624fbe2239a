/** Writes DER (X.690) as it is told to, also what no sound encoder would write: the makers of tests need that. */

export type Bytes = Uint8Array<ArrayBuffer>
export type Part = Uint8Array | readonly number[]

/** All parts one after the other. */
export function join(...parts: readonly Part[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** One element: identifier octet, length in the shortest form, contents. */
export function tlv(tag: number, ...parts: readonly Part[]): Bytes {
  const content = join(...parts)
  return join([tag], lengthOf(content.length), content)
}

/** The same with a length that is written longer than it need be: BER, not DER. */
export function longTlv(tag: number, ...parts: readonly Part[]): Bytes {
  const content = join(...parts)
  const digits = content.length < 0x80 ? [content.length] : lengthOf(content.length).subarray(1)
  return join([tag, 0x80 + digits.length + 1, 0], digits, content)
}

function lengthOf(length: number): Bytes {
  if (length < 0x80) return join([length])
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return join([0x80 + octets.length], octets)
}

export const sequence = (...parts: readonly Part[]): Bytes => tlv(0x30, ...parts)
export const set = (...parts: readonly Part[]): Bytes => tlv(0x31, ...parts)
export const octets = (...parts: readonly Part[]): Bytes => tlv(0x04, ...parts)
export const bits = (content: Part, unused = 0): Bytes => tlv(0x03, [unused], content)
export const boolean = (value: boolean | number): Bytes =>
  tlv(0x01, [typeof value === 'number' ? value : value ? 0xff : 0])
export const none: Bytes = tlv(0x05)
/** A context tag that holds elements. */
export const explicit = (tag: number, ...parts: readonly Part[]): Bytes => tlv(0xa0 + tag, ...parts)
/** A context tag in place of the type's own. */
export const implicit = (tag: number, ...parts: readonly Part[]): Bytes => tlv(0x80 + tag, ...parts)

/** A number that is not negative, or the very octets given. */
export function integer(value: number | bigint | Part): Bytes {
  if (typeof value !== 'number' && typeof value !== 'bigint') return tlv(0x02, value)
  return tlv(0x02, octetsOf(BigInt(value)))
}

/** Octets of a number that is not negative, with a zero before them where the first would count as a sign. */
export function octetsOf(value: bigint): Bytes {
  const digits = value.toString(16)
  const found = fromHex(digits.length % 2 === 0 ? digits : `0${digits}`)
  return (found[0] ?? 0) >= 0x80 ? join([0], found) : found
}

/** An object identifier in dotted form. */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tlv(0x06, ...[first * 40 + second, ...rest].map(base128))
}

function base128(value: number): number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 + (rest % 128))
  return digits
}

export const text = (value: string): Bytes => join(new TextEncoder().encode(value))
/** Each character as the octet of its number. */
export const latin1 = (value: string): Bytes => join(Array.from(value, (character) => character.charCodeAt(0)))
export const utf8 = (value: string): Bytes => tlv(0x0c, text(value))
export const printable = (value: string): Bytes => tlv(0x13, latin1(value))
export const ia5 = (value: string): Bytes => tlv(0x16, latin1(value))
/** As written: `300615120000Z`. */
export const utcTime = (value: string): Bytes => tlv(0x17, latin1(value))
/** As written: `20500615120000Z`. */
export const generalizedTime = (value: string): Bytes => tlv(0x18, latin1(value))

/** An instant in the form that RFC 5280 section 4.1.2.5 asks for; `2030-06-15T12:00:00Z` or a date alone. */
export function time(iso: string): Bytes {
  const digits = new Date(iso).toISOString().replace(/[-:T]|\.\d+/g, '')
  return digits < '2050' ? utcTime(digits.slice(2)) : generalizedTime(digits)
}

export const fromHex = (hex: string): Bytes =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
