/** What path building yields. Everything is per leaf; nothing here knows of pastes. */
import type { Sha256, UnixMs } from '../core/brand.ts'
import type { Certificate, SignatureStatus } from '../x509/model.ts'

/** Where a certificate of the pool came from; decides preference, not truth. */
export type PoolSource = 'served' | 'supplied' | 'store' | 'imported-root'

export type PathProblemCode =
  | 'expired'
  | 'not-yet-valid'
  | 'signature-invalid'
  | 'signature-unverified'
  | 'issuer-not-found'
  | 'not-a-ca'
  | 'path-length-exceeded'
  | 'key-usage-no-cert-sign'
  | 'key-usage-no-digital-signature'
  | 'extended-key-usage'
  | 'unknown-critical-extension'
  | 'algorithm-mismatch'
  | 'weak-key'
  | 'weak-digest'
  | 'name-constraints'
  | 'duplicate-extension'
  | 'malformed-extension'
  | 'untrusted-root'
  | 'key-id-mismatch'
  | 'search-limit'

export interface PathProblem {
  readonly code: PathProblemCode
  /** The certificate at fault, and its index in the path (0 is the leaf). */
  readonly certificate: Sha256
  readonly index: number
  readonly severity: 'fatal' | 'note'
  /** One sentence with the offending values. */
  readonly message: string
  readonly actual?: string
  readonly expected?: string
}

export interface BuiltPath {
  /** Leaf first. With `anchored`, the last one is the trust anchor. */
  readonly certificates: readonly Certificate[]
  readonly sources: readonly PoolSource[]
  /** `signatures[i]`: is certificate i signed by certificate i+1 (the last: by itself, when self-issued, else `unverified`). */
  readonly signatures: readonly SignatureStatus[]
  readonly anchored: boolean
  /** No fatal problem and anchored. */
  readonly valid: boolean
  readonly problems: readonly PathProblem[]
}

export interface BuildOptions {
  readonly at: UnixMs
  /** Required EKU; `any` skips the check. */
  readonly purpose: 'server' | 'client' | 'any'
  /** Tighter or wider budgets than `core/limits.ts`. */
  readonly limits?: Partial<SearchLimits>
}

/** The budgets of one search, named and reasoned in `core/limits.ts`. */
export interface SearchLimits {
  readonly pathLength: number
  readonly paths: number
  readonly searchSteps: number
  readonly signatureChecks: number
}

export interface BuildResult {
  /** Best first; never empty for a leaf (the path of the leaf alone, when no issuer is found). */
  readonly paths: readonly BuiltPath[]
  /** True when the work budget ended the search; the paths found so far stand. */
  readonly budgetExhausted: boolean
  /** Which budgets were reached; empty unless `budgetExhausted`. */
  readonly exhausted: readonly (keyof SearchLimits)[]
  /** What the search cost: edges tried, and signatures computed. */
  readonly work: { readonly steps: number; readonly signatureChecks: number }
}
