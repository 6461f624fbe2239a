/** What rules see: the evidence of one capture, put together once, and the input around it. */

import type { BuildResult } from '../chain/model.ts'
import type { CertificateRevocation } from '../chain/revocation/model.ts'
import type { UnixMs } from '../core/brand.ts'
import type { EvaluatedAtReason } from '../core/finding.ts'
import type { Span } from '../core/span.ts'
import type { Capture, EncodedBlock, ReadDocument } from '../input/model.ts'
import type { SignatureMatch } from '../trust/issuer-signatures.ts'
import type { PublicIssuer } from '../trust/public-cas.ts'
import type { Certificate, DecodeError, Name } from '../x509/model.ts'

/** A certificate the peer sent, decoded or as printed. */
export interface ServedEntry {
  /** In sent order, from 0. */
  readonly position: number
  readonly certificate?: Certificate
  readonly subject: Name
  readonly issuer?: Name
  readonly notBefore?: UnixMs
  readonly notAfter?: UnixMs
  /** Subject alternative names as printed, when there is no certificate to ask. */
  readonly printedNames?: readonly { readonly type: string; readonly value: string }[]
  /** The place to point at: the chain-list line, else the PEM block. */
  readonly span: Span
}

/**
 * What is known of the sent certificates. `complete`: the whole list. `partial`: at least these. `file`: a bundle,
 * of which nobody says that a server sent it. `none`: no certificate at all.
 */
export type ServedKnowledge = 'complete' | 'partial' | 'file' | 'none'

/** Where the chain that was sent ends, going up from the leaf. */
export type ChainEnd =
  /** At a root of the built-in store or of the user's. */
  | { readonly kind: 'anchored'; readonly by: 'store' | 'imported' }
  /** At a self-signed certificate that was sent (or is in the input) and that no store here holds. */
  | { readonly kind: 'self-signed'; readonly entry: ServedEntry }
  /** The next issuer is not sent, but is elsewhere in the input; its signature was checked. */
  | { readonly kind: 'supplied'; readonly below: ServedEntry; readonly certificate: Certificate }
  /** The next issuer is a publicly known CA. */
  | { readonly kind: 'public'; readonly below: ServedEntry; readonly issuer: PublicIssuer }
  /** The next issuer's organisation runs public CAs, but this one is not in the tables. */
  | { readonly kind: 'public-organisation'; readonly below: ServedEntry }
  /** Nothing is known of the next issuer but its name. */
  | { readonly kind: 'unknown'; readonly below: ServedEntry }
  /** No certificate, or no issuer name. */
  | { readonly kind: 'nothing' }

/** The name the client wanted to reach, and how that is known. */
export interface Target {
  readonly host: string
  readonly port?: number
  readonly from: 'option' | 'verify-hostname' | 'servername' | 'connect' | 'output'
  readonly span?: Span
}

/** SNI as far as it is known; `value: null` means none was sent. */
export interface SentSni {
  readonly value: string | null
  /** False when it follows from the tool's default, not from an option. */
  readonly stated: boolean
}

export interface SentOrder {
  /** Each entry is issued by the next. */
  readonly inOrder: boolean
  /** Leaf first, each followed by its issuer, as far as they link. */
  readonly ladder: readonly ServedEntry[]
  /** Entries that no link reaches from the leaf. */
  readonly strangers: readonly ServedEntry[]
  /** Entries that repeat an earlier one. */
  readonly repeats: readonly ServedEntry[]
}

export interface UndecodedBlock {
  readonly block: EncodedBlock
  readonly error?: DecodeError
}

export interface CaptureContext {
  readonly index: number
  readonly capture: Capture
  readonly input: InputContext
  /** The instant validity is judged at. */
  readonly at: UnixMs
  readonly atReason: EvaluatedAtReason
  readonly target?: Target
  readonly sni?: SentSni
  readonly served: readonly ServedEntry[]
  readonly servedIs: ServedKnowledge
  /** Only CA certificates and no sign of a server: material for other captures, not a chain to judge. */
  readonly supplement: boolean
  readonly leaf?: ServedEntry
  /** What the leaf is judged for. */
  readonly purpose: 'server' | 'client' | 'any'
  /** The signature of the leaf verifies with its own key. */
  readonly selfSigned: boolean
  readonly order: SentOrder
  /** Paths over everything in the input and the stores. */
  readonly build?: BuildResult
  /** What CRLs and OCSP responses of the input say of the best path; empty when there are none. */
  readonly revocation: readonly CertificateRevocation[]
  /** Paths over what was sent and the stores only: what a client without other help can build. */
  readonly servedBuild?: BuildResult
  readonly end: ChainEnd
  /** Known issuers and product defaults recognised in the leaf and the sent chain, best first. */
  readonly signatures: readonly SignatureMatch[]
  /** X509_V_ERR codes the tool printed of its peer, a server; without 0. */
  readonly codes: ReadonlySet<number>
  /** True: the tool verified the peer. False: it did not. Undefined: it does not say, or nothing was verified. */
  readonly toolOk?: boolean
  readonly undecoded: readonly UndecodedBlock[]
  /** Every certificate of the capture, whatever its role, with its place. */
  readonly decoded: readonly { readonly certificate: Certificate; readonly span: Span }[]
}

export interface InputContext {
  readonly documents: readonly ReadDocument[]
  readonly captures: readonly CaptureContext[]
  readonly now: UnixMs
  readonly publicRoots: boolean
}
