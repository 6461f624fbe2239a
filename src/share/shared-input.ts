/**
 * What is needed to judge again: documents with their certificates as DER, and what the sender saw. The head is JSON;
 * the certificates follow it as bytes, or as a reference when the reader has them anyway.
 */
import * as v from 'valibot'
import { err, ok, type Result } from '../core/result.ts'
import { fromBase64 } from './base64url.ts'
import { shareLimits } from './limits.ts'

/** A document of the input, as the engine takes it. A binary file travels as the PEM of its certificates. */
export interface SharedDocument {
  readonly name: string
  readonly text: string
}

/** The sender's verdict, to compare with the reader's own. */
export interface SenderVerdict {
  readonly status: string
  readonly cause: string
  readonly headline: string
  /** ISO 8601; the instant that the sender judged at. */
  readonly evaluatedAt: string
  readonly version: string
}

export interface SharedInput {
  readonly documents: readonly SharedDocument[]
  /** Host that the sender set by hand. */
  readonly host?: string
  readonly sender: SenderVerdict
}

/** A certificate of the input and the places at which its PEM stands. */
export interface PlacedCertificate {
  readonly sha256: string
  readonly pem: string
  readonly places: readonly { readonly document: number; readonly start: number; readonly end: number }[]
}

/** Finds the DER of a certificate that every copy of the program has, by its SHA-256. */
export type KnownCertificates = (sha256: string) => Uint8Array | undefined

const piece = v.union([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))])
const head = v.looseTuple([
  // documents: name, then pieces of text and numbers of certificates
  v.pipe(v.array(v.looseTuple([v.string(), v.array(piece)])), v.maxLength(shareLimits.entries)),
  v.union([v.literal(0), v.string()]),
  // status, cause, headline, evaluatedAt, version
  v.looseTuple([v.string(), v.string(), v.string(), v.string(), v.string()]),
  // certificates: length in bytes, or the SHA-256 of one that the reader has
  v.pipe(
    v.array(v.union([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))])),
    v.maxLength(100_000),
  ),
])
type Head = v.InferOutput<typeof head>

/** Length of the head, big-endian. */
const lengthBytes = 4

/** A document cut into what is text and what is a certificate. */
export interface PiecedDocument {
  readonly name: string
  readonly pieces: readonly (string | PlacedCertificate)[]
}

export function packInput(
  documents: readonly PiecedDocument[],
  host: string | undefined,
  sender: SenderVerdict,
  known: KnownCertificates,
): Uint8Array {
  const certificates = new Map<string, { readonly number: number; readonly der: Uint8Array }>()
  const numberOf = ({ sha256, pem }: PlacedCertificate): number => {
    const existing = certificates.get(sha256)
    if (existing) return existing.number
    certificates.set(sha256, { number: certificates.size, der: derOf(pem) })
    return certificates.size - 1
  }
  const numbered: Head[0] = documents.map(({ name, pieces }) => [
    name,
    pieces.map((one) => (typeof one === 'string' ? one : numberOf(one))),
  ])
  const entries = [...certificates].map(([sha256, { der }]) => (known(sha256) ? sha256 : der))
  const carried = entries.filter((entry) => typeof entry !== 'string')
  const { status, cause, headline, evaluatedAt, version } = sender
  const data: Head = [
    numbered,
    host ?? 0,
    [status, cause, headline, evaluatedAt, version],
    entries.map((entry) => (typeof entry === 'string' ? entry : entry.length)),
  ]
  const text = new TextEncoder().encode(JSON.stringify(data))
  const packed = new Uint8Array(carried.reduce((sum, der) => sum + der.length, lengthBytes + text.length))
  new DataView(packed.buffer).setUint32(0, text.length)
  packed.set(text, lengthBytes)
  let at = lengthBytes + text.length
  for (const der of carried) {
    packed.set(der, at)
    at += der.length
  }
  return packed
}

export function unpackInput(packed: Uint8Array, known: KnownCertificates): Result<SharedInput, 'invalid'> {
  if (packed.length < lengthBytes) return err('invalid')
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0)
  if (length > packed.length - lengthBytes) return err('invalid')
  const parsed = v.safeParse(head, parseJson(packed.subarray(lengthBytes, lengthBytes + length)))
  if (!parsed.success) return err('invalid')
  const [documents, host, [status, cause, headline, evaluatedAt, version], sizes] = parsed.output
  const certificates: string[] = []
  let at = lengthBytes + length
  for (const size of sizes) {
    const der = typeof size === 'string' ? known(size) : packed.subarray(at, at + size)
    if (typeof size === 'number' && der?.length !== size) return err('invalid')
    if (typeof size === 'number') at += size
    certificates.push(der ? pemOf(der) : `[The root certificate ${size} is not known to this version.]`)
  }
  const opened: SharedDocument[] = []
  let characters = 0
  for (const [name, pieces] of documents) {
    const parts: string[] = []
    for (const one of pieces) {
      const part = typeof one === 'string' ? one : certificates[one]
      if (part === undefined) return err('invalid')
      characters += part.length
      // The same certificate may be named many times: what it comes to is bounded as well.
      if (characters > shareLimits.inputBytes) return err('invalid')
      parts.push(part)
    }
    opened.push({ name, text: parts.join('') })
  }
  const sender = { status, cause, headline, evaluatedAt, version }
  return ok({ documents: opened, sender, ...(host === 0 ? {} : { host }) })
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const derOf = (pem: string): Uint8Array => fromBase64(pem.replace(/-{5}[^-]*-{5}|\s/g, ''))

/** RFC 7468 section 2: 64 characters a line. */
function pemOf(der: Uint8Array): string {
  let binary = ''
  for (const byte of der) binary += String.fromCharCode(byte)
  const body = btoa(binary).replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----`
}
