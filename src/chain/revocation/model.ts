/** What a judgement of revocation takes and yields. */
import type { Sha256, UnixMs } from '../../core/brand.ts'
import type { Crl, CrlReason } from '../../x509/crl-model.ts'
import type { SubtleLike } from '../../x509/crypto-subtle.ts'
import type { SignatureVerifier } from '../../x509/model.ts'
import type { OcspResponse } from '../../x509/ocsp-model.ts'
import type { PathProblemCode } from '../model.ts'
import type { Pool } from '../pool.ts'
import type { RevocationLimits } from './limits.ts'

export interface RevocationContext {
  /** The instant at which CRLs and responses must be in force. */
  readonly at: UnixMs
  /** Who else may have signed a CRL or an OCSP response, and the anchors that they must lead to. */
  readonly pool: Pool
  /** Checks signatures of certificates. */
  readonly verifier: SignatureVerifier
  /** Checks signatures of CRLs and responses; without it, or where it fails, plain TypeScript does. */
  readonly subtle?: SubtleLike | undefined
  /** Judge every certificate, and take "unknown" for a failure. Else only those for whose issuer something is at hand. */
  readonly required?: boolean
  /** Problems that do not spoil the path of a CRL signer; give what the path itself was built with. */
  readonly ignore?: ReadonlySet<PathProblemCode>
  readonly limits?: Partial<RevocationLimits>
}

/** Why a CRL or an OCSP response settles nothing. */
export type ObjectionCode =
  | 'none-at-hand'
  | 'out-of-scope'
  | 'reasons-not-covered'
  | 'malformed'
  | 'critical-extension'
  | 'stale'
  | 'not-yet-valid'
  | 'signer-not-found'
  | 'signature-invalid'
  | 'signature-unverified'
  | 'signer-not-allowed'
  | 'signer-untrusted'
  | 'signer-revoked'
  | 'signer-status-unknown'
  | 'delta-without-base'
  | 'response-failed'
  | 'responder-says-unknown'
  | 'limit'

export interface Objection {
  readonly code: ObjectionCode
  /** One sentence. */
  readonly message: string
  /** SHA-256 of the CRL or the response it is about. */
  readonly source?: Sha256
}

/** What a status rests on. */
export type RevocationSource =
  | { readonly kind: 'crl'; readonly crl: Crl }
  | { readonly kind: 'ocsp'; readonly response: OcspResponse }

export interface Good {
  readonly status: 'good'
  readonly sources: readonly RevocationSource[]
  /** What else was at hand and could not be used. */
  readonly objections: readonly Objection[]
}

export interface Revoked {
  readonly status: 'revoked'
  /** `unspecified` when the CA does not say; `certificateHold` may be lifted again. */
  readonly reason: CrlReason
  /** Absent when it cannot be read. */
  readonly date?: UnixMs
  /** Since when the key is suspect, when the CA says so. */
  readonly invalidityDate?: UnixMs
  readonly source: RevocationSource
  /** The source is out of date; but what is revoked for good stays so. */
  readonly stale: boolean
  /** One sentence. */
  readonly message: string
}

export interface Unknown {
  readonly status: 'unknown'
  /** Plain sentences. */
  readonly why: string
  /** The same apart; never empty. */
  readonly objections: readonly Objection[]
}

export type RevocationOutcome = Good | Revoked | Unknown

/** The status of one certificate of the path. */
export interface CertificateRevocation {
  /** 0 is the leaf. */
  readonly index: number
  readonly certificate: Sha256
  readonly outcome: RevocationOutcome
}
