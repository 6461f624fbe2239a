import { limits } from '../core/limits.ts'
import type { Span } from '../core/span.ts'
import { sniff } from './bytes.ts'
import { derLength } from './der.ts'
import type { Capture, EncodedBlock, InputDocument, ReadDocument, SkippedPart } from './model.ts'
import { normalise } from './normalise.ts'
import { findPem, isCertificateLabel } from './pem.ts'
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
  return { index, name: document.name, text: '', binary: true, length: bytes.length, captures: [], secrets: [], skipped }
}

function readText(name: string, whole: string, index: number): ReadDocument {
  const text = whole.length > limits.documentCharacters ? whole.slice(0, limits.documentCharacters) : whole
  const source = normalise(text, index)
  const pem = findPem(source)
  const segments = segment(source, pem)
  const captures = segments.flatMap((part) => part.format?.parse(part) ?? []).slice(0, limits.captures)
  const skipped: SkippedPart[] = pem.flatMap((block) => block.skipped ?? otherLabel(block.label, block.block.span))
  if (text.length < whole.length) {
    const span = { document: index, start: text.length, end: whole.length }
    skipped.push({ span, reason: `Only the first ${limits.documentCharacters} characters are read.` })
  }
  const secrets = [...pem.flatMap((block) => block.secret ?? []), ...findSecrets(source)]
  secrets.sort((a, b) => a.span.start - b.span.start)
  return { index, name, text: whole, binary: false, length: whole.length, captures, secrets, skipped }
}

/** PEM of something that is neither certificate nor key. */
function otherLabel(label: string, span: Span): SkippedPart[] {
  if (isCertificateLabel(label) || /PRIVATE KEY/.test(label)) return []
  return [{ span, reason: `A ${label} block: it is no certificate and says nothing of the chain.` }]
}

/** A DER file: one certificate, or several one after another. */
function readDer(name: string, bytes: Uint8Array, index: number): ReadDocument {
  const span: Span = { document: index, start: 0, end: 0 }
  const blocks: EncodedBlock[] = []
  let offset = 0
  while (offset < bytes.length && blocks.length < limits.certificates) {
    const rest = bytes.subarray(offset)
    const length = derLength(rest)
    if (length === undefined || rest[0] !== 0x30) break
    blocks.push({ span, label: 'DER', role: 'loose', der: rest.subarray(0, length), truncated: length > rest.length })
    offset += length
  }
  const capture: Capture = {
    document: index,
    span,
    tool: 'der',
    toolLabel: 'DER file',
    blocks,
    chainList: [],
    chainListComplete: false,
    printed: [],
    verifyPath: [],
    verifyErrors: [],
    failures: [],
    clientCertificateRequested: 'unknown',
  }
  return { index, name, text: '', binary: true, length: bytes.length, captures: [capture], secrets: [], skipped: [] }
}
