/** DER as Python prints bytes: characters where they can be seen, and `\x82` where not. */

import { limits } from '../core/limits.ts'
import { looksLike } from '../x509/looks-like.ts'
import { derLength } from './der.ts'
import type { MappedText } from './mapped-text.ts'
import { decodedBlock, type PemBlock, secretBlock } from './pem-block.ts'
import { labelOfKind } from './pem-labels.ts'

const head = /\bb(["'])(?=0\\x82)/g
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9 }

/** Finds such bytes outside of the blocks that are known already, in order. */
export function findPythonBytes(source: MappedText, known: readonly PemBlock[]): PemBlock[] {
  const { text } = source
  const found: PemBlock[] = []
  let next = 0
  head.lastIndex = 0
  for (let match = head.exec(text); match !== null && found.length < limits.certificates; match = head.exec(text)) {
    const at = match.index
    while (next < known.length && (known[next] as PemBlock).end <= at) next++
    if ((known[next]?.start ?? text.length) <= at) continue
    const { bytes, end } = read(text, at + 2, match[1] as string)
    head.lastIndex = Math.max(head.lastIndex, end)
    const stated = derLength(bytes)
    if (stated === undefined || stated > bytes.length) continue
    const der = bytes.subarray(0, stated)
    const kind = looksLike(der)
    found.push(
      kind === 'private key'
        ? secretBlock(source, 'PRIVATE KEY', at, end, false)
        : decodedBlock(source, labelOfKind(kind), at, end, der),
    )
  }
  return found
}

/** Reads up to the closing quote. */
function read(text: string, from: number, quote: string): { readonly bytes: Uint8Array; readonly end: number } {
  const bytes: number[] = []
  let at = from
  while (at < text.length && text[at] !== quote && bytes.length < limits.certificateBytes) {
    if (text[at] !== '\\') {
      bytes.push(text.charCodeAt(at) & 0xff)
      at++
      continue
    }
    const letter = text[at + 1] ?? ''
    const code =
      letter === 'x' ? Number.parseInt(text.slice(at + 2, at + 4), 16) : (controls[letter] ?? letter.charCodeAt(0))
    if (Number.isNaN(code)) break
    bytes.push(code)
    at += letter === 'x' ? 4 : 2
  }
  return { bytes: Uint8Array.from(bytes), end: Math.min(at + 1, text.length) }
}
