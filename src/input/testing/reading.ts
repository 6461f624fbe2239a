/** Short ways for tests to read a text and to check what came of it. */

import type { Span } from '../../core/span.ts'
import { decodeCertificate } from '../../x509/decode.ts'
import { shortName } from '../../x509/name.ts'
import type { Capture, EncodedBlock, ReadDocument } from '../model.ts'
import { readDocument } from '../read.ts'

export const read = (text: string): ReadDocument => readDocument({ name: 'paste', text }, 0)

/** The only capture of a text. */
export function readOne(text: string): Capture {
  const { captures } = read(text)
  const [capture] = captures
  if (!capture || captures.length !== 1) throw new Error(`${captures.length} captures instead of one`)
  return capture
}

/** What stands at a place of a text. */
export const at = (text: string, span: Span | undefined): string => (span ? text.slice(span.start, span.end) : '')

/** The CN of the certificate in a block, or why there is none. */
export function certificateIn(block: EncodedBlock | undefined): string {
  if (!block) return 'no block'
  if (!block.der) return block.problem?.message ?? 'not decoded'
  const decoded = decodeCertificate(block.der)
  return decoded.ok ? shortName(decoded.value.subject) : decoded.error.code
}

/** CNs of all blocks of a text, in order. */
export const certificatesIn = (text: string): string[] =>
  read(text).captures.flatMap((capture) => capture.blocks.map(certificateIn))

/** Every span anywhere in a value. */
export function spansOf(value: unknown, found: Span[] = []): Span[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return found
  if (Array.isArray(value)) {
    for (const entry of value) spansOf(entry, found)
    return found
  }
  const record = value as Readonly<Record<string, unknown>>
  if (typeof record.start === 'number' && typeof record.end === 'number') found.push(record as unknown as Span)
  else for (const entry of Object.values(record)) spansOf(entry, found)
  return found
}
