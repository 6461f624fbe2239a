/** DSA keys that leave out their domain parameters and take those of their issuer's key. Source: RFC 3279 section 2.3.2. */
import { children, onlyNode, readNode, sequence, tags, whole } from './der.ts'
import { readPublicKey } from './key.ts'
import type { PublicKey } from './model.ts'

/**
 * Is it a DSA key without parameters? No signature can be checked with it alone.
 */
export function lacksParameters(key: PublicKey): boolean {
  if (key.algorithm !== 'DSA') return false
  try {
    return algorithmParts(key).parameters?.tag !== tags.sequence
  } catch {
    return false
  }
}

/**
 * The key with the parameters of another one, as a whole SubjectPublicKeyInfo of its own: whatever is remembered by
 * `spkiSha256` stays apart for each set of parameters.
 *
 * @param key a DSA key without parameters
 * @param from the key that signed the certificate, with parameters
 * @returns `key` itself when there is nothing to inherit
 */
export function withParametersOf(key: PublicKey, from: PublicKey): PublicKey {
  if (!lacksParameters(key) || from.algorithm !== 'DSA') return key
  try {
    const { parameters } = algorithmParts(from)
    const { type, bits } = algorithmParts(key)
    if (parameters?.tag !== tags.sequence || type === undefined || bits === undefined) return key
    const algorithm = derSequence([whole(type), whole(parameters)])
    const spki = derSequence([algorithm, whole(bits)])
    return readPublicKey(readNode(spki, 0, spki.length), () => undefined)
  } catch {
    return key
  }
}

function algorithmParts({ spki }: PublicKey) {
  const [algorithm, bits] = sequence(onlyNode(spki, 0, spki.length), 'The public key')
  const [type, parameters] = algorithm === undefined ? [] : children(algorithm)
  return { type, parameters, bits }
}

function derSequence(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  const header = length < 0x80 ? [tags.sequence, length] : [tags.sequence, 0x80 | digits.length, ...digits]
  const bytes = new Uint8Array(header.length + length)
  bytes.set(header)
  let at = header.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
