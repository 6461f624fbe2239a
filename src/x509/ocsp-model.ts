/** An OCSP response as the rest of the engine sees it: plain data, frozen. Filled by `ocsp.ts`. */
import type { Sha256, UnixMs } from '../core/brand.ts'
import type { CrlReason } from './crl-model.ts'
import type { AlgorithmId, Certificate, Extension, Name } from './model.ts'

/** OCSPResponseStatus (RFC 6960 section 4.2.1). */
export type OcspResponseStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized'

/** CertID (RFC 6960 section 4.1.1): which certificate a single response is about. Hexadecimal in lower case. */
export interface OcspCertId {
  /** `SHA-1`, `SHA-256`, ..., else the OID. */
  readonly hash: string
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
  /** As `Certificate.serial`. */
  readonly serial: string
}

export type OcspCertStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly date?: UnixMs; readonly reason?: CrlReason }
  | { readonly status: 'unknown' }

export interface OcspSingle {
  readonly certId: OcspCertId
  readonly certStatus: OcspCertStatus
  readonly thisUpdate: UnixMs
  /** Absent: newer information is always to be had. */
  readonly nextUpdate?: UnixMs
  readonly extensions: readonly Extension[]
}

/** ResponderID: by name or by the SHA-1 of the key bits, hexadecimal. */
export type OcspResponder = { readonly name: Name } | { readonly keyId: string }

/** BasicOCSPResponse; it has X.509's SIGNED shape, so `checkSignature` takes it. */
export interface OcspBasic {
  readonly tbs: Uint8Array
  readonly signature: Uint8Array
  readonly signatureAlgorithm: AlgorithmId
  /** False when the signature is no whole number of bytes, which no signature is. */
  readonly signatureWhole: boolean
  readonly responder: OcspResponder
  readonly producedAt: UnixMs
  readonly responses: readonly OcspSingle[]
  /** Certificates sent along, those that could be decoded. */
  readonly certificates: readonly Certificate[]
  /** Hexadecimal of the nonce extension's value, when there is one. */
  readonly nonce?: string
  readonly extensions: readonly Extension[]
}

export interface OcspResponse {
  readonly der: Uint8Array
  readonly sha256: Sha256
  readonly status: OcspResponseStatus
  /** Absent in a failure, and when the response is of a type other than basic. */
  readonly basic?: OcspBasic
  /** Oddities that did not stop decoding, as sentences. */
  readonly problems: readonly string[]
}
