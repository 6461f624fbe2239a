/** Primitive ASN.1 values out of {@link Node}s. */
import { type Oid, oid } from '../core/brand.ts'
import { content, DerFault, expectTag, type Node, tags } from './der.ts'

/** A dotted object identifier (X.690 section 8.19). @throws DerFault */
export function readOid(node: Node | undefined, what: string): Oid {
  const bytes = content(expectTag(node, tags.oid, what))
  return oidFromContent(bytes, node?.start ?? 0)
}

/**
 * The same from content octets, as under an implicit tag.
 * @throws DerFault also for an arc with leading zeros (X.690 section 8.19.2): two spellings of one identifier would let
 * an extension pass under another name than its own
 */
export function oidFromContent(bytes: Uint8Array, offset = 0): Oid {
  if (bytes.length === 0 || (bytes[bytes.length - 1] as number) >= 0x80) {
    throw new DerFault('An object identifier is cut short', offset)
  }
  if (bytes.length > 1024) throw new DerFault('An object identifier of over 1024 bytes', offset)
  let text = ''
  let value = 0
  let big: bigint | undefined
  let first = true
  for (const byte of bytes) {
    if (first && byte === 0x80) throw new DerFault('An object identifier with superfluous octets', offset)
    first = byte < 0x80
    if (big === undefined && value > 0x3fffffffffff) big = BigInt(value)
    if (big !== undefined) big = (big << 7n) | BigInt(byte & 0x7f)
    else value = value * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (text === '') {
      const root = big !== undefined || value >= 80 ? 2 : Math.floor(value / 40)
      text = `${root}.${big !== undefined ? big - 80n : value - root * 40}`
    } else text += `.${big ?? value}`
    value = 0
    big = undefined
  }
  return oid(text)
}

/** A small non-negative INTEGER, as a path length; undefined when empty, padded, negative or over 2^48. */
export function readSmallInteger(bytes: Uint8Array): number | undefined {
  const [first = 0x80, second = 0x80] = bytes
  if (bytes.length > 6 || first >= 0x80 || (first === 0 && bytes.length > 1 && second < 0x80)) return undefined
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

/** The content of a BIT STRING without the octet that counts unused bits. @throws DerFault */
export function readBits(
  node: Node | undefined,
  what: string,
): { readonly bytes: Uint8Array; readonly unused: number } {
  return bitsFromContent(expectTag(node, tags.bitString, what))
}

/** The same under an implicit tag. @throws DerFault */
export function bitsFromContent(node: Node): { readonly bytes: Uint8Array; readonly unused: number } {
  const unused = node.bytes[node.body] as number
  if (node.end === node.body || unused > 7 || (unused > 0 && node.end - node.body === 1)) {
    throw new DerFault('A BIT STRING without its first octet', node.start)
  }
  return { bytes: node.bytes.subarray(node.body + 1, node.end), unused }
}

/** Numbers of the bits that are set in a named bit list (X.680 section 22.7). */
export function setBits(bits: { readonly bytes: Uint8Array; readonly unused: number }): number[] {
  const numbers: number[] = []
  const count = bits.bytes.length * 8 - bits.unused
  for (let bit = 0; bit < count; bit++) {
    if (((bits.bytes[bit >> 3] as number) >> (7 - (bit & 7))) & 1) numbers.push(bit)
  }
  return numbers
}

/** An unsigned big number from content octets. */
export function bigUnsigned(bytes: Uint8Array): bigint {
  let text = '0x0'
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return BigInt(text)
}

/** Bits of an unsigned number in big-endian octets, leading zeros not counted. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  if (first === -1) return 0
  return (bytes.length - first - 1) * 8 + (32 - Math.clz32(bytes[first] as number))
}
