import type { UnixMs } from '../core/brand.ts'
import { limits } from '../core/limits.ts'
import type { Span } from '../core/span.ts'
import { looksLike } from '../x509/looks-like.ts'
import { sniff } from './bytes.ts'
import { newCapture } from './capture.ts'
import { derLength, holdsIntegerFirst } from './der.ts'
import type { Capture, EncodedBlock, InputDocument, Located, ReadDocument, SecretPlace, SkippedPart } from './model.ts'
import { normalise } from './normalise.ts'
import { findPem, isReadLabel } from './pem.ts'
import type { PemBlock } from './pem-block.ts'
import { findSecrets } from './secrets.ts'
import { segment } from './segment.ts'

/** Reads one document into captures. Whatever cannot be read is named with its place; nothing throws. */
export function readDocument(document: InputDocument, index: number): ReadDocument {
  if (document.text !== undefined) return readText(document.name, document.text, index)
  const bytes = document.bytes ?? new Uint8Array()
  const content = sniff(bytes)
  if (content.kind === 'text') return readText(document.name, content.text, index)
  if (content.kind === 'der') return readDer(document.name, bytes, index)
  const span = { document: index, start: 0, end: 0 }
  const skipped = [{ span, reason: `${document.name} is ${content.what}, which is not read here.` }]
  return {
    index,
    name: document.name,
    text: '',
    binary: true,
    length: bytes.length,
    captures: [],
    secrets: [],
    skipped,
  }
}

function readText(name: string, whole: string, index: number): ReadDocument {
  const text = whole.length > limits.documentCharacters ? whole.slice(0, limits.documentCharacters) : whole
  const { source, stamps } = normalise(text, index)
  const pem = findPem(source)
  const { segments, skipped: unread } = segment(source, pem)
  const captures = segments.flatMap((part) => part.format?.parse(part) ?? []).slice(0, limits.captures)
  const skipped: SkippedPart[] = [...pem.flatMap((block) => block.skipped ?? otherLabel(block)), ...unread]
  if (text.length < whole.length) {
    const span = { document: index, start: text.length, end: whole.length }
    skipped.push({ span, reason: `Only the first ${limits.documentCharacters} characters are read.` })
  }
  const secrets = [...pem.flatMap((block) => block.secret ?? []), ...findSecrets(source)]
  secrets.sort((a, b) => a.span.start - b.span.start)
  return {
    index,
    name,
    text: whole,
    binary: false,
    length: whole.length,
    captures: captures.map((capture) => withTime(capture, stamps, text)),
    secrets,
    skipped,
  }
}

/** A capture that does not say when it was made was made when a log says that its first line came. */
function withTime(capture: Capture, stamps: readonly Located<UnixMs>[], text: string): Capture {
  if (capture.startTime || stamps.length === 0) return capture
  let low = 0
  let high = stamps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stamps[middle] as Located<UnixMs>).span.end <= capture.span.start) low = middle + 1
    else high = middle
  }
  const before = stamps[low - 1]
  const sameLine = before && !/[\r\n]/.test(text.slice(before.span.end, capture.span.start).slice(0, longestPrefix))
  if (sameLine && capture.span.start - before.span.end < longestPrefix) return { ...capture, startTime: before }
  const inside = stamps[low]
  return inside && inside.span.start < capture.span.end ? { ...capture, startTime: inside } : capture
}

/** Characters of other prefixes that may stand between a timestamp and its line. */
const longestPrefix = 80

/** PEM of something that is neither certificate nor key. */
function otherLabel({ label, secret, block }: PemBlock): SkippedPart[] {
  if (isReadLabel(label) || secret) return []
  return [{ span: block.span, reason: `A ${label} block: it is no certificate and says nothing of the chain.` }]
}

/** A DER file: one certificate, or several one after another. */
function readDer(name: string, bytes: Uint8Array, index: number): ReadDocument {
  const span: Span = { document: index, start: 0, end: 0 }
  const blocks: EncodedBlock[] = []
  const secrets: SecretPlace[] = []
  let offset = 0
  while (offset < bytes.length && blocks.length < limits.certificates) {
    const rest = bytes.subarray(offset)
    const length = derLength(rest)
    if (length === undefined || rest[0] !== 0x30) break
    const der = rest.subarray(0, length)
    const truncated = length > rest.length
    if (holdsIntegerFirst(der) && looksLike(der) === 'private key') {
      secrets.push({ span, kind: 'private key' })
      blocks.push({ span, label: 'PRIVATE KEY', role: 'loose', truncated })
    } else blocks.push({ span, label: 'DER', role: 'loose', der, truncated })
    offset += length
  }
  const capture = newCapture({ document: index, span, tool: 'der', toolLabel: 'DER file', kind: 'file', blocks })
  return { index, name, text: '', binary: true, length: bytes.length, captures: [capture], secrets, skipped: [] }
}
