/** Outcomes of judging revocation: made, joined, and turned into problems of a path. */
import type { UnixMs } from '../../core/brand.ts'
import type { CrlReason } from '../../x509/crl-model.ts'
import type { Certificate } from '../../x509/model.ts'
import { called, instant } from '../checks/check.ts'
import type { PathProblem } from '../model.ts'
import type {
  CertificateRevocation,
  Objection,
  RevocationOutcome,
  RevocationSource,
  Revoked,
  Unknown,
} from './model.ts'

/** Objections told in one go; all of them stay in `objections`. */
const toldAtOnce = 3

/** @param objections at least one */
export const unknown = (objections: readonly Objection[]): Unknown => ({
  status: 'unknown',
  why: objections
    .slice(0, toldAtOnce)
    .map(({ message }) => message)
    .join(' '),
  objections,
})

interface RevokedFacts {
  readonly reason?: CrlReason
  readonly revocationDate?: UnixMs
  readonly invalidityDate?: UnixMs
  readonly stale: boolean
}

/** Says that a certificate is revoked, by whom and why. */
export function revoked(
  certificate: Certificate,
  source: RevocationSource,
  { reason = 'unspecified', revocationDate, invalidityDate, stale }: RevokedFacts,
): Revoked {
  const when = revocationDate === undefined ? '' : ` on ${instant(revocationDate)}`
  const suspect = invalidityDate === undefined ? '' : `, its key being suspect since ${instant(invalidityDate)}`
  const by = source.kind === 'crl' ? 'the CRL' : 'the OCSP response'
  const old = stale ? ` By now ${by} that says so is out of date, but such a revocation is final.` : ''
  return {
    status: 'revoked',
    reason,
    ...(revocationDate === undefined ? {} : { date: revocationDate }),
    ...(invalidityDate === undefined ? {} : { invalidityDate }),
    source,
    stale,
    message: `${called(certificate)} ${what(reason, when)}${suspect}.${old}`,
  }
}

function what(reason: CrlReason, when: string): string {
  if (reason === 'certificateHold') return `was put on hold by its CA${when}, which may be lifted again`
  return `was revoked by its CA${when}${reason === 'unspecified' ? ', without a stated reason' : `, for the reason ${reason}`}`
}

/**
 * Joins what CRLs and OCSP responses say of the same path: a revocation counts before "good", and that before "unknown".
 */
export function joinRevocation(
  a: readonly CertificateRevocation[],
  b: readonly CertificateRevocation[],
): readonly CertificateRevocation[] {
  const joined = new Map(a.map((one) => [one.index, one]))
  for (const one of b) {
    const other = joined.get(one.index)
    joined.set(one.index, other === undefined ? one : { ...one, outcome: join(other.outcome, one.outcome) })
  }
  return [...joined.values()].sort((one, other) => one.index - other.index)
}

const rank = { revoked: 0, good: 1, unknown: 2 } as const

function join(a: RevocationOutcome, b: RevocationOutcome): RevocationOutcome {
  if (a.status === 'unknown' && b.status === 'unknown') return unknown([...a.objections, ...b.objections])
  return rank[a.status] <= rank[b.status] ? a : b
}

/**
 * Outcomes as problems of the path: `revoked` is fatal; `revocation-unknown` only when revocation is `required`, since
 * browsers and most TLS clients go on without an answer.
 */
export function revocationProblems(
  results: readonly CertificateRevocation[],
  { required = false }: { readonly required?: boolean } = {},
): readonly PathProblem[] {
  return results.flatMap(({ index, certificate, outcome }): PathProblem[] => {
    if (outcome.status === 'good') return []
    if (outcome.status === 'revoked') {
      const { message, reason } = outcome
      return [{ code: 'revoked', certificate, index, severity: 'fatal', message, actual: reason }]
    }
    const severity = required ? 'fatal' : 'note'
    const actual = outcome.objections[0]?.code
    const problem = { code: 'revocation-unknown', certificate, index, severity, message: outcome.why } as const
    return [actual === undefined ? problem : { ...problem, actual }]
  })
}
