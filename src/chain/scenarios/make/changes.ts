/** Changes to what was made before. */
import { type Bytes, join, none, type Part, sequence } from './der.ts'

/** The same bytes with the lowest bit of one turned. */
export function flipped(bytes: Uint8Array, at: number): Bytes {
  const copy = join(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

/** A key whose identifier has parameters; its own has none, and is under 128 octets. */
export function withNull(spki: Part): Bytes {
  const bytes = join(spki)
  const start = (bytes[1] ?? 0) < 0x80 ? 2 : 2 + ((bytes[1] ?? 0) & 0x7f)
  const end = start + 2 + (bytes[start + 1] ?? 0)
  return sequence(sequence(bytes.subarray(start + 2, end), none), bytes.subarray(end))
}
