/** What reading yields: captures with places, before any certificate is decoded or judged. */
import type { UnixMs } from '../core/brand.ts'
import type { Span } from '../core/span.ts'
import type { Name } from '../x509/model.ts'

/** One thing the user gave: pasted text or a file. Text wins when both are present. */
export interface InputDocument {
  readonly name: string
  readonly text?: string
  readonly bytes?: Uint8Array
  /** Opens `bytes` when they are a key store. It is used and not kept: no part of a report holds it. */
  readonly password?: string
  /** Why it is not read, as a sentence: what an archive holds may be too large. */
  readonly refused?: string
}

/** A file that only its password opens. */
export interface LockedContainer {
  readonly kind: 'PKCS#12'
  /** A password was given, and it does not open the file. */
  readonly wrongPassword: boolean
}

/** What a key store holds. */
export interface ContainerFacts {
  readonly kind: 'PKCS#12' | 'JKS' | 'JCEKS'
  /** Keys with the certificates of their chains, trusted certificates, and secrets, which have none. */
  readonly entries: readonly {
    readonly alias?: string
    readonly kind: 'key' | 'certificate' | 'secret'
    readonly certificates: number
  }[]
  /**
   * `verified`: its check sum fits a password. `none`: it has none. `unchecked`: the password is not known; the
   * certificates are readable without it. `failed`: a password was given, and the check sum does not fit it.
   */
  readonly integrity: 'verified' | 'none' | 'unchecked' | 'failed'
}

export type ToolId =
  // openssl, files
  | 's_client'
  | 'x509'
  | 'verify'
  | 'pem'
  | 'der'
  | 'keystore'
  | 'text'
  // other clients
  | 'curl'
  | 'wget'
  | 'gnutls-cli'
  | 'keytool'
  | 'nmap'
  | 'testssl'
  | 'sslscan'
  | 'powershell'
  // runtimes, and programs written in them
  | 'java'
  | 'node'
  | 'python'
  | 'go'
  | 'dotnet'
  | 'ruby'
  | 'php'
  | 'git'
  | 'rust'
  | 'browser'
  // servers and gateways
  | 'nginx'
  | 'kong'
  | 'cloudflare'
  | 'f5'
  | 'haproxy'
  | 'envoy'
  | 'apache'
  | 'iis'

/**
 * What a capture is evidence of. `connection`: a client's account of a handshake, with what the peer sent as far as the
 * tool prints it. `verification`: a check of files, no connection. `file`: certificates as stored somewhere.
 * `message`: what a program said of a failure; it shows no chain. `log`: lines of a server or gateway.
 */
export type CaptureKind = 'connection' | 'verification' | 'file' | 'message' | 'log'

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

/** Why a certificate of the peer was not accepted. */
export interface VerifyError {
  /** X509_V_ERR number; that of the same meaning where the tool has words or numbers of its own. */
  readonly code: number
  readonly text: string
  /** Depth in the path the client built. */
  readonly depth?: number
  /** End (error 10) or start (error 9) of the validity of the certificate at that depth, as printed below the error. */
  readonly date?: Located<UnixMs>
  /** A name that did not match: what was wanted, and the names of the certificate, as far as the tool says. */
  readonly mismatch?: { readonly wanted?: string; readonly names?: readonly string[] }
  /** Name of a CA that the client has and whose key did not verify the signature, as Go prints. */
  readonly candidate?: Located<string>
  readonly span: Span
}

/**
 * `proxy-refused`: the answer of a proxy to CONNECT. `plain-text`: the peer does not speak TLS. `trust-store`: the tool could
 * not read its own trust store, or found nothing in it. `intercepted`: the tool itself says that something in between re-signs.
 */
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
  | 'trust-store'
  | 'intercepted'
  | 'usage'
  | 'other'

export interface Failure {
  readonly kind: FailureKind
  /** TLS alert number received from the peer: the peer refused. */
  readonly alert?: number
  /** TLS alert number that the tool sent: it refused the peer itself. */
  readonly alertSent?: number
  /** HTTP status of a proxy. */
  readonly status?: number
  readonly text: string
  readonly span: Span
}

