/**
 * What DER asks of every element, whatever it means: one pass over encodings that were decoded before.
 * Sources: X.690 sections 10.1 (lengths) and 11.2.1 (unused bits).
 */
import { tags } from './der.ts'
import type { Note } from './notes.ts'

/** What is noted of a length that could be shorter. */
export const longLength = 'A length is not in its shortest form, which is not DER'

/**
 * Notes lengths that are not in their shortest form and bits that are set among the unused ones, with their offsets.
 * What strings of octets or bits hold is left out; each is a range of its own.
 * @param from offset of the first element
 * @param to where the last element ends
 */
export function auditDer(bytes: Uint8Array, from: number, to: number, note: Note): void {
  /** Ends of the elements around the current one, so that content that is no DER cannot lead the pass astray. */
  const ends = [to]
  let end = to
  for (let at = from; ; ) {
    while (at === end) {
      ends.pop()
      const outer = ends[ends.length - 1]
      if (outer === undefined) return
      end = outer
    }
    const tag = bytes[at] as number
    const first = bytes[at + 1] as number
    let body = at + 2
    let length = first
    let long = false
    if (first >= 0x80) {
      const count = first & 0x7f
      length = count === 0 ? Number.POSITIVE_INFINITY : 0
      for (let index = 0; index < count; index++) length = length * 256 + (bytes[body + index] ?? 0)
      long = length < 0x80 || bytes[body] === 0
      body += count
    }
    if (!(body + length <= end) || (tag & 0x1f) === 0x1f) {
      // Inside of something that nobody decodes, as an X.400 address: the rest of it is passed over.
      at = end
      continue
    }
    if (long) note(longLength, at)
    if (tag === tags.bitString) auditBits(bytes, at, body, length, note)
    if ((tag & 0x20) === 0) at = body + length
    else {
      ends.push(body + length)
      end = body + length
      at = body
    }
  }
}

function auditBits(bytes: Uint8Array, at: number, body: number, length: number, note: Note): void {
  const unused = bytes[body] as number
  const last = bytes[body + length - 1] as number
  if (unused > 0 && unused < 8 && length > 1 && (last & ((1 << unused) - 1)) !== 0)
    note('A BIT STRING has bits set among its unused ones, which is not DER', at)
}
