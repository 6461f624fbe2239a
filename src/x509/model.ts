/**
 * The certificate as the rest of the engine sees it: decoded once, frozen, plain data.
 * Everything here is filled by `decode.ts`; nothing else in the project reads DER of certificates.
 */
import type { Oid, Sha256, UnixMs } from '../core/brand.ts'

/** Half-open byte range into the certificate's DER. */
export interface DerRange {
  readonly start: number
  readonly end: number
}

/** One AttributeTypeAndValue (RFC 5280 section 4.1.2.4). */
export interface NameAttribute {
  readonly oid: Oid
  /** Short name as OpenSSL prints it (`CN`, `O`, `emailAddress`), else the dotted OID. */
  readonly type: string
  /** Decoded text; for undecodable string types, `#` and the hexadecimal DER as RFC 4514 has it. */
  readonly value: string
}

/** A distinguished name, in any source: decoded from DER or parsed from a tool's output. */
export interface Name {
  /** RDNs in the order of the encoding (as a rule least specific first), each a set of attributes. */
  readonly rdns: readonly (readonly NameAttribute[])[]
  /**
   * Comparison key by RFC 5280 section 7.1: attribute types with values case-folded and white space
   * squeezed. Two names are the same if and only if their keys are equal.
   */
  readonly key: string
}

export type KeyAlgorithm = 'RSA' | 'RSA-PSS' | 'EC' | 'Ed25519' | 'Ed448' | 'DSA' | 'ML-DSA' | 'SLH-DSA' | 'unknown'

export interface PublicKey {
  readonly algorithm: KeyAlgorithm
  readonly algorithmOid: Oid
  /** RSA modulus, DSA p or EC field size, in bits. */
  readonly bits?: number
  /** `P-256`, `P-384`, `P-521`, `secp256k1`, ..., or the dotted OID of a named curve; `explicit` for explicit parameters. */
  readonly curve?: string
  /** RSA public exponent, when it fits a safe integer. */
  readonly exponent?: number
  /** The whole SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  /** Hexadecimal SHA-256 of `spki`. */
  readonly spkiSha256: string
  /** Hexadecimal SHA-1 of the key bits (RFC 5280 section 4.2.1.2 method 1). */
  readonly keyId: string
}

export interface AlgorithmId {
  readonly oid: Oid
  /** As `sha256WithRSAEncryption`, `ecdsa-with-SHA384`, `RSASSA-PSS`, `Ed25519`, else the OID. */
  readonly name: string
  /** Digest where the algorithm has one: `MD5`, `SHA-1`, `SHA-256`, ... */
  readonly hash?: string
  /** Whole AlgorithmIdentifier, for comparison and for parameters. */
  readonly der: Uint8Array
}

export type GeneralNameType =
  | 'DNS'
  | 'IP'
  | 'email'
  | 'URI'
  | 'directory'
  | 'otherName'
  | 'registeredId'
  | 'x400'
  | 'ediParty'

export interface GeneralName {
  readonly type: GeneralNameType
  /** Text form. IP: dotted or colon form (RFC 5952), with `/prefix-or-mask` in name constraints; directory: RFC 4514. */
  readonly value: string
  /** Content octets, for types compared as bytes (IP) and for the rest as shown. */
  readonly bytes: Uint8Array
  /** Present for `directory`. */
  readonly name?: Name
  /** Present for an otherName of the type SmtpUTF8Mailbox (RFC 9598): the address; empty when it is no UTF8String. */
  readonly mailbox?: string
}

export interface Extension {
  readonly oid: Oid
  /** As OpenSSL prints it (`X509v3 Basic Constraints`), else the OID. */
  readonly name: string
  readonly critical: boolean
  /** DER of the extension's value (content of the OCTET STRING). */
  readonly value: Uint8Array
  /** Decoded content to show, a line each; a hexadecimal dump in 16-byte lines when unknown. */
  readonly lines: readonly string[]
  /** Set when the value could not be decoded although its type is known. */
  readonly error?: string
  /** Range of the whole Extension in the certificate. */
  readonly range: DerRange
}

/** Bits of RFC 5280 section 4.2.1.3, in its order. */
export type KeyUsageBit =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

