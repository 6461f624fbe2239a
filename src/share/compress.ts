/** DEFLATE (RFC 1951) with a preset dictionary, and inflating that stops at a limit. */
import { deflateSync, Inflate } from 'fflate'
import { err, ok, type Result } from '../core/result.ts'

export const compress = (bytes: Uint8Array, dictionary: Uint8Array): Uint8Array =>
  deflateSync(bytes, { level: 9, mem: 12, dictionary })

/** Compressed bytes given to the inflater at a time: each gives at most about a thousand times as many. */
const step = 256

class TooLarge extends Error {}

/** @param limit bytes; more are never held. */
export function decompress(
  bytes: Uint8Array,
  dictionary: Uint8Array,
  limit: number,
): Result<Uint8Array, 'too-large' | 'damaged'> {
  const parts: Uint8Array[] = []
  let total = 0
  let whole = false
  const inflate = new Inflate({ dictionary }, (part, last) => {
    total += part.length
    if (total > limit) throw new TooLarge()
    parts.push(part.slice())
    whole ||= last
  })
  try {
    for (let at = 0; at < bytes.length; at += step)
      inflate.push(bytes.subarray(at, at + step), at + step >= bytes.length)
  } catch (fault) {
    return err(fault instanceof TooLarge ? 'too-large' : 'damaged')
  }
  if (!whole) return err('damaged')
  const joined = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return ok(joined)
}
