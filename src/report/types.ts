/**
 * The report: plain JSON, structured-clone safe, versioned. The page, the command line, links and exports all
 * render this and nothing else. Times are ISO 8601 in UTC; offsets are half-open UTF-16 offsets into the paste.
 */
import type { EvaluatedAtReason, Finding, Verdict } from '../core/finding.ts'

export interface Report {
  readonly schema: 'weaklink.report/1'
  /** The instant validity was judged at (of the leading capture). */
  readonly evaluatedAt: string
  readonly evaluatedAtReason: EvaluatedAtReason
  /** One for the whole input. */
  readonly verdict: Verdict
  readonly documents: readonly DocumentSummary[]
  /** In input order. */
  readonly captures: readonly CaptureReport[]
  /** Each distinct certificate once, in order of first appearance; roots used from the built-in store come last. */
  readonly certificates: readonly CertificateSummary[]
  /** Candidate paths per capture, best first, and what stops each. */
  readonly paths: readonly PathReport[]
  /** Per capture and client profile: trusted or not, and why. */
  readonly clients: readonly ClientVerdict[]
  /** Most important first. */
  readonly findings: readonly Finding[]
  /** Where the trust data comes from, as "Mozilla roots of Node 20.20.2". */
  readonly trustData: string
}

export interface DocumentSummary {
  readonly index: number
  /** File name, or "paste". */
  readonly name: string
  /** Length in UTF-16 units of the text, or bytes of a binary file. */
  readonly length: number
  readonly binary: boolean
  readonly lines: number
  /** Secrets in the text (private keys, session keys, credentials): to be masked wherever the text is shown. */
  readonly secrets: readonly SecretSpan[]
  /** Parts nothing could be made of although they look meaningful, with the reason. */
  readonly skipped: readonly SkippedSpan[]
  /** Only its password opens it; `wrongPassword`: one was given that does not. */
  readonly locked?: { readonly kind: 'PKCS#12'; readonly wrongPassword: boolean }
  /** What a key store holds. */
  readonly container?: ContainerSummary
}

export interface ContainerSummary {
  readonly kind: 'PKCS#12' | 'JKS' | 'JCEKS'
  /** `verified`: the check sum fits a password. `none`: there is none. `unchecked`: no password is known. `failed`: it does not fit the given one. */
  readonly integrity: 'verified' | 'none' | 'unchecked' | 'failed'
  readonly entries: readonly {
    readonly alias?: string
    readonly kind: 'key' | 'certificate' | 'secret'
    /** Certificates of the chain. */
    readonly certificates: number
  }[]
}

export interface SecretSpan {
  readonly start: number
  readonly end: number
  /** As "private key", "TLS session key". */
  readonly kind: string
}

export interface SkippedSpan {
  readonly start: number
  readonly end: number
  readonly reason: string
}

export interface CaptureReport {
  readonly index: number
  readonly document: number
  readonly start: number
  readonly end: number
  /** Machine name: `s_client`, `x509`, `verify`, `pem`, `der`, `text`. */
  readonly tool: string
  /** As "openssl s_client, 3.0 to 3.1". */
  readonly toolLabel: string
  /** The command line, when it is in the paste. */
  readonly command?: string
  readonly host?: string
  readonly port?: number
  /** SNI that was sent; `null`: none was sent; absent: not known. */
  readonly servername?: string | null
  /** `client`, `proxy`, `cloudflare`, `f5`, `kong`, `upstream`, or a user's label. */
  readonly hop?: string
  readonly hopReason?: string
  readonly protocol?: string
  readonly cipher?: string
  readonly evaluatedAt: string
  readonly evaluatedAtReason: EvaluatedAtReason
  /** What the tool itself concluded, as `20 unable to get local issuer certificate`. */
  readonly toolVerdict?: { readonly code?: number; readonly text: string; readonly ok: boolean }
  /** SHA-256 of the certificates as sent, in sent order; `null` where only the name was printed. */
  readonly served: readonly (string | null)[]
  readonly verdict: Verdict
  /** The ladder, leaf first. Empty when there was no certificate. */
  readonly chain: readonly ChainRung[]
}

