import { limits } from '../core/limits.ts'
import type { Evidence, Finding } from '../core/finding.ts'
import type { Span } from '../core/span.ts'
import { captureRules, conclusionRules, inputRules } from './catalog.ts'
import type { Draft, Outcome, Rule, RuleResult } from './contract.ts'
import type { CaptureContext, InputContext } from './context.ts'

/** Runs the rules of a capture, then those that conclude. A rule that throws yields `crashed` and harms no other. */
export function runCaptureRules(context: CaptureContext): RuleResult[] {
  const finish = (rule: Rule, outcome: RuleResult['outcome']) => toResult(rule, outcome, context.input, context.index)
  const found = captureRules.map((rule) => finish(rule, guarded(() => rule.check(context))))
  for (const rule of conclusionRules) found.push(finish(rule, guarded(() => rule.check(context, found))))
  return found
}

/** Runs the rules that look at the whole input. */
export function runInputRules(context: InputContext): RuleResult[] {
  return inputRules.map((rule) => toResult(rule, guarded(() => rule.check(context)), context, undefined))
}

function guarded(check: () => Outcome): RuleResult['outcome'] {
  try {
    return check()
  } catch (error) {
    return { kind: 'crashed', reason: error instanceof Error ? error.message : String(error) }
  }
}

function toResult(rule: Rule, outcome: RuleResult['outcome'], input: InputContext, capture: number | undefined): RuleResult {
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
