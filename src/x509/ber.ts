/**
 * BER made into DER as far as reading needs it: definite lengths, and strings in one piece. Windows and Bouncy Castle
 * write PKCS#7 and PKCS#12 with indefinite lengths. Source: X.690 sections 8.1.3.6 and 8.7.3.
 */

/** Levels of nesting; real files have about 20. */
const maximumDepth = 64

/** Thrown and caught in this file alone. */
class BerFault extends Error {}

interface Piece {
  readonly tag: number
  /** Content, as it stands or made anew. */
  readonly parts: readonly Uint8Array[]
  readonly length: number
  /** Offset behind the element. */
  readonly end: number
}

/** True for the first bytes of a SEQUENCE of indefinite length that holds a type of PKCS#7 or the version of PKCS#12. */
export const startsLikeBer = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x30 &&
  bytes[1] === 0x80 &&
  ((bytes[2] === 0x06 && bytes[3] === 0x09) || (bytes[2] === 0x02 && bytes[3] === 0x01 && bytes[4] === 3))

/**
 * Rewrites the first element of some BER.
 * @returns undefined when it is none
 */
export function derOfBer(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const { tag, parts, length } = read(bytes, 0, bytes.length, 0)
    return join([header(tag, length), ...parts])
  } catch (error) {
    if (error instanceof BerFault) return undefined
    throw error
  }
}

function read(bytes: Uint8Array, at: number, limit: number, depth: number): Piece {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || at + 2 > limit || (tag & 0x1f) === 0x1f || depth > maximumDepth)
    throw new BerFault()
  const constructed = (tag & 0x20) !== 0
  if (first === 0x80) {
    if (!constructed) throw new BerFault()
    return gather(bytes, tag, at + 2, limit, depth, true)
  }
  let body = at + 2
  let length = first
  if (first > 0x80) {
    const count = first & 0x7f
    if (count > 4 || body + count > limit) throw new BerFault()
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[body + index] as number)
    body += count
  }
  const end = body + length
  if (end > limit) throw new BerFault()
  if (constructed) return gather(bytes, tag, body, end, depth, false)
  return { tag, parts: [bytes.subarray(body, end)], length, end }
}

/** Reads the elements of a constructed one. Those of a string become one string. */
function gather(bytes: Uint8Array, tag: number, from: number, limit: number, depth: number, open: boolean): Piece {
  const isString = tag === 0x24
  const parts: Uint8Array[] = []
  let length = 0
  let at = from
  for (;;) {
    if (!open && at === limit) break
    if (open && bytes[at] === 0 && bytes[at + 1] === 0) {
      at += 2
      break
    }
    const piece = read(bytes, at, limit, depth + 1)
    if (!isString) {
      const head = header(piece.tag, piece.length)
      parts.push(head)
      length += head.length
    }
    for (const part of piece.parts) parts.push(part)
    length += piece.length
    at = piece.end
  }
  return { tag: isString ? 0x04 : tag, parts, length, end: at }
}

function header(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff)
  return Uint8Array.of(tag, 0x80 | octets.length, ...octets)
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}
