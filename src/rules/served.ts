/** What the peer sent, as far as the capture shows it: the certificates in sent order, and the order they should have. */
import { arrangeByNames, orderOf } from '../chain/paper.ts'
import type { Sha256 } from '../core/brand.ts'
import type { Span } from '../core/span.ts'
import type { Capture, EncodedBlock, ListedCertificate } from '../input/model.ts'
import type { Crl } from '../x509/crl-model.ts'
import type { Certificate } from '../x509/model.ts'
import { sameNameLoosely } from '../x509/name.ts'
import type { OcspResponse } from '../x509/ocsp-model.ts'
import type { SentOrder, ServedEntry, ServedKnowledge, UndecodedBlock } from './context.ts'

export interface DecodedBlock {
  readonly certificate: Certificate
  readonly span: Span
  readonly role: EncodedBlock['role']
}

/** A capture with the certificates of its blocks. */
export interface Decoded {
  readonly capture: Capture
  readonly blocks: readonly DecodedBlock[]
  readonly undecoded: readonly UndecodedBlock[]
  readonly crls: readonly Crl[]
  readonly ocspResponses: readonly OcspResponse[]
}

/** Joins the chain list (names, in sent order) with the PEM blocks, which may be all of it or the leaf alone. */
export function servedOf(decoded: Decoded): { served: ServedEntry[]; servedIs: ServedKnowledge } {
  const { capture } = decoded
  // What a server prints of certificates is about those of its clients.
  if (capture.role === 'server') return { served: [], servedIs: 'none' }
  const server = decoded.blocks.filter(({ role }) => role === 'server')
  if (capture.chainList.length > 0) {
    const left = [...server]
    const served = capture.chainList.flatMap((listed, position) => {
      if (!listed.subject) return []
      const found = left.findIndex((entry) => fits(entry.certificate, listed))
      const match = found === -1 ? undefined : left.splice(found, 1)[0]
      return [toEntry(position, listed, match?.certificate)]
    })
    return { served, servedIs: capture.chainListComplete && !capture.cut ? 'complete' : 'partial' }
  }
  if (server.length > 0) {
    return {
      served: server.map(({ certificate, span }, position) => fromCertificate(position, certificate, span)),
      servedIs: 'partial',
    }
  }
  const loose = decoded.blocks.map(({ span, certificate }, position) => fromCertificate(position, certificate, span))
  if (loose.length > 0 && capture.kind !== 'connection') return { served: loose, servedIs: 'file' }
  const printed = capture.printed.flatMap((listed, position) => (listed.subject ? [toEntry(position, listed)] : []))
  if (printed.length > 0 && !isOfAnIssuer(capture)) {
    return { served: printed, servedIs: capture.kind === 'file' ? 'file' : 'partial' }
  }
  // The client's path begins with what the peer sent; all above may be its own.
  const first = capture.verifyPath.find((entry) => entry.depth === 0)
  if (!first) return { served: [], servedIs: 'none' }
  return { served: [{ position: 0, subject: first.subject.name, span: first.span }], servedIs: 'partial' }
}

/** `openssl verify` prints the name of the certificate at fault, which may be one above the leaf. */
const isOfAnIssuer = (capture: Capture): boolean =>
  capture.kind === 'verification' && (capture.verifyErrors[0]?.depth ?? 0) > 0

function fits(certificate: Certificate, listed: ListedCertificate): boolean {
  if (listed.subject && !sameNameLoosely(certificate.subject, listed.subject.name)) return false
  return !listed.issuer || sameNameLoosely(certificate.issuer, listed.issuer.name)
}

function toEntry(position: number, listed: ListedCertificate, certificate?: Certificate): ServedEntry {
  const subject = certificate?.subject ?? listed.subject?.name
  const issuer = certificate?.issuer ?? listed.issuer?.name
  return {
    position,
    subject: subject ?? { rdns: [], key: '' },
    span: listed.span,
    ...(issuer ? { issuer } : {}),
    ...(certificate ? { certificate } : {}),
    ...(listed.notBefore ? { notBefore: listed.notBefore.value } : {}),
    ...(listed.notAfter ? { notAfter: listed.notAfter.value } : {}),
    ...(listed.names ? { printedNames: listed.names.value } : {}),
  }
}

function fromCertificate(position: number, certificate: Certificate, span: Span): ServedEntry {
  return { position, certificate, subject: certificate.subject, issuer: certificate.issuer, span }
}

/** CA certificates without any sign of a connection are material for other captures. */
export function isSupplement(capture: Capture, served: readonly ServedEntry[]): boolean {
  if (capture.kind !== 'file') return false
  return (
    served.length > 0 &&
    served.every(({ certificate, span }) =>
      certificate
        ? certificate.isCa && looksLikeCa(certificate)
        : capture.printed.some((listed) => listed.span === span && listed.isCa === true && !listed.names),
    )
  )
}

/** A self-signed server certificate may carry the CA flag as well; host names give it away. */
const looksLikeCa = (certificate: Certificate): boolean =>
  !certificate.subjectAltNames.some((name) => name.type === 'DNS' || name.type === 'IP')

export function sentOrder(served: readonly ServedEntry[]): SentOrder {
  const certificates = served.flatMap((entry) => entry.certificate ?? [])
  if (certificates.length === served.length && served.length > 0) {
    const { expectedOrder, extras, inOrder } = orderOf(certificates)
    const first = new Map<Sha256, ServedEntry>()
    const repeats: ServedEntry[] = []
    for (const entry of served) {
      const { sha256 } = entry.certificate as Certificate
      if (first.has(sha256)) repeats.push(entry)
      else first.set(sha256, entry)
    }
    const pick = (list: readonly Certificate[]) => list.flatMap((certificate) => first.get(certificate.sha256) ?? [])
    return { inOrder, ladder: pick(expectedOrder), strangers: pick(extras), repeats }
  }
  const named = served.flatMap((entry) => (entry.issuer ? [{ ...entry, issuer: entry.issuer }] : []))
  const chain = arrangeByNames(named)
  const original = (entry: ServedEntry) => served.find((candidate) => candidate.position === entry.position) ?? entry
  const ladder = chain.ladder.map(original)
  return {
    inOrder: chain.inOrder,
    ladder: ladder.length === 0 ? served.slice(0, 1) : ladder,
    strangers: chain.extras.map(original),
    repeats: chain.duplicates.map(original),
  }
}
