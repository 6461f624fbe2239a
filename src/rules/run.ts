import type { Evidence, Finding } from '../core/finding.ts'
import { limits } from '../core/limits.ts'
import type { Span } from '../core/span.ts'
import { captureRules, conclusionRules, inputRules } from './catalog.ts'
import type { CaptureContext, InputContext } from './context.ts'
import type { CaptureRule, ConclusionRule, Draft, Outcome, Rule, RuleResult } from './contract.ts'

/** Rules of one capture, in order. */
export interface CaptureRules {
  readonly captureRules: readonly CaptureRule[]
  readonly conclusionRules: readonly ConclusionRule[]
}

/** Runs the catalogue's rules of a capture. */
export const runCaptureRules = (context: CaptureContext): RuleResult[] =>
  runRules(context, { captureRules, conclusionRules })

/** Runs rules, then those that conclude. A rule that throws yields `crashed` and harms no other. */
export function runRules(context: CaptureContext, rules: CaptureRules): RuleResult[] {
  const finish = (rule: Rule, outcome: RuleResult['outcome']) => toResult(rule, outcome, context.input, context.index)
  const found = rules.captureRules.map((rule) =>
    finish(
      rule,
      guarded(() => rule.check(context)),
    ),
  )
  for (const rule of rules.conclusionRules)
    found.push(
      finish(
        rule,
        guarded(() => rule.check(context, found)),
      ),
    )
  return found
}

/** Runs the rules that look at the whole input. */
export function runInputRules(context: InputContext): RuleResult[] {
  return inputRules.map((rule) =>
    toResult(
      rule,
      guarded(() => rule.check(context)),
      context,
      undefined,
    ),
  )
}

function guarded(check: () => Outcome): RuleResult['outcome'] {
  try {
    return check()
  } catch (error) {
    return { kind: 'crashed', reason: error instanceof Error ? error.message : String(error) }
  }
}

function toResult(
  rule: Rule,
  outcome: RuleResult['outcome'],
  input: InputContext,
  capture: number | undefined,
): RuleResult {
  const drafts = outcome.kind === 'fail' ? outcome.drafts : []
  const findings = drafts.map((draft, index) => toFinding(rule, draft, index, input, capture))
  return { meta: rule.meta, outcome, findings }
}

function toFinding(rule: Rule, draft: Draft, index: number, input: InputContext, capture: number | undefined): Finding {
  const place = capture === undefined ? 'input' : `c${capture}`
  return {
    id: index === 0 ? `${place}-${rule.meta.slug}` : `${place}-${rule.meta.slug}-${index + 1}`,
    rule: rule.meta.slug,
    severity: draft.severity,
    confidence: draft.confidence,
    title: draft.title,
    explanation: draft.explanation,
    owner: draft.owner,
    evidence: draft.evidence.map((span) => quote(span, input)),
    fixes: [],
    references: rule.meta.sources,
    ...(capture === undefined ? {} : { capture }),
    ...(draft.certificate === undefined ? {} : { certificate: draft.certificate }),
    ...(draft.nextCommand === undefined ? {} : { nextCommand: draft.nextCommand }),
  }
}

/** Cuts the evidence out of the paste; secrets inside are covered. */
function quote(span: Span, input: InputContext): Evidence {
  const document = input.documents[span.document]
  const end = Math.min(span.end, span.start + limits.quoteCharacters)
  let text = document?.text.slice(span.start, end) ?? ''
  for (const secret of document?.secrets ?? []) {
    const from = Math.max(secret.span.start, span.start)
    const to = Math.min(secret.span.end, end)
    if (from < to) text = `${text.slice(0, from - span.start)}${'*'.repeat(to - from)}${text.slice(to - span.start)}`
  }
  return { ...span, quote: span.end > end ? `${text}...` : text }
}
