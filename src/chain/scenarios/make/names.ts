/** Names in DER: distinguished names, and general names with their subtrees. */
import {
  type Bytes,
  explicit,
  ia5,
  implicit,
  latin1,
  octets,
  oid,
  type Part,
  printable,
  sequence,
  set,
  utf8,
} from './der.ts'

const attributeTypes: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
}

export interface Attribute {
  readonly type: string
  readonly value: Part
}

/** One attribute; a UTF8String, but for countries and e-mail addresses as RFC 5280 appendix A.1 has it. */
export function attribute(type: string, value: string): Attribute {
  const write = type === 'C' ? printable : type === 'emailAddress' ? ia5 : utf8
  return { type: attributeTypes[type] ?? type, value: write(value) }
}

/** A name of RDNs with one attribute each; from text as `O=Lab, CN=Root`. Empty text makes the empty name. */
export function name(from: string | readonly Attribute[]): Bytes {
  const attributes = typeof from === 'string' ? parse(from) : from
  return sequence(...attributes.map(({ type, value }) => set(sequence(oid(type), value))))
}

function parse(from: string): Attribute[] {
  return from
    .split(', ')
    .filter((part) => part !== '')
    .map((part) => attribute(part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)))
}

export const dns = (value: string): Bytes => implicit(2, latin1(value))
export const email = (value: string): Bytes => implicit(1, latin1(value))
export const uri = (value: string): Bytes => implicit(6, latin1(value))
export const directory = (value: string): Bytes => explicit(4, name(value))
export const registeredId = (value: string): Bytes => implicit(8, oid(value).subarray(2))
export const ediParty = (value: string): Bytes => explicit(5, explicit(1, utf8(value)))
/** An otherName; a Microsoft user principal name unless told otherwise. */
export const otherName = (value: string, type = '1.3.6.1.4.1.311.20.2.3'): Bytes =>
  explicit(0, oid(type), explicit(0, utf8(value)))
/** An address, with its mask after it in name constraints: `192.0.2.1`, `10.0.0.0/255.0.0.0`, or octets in hexadecimal. */
export const ip = (value: string): Bytes => implicit(7, ipOctets(value))

function ipOctets(value: string): Uint8Array {
  if (/^[0-9a-f]*$/.test(value)) return Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return Uint8Array.from(value.split(/[./]/), Number)
}

/** Names that a CA may or must not issue for; each may be written out as a subtree with bounds. */
export interface Constraints {
  readonly permitted?: readonly Part[]
  readonly excluded?: readonly Part[]
}

/** A subtree; `bounds` are the encoded minimum and maximum. */
export const subtree = (base: Part, ...bounds: readonly Part[]): Bytes => sequence(base, ...bounds)

/** The value of NameConstraints; bases that are no subtree yet become one. */
export function constraintsValue({ permitted, excluded }: Constraints): Bytes {
  const list = (bases: readonly Part[]) => bases.map((base) => (base[0] === 0x30 ? base : subtree(base)))
  return sequence(
    ...(permitted === undefined ? [] : [explicit(0, ...list(permitted))]),
    ...(excluded === undefined ? [] : [explicit(1, ...list(excluded))]),
  )
}

/** An OCTET STRING of nothing but these octets, for extensions whose value is opaque. */
export const opaque = (hex: string): Bytes =>
  octets(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
