/** Cuts a document into text and certificates, without its secrets. */
import type { Report } from '../report/types.ts'
import type { PiecedDocument, PlacedCertificate } from './shared-input.ts'

/** A document as it was when the report was made; no text: a binary file. */
export interface ReportedDocument {
  readonly name: string
  readonly text?: string
}

interface Cut {
  readonly start: number
  readonly end: number
  readonly instead: string | PlacedCertificate
}

/** @param documents in the order of `report.documents` */
export const piecesOf = (documents: readonly ReportedDocument[], report: Report): PiecedDocument[] =>
  documents.map(({ name, text }, index) => {
    const certificates = report.certificates.filter(({ places }) => places.some(({ document }) => document === index))
    if (text !== undefined) return { name, pieces: cut(text, cutsOf(text, index, certificates, report)) }
    // A binary file may hold keys: only its certificates travel.
    return { name, pieces: certificates.flatMap((certificate) => [certificate, '\n']) }
  })

function cutsOf(text: string, index: number, certificates: Report['certificates'], report: Report): Cut[] {
  const secrets = (report.documents[index]?.secrets ?? []).map(({ start, end, kind }) => ({
    start,
    end,
    // Not in the words of an elision: the reader would take the capture for cut.
    instead: `(${kind} not shared)`,
  }))
  const blocks = certificates.flatMap((certificate) =>
    certificate.places
      .filter(({ document }) => document === index)
      .flatMap((place) => {
        const pem = certificate.pem.trim()
        // What is not written as usual stays text, so that the reader sees it as the sender did.
        if (text.slice(place.start, place.end).trim() !== pem) return []
        const start = text.indexOf(pem, place.start)
        return [{ start, end: start + pem.length, instead: certificate }]
      }),
  )
  return [...secrets, ...blocks].sort((a, b) => a.start - b.start || b.end - a.end)
}

function cut(text: string, cuts: readonly Cut[]): (string | PlacedCertificate)[] {
  const pieces: (string | PlacedCertificate)[] = []
  let at = 0
  const addText = (part: string) => {
    const last = pieces.at(-1)
    if (typeof last === 'string') pieces[pieces.length - 1] = last + part
    else if (part !== '') pieces.push(part)
  }
  for (const { start, end, instead } of cuts) {
    // Secrets may overlap: the longer one was first, and what sticks out of it goes as well.
    if (start >= at) {
      addText(text.slice(at, start))
      if (typeof instead === 'string') addText(instead)
      else pieces.push(instead)
    }
    at = Math.max(at, end)
  }
  addText(text.slice(at))
  return pieces
}

/**
 * Lines that tools print and that no judgement rests on: session data, hex dumps, transfer meters. Dropped from links
 * of certificates, when what is left is judged the same.
 */
const noise =
  /^\s*(?:[0-9a-f]{4} - [0-9a-f]{2}.*|SSL handshake has read .*|(?:Session-ID(?:-ctx)?|Key-Arg|Krb5 Principal|PSK identity(?: hint)?|SRP username|TLS session ticket(?: lifetime hint)?|Timeout|Extended master secret|Max Early Data|Compression|Expansion|Server public key|Secure Renegotiation|Early data|(?:No )?ALPN|a:PKEY|Resumption PSK|Master-Key)\b.*|(?:read|write) [RW] BLOCK|[{}] \[\d+ bytes data\]|This TLS version forbids.*)?\s*$/

export const withoutNoise = (documents: readonly PiecedDocument[]): PiecedDocument[] =>
  documents.map(({ name, pieces }) => ({
    name,
    pieces: pieces.map((one) =>
      typeof one === 'string'
        ? one
            .split('\n')
            .filter((line, index, lines) => index === 0 || index === lines.length - 1 || !noise.test(line))
            .join('\n')
        : one,
    ),
  }))

/** The documents as text, as the reader will have them. */
export const textsOf = (documents: readonly PiecedDocument[]): { readonly name: string; readonly text: string }[] =>
  documents.map(({ name, pieces }) => ({
    name,
    text: pieces.map((one) => (typeof one === 'string' ? one : one.pem.trim())).join(''),
  }))