/** Bits of Netscape's certificate type, in its order and by the names that OpenSSL prints. */
export type NetscapeType =
  | 'SSL Client'
  | 'SSL Server'
  | 'S/MIME'
  | 'Object Signing'
  | 'Unused'
  | 'SSL CA'
  | 'S/MIME CA'
  | 'Object Signing CA'

export interface GeneralSubtree {
  readonly base: GeneralName
  readonly minimum: number
  readonly maximum?: number
}

export interface Sct {
  /** Base64 of the 32-byte log id. */
  readonly logId: string
  readonly time: UnixMs
  readonly version: number
}

export interface Certificate {
  readonly der: Uint8Array
  readonly sha256: Sha256
  readonly sha1: string
  /** 1, 2 or 3. */
  readonly version: number
  /** Upper-case hexadecimal of the content octets, even digits. */
  readonly serial: string
  readonly serialNegative: boolean
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: UnixMs
  readonly notAfter: UnixMs
  readonly publicKey: PublicKey
  /** The outer signatureAlgorithm. */
  readonly signatureAlgorithm: AlgorithmId
  /** The one inside the TBSCertificate; RFC 5280 requires the same. */
  readonly tbsSignatureAlgorithm: AlgorithmId
  /** Signature bits. */
  readonly signature: Uint8Array
  /** The signed bytes (DER of TBSCertificate). */
  readonly tbs: Uint8Array
  /** Unique identifiers of versions 2 and 3 (RFC 5280 section 4.1.2.8), in hexadecimal without unused bits; hardly ever there. */
  readonly issuerUniqueId?: string
  readonly subjectUniqueId?: string
  readonly extensions: readonly Extension[]

  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number }
  readonly keyUsage?: readonly KeyUsageBit[]
  /** OIDs of extendedKeyUsage. */
  readonly extendedKeyUsage?: readonly Oid[]
  /** Netscape's certificate type (2.16.840.1.113730.1.1), by which OpenSSL and Java still limit what a leaf may serve for. */
  readonly netscapeCertType?: readonly NetscapeType[]
  readonly subjectAltNames: readonly GeneralName[]
  readonly subjectKeyId?: string
  readonly authorityKeyId?: {
    readonly keyId?: string
    readonly issuer?: readonly GeneralName[]
    readonly serial?: string
  }
  readonly nameConstraints?: {
    readonly permitted: readonly GeneralSubtree[]
    readonly excluded: readonly GeneralSubtree[]
  }
  readonly caIssuers: readonly string[]
  readonly ocsp: readonly string[]
  readonly crlUrls: readonly string[]
  readonly policies: readonly Oid[]
  readonly scts: readonly Sct[]
  /** True when it has the precertificate poison extension (RFC 6962 section 3.1). */
  readonly precertificate: boolean

  /** basicConstraints says CA, or a version 1 certificate (which cannot say) that is self-issued. */
  readonly isCa: boolean
  /** Subject and issuer are the same name. */
  readonly selfIssued: boolean
  /** Oddities of the encoding or of RFC 5280 profile that did not stop decoding, as sentences with byte offsets. */
  readonly problems: readonly string[]
  readonly ranges: {
    readonly tbs: DerRange
    readonly serial: DerRange
    readonly issuer: DerRange
    readonly validity: DerRange
    readonly subject: DerRange
    readonly spki: DerRange
    readonly signature: DerRange
  }
}

/** Why bytes are not a certificate. */
export interface DecodeError {
  readonly code: 'empty' | 'not-der' | 'truncated' | 'not-a-certificate' | 'too-large'
  readonly message: string
  /** Byte offset where decoding stopped. */
  readonly offset?: number
  /** What the bytes are, when that can be told: "certificate request", "CRL", "PKCS#7", "private key", "public key". */
  readonly looksLike?: string
}

/** `unverified`: the algorithm is unknown or could not be run; never taken as valid. */
export type SignatureStatus = 'valid' | 'invalid' | 'unverified'

/** Verifies signatures; the two makers are in `crypto.ts` (WebCrypto first, pure TypeScript as fallback). */
export interface SignatureVerifier {
  /** Is `subject` signed with the key of `issuer`? Never throws. */
  verify(subject: Certificate, issuer: Certificate): Promise<SignatureStatus>
}
