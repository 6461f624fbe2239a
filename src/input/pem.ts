import type { MappedText } from './mapped-text.ts'
import { decodePemBody } from './base64.ts'
import { derLength } from './der.ts'
import type { BlockRole, EncodedBlock, SecretPlace, SkippedPart } from './model.ts'

/** A PEM block in a normalised text: `[start, end)` with its markers. */
export interface PemBlock {
  readonly start: number
  readonly end: number
  readonly label: string
  readonly block: Omit<EncodedBlock, 'role'>
  readonly secret?: SecretPlace
  readonly skipped?: SkippedPart
}

interface Marker {
  readonly kind: 'BEGIN' | 'END'
  readonly label: string
  readonly start: number
  readonly end: number
}

const certificateLabels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/** True for the labels that hold an X.509 certificate. */
export const isCertificateLabel = (label: string): boolean => certificateLabels.has(label)

/** True for blocks that should hold a certificate: PEM by its label, and DER files. */
export const isCertificateBlock = (block: Pick<EncodedBlock, 'label'>): boolean => block.label === 'DER' || isCertificateLabel(block.label)

/**
 * Finds every PEM block of a text, whole or cut, however indented, quoted or folded into one line.
 * Private keys are recognised and left undecoded.
 */
export function findPem(source: MappedText): PemBlock[] {
  const { text } = source
  const markers = findMarkers(text)
  const blocks: PemBlock[] = []
  let covered = 0
  for (let index = 0; index < markers.length; index++) {
    const marker = markers[index] as Marker
    const next = markers[index + 1]
    if (marker.kind === 'END') {
      const start = bodyStartBefore(text, marker.start, covered)
      if (marker.start - start >= minimumBody) {
        blocks.push(makeBlock(source, marker.label, start, marker.end, start, marker.start, 'begin'))
        covered = marker.end
      }
      continue
    }
    if (next?.kind === 'END' && isBodyLike(text.slice(marker.end, next.start))) {
      blocks.push(makeBlock(source, marker.label, marker.start, next.end, marker.end, next.start))
      covered = next.end
      index++
      continue
    }
    const end = bodyEndAfter(text, marker.end, next?.start ?? text.length)
    const standsAlone = /^[ \t"'\\]*(?:\n|$|\\n)/.test(text.slice(marker.end, marker.end + 40))
    if (end - marker.end >= minimumBody || standsAlone) {
      blocks.push(makeBlock(source, marker.label, marker.start, end, marker.end, end, 'end'))
      covered = end
    }
  }
  return blocks
}

/** Shorter bodies are prose or a `sed` expression that names the markers. */
const minimumBody = 16

function findMarkers(text: string): Marker[] {
  const markers: Marker[] = []
  for (const match of text.matchAll(/(BEGIN|END) ([A-Z0-9][A-Z0-9 ]{0,40}?) ?(-{1,10})/g)) {
    let start = match.index
    if (text[start - 1] === ' ') start--
    const beforeDashes = start
    while (start > 0 && text[start - 1] === '-' && beforeDashes - start < 10) start--
    if (start === beforeDashes) continue
    markers.push({
      kind: match[1] as 'BEGIN' | 'END',
      label: (match[2] as string).trim(),
      start,
      end: match.index + match[0].length,
    })
  }
  return markers
}

/** Between markers of `sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p'` stands no body. */
function isBodyLike(between: string): boolean {
  return between.includes('\n') || between.length >= 40
}

const bodyLine = /^[ \t>|"'+]*[A-Za-z0-9+/_-]{1,}={0,2}[ \t"',+\\]*$/

/** End of the last line after `from` that still looks like base64. */
function bodyEndAfter(text: string, from: number, limit: number): number {
  let end = from
  let start = from
  let first = true
  while (start < limit) {
    const newline = text.indexOf('\n', start)
    const lineEnd = newline === -1 || newline > limit ? limit : newline
    const line = text.slice(start, lineEnd)
    const headers = /^[A-Za-z-]{1,40}: /.test(line)
    if (first ? line.trim() !== '' && !oneLineBody.test(line) : line.trim() !== '' && !bodyLine.test(line) && !headers) break
    if (line.trim() !== '') end = lineEnd
    first = false
    start = lineEnd + 1
  }
  return end
}

/** What may follow BEGIN on its own line: nothing, or a body with literal `\n` or spaces for line feeds. */
const oneLineBody = /^(?:[ \t]|\\r|\\n)*(?:[A-Za-z0-9+/=_-]|[ \t]|\\r|\\n)*["'\\, \t]*$/

/** Start of the first line before `before` from which on everything looks like base64. */
function bodyStartBefore(text: string, before: number, limit: number): number {
  let start = before
  let end = before
  while (end > limit) {
    const lineStart = Math.max(limit, text.lastIndexOf('\n', end - 1) + 1)
    const line = text.slice(lineStart, end)
    if (line.trim() !== '' && (!bodyLine.test(line) || line.trim().length < 4 || /^-+$/.test(line.trim()))) break
    if (line.trim() !== '') start = lineStart
    if (lineStart <= limit) break
    end = lineStart - 1
  }
  return start
}

function makeBlock(
  source: MappedText,
  label: string,
  start: number,
  end: number,
  bodyStart: number,
  bodyEnd: number,
  cut?: 'begin' | 'end',
): PemBlock {
  const span = source.span(start, end)
  if (/PRIVATE KEY/.test(label)) {
    return { start, end, label, block: { span, label, truncated: cut !== undefined }, secret: { span, kind: 'private key' } }
  }
  const body = source.text.slice(bodyStart, bodyEnd)
  const decoded = decodePemBody(body)
  if (!decoded.ok) {
    const place = bodyStart + decoded.error.offset
    const message = `This ${label} block holds ${describe(decoded.error.character)}, which base64 never does; it was altered on the way.`
    const problem = { message, span: source.span(place, place + 1) }
    return { start, end, label, block: { span, label, truncated: false, problem }, skipped: { span, reason: message } }
  }
  const der = decoded.value
  const stated = derLength(der)
  const short = stated !== undefined && stated > der.length
  if (cut !== undefined || short || der.length === 0) {
    const message = cutMessage(label, cut, stated, der.length)
    return {
      start,
      end,
      label,
      block: { span, label, truncated: true, der, problem: { message, span: source.span(Math.max(start, end - 1), end) } },
      skipped: { span, reason: message },
    }
  }
  return { start, end, label, block: { span, label, truncated: false, der } }
}

function cutMessage(label: string, cut: 'begin' | 'end' | undefined, stated: number | undefined, length: number): string {
  const missing = stated !== undefined && stated > length ? ` ${stated - length} of its ${stated} bytes are missing.` : ''
  if (cut === 'begin') return `This ${label} block has no BEGIN line: only its tail was pasted.`
  if (cut === 'end') return `This ${label} block has no END line: the paste was cut inside it.${missing}`
  if (length === 0) return `This ${label} block is empty.`
  return `This ${label} block is shorter than its own header says.${missing}`
}

function describe(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 0x20 && code < 0x7f ? `the character "${character}"` : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Gives a block its role. */
export const withRole = (block: Omit<EncodedBlock, 'role'>, role: BlockRole): EncodedBlock => ({ ...block, role })