/** A command line found in the paste. */
export interface CommandLine {
  readonly span: Span
  readonly text: string
  /** The subcommand of `openssl` (`s_client`, `x509`, `verify`, ...), else the program (`curl`, `keytool`, ...). */
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
  /** The command switches verification off: `-k`, `--insecure`, `--no-check-certificate`. */
  readonly insecure?: boolean
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

/** What is known of mutual TLS on the connection, from the side that asks for the client's certificate to its answer. */
export interface ClientAuth {
  /** Was a client certificate asked for? `unknown` where the tool does not show it. */
  readonly requested: 'yes' | 'no' | 'unknown'
  readonly requestedSpan?: Span
  /** CA names that the server accepts, as it sent them. */
  readonly acceptableCas: readonly PrintedName[]
  /** The list of CA names was seen, and it was empty: any CA, as far as the server says. */
  readonly anyCa?: boolean
  /** Signature algorithms and certificate types that the server accepts, as printed. */
  readonly algorithms?: Located<readonly string[]>
  /** `yes`: with proof of its key. `empty`: a Certificate message without a certificate. */
  readonly sent: 'yes' | 'empty' | 'unknown'
  readonly sentSpan?: Span
}

/** Who the output says was spoken to; the command line, where there is one, is asked first. */
export interface SpokenTo {
  readonly host?: string
  readonly port?: number
  readonly address?: string
  readonly proxy?: string
  /** What a log calls it where that is no host name, as `backend/server` of HAProxy. */
  readonly label?: string
  readonly span: Span
}

/** One request in the access log of a gateway: how each of its two sides went. */
export interface GatewayRequest {
  readonly span: Span
  readonly host?: string
  readonly path?: string
  /** HTTP status given to the client. */
  readonly status?: number
  /** HTTP status of the upstream, the last of several tries; `null`: the upstream never answered. */
  readonly upstreamStatus?: number | null
  readonly upstream?: string
  /** TLS of the client's side; `null`: plain HTTP. */
  readonly tls?: { readonly version?: string; readonly cipher?: string } | null
  /** The gateway's word on the client certificate, as `SUCCESS`, `NONE`, `FAILED:reason`, `absent`. */
  readonly clientVerify?: string
  /** Milliseconds. `upstream` is absent when nothing was waited for. */
  readonly latencies?: { readonly gateway?: number; readonly upstream?: number; readonly total?: number }
  /** Name of the service or route, as the gateway calls it. */
  readonly service?: string
  /** Scheme of the credentials that the answer asks for (WWW-Authenticate): then it is not about a client certificate. */
  readonly challenge?: string
  /** Who gave the answer, where the log says so; a status alone may be either's. */
  readonly answeredBy?: 'gateway' | 'upstream'
  /** How far a request without an answer of the upstream came. `no-server`: every server was out of use before. */
  readonly stoppedAt?: 'no-server' | 'connecting' | 'handshake' | 'answer'
  /** Where the telling values stand; the whole entry may be long. */
  readonly places?: readonly Span[]
}

export interface Capture {
  readonly document: number
  readonly span: Span
  readonly tool: ToolId
  readonly toolLabel: string
  readonly kind: CaptureKind
  /** The side of TLS that printed it. `server`: its errors are about the certificate of the client. */
  readonly role: 'client' | 'server'
  /**
   * In a log of a gateway: between the client and the gateway (`downstream`; `target` is the gateway's own listener), or
   * between the gateway and what stands behind it (`upstream`; `target` is that). Absent where the log does not tell.
   */
  readonly side?: 'downstream' | 'upstream'
  /** Entries of a log that say the same as those kept here. */
  readonly lines?: number
  readonly target?: SpokenTo
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
  readonly clientAuth: ClientAuth
  /** Status line and what tells of TLS in an HTTP answer over the connection, as nginx's "No required SSL certificate was sent". */
  readonly answer?: { readonly status: number; readonly text: string; readonly span: Span }
  /** Access-log entries, in log order. */
  readonly requests?: readonly GatewayRequest[]
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
  /** A password is needed to read it. */
  readonly locked?: LockedContainer
  readonly container?: ContainerFacts
}
