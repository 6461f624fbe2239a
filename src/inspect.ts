/** The whole pipeline: text and files in, a report out. */

import { assemble } from './assemble/report.ts'
import { type UnixMs, unixMs } from './core/brand.ts'
import { genericFixes } from './fixes/generic.ts'
import type { InputDocument } from './input/model.ts'
import { isCertificateBlock } from './input/pem.ts'
import { readDocument } from './input/read.ts'
import type { Report } from './report/types.ts'
import { buildContexts } from './rules/build-context.ts'
import { runCaptureRules, runInputRules } from './rules/run.ts'
import { captureVerdict, overallVerdict } from './rules/verdict.ts'
import { decodeCrl } from './x509/crl.ts'
import { createVerifier } from './x509/crypto.ts'
import type { SubtleLike } from './x509/crypto-subtle.ts'
import { decodeCertificate } from './x509/decode.ts'
import type { SignatureVerifier } from './x509/model.ts'

export type { InputDocument } from './input/model.ts'

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
  /** CRLs beside those in the documents: DER. */
  readonly crls?: readonly Uint8Array[]
  /** Signature checks; by default WebCrypto where there is one, else pure TypeScript. */
  readonly verifier?: SignatureVerifier
}

/**
 * Reads, decodes, builds and judges.
 *
 * @param input documents in the order in which the user gave them
 * @returns the report; resolves for any input
 */
export async function inspect(
  input: { readonly documents: readonly InputDocument[] },
  options: InspectOptions = {},
): Promise<Report> {
  const documents = input.documents.map(readDocument)
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
    findings: report.findings.map((finding) => ({ ...finding, fixes: genericFixes(finding, report) })),
  }
}

const instant = (time: number | undefined): UnixMs | undefined => (time === undefined ? undefined : unixMs(time))

/** DER of every certificate in a document, in order; for trust files. */
export function certificatesIn(document: InputDocument): readonly Uint8Array[] {
  return readDocument(document, 0).captures.flatMap((capture) =>
    capture.blocks.flatMap((block) => (block.der && !block.truncated && isCertificateBlock(block) ? block.der : [])),
  )
}

/** DER of every CRL in a document, in order. */
export function crlsIn(document: InputDocument): readonly Uint8Array[] {
  return readDocument(document, 0).captures.flatMap((capture) =>
    capture.blocks.flatMap(({ label, der, truncated }) =>
      der && !truncated && (label === 'X509 CRL' || label === 'DER') && decodeCrl(der).ok ? der : [],
    ),
  )
}

/** WebCrypto, where there is a secure context. */
const platformSubtle = (): SubtleLike | undefined =>
  (globalThis as { readonly crypto?: { readonly subtle?: SubtleLike } }).crypto?.subtle
