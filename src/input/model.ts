/** What reading yields: captures with places, before any certificate is decoded or judged. */
import type { UnixMs } from '../core/brand.ts'
import type { Span } from '../core/span.ts'
import type { Name } from '../x509/model.ts'

/** One thing the user gave: pasted text or a file. Text wins when both are present. */
export interface InputDocument {
  readonly name: string
  readonly text?: string
  readonly bytes?: Uint8Array
}

export type ToolId = 's_client' | 'x509' | 'verify' | 'pem' | 'der' | 'text'

/** A distinguished name as a tool printed it. */
export interface PrintedName {
  readonly text: string
  readonly name: Name
  readonly span: Span
}

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T
  readonly span: Span
}

/** Facts about a certificate that were printed as text, not as PEM. */
export interface ListedCertificate {
  /** Index in the chain list of `s_client`. */
  readonly position?: number
  readonly subject?: PrintedName
  readonly issuer?: PrintedName
  readonly notBefore?: Located<UnixMs>
  readonly notAfter?: Located<UnixMs>
  readonly serial?: Located<string>
  /** Hexadecimal without separators, lower case; SHA-256 only. */
  readonly sha256?: Located<string>
  readonly names?: Located<readonly { readonly type: string; readonly value: string }[]>
  readonly isCa?: boolean
  readonly span: Span
}

/** `server`: inside the tool's account of what the server sent. `loose`: anywhere else. `responder`: inside an OCSP response. */
export type BlockRole = 'server' | 'loose' | 'responder'

/** A block of encoded bytes: a PEM block, or a DER file. */
export interface EncodedBlock {
  readonly span: Span
  /** The label between the dashes; `DER` for a file. */
  readonly label: string
  readonly role: BlockRole
  /** Absent when it could not be decoded, or is a secret and was not. */
  readonly der?: Uint8Array
  readonly truncated: boolean
  /** What is wrong with it, as a sentence. */
  readonly problem?: { readonly message: string; readonly span: Span }
}

export interface VerifyError {
  /** X509_V_ERR number. */
  readonly code: number
  readonly text: string
  /** Depth in the path the client built. */
  readonly depth?: number
  /** End (error 10) or start (error 9) of the validity of the certificate at that depth, as printed below the error. */
  readonly date?: Located<UnixMs>
  readonly span: Span
}

/** `proxy-refused`: the answer of a proxy to CONNECT. `plain-text`: the peer does not speak TLS. */
export type FailureKind =
  | 'refused'
  | 'timeout'
  | 'unreachable'
  | 'dns'
  | 'reset'
  | 'closed'
  | 'plain-text'
  | 'protocol'
  | 'alert'
  | 'proxy-refused'
  | 'verify-failed'
  | 'usage'
  | 'other'

export interface Failure {
  readonly kind: FailureKind
  /** TLS alert number received from the peer. */
  readonly alert?: number
  /** HTTP status of a proxy. */
  readonly status?: number
  readonly text: string
  readonly span: Span
}

/** An `openssl` command line found in the paste. */
export interface CommandLine {
  readonly span: Span
  readonly text: string
  /** `s_client`, `x509`, `verify`, ... */
  readonly program: string
  readonly host?: string
  readonly port?: number
  /** `null`: `-noservername`. */
  readonly servername?: string | null
  readonly proxy?: string
  readonly starttls?: string
  readonly showcerts: boolean
  /** -CAfile, -CApath, -CAstore values. */
  readonly caFiles: readonly string[]
  readonly verifyHostname?: string
  readonly clientCertificate?: string
  /** Protocol switch such as `-tls1_2`. */
  readonly protocolSwitch?: string
  /** Commands the output was piped through, as `sed`, `head`, `openssl x509`. */
  readonly pipes: readonly string[]
  readonly untrusted: readonly string[]
  readonly operands: readonly string[]
}

/** One certificate's status in a stapled OCSP response, as printed. Its signature cannot be checked from the text. */
export interface StapledStatus {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Hexadecimal, upper case, as printed. */
  readonly serial?: string
  readonly reason?: string
  readonly revokedAt?: Located<UnixMs>
  readonly thisUpdate?: Located<UnixMs>
  readonly nextUpdate?: Located<UnixMs>
  readonly span: Span
}

export interface Capture {
  readonly document: number
  readonly span: Span
  readonly tool: ToolId
  readonly toolLabel: string
  /** Client implementation as far as the output tells: decides default SNI and wording. */
  readonly generation?: 'openssl-0.9.8' | 'openssl-1.0' | 'openssl-1.1' | 'openssl-3.0' | 'openssl-3.2+' | 'libressl'
  readonly command?: CommandLine
  readonly blocks: readonly EncodedBlock[]
  /** The chain list: what the server sent, in sent order. */
  readonly chainList: readonly ListedCertificate[]
  /** The chain list was seen from its heading to its end. */
  readonly chainListComplete: boolean
  /** Other printed certificates. */
  readonly printed: readonly ListedCertificate[]
  /** The path the client built, as `depth=` lines tell; root first, as printed. */
  readonly verifyPath: readonly { readonly depth: number; readonly subject: PrintedName; readonly span: Span }[]
  readonly verifyErrors: readonly VerifyError[]
  /** The last word of the tool: `Verify return code`, `f.pem: OK`. */
  readonly verifyResult?: { readonly code?: number; readonly text: string; readonly ok: boolean; readonly span: Span }
  readonly failures: readonly Failure[]
  /** What a stapled OCSP response says, as `s_client -status` prints it. */
  readonly stapled?: readonly StapledStatus[]
  /** `no peer certificate available`. */
  readonly noPeerCertificate?: Span
  readonly clientCertificateRequested: 'yes' | 'no' | 'unknown'
  readonly clientCertificateSpan?: Span
  readonly protocol?: Located<string>
  readonly cipher?: Located<string>
  /** When the capture was made, when it says so. */
  readonly startTime?: Located<UnixMs>
  /** Why the capture cannot be the whole output, when it is cut. */
  readonly cut?: { readonly reason: string; readonly span: Span }
}

/** A secret in the text: never decoded, never quoted, to be masked. */
export interface SecretPlace {
  readonly span: Span
  readonly kind: 'private key' | 'TLS session key' | 'session ticket' | 'credential' | 'token' | 'password'
}

export interface SkippedPart {
  readonly span: Span
  readonly reason: string
}

export interface ReadDocument {
  readonly index: number
  readonly name: string
  /** The text as shown to the user; empty for a binary file. */
  readonly text: string
  readonly binary: boolean
  readonly length: number
  readonly captures: readonly Capture[]
  readonly secrets: readonly SecretPlace[]
  readonly skipped: readonly SkippedPart[]
}
