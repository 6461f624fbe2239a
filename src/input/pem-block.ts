import { limits } from '../core/limits.ts'
import { looksLike } from '../x509/looks-like.ts'
import { decodePemBody, isElision } from './base64.ts'
import { derLength, holdsIntegerFirst } from './der.ts'
import type { MappedText } from './mapped-text.ts'
import type { EncodedBlock, SecretPlace, SkippedPart } from './model.ts'
import { isBodyLine } from './pem-body.ts'
import { isReadLabel, isSecretLabel } from './pem-labels.ts'

/** A PEM block in a normalised text: `[start, end)` with its markers. */
export interface PemBlock {
  readonly start: number
  readonly end: number
  readonly label: string
  readonly block: Omit<EncodedBlock, 'role'>
  readonly secret?: SecretPlace
  readonly skipped?: SkippedPart
}

/** Stands for all blocks from the one on at which reading stops. */
export function tooMany(source: MappedText, start: number): PemBlock {
  const span = source.span(start, source.text.length)
  const reason = `Only the first ${limits.certificates} PEM blocks are read.`
  const block = { span, label: 'PEM', truncated: true, problem: { message: reason, span } }
  return { start, end: start, label: 'PEM', block, skipped: { span, reason } }
}

/** A block between markers, of which one may be missing. */
export function makeBlock(
  source: MappedText,
  labels: readonly string[],
  start: number,
  end: number,
  bodyStart: number,
  bodyEnd: number,
  cut?: 'begin' | 'end',
): PemBlock {
  const span = source.span(start, end)
  const label = labels[0] as string
  const key = labels.find(isSecretLabel)
  if (key !== undefined) return secretBlock(source, key, start, end, cut !== undefined)
  const body = source.text.slice(bodyStart, bodyEnd)
  const decoded = decodePemBody(body)
  if (!decoded.ok) {
    const mixed = cut === undefined ? decodeMixed(body) : undefined
    if (mixed) return decodedBlock(source, label, start, end, mixed)
    // What has another format inside, as SSH has, is no damaged certificate.
    if (!isReadLabel(label)) return { start, end, label, block: { span, label, truncated: false } }
    const { found, offset } = decoded.error
    const elided = isElision(found)
    const message = elided
      ? `This ${label} block has "${found}" in it: a part was left out.`
      : `This ${label} block holds ${describe(found)}, which base64 never does; it was altered on the way.`
    const problem = { message, span: source.span(bodyStart + offset, bodyStart + offset + found.length) }
    return { start, end, label, block: { span, label, truncated: elided, problem }, skipped: { span, reason: message } }
  }
  return decodedBlock(source, label, start, end, decoded.value, cut)
}

/** A body that another stream printed a line into; only believed when exactly the stated length is left. */
function decodeMixed(body: string): Uint8Array | undefined {
  const decoded = decodePemBody(body.split('\n').filter(isBodyLine).join('\n'))
  return decoded.ok && derLength(decoded.value) === decoded.value.length ? decoded.value : undefined
}

/** A private key, or a TLS session with its keys: its place, and nothing of its content. */
export function secretBlock(
  source: MappedText,
  label: string,
  start: number,
  end: number,
  truncated: boolean,
): PemBlock {
  const span = source.span(start, end)
  return {
    start,
    end,
    label,
    block: { span, label, truncated },
    secret: { span, kind: /PRIVATE KEY/.test(label) ? 'private key' : 'TLS session key' },
  }
}

/** A block of decoded bytes: whole, cut, or a private key under another label. */
export function decodedBlock(
  source: MappedText,
  label: string,
  start: number,
  end: number,
  bytes: Uint8Array,
  cut?: 'begin' | 'end',
): PemBlock {
  if (holdsIntegerFirst(bytes) && looksLike(bytes) === 'private key')
    return secretBlock(source, 'PRIVATE KEY', start, end, cut !== undefined)
  const span = source.span(start, end)
  const stated = bytes[0] === 0x30 ? derLength(bytes) : undefined
  const whole = stated !== undefined && stated <= bytes.length
  const short = stated !== undefined && stated > bytes.length
  if (bytes.length === 0 || short || (cut !== undefined && !whole)) {
    const message = cutMessage(label, cut, stated, bytes.length)
    const problem = { message, span: source.span(Math.max(start, end - 1), end) }
    const block = { span, label, truncated: true, der: bytes, problem }
    return { start, end, label, block, skipped: { span, reason: message } }
  }
  // A TRUSTED CERTIFICATE has the trust settings of OpenSSL behind the certificate.
  const der = whole && label === 'TRUSTED CERTIFICATE' ? bytes.subarray(0, stated) : bytes
  return { start, end, label, block: { span, label, truncated: false, der } }
}

function cutMessage(
  label: string,
  cut: 'begin' | 'end' | undefined,
  stated: number | undefined,
  length: number,
): string {
  const missing =
    stated !== undefined && stated > length ? ` ${stated - length} of its ${stated} bytes are missing.` : ''
  if (cut === 'begin') return `This ${label} block has no BEGIN line: only its tail was pasted.`
  if (cut === 'end') return `This ${label} block has no END line: the paste was cut inside it.${missing}`
  if (length === 0) return `This ${label} block is empty.`
  return `This ${label} block is shorter than its own header says.${missing}`
}

function describe(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 0x20 && code < 0x7f
    ? `the character "${character}"`
    : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
