/** Runs one rule over a paste, and lays its outcome flat for a test to look at. */
import { unixMs } from '../../../core/brand.ts'
import type { InputDocument } from '../../../input/model.ts'
import { readDocument } from '../../../input/read.ts'
import { createVerifier } from '../../../x509/crypto.ts'
import { buildContexts } from '../../build-context.ts'
import type { CaptureContext, InputContext } from '../../context.ts'
import type { CaptureRule, ConclusionRule, Draft, InputRule, Outcome, RuleResult } from '../../contract.ts'
import { certificateOf } from './capture.ts'
import type { CertificateName } from './certificates.ts'

export interface Circumstances {
  /** ISO 8601; by default the day all tests are on. */
  readonly now?: string
  readonly host?: string
  readonly trusted?: readonly CertificateName[]
  readonly purpose?: 'server' | 'client' | 'any'
  readonly publicRoots?: boolean
}

/** The day of the tests: leaves of the fixtures are valid from 2026-09-01 to 2027-09-01. */
export const today = '2026-12-01T12:00:00Z'

export interface Judged extends Partial<Draft> {
  readonly kind: Outcome['kind']
  readonly reason?: string
  /** The places the first finding points at, as they read in the paste. */
  readonly quotes: readonly string[]
  readonly findings: number
}

/** Reads a paste, or several documents, as the pipeline does. */
export async function contextOf(
  paste: string | readonly InputDocument[],
  circumstances: Circumstances = {},
): Promise<InputContext> {
  const documents = (typeof paste === 'string' ? [{ name: 'paste', text: paste }] : paste).map(readDocument)
  const { now = today, host, trusted = [], purpose, publicRoots = true } = circumstances
  return buildContexts(documents, {
    now: unixMs(Date.parse(now)),
    publicRoots,
    crls: [],
    trusted: trusted.map(certificateOf),
    verifier: createVerifier(),
    ...(host === undefined ? {} : { host }),
    ...(purpose === undefined ? {} : { purpose }),
  })
}

/** What a rule says of the first capture of a paste. */
export async function judge(
  rule: CaptureRule | InputRule,
  paste: string | readonly InputDocument[],
  circumstances: Circumstances = {},
): Promise<Judged> {
  const input = await contextOf(paste, circumstances)
  if (rule.scope === 'input') return flat(rule.check(input), input)
  const capture: CaptureContext | undefined = input.captures[0]
  if (capture === undefined) throw new Error('the paste holds no capture')
  return flat(rule.check(capture), input)
}

/** What a rule concludes for the first capture of a paste; `run` is the runner, which no helper may know. */
export async function conclude(
  run: (context: CaptureContext) => readonly RuleResult[],
  rule: ConclusionRule,
  paste: string | readonly InputDocument[],
  circumstances: Circumstances = {},
): Promise<Judged> {
  const input = await contextOf(paste, circumstances)
  const capture: CaptureContext | undefined = input.captures[0]
  if (capture === undefined) throw new Error('the paste holds no capture')
  const found = run(capture).filter(({ meta }) => meta.slug !== rule.meta.slug)
  return flat(rule.check(capture, found), input)
}

/** An outcome laid flat. */
export function flat(outcome: Outcome, input: InputContext): Judged {
  const drafts = outcome.kind === 'fail' ? outcome.drafts : []
  const quotes = (drafts[0]?.evidence ?? []).map(
    (span) => input.documents[span.document]?.text.slice(span.start, span.end) ?? '',
  )
  return {
    ...drafts[0],
    kind: outcome.kind,
    quotes,
    findings: drafts.length,
    ...(outcome.kind === 'unknown' || outcome.kind === 'not-applicable' ? { reason: outcome.reason } : {}),
  }
}
