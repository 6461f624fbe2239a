/** What is known of a chain when clients judge it, and what a judgement is. */
import type { UnixMs } from '../../core/brand.ts'
import type { PublicIssuer } from '../../trust/public-cas.ts'
import type { Certificate } from '../../x509/model.ts'
import type { BuildResult } from '../model.ts'

/** A captured chain as far as clients care; the context of a capture is one. */
export interface ClientEvidence {
  readonly at: UnixMs
  readonly leaf?: { readonly certificate?: Certificate }
  readonly purpose: 'server' | 'client' | 'any'
  /** What was sent, in its order. */
  readonly served: readonly { readonly certificate?: Certificate }[]
  /** Material for other chains, not a chain. */
  readonly supplement: boolean
  /** `partial`: the server may have sent more than is known. */
  readonly servedIs: 'complete' | 'partial' | 'file' | 'none'
  /** Paths over what was sent and the built-in roots. */
  readonly servedBuild?: BuildResult
  /** Paths over everything that is known. */
  readonly build?: BuildResult
  /** Where the chain that was sent ends; `issuer` when the next one is a known public CA. */
  readonly end: { readonly kind: string; readonly issuer?: PublicIssuer }
  /** The name the client wants to reach, when it is known; `connect`: only where the capture connected to. */
  readonly target?: { readonly host: string; readonly from: string }
}

export interface Judgement {
  readonly trusted: 'yes' | 'no' | 'unknown'
  /** One sentence, with the names and the day of the data. */
  readonly reason: string
}

export const yes = (reason: string): Judgement => ({ trusted: 'yes', reason })
export const no = (reason: string): Judgement => ({ trusted: 'no', reason })
export const unknown = (reason: string): Judgement => ({ trusted: 'unknown', reason })
