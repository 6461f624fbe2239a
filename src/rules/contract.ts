/** What a rule is. The runner calls rules; rules never call each other, never throw, and never ask the time. */

import type { Sha256 } from '../core/brand.ts'
import type { Confidence, Finding, Owner, RuleSlug, Severity } from '../core/finding.ts'
import type { Span } from '../core/span.ts'
import type { CaptureContext, InputContext } from './context.ts'

export interface RuleMeta {
  /** Also the file's name and its page in `docs/rules/`. */
  readonly slug: RuleSlug
  /** What it finds, as a short sentence. */
  readonly title: string
  /** Why it matters, a sentence or two. */
  readonly why: string
  /** Can it lead a verdict? */
  readonly cause: boolean
  /** X509_V_ERR codes that this cause makes OpenSSL print; a match makes the rule lead. */
  readonly explains: readonly number[]
  /** RFC sections, manuals. */
  readonly sources: readonly string[]
}

/** A finding before the runner numbers it and quotes its evidence. */
export interface Draft {
  readonly severity: Severity
  readonly confidence: Confidence
  readonly title: string
  readonly explanation: string
  readonly owner: Owner
  readonly certificate?: Sha256
  /** At least one, except for findings about what is not there. */
  readonly evidence: readonly Span[]
  readonly nextCommand?: string
}

/** `unknown` and `not-applicable` say why, in words for a person. */
export type Outcome =
  | { readonly kind: 'fail'; readonly drafts: readonly Draft[] }
  | { readonly kind: 'pass' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'not-applicable'; readonly reason: string }

/** Judges one capture. */
export interface CaptureRule {
  readonly scope: 'capture'
  readonly meta: RuleMeta
  check(context: CaptureContext): Outcome
}

/** Judges the input as a whole, once. */
export interface InputRule {
  readonly scope: 'input'
  readonly meta: RuleMeta
  check(context: InputContext): Outcome
}

/** Concludes from what the other rules found in a capture: the verdict's fallbacks. */
export interface ConclusionRule {
  readonly scope: 'conclusion'
  readonly meta: RuleMeta
  check(context: CaptureContext, found: readonly RuleResult[]): Outcome
}

export type Rule = CaptureRule | InputRule | ConclusionRule

export interface RuleResult {
  readonly meta: RuleMeta
  /** `crashed` is added by the runner alone. */
  readonly outcome: Outcome | { readonly kind: 'crashed'; readonly reason: string }
  readonly findings: readonly Finding[]
}

export const pass: Outcome = { kind: 'pass' }
export const fail = (...drafts: readonly Draft[]): Outcome => ({ kind: 'fail', drafts })
export const unknown = (reason: string): Outcome => ({ kind: 'unknown', reason })
export const notApplicable = (reason: string): Outcome => ({ kind: 'not-applicable', reason })