/** One rung of the ladder, and the line between it and the rung below (its issuer). */
export interface ChainRung {
  readonly role: 'leaf' | 'intermediate' | 'root'
  /** Short name to show: common name, else the most specific attribute. */
  readonly name: string
  /** Subject in the OpenSSL one-line style of 3.2 and later, `C=NL, O=Example, CN=x`. */
  readonly subject: string
  /** SHA-256 into `Report.certificates`; absent when only the name is known. */
  readonly certificate?: string
  /**
   * `served`: the server sent it. `supplied`: elsewhere in the input. `store`: a built-in public root.
   * `printed`: only its name is in the paste. `known`: a public certificate known by name and key id. `unknown`: nothing but the issuer name.
   */
  readonly source: 'served' | 'supplied' | 'store' | 'printed' | 'known' | 'unknown'
  /** True when the chain needs it and it was not sent (never for roots, which need not be sent). */
  readonly missing: boolean
  /** How the signature on THIS certificate relates to the next rung; `none` on the last rung. */
  readonly link: 'verified' | 'unverified' | 'failed' | 'missing' | 'self-signed' | 'none'
  /** Zero-based position in which the server sent it. */
  readonly position?: number
  /** Short facts to show beside the name, as "not sent by the server", "in Mozilla, Apple, Android". */
  readonly notes: readonly string[]
  /** Where the certificate can be fetched, for a missing one. */
  readonly url?: string
}

export interface NameForms {
  /** `CN=x,O=Example,C=NL` (RFC 4514: most specific first). */
  readonly rfc4514: string
  /** `C=NL, O=Example, CN=x` (OpenSSL 3.2 and later). */
  readonly openssl: string
  /** Common name, else the most specific attribute value. */
  readonly short: string
}

export interface CertificateSummary {
  readonly sha256: string
  readonly sha1: string
  readonly subject: NameForms
  readonly issuer: NameForms
  /** Upper-case hexadecimal, even digits, without separators. */
  readonly serial: string
  readonly version: number
  readonly notBefore: string
  readonly notAfter: string
  /** Position in time relative to `evaluatedAt` of the report. */
  readonly validity: 'valid' | 'expired' | 'not-yet-valid'
  readonly key: KeySummary
  readonly signatureAlgorithm: string
  readonly isCa: boolean
  readonly selfIssued: boolean
  readonly selfSigned: boolean
  readonly names: readonly { readonly type: string; readonly value: string }[]
  readonly subjectKeyId?: string
  readonly authorityKeyId?: string
  readonly spkiSha256: string
  readonly caIssuers: readonly string[]
  readonly ocsp: readonly string[]
  readonly crls: readonly string[]
  readonly sctCount: number
  readonly extensions: readonly ExtensionSummary[]
  /** Platforms whose store holds it (or another root with the same key), when it is a known public root. */
  readonly stores: readonly string[]
  readonly source: 'input' | 'store'
  /** Each place of the input it appears at. */
  readonly places: readonly { readonly document: number; readonly start: number; readonly end: number }[]
  readonly pem: string
  /** What was odd about its encoding; it was judged all the same. */
  readonly problems: readonly string[]
}

export interface KeySummary {
  /** `RSA`, `EC`, `Ed25519`, `Ed448`, `DSA`, or the OID. */
  readonly algorithm: string
  /** Modulus or field size in bits, when it applies. */
  readonly bits?: number
  readonly curve?: string
  /** As "RSA 2048", "EC P-256". */
  readonly label: string
}

export interface ExtensionSummary {
  readonly oid: string
  /** As "X509v3 Basic Constraints", else the OID. */
  readonly name: string
  readonly critical: boolean
  /** Decoded content, a line each. */
  readonly lines: readonly string[]
}

export interface PathReport {
  readonly capture: number
  /** SHA-256, leaf first, up to and with the trust anchor when one was reached. */
  readonly certificates: readonly string[]
  /** True when it ends at a trust anchor. */
  readonly anchored: boolean
  readonly valid: boolean
  /** What stops it, leaf first. Empty when valid. */
  readonly problems: readonly { readonly code: string; readonly certificate: string; readonly message: string }[]
}

export interface ClientVerdict {
  readonly capture: number
  /** As "Firefox (Mozilla store)". */
  readonly client: string
  readonly trusted: 'yes' | 'no' | 'unknown'
  readonly reason: string
  /** What the verdict rests on, with days and sources: "Roots: Mozilla, 2026-07-19 (certdata.txt). Habits: measured with curl 7.88.1." */
  readonly asOf?: string
}
