/** The whole pipeline: text and files in, a report out. */

import { assemble } from './assemble/report.ts'
import type { AnchorChecks } from './chain/anchor.ts'
import { type UnixMs, unixMs } from './core/brand.ts'
import { fixesFor } from './fixes/fixes.ts'
import { loadFileReaders, openDocuments, unpackDocuments } from './input/files/open.ts'
import type { InputDocument } from './input/model.ts'
import { isCertificateBlock } from './input/pem.ts'
import type { Report } from './report/types.ts'
import { buildContexts } from './rules/build-context.ts'
import { runCaptureRules, runInputRules } from './rules/run.ts'
import { captureVerdict, overallVerdict } from './rules/verdict.ts'
import { decodeCrl } from './x509/crl.ts'
import { createVerifier } from './x509/crypto.ts'
import { loadPostQuantum } from './x509/crypto-quantum.ts'
import type { SubtleLike } from './x509/crypto-subtle.ts'
import { decodeCertificate } from './x509/decode.ts'
import { looksLike } from './x509/looks-like.ts'
import type { SignatureVerifier } from './x509/model.ts'
import { certificatesInPkcs7 } from './x509/pkcs7.ts'

export { nameAndKeyOnly } from './chain/anchor.ts'
export type { InputDocument } from './input/model.ts'
export { loadFileReaders, loadPostQuantum, unpackDocuments }

export interface InspectOptions {
  /** Instant to judge validity at, in milliseconds since 1970; without it the capture's own time, else `now`. */
  readonly at?: number
  /** The clock, in milliseconds since 1970. */
  readonly now?: number
  /** Name to check the certificates against, whatever the commands in the paste say. */
  readonly host?: string
  /** What the leaf is to be used for; without it told from the capture and the leaf. */
  readonly purpose?: 'server' | 'client' | 'any'
  /** DER of roots to trust besides the built-in ones; what cannot be decoded is ignored. */
  readonly trustedRoots?: readonly Uint8Array[]
  /** False: trust only `trustedRoots`. */
  readonly publicRoots?: boolean
  /** What of a trust anchor's own extensions and dates is judged; by default what OpenSSL judges. */
  readonly anchor?: AnchorChecks
  /** CRLs beside those in the documents: DER. */
  readonly crls?: readonly Uint8Array[]
  /** Signature checks; by default WebCrypto where there is one, else pure TypeScript. */
  readonly verifier?: SignatureVerifier
}

/**
 * Reads, decodes, builds and judges.
 *
 * @param input documents in the order in which the user gave them; the files of an archive take its place
 * @returns the report; resolves for any input
 */
export async function inspect(
  input: { readonly documents: readonly InputDocument[] },
  options: InspectOptions = {},
): Promise<Report> {
  const documents = await openDocuments(input.documents)
  const subtle = platformSubtle()
  const context = await buildContexts(documents, {
    now: instant(options.now) ?? unixMs(Date.now()),
    publicRoots: options.publicRoots ?? true,
    verifier: options.verifier ?? createVerifier({ subtle }),
    subtle,
    crls: options.crls ?? [],
    trusted: (options.trustedRoots ?? []).flatMap((der) => {
      const decoded = decodeCertificate(der)
      return decoded.ok ? decoded.value : []
    }),
    ...(options.anchor === undefined ? {} : { anchor: options.anchor }),
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.at === undefined ? {} : { at: unixMs(options.at) }),
  })
  const results = context.captures.map(runCaptureRules)
  const verdicts = context.captures.map((capture, index) => captureVerdict(capture, results[index] ?? []))
  const ofInput = runInputRules(context).flatMap((result) => result.findings)
  const findings = [...results.flat().flatMap((result) => result.findings), ...ofInput]
  const overall = overallVerdict(context.captures, verdicts, ofInput)
  const report = assemble({ input: context, verdicts, overall, findings })
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, fixes: fixesFor(finding, report) })),
  }
}

const instant = (time: number | undefined): UnixMs | undefined => (time === undefined ? undefined : unixMs(time))

/** DER of every certificate in a document, in order; for trust files. Key stores and PKCS#7 count. */
export async function certificatesIn(document: InputDocument): Promise<readonly Uint8Array[]> {
  return (await blocksIn(document)).flatMap(({ der, label }) => {
    if (label === 'PKCS7' || label === 'CMS' || looksLike(der) === 'PKCS#7') {
      const contained = certificatesInPkcs7(der)
      return contained.ok ? contained.value : []
    }
    return isCertificateBlock({ label }) ? [der] : []
  })
}

/** DER of every CRL in a document, in order. */
export async function crlsIn(document: InputDocument): Promise<readonly Uint8Array[]> {
  return (await blocksIn(document)).flatMap(({ label, der }) =>
    (label === 'X509 CRL' || label === 'DER') && decodeCrl(der).ok ? [der] : [],
  )
}

/** The documents that a report's indexes count, with the text that its offsets count in; a binary file has none. */
export async function textsIn(
  documents: readonly InputDocument[],
): Promise<readonly { readonly name: string; readonly text?: string }[]> {
  return (await openDocuments(documents)).map(({ name, text, binary }) => (binary ? { name } : { name, text }))
}

async function blocksIn(document: InputDocument): Promise<{ readonly label: string; readonly der: Uint8Array }[]> {
  const opened = await openDocuments([document])
  const captures = opened.flatMap((entry) => entry.captures)
  return captures.flatMap(({ blocks }) =>
    blocks.flatMap(({ label, der, truncated }) => (der && !truncated ? [{ label, der }] : [])),
  )
}

/** WebCrypto, where there is a secure context. */
const platformSubtle = (): SubtleLike | undefined =>
  (globalThis as { readonly crypto?: { readonly subtle?: SubtleLike } }).crypto?.subtle
