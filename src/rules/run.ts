import type { Evidence, Finding } from '../core/finding.ts'
import { limits } from '../core/limits.ts'
import type { Span } from '../core/span.ts'
import type { ReadDocument } from '../input/model.ts'
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
    evidence: evidenceOf(draft, input, capture).map((span) => quote(span, input)),
    fixes: [],
    references: rule.meta.sources,
    ...(capture === undefined ? {} : { capture }),
    ...(draft.certificate === undefined ? {} : { certificate: draft.certificate }),
    ...(draft.nextCommand === undefined ? {} : { nextCommand: draft.nextCommand }),
  }
}

/** The rule's own evidence; else where the certificate it speaks of stands: it may be of another capture than the rule looked at. */
function evidenceOf(draft: Draft, { captures }: InputContext, capture: number | undefined): readonly Span[] {
  if (draft.evidence.length > 0 || draft.certificate === undefined) return draft.evidence
  for (const { decoded } of captures)
    for (const { certificate, span } of decoded) if (certificate.sha256 === draft.certificate) return [span]
  const leaf = captures[capture ?? 0]?.leaf
  return leaf ? [leaf.span] : []
}

/** Cuts the evidence out of the paste; secrets inside are covered. */
function quote(span: Span, input: InputContext): Evidence {
  const document = input.documents[span.document]
  const end = Math.min(span.end, span.start + limits.quoteCharacters)
  let text = document?.text.slice(span.start, end) ?? ''
  const covers = document ? coversOf(document) : []
  for (let index = firstEndingAfter(covers, span.start); index < covers.length; index++) {
    const cover = covers[index] as Cover
    const from = Math.max(cover.start, span.start)
    const to = Math.min(cover.end, end)
    if (from >= to) break
    text = `${text.slice(0, from - span.start)}${'*'.repeat(to - from)}${text.slice(to - span.start)}`
  }
  return { ...span, quote: span.end > end ? `${text}...` : text }
}

/** A stretch of a document that is never quoted. */
interface Cover {
  readonly start: number
  readonly end: number
}

const knownCovers = new WeakMap<ReadDocument, readonly Cover[]>()

/** The secrets of a document as disjoint stretches in ascending order: a paste can have very many, and each finding asks. */
function coversOf(document: ReadDocument): readonly Cover[] {
  const known = knownCovers.get(document)
  if (known) return known
  const covers: { start: number; end: number }[] = []
  for (const { span } of [...document.secrets].sort((a, b) => a.span.start - b.span.start)) {
    const last = covers.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else covers.push({ start: span.start, end: span.end })
  }
  knownCovers.set(document, covers)
  return covers
}

function firstEndingAfter(covers: readonly Cover[], offset: number): number {
  let low = 0
  let high = covers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((covers[middle] as Cover).end <= offset) low = middle + 1
    else high = middle
  }
  return low
}
