/** What every check of a path works on and yields. */
import type { UnixMs } from '../../core/brand.ts'
import type { Certificate, SignatureStatus } from '../../x509/model.ts'
import { shortName } from '../../x509/name.ts'
import { type AnchorCheck, opensslAnchorChecks } from '../anchor.ts'
import type { BuildOptions, PathProblem, PathProblemCode } from '../model.ts'
import type { Work } from '../work.ts'

/**
 * How a path ends. `anchor`: at a trust anchor. `self-signed`: at a root that is none. `no-issuer`: nobody has the name
 * and the key. `circle`: every issuer is in the path already. `limit`: the work budget ended it.
 */
export type PathEnd = 'anchor' | 'self-signed' | 'no-issuer' | 'circle' | 'limit'

/** A path as the search found it, before it is judged. Fields as in {@link BuiltPath}. */
export interface FoundPath {
  readonly certificates: readonly Certificate[]
  readonly signatures: readonly SignatureStatus[]
  readonly end: PathEnd
  /** Certificates with the missing issuer's name whose key did not sign the last certificate. */
  readonly namesakes: readonly Certificate[]
}

/** One check: every problem of its kind in a path. Pure but for the work it takes from the budgets; never throws. */
export type Check = (path: FoundPath, options: BuildOptions, work: Work) => PathProblem[]

interface ProblemFacts {
  readonly severity?: 'fatal' | 'note'
  readonly by?: number
  readonly actual?: string
  readonly expected?: string
}

/** Makes a problem of the certificate at an index of the path; fatal unless told otherwise. */
export function problem(
  path: FoundPath,
  index: number,
  code: PathProblemCode,
  message: string,
  facts: ProblemFacts = {},
): PathProblem {
  const certificate = path.certificates[index]
  if (certificate === undefined) throw new RangeError(`no certificate at index ${index} of the path`)
  return { code, certificate: certificate.sha256, index, severity: 'fatal', message, ...facts }
}

/** Is this the last certificate of a path that ends at an anchor? */
export const isAnchorOf = (path: FoundPath, index: number): boolean =>
  path.end === 'anchor' && index === path.certificates.length - 1

/** Is a check switched off for the certificate at an index, because it is the anchor? */
export const isWaived = (path: FoundPath, index: number, { anchor }: BuildOptions, check: AnchorCheck): boolean =>
  index > 0 && isAnchorOf(path, index) && !(anchor?.[check] ?? opensslAnchorChecks[check])

/** Is this the self-signed last certificate of a path without anchor? Its signature proves nothing either. */
export const isSelfSignedEnd = (path: FoundPath, index: number): boolean =>
  path.end === 'self-signed' && index === path.certificates.length - 1

/** What to call a certificate in a sentence, in quotation marks. */
export const called = (certificate: Certificate): string => `"${shortName(certificate.subject)}"`

/** An instant in a sentence, to the second, in UTC. */
export function instant(time: UnixMs): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().replace('.000Z', 'Z')
}
