/**
 * The built-in trust anchors: root certificates as Mozilla ships them, decoded only when asked for.
 * Lookups go through an index of key ids and names, so that a typical chain decodes one or two of them.
 */

import { decodeCertificate } from '../x509/decode.ts'
import type { Certificate, Name } from '../x509/model.ts'
import { mozillaRootLines, mozillaRootsDer, mozillaRootsInfo } from './data/mozilla-roots.ts'
import { caNameOf, foldText } from './name-match.ts'

/** Where the built-in roots come from, for reports. */
export const rootsInfo: string = `${mozillaRootsInfo.source}, ${mozillaRootsInfo.count} certificates, taken ${mozillaRootsInfo.date}`

/** Hexadecimal digits of ids kept in the index. A hit is confirmed on the decoded certificate. */
const PREFIX_DIGITS = 16

interface RootIndex {
  /** `[start, end)` of each certificate in the concatenated DER. */
  readonly ranges: readonly (readonly [number, number])[]
  readonly der: Uint8Array
  readonly byKeyId: ReadonlyMap<string, readonly number[]>
  readonly bySha256: ReadonlyMap<string, readonly number[]>
  readonly byLabel: ReadonlyMap<string, readonly number[]>
}

let index: RootIndex | undefined
let all: readonly Certificate[] | undefined
const decoded = new Map<number, Certificate>()

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** End of the DER element at `start`: outer SEQUENCE headers are all that is read here. */
function elementEnd(der: Uint8Array, start: number): number {
  const first = der[start + 1] ?? 0
  if (first < 0x80) return start + 2 + first
  const count = first & 0x7f
  let length = 0
  for (let at = 0; at < count; at++) length = length * 256 + (der[start + 2 + at] ?? 0)
  return start + 2 + count + length
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function rootIndex(): RootIndex {
  if (index !== undefined) return index
  const der = decodeBase64(mozillaRootsDer)
  const ranges: [number, number][] = []
  for (let at = 0; at < der.length; ) {
    const end = elementEnd(der, at)
    ranges.push([at, end])
    at = end
  }
  const byKeyId = new Map<string, number[]>()
  const bySha256 = new Map<string, number[]>()
  const byLabel = new Map<string, number[]>()
  for (const [position, line] of mozillaRootLines.split('\n').entries()) {
    const [keyId = '', sha256 = '', label = ''] = line.split('\t')
    push(byKeyId, keyId, position)
    push(bySha256, sha256, position)
    push(byLabel, foldText(label), position)
  }
  index = { ranges, der, byKeyId, bySha256, byLabel }
  return index
}

function rootAt(position: number): Certificate {
  const known = decoded.get(position)
  if (known !== undefined) return known
  const { ranges, der } = rootIndex()
  const [start, end] = ranges[position] ?? [0, 0]
  const result = decodeCertificate(der.slice(start, end))
  if (!result.ok) throw new Error(`built-in root ${position} cannot be decoded: ${result.error.message}`)
  decoded.set(position, result.value)
  return result.value
}

const candidates = (map: ReadonlyMap<string, readonly number[]>, key: string): Certificate[] =>
  (map.get(key) ?? []).map(rootAt)

const plainHex = (hex: string): string => hex.replaceAll(':', '').toLowerCase()

/**
 * Every built-in root. The first call decodes all of them; prefer the lookups.
 *
 * @returns Frozen list in a stable order.
 */
export function builtInRoots(): readonly Certificate[] {
  all ??= Object.freeze(rootIndex().ranges.map((_, position) => rootAt(position)))
  return all
}

/**
 * The built-in root with this fingerprint.
 *
 * @param sha256 hexadecimal SHA-256 of the DER, colons and case ignored.
 */
export function rootBySha256(sha256: string): Certificate | undefined {
  const wanted = plainHex(sha256)
  return candidates(rootIndex().bySha256, wanted.slice(0, PREFIX_DIGITS)).find((root) => root.sha256 === wanted)
}

/** Is the certificate with this SHA-256 one of the built-in roots, byte for byte? */
export function isBuiltInRoot(sha256: string): boolean {
  return rootBySha256(sha256) !== undefined
}

/**
 * Built-in roots with this key id (subject key id, or SHA-1 of the key bits where a root has none).
 *
 * @param keyId hexadecimal, as in an authority key id; colons and case ignored.
 */
export function rootsByKeyId(keyId: string): readonly Certificate[] {
  const wanted = plainHex(keyId)
  return candidates(rootIndex().byKeyId, wanted.slice(0, PREFIX_DIGITS)).filter(
    (root) => plainHex(root.subjectKeyId ?? root.publicKey.keyId) === wanted,
  )
}

/** Built-in roots with this subject, compared by `Name.key`. */
export function rootsBySubject(subject: Name): readonly Certificate[] {
  const label = caNameOf(subject)?.cn
  const roots = label === undefined ? builtInRoots() : candidates(rootIndex().byLabel, foldText(label))
  return roots.filter((root) => root.subject.key === subject.key)
}

/**
 * Built-in roots that may have issued a certificate: by authority key id first, then by issuer name.
 * Only a signature check tells whether one did.
 */
export function findRoots(cert: Pick<Certificate, 'issuer' | 'authorityKeyId'>): readonly Certificate[] {
  const keyId = cert.authorityKeyId?.keyId
  return [...new Set([...(keyId === undefined ? [] : rootsByKeyId(keyId)), ...rootsBySubject(cert.issuer)])]
}
