/** A certificate revocation list as the rest of the engine sees it: plain data, frozen. Filled by `crl.ts`. */
import type { Oid, Sha256, UnixMs } from '../core/brand.ts'
import type { AlgorithmId, Certificate, DerRange, Extension, GeneralName, Name, NameAttribute } from './model.ts'

/** CRLReason (RFC 5280 section 5.3.1). */
export type CrlReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise'

/** A reason that a CRL or a distribution point can be limited to: a bit of ReasonFlags (RFC 5280 section 4.2.1.13). */
export type ReasonFlag = Exclude<CrlReason, 'unspecified' | 'removeFromCRL'>

/** DistributionPointName (RFC 5280 section 4.2.1.13): names in full, or one RDN to be added to the CRL issuer's name. */
export type PointName =
  | { readonly fullName: readonly GeneralName[] }
  | { readonly relativeName: readonly NameAttribute[] }

/** A distribution point with all that matching a CRL to it needs. */
export interface CrlPoint {
  readonly name?: PointName
  /** Absent: its CRL covers every reason. */
  readonly reasons?: readonly ReasonFlag[]
  /** Present: another than the certificate's issuer signs its CRL. */
  readonly crlIssuer?: readonly GeneralName[]
}

/** IssuingDistributionPoint (RFC 5280 section 5.2.5): which certificates a CRL speaks of. */
export interface IssuingPoint {
  readonly name?: PointName
  readonly onlyUserCerts: boolean
  readonly onlyCaCerts: boolean
  readonly onlyAttributeCerts: boolean
  /** Absent: every reason. */
  readonly onlySomeReasons?: readonly ReasonFlag[]
  /** It may list certificates of other issuers. */
  readonly indirect: boolean
}

/** One revoked certificate. Made when asked for; see `findRevoked`. */
export interface CrlEntry {
  /** As `Certificate.serial`. */
  readonly serial: string
  /** Absent when the date cannot be read. */
  readonly revocationDate?: UnixMs
  /** Absent: the CRL does not say, which means `unspecified`. */
  readonly reason?: CrlReason
  readonly invalidityDate?: UnixMs
  /** Who issued the certificate, stated here or by an entry before; absent: the CRL's issuer (RFC 5280 section 5.3.3). */
  readonly certificateIssuer?: readonly GeneralName[]
  readonly extensions: readonly Extension[]
}

export interface Crl {
  readonly der: Uint8Array
  readonly sha256: Sha256
  /** 1 or 2. */
  readonly version: number
  readonly issuer: Name
  readonly thisUpdate: UnixMs
  /** Absent where the CRL has none, although RFC 5280 section 5.1.2.5 asks for it. */
  readonly nextUpdate?: UnixMs
  readonly signatureAlgorithm: AlgorithmId
  /** The one inside of the signed part; RFC 5280 section 5.1.1.2 requires the same. */
  readonly tbsSignatureAlgorithm: AlgorithmId
  readonly signature: Uint8Array
  /** False when the signature is no whole number of bytes, which no signature is. */
  readonly signatureWhole: boolean
  readonly tbs: Uint8Array
  readonly extensions: readonly Extension[]

  readonly crlNumber?: bigint
  /** Present in a delta CRL: the number of the CRL that it builds on. */
  readonly baseCrlNumber?: bigint
  readonly issuingPoint?: IssuingPoint
  readonly authorityKeyId?: Certificate['authorityKeyId']
  /** Where delta CRLs are to be had. */
  readonly freshest: readonly CrlPoint[]

  /** Number of revoked certificates. */
  readonly entryCount: number
  /** The list of them in `der`; empty when there is none. */
  readonly entries: DerRange
  /** Critical extensions of entries that are not known; RFC 5280 section 5.3 forbids to use such a CRL. */
  readonly unknownCriticalInEntries: readonly Oid[]
  /** Oddities that did not stop decoding, as sentences. */
  readonly problems: readonly string[]
}
