import type { Cause, Finding, Verdict, VerdictStatus } from '../core/finding.ts'
import { captureRules } from './catalog.ts'
import type { CaptureContext } from './context.ts'
import type { RuleMeta, RuleResult } from './contract.ts'
import { connectionBeside } from './signals.ts'

interface Candidate {
  readonly meta: RuleMeta
  readonly finding: Finding
}

/**
 * Picks the finding that explains the failure the user sees: one that accounts for the tool's own last word leads,
 * then the surer one, then the catalogue's order (most fundamental first). A `hint` never leads.
 */
export function captureVerdict(context: CaptureContext, results: readonly RuleResult[]): Verdict {
  const candidates: Candidate[] = results.flatMap(({ meta, findings }) =>
    meta.cause ? findings.filter((finding) => finding.confidence !== 'hint').map((finding) => ({ meta, finding })) : [],
  )
  const errors = candidates.filter(({ finding }) => finding.severity === 'error').sort((a, b) => compare(a, b, context))
  const [leading] = errors
  if (leading) return toVerdict('broken', leading.finding)
  const healthy = candidates.find(({ finding }) => finding.rule === 'healthy')
  const warnings = candidates
    .filter(({ finding }) => finding.severity === 'warning')
    .sort((a, b) => compare(a, b, context))
  const [risk] = warnings
  if (healthy && !risk) {
    const soon = results
      .flatMap((result) => result.findings)
      .find((finding) => finding.severity === 'warning' && atRiskAlone.has(finding.rule))
    if (soon)
      return { ...toVerdict('at-risk', healthy.finding), headline: soon.title, owner: soon.owner, finding: soon.id }
    return toVerdict('healthy', healthy.finding)
  }
  if (risk) return toVerdict('at-risk', risk.finding)
  const open = candidates.find(({ finding }) => finding.rule === 'undeterminable')
  return open ? toVerdict('inconclusive', open.finding) : nothing
}

/** Warnings that cannot be a cause, yet make a working chain one to act on. */
const atRiskAlone: ReadonlySet<string> = new Set(['expires-soon', 'no-san'])

const nothing: Verdict = {
  status: 'inconclusive',
  cause: 'undeterminable',
  headline: 'There is nothing to judge yet.',
  owner: 'reporter',
}

const certainty = { certain: 0, likely: 1, hint: 2 } as const

/** Causes that leave no room for another: without a connection, or with another certificate than the server's, the rest is moot. */
const overriding: ReadonlySet<string> = new Set<Cause>([
  'not-tls',
  'connection-failed',
  'protocol-mismatch',
  'client-certificate-missing',
  'client-certificate-rejected',
  'cloudflare-origin',
  'interception-proxy',
  'acme-staging',
  'missing-or-wrong-sni',
  'product-default-certificate',
])

/** Behind a proxy that opens no tunnel there is no server at all: a certificate that is shown is that of the proxy. */
const tier = ({ slug }: RuleMeta): number => (slug === 'proxy-connect-failed' ? 2 : overriding.has(slug) ? 1 : 0)

function compare(a: Candidate, b: Candidate, context: CaptureContext): number {
  return (
    tier(b.meta) - tier(a.meta) ||
    explains(b.meta, context) - explains(a.meta, context) ||
    certainty[a.finding.confidence] - certainty[b.finding.confidence] ||
    order(a.meta) - order(b.meta)
  )
}

/** 2: accounts for the final code. 1: for an error on the way. 0: for none of them. */
function explains(meta: RuleMeta, context: CaptureContext): number {
  const last = context.capture.verifyResult?.code
  if (last !== undefined && last !== 0 && meta.explains.includes(last)) return 2
  return meta.explains.some((code) => context.codes.has(code)) ? 1 : 0
}

const places = new Map(captureRules.map((rule, index) => [rule.meta.slug, index]))
const order = (meta: RuleMeta): number => places.get(meta.slug) ?? places.size

function toVerdict(status: VerdictStatus, finding: Finding): Verdict {
  return { status, cause: finding.rule as Cause, headline: finding.title, owner: finding.owner, finding: finding.id }
}

const rank: Readonly<Record<VerdictStatus, number>> = { broken: 3, 'at-risk': 2, inconclusive: 1, healthy: 0 }

/**
 * One verdict for the whole input: that of the worst capture, the first of equals. Captures that only bring material
 * (CA files, facts about a certificate) speak only when nothing else does. What a program says of a failure is explained by
 * a connection to the same server that shows one; it leads where that connection works.
 */
export function overallVerdict(
  contexts: readonly CaptureContext[],
  verdicts: readonly Verdict[],
  inputFindings: readonly Finding[] = [],
): { verdict: Verdict; capture?: number } {
  let best: number | undefined
  let heaviest = Number.NEGATIVE_INFINITY
  for (const [index, context] of contexts.entries()) {
    const weight = weightOf(context, verdicts)
    if (weight <= heaviest) continue
    best = index
    heaviest = weight
  }
  const verdict = best === undefined ? undefined : verdicts[best]
  if (verdict && best !== undefined) return { verdict, capture: best }
  const finding = inputFindings.find(({ rule }) => rule === 'unreadable-input')
  return { verdict: finding ? { ...nothing, headline: finding.title, finding: finding.id } : nothing }
}

function weightOf(context: CaptureContext, verdicts: readonly Verdict[]): number {
  const verdict = verdicts[context.index]
  if (!verdict) return Number.NEGATIVE_INFINITY
  if (context.supplement) return rank[verdict.status] - 20
  if (context.capture.kind === 'file') return rank[verdict.status]
  const beside = connectionBeside(context)
  const shown = beside && verdicts[beside.index]
  const explained = shown !== undefined && (shown.status === 'broken' || verdict.status !== 'broken')
  return (
    rank[verdict.status] +
    (explained ? 5 : 10) -
    (isPassingClient(context, verdict) || isExplained(context) ? noise : 0)
  )
}

/** Scanners and health checks leave such lines in every log: they lead only where nothing else fails. */
const isPassingClient = ({ capture }: CaptureContext, { cause }: Verdict): boolean =>
  capture.side === 'downstream' && cause !== 'client-certificate-missing' && cause !== 'client-certificate-rejected'

/** An access log says that a request failed; an error log beside it says why. */
const isExplained = ({ capture, input }: CaptureContext): boolean =>
  capture.kind === 'log' &&
  capture.requests !== undefined &&
  capture.failures.length + capture.verifyErrors.length === 0 &&
  capture.side === 'upstream' &&
  input.captures.some(
    ({ capture: { kind, side, failures, verifyErrors } }) =>
      kind === 'log' && side === 'upstream' && failures.length + verifyErrors.length > 0,
  )

/** Less than an open question about an upstream, more than a working connection. */
const noise = rank.broken - rank.inconclusive + 0.5
