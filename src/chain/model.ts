/** What path building yields. Everything is per leaf; nothing here knows of pastes. */
import type { Oid, Sha256, UnixMs } from '../core/brand.ts'
import type { Certificate, SignatureStatus } from '../x509/model.ts'
import type { AnchorChecks } from './anchor.ts'

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
  | 'netscape-cert-type'
  | 'unknown-critical-extension'
  | 'algorithm-mismatch'
  | 'weak-key'
  | 'weak-digest'
  | 'name-constraints'
  | 'duplicate-extension'
  | 'malformed-extension'
  | 'untrusted-root'
  | 'key-id-mismatch'
  | 'policy'
  | 'explicit-curve'
  | 'unsupported-version'
  | 'profile'
  | 'encoding'
  | 'search-limit'
  | 'revoked'
  | 'revocation-unknown'

export interface PathProblem {
  readonly code: PathProblemCode
  /** The certificate at fault, and its index in the path (0 is the leaf). */
  readonly certificate: Sha256
  readonly index: number
  /** Index of the issuer whose limit is broken, where that is not the certificate at fault. */
  readonly by?: number
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

/** Inputs of RFC 5280 section 6.1.1 (c) and (e) to (g); left out, they are as that section's defaults for TLS. */
export interface PolicyInputs {
  /** Policies of which the path must have one, if any is required; any policy will do by default. */
  readonly initialPolicySet?: ReadonlySet<Oid>
  /** The path must be valid for a policy, whether its certificates ask for that or not. */
  readonly requireExplicitPolicy?: boolean
  readonly inhibitPolicyMapping?: boolean
  readonly inhibitAnyPolicy?: boolean
}

export interface BuildOptions extends PolicyInputs {
  readonly at: UnixMs
  /** Required EKU; `any` skips the check. */
  readonly purpose: 'server' | 'client' | 'any'
  /** What of an anchor's own certificate counts; `opensslAnchorChecks` where left out. */
  readonly anchor?: Partial<AnchorChecks>
  /** Problems that are left out, as if there were none of these kinds. */
  readonly ignore?: ReadonlySet<PathProblemCode>
  /** Tighter or wider budgets than `chain/limits.ts`. */
  readonly limits?: Partial<SearchLimits>
}

/** The budgets of one search, named and reasoned in `chain/limits.ts`. */
export interface SearchLimits {
  readonly pathLength: number
  readonly paths: number
  readonly searchSteps: number
  readonly signatureChecks: number
  readonly nameChecks: number
  readonly policySteps: number
}

export interface BuildResult {
  /** Best first; never empty for a leaf (the path of the leaf alone, when no issuer is found). */
  readonly paths: readonly BuiltPath[]
  /** True when the work budget ended the search; the paths found so far stand. */
  readonly budgetExhausted: boolean
  /** Which budgets were reached; empty unless `budgetExhausted`. */
  readonly exhausted: readonly (keyof SearchLimits)[]
  /** What the search cost: edges tried, signatures computed, names judged, nodes and edges of policy graphs. */
  readonly work: {
    readonly steps: number
    readonly signatureChecks: number
    readonly nameChecks?: number
    readonly policySteps?: number
  }
}
