import type { UnixMs } from '../core/brand.ts'
import { limits } from '../core/limits.ts'
import type { Span } from '../core/span.ts'
import { derOfBer, startsLikeBer } from '../x509/ber.ts'
import { looksLike } from '../x509/looks-like.ts'
import { sniff } from './bytes.ts'
import { newCapture } from './capture.ts'
import { derLength, holdsIntegerFirst } from './der.ts'
import { markElided } from './elision.ts'
import type { Capture, EncodedBlock, InputDocument, Located, ReadDocument, SecretPlace, SkippedPart } from './model.ts'
import { normalise } from './normalise.ts'
import { findOtherKeys } from './other-keys.ts'
import { findPem } from './pem.ts'
import type { PemBlock } from './pem-block.ts'
import { isReadLabel, whatLabelSays } from './pem-labels.ts'
import { findSecrets } from './secrets.ts'
import { segment } from './segment.ts'

/**
 * Reads one document into captures. Whatever cannot be read is named with its place; nothing throws. Key stores and
 * archives are read by `files/open.ts`, which loads what that takes.
 */
export function readDocument(document: InputDocument, index: number): ReadDocument {
  const { name, bytes = new Uint8Array() } = document
  if (document.refused !== undefined) return unread(name, bytes, index, document.refused)
  if (document.text !== undefined) return readText(name, document.text, index)
  const content = sniff(bytes)
  switch (content.kind) {
    case 'text':
      return readText(name, content.text, index)
    case 'der':
      return readDer(name, bytes, index)
    case 'binary':
      return unread(name, bytes, index, `${name} is ${content.what}, which is not read here. ${content.advice}`)
    case 'keystore':
      return unread(name, bytes, index, `${name} is a key store (${content.format}); it has to be opened first.`)
    case 'archive':
      return unread(name, bytes, index, `${name} is a ZIP archive; it has to be unpacked first.`)
  }
}

/** A document of which only the reason is known why it is not read. */
function unread(name: string, bytes: Uint8Array, index: number, reason: string): ReadDocument {
  const skipped = [{ span: { document: index, start: 0, end: 0 }, reason }]
  return { index, name, text: '', binary: true, length: bytes.length, captures: [], secrets: [], skipped }
}

function readText(name: string, whole: string, index: number): ReadDocument {
  const text = whole.length > limits.documentCharacters ? whole.slice(0, limits.documentCharacters) : whole
  const { source, stamps } = normalise(text, index)
  const pem = findPem(source)
  const { segments, skipped: unread } = segment(source, pem)
  const captures = segments.flatMap((part) => part.format?.parse(part) ?? []).slice(0, limits.captures)
  const others = findOtherKeys(source)
  const skipped: SkippedPart[] = [
    ...pem.flatMap((block) => block.skipped ?? otherLabel(block)),
    ...others.skipped,
    ...unread,
  ]
  if (text.length < whole.length) {
    const span = { document: index, start: text.length, end: whole.length }
    skipped.push({ span, reason: `Only the first ${limits.documentCharacters} characters are read.` })
  }
  const secrets = [...pem.flatMap((block) => block.secret ?? []), ...others.secrets, ...findSecrets(source)]
  secrets.sort((a, b) => a.span.start - b.span.start)
  return {
    index,
    name,
    text: whole,
    binary: false,
    length: whole.length,
    captures: markElided(captures, source).map((capture) => withTime(capture, stamps, text)),
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
  return [{ span: block.span, reason: whatLabelSays(label) }]
}

/** A DER file: one certificate, or several one after another. */
function readDer(name: string, given: Uint8Array, index: number): ReadDocument {
  const bytes = startsLikeBer(given) ? (derOfBer(given) ?? given) : given
  const span: Span = { document: index, start: 0, end: 0 }
  const blocks: EncodedBlock[] = []
  const secrets: SecretPlace[] = []
  let kind: string | undefined
  let offset = 0
  while (offset < bytes.length && blocks.length < limits.certificates) {
    const rest = bytes.subarray(offset)
    const length = derLength(rest)
    if (length === undefined || rest[0] !== 0x30) break
    const der = rest.subarray(0, length)
    const truncated = length > rest.length
    if (blocks.length === 0) kind = looksLike(der)
    if (holdsIntegerFirst(der) && looksLike(der) === 'private key') {
      secrets.push({ span, kind: 'private key' })
      blocks.push({ span, label: 'PRIVATE KEY', role: 'loose', truncated })
    } else blocks.push({ span, label: 'DER', role: 'loose', der, truncated })
    offset += length
  }
  const toolLabel = kind === undefined ? 'DER file' : `DER file: ${kind}`
  const capture = newCapture({ document: index, span, tool: 'der', toolLabel, kind: 'file', blocks })
  const length = given.length
  return { index, name, text: '', binary: true, length, captures: [capture], secrets, skipped: [] }
}
