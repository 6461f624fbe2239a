/** Judges a path: every reason why clients refuse it, by RFC 5280 section 6.1 and the profile of TLS servers. */
import { checkCa, checkCertSign, checkPathLength } from './checks/ca.ts'
import type { Check, FoundPath } from './checks/check.ts'
import { checkEnd } from './checks/ends.ts'
import { checkCritical, checkDuplicates, checkMalformed } from './checks/extensions.ts'
import { checkNameConstraints } from './checks/name-constraints.ts'
import { checkPolicies, checkPolicyExtensions } from './checks/policies.ts'
import { checkEncoding, checkProfile, checkVersion } from './checks/profile.ts'
import { checkAlgorithms, checkKeyIds, checkSignatures } from './checks/signatures.ts'
import { checkCurves, checkDigests, checkKeys } from './checks/strength.ts'
import { checkLeafKeyUsage, checkNetscapeType, checkPurpose } from './checks/usage.ts'
import { checkValidity } from './checks/validity.ts'
import type { BuildOptions, PathProblem } from './model.ts'
import { createWork, type Work } from './work.ts'

/** In the order in which problems of one certificate are told. */
const checks: readonly Check[] = [
  checkEnd,
  checkSignatures,
  checkValidity,
  checkCa,
  checkCertSign,
  checkPathLength,
  checkNameConstraints,
  checkPolicies,
  checkPurpose,
  checkLeafKeyUsage,
  checkNetscapeType,
  checkCritical,
  checkDuplicates,
  checkMalformed,
  checkPolicyExtensions,
  checkVersion,
  checkAlgorithms,
  checkKeys,
  checkCurves,
  checkDigests,
  checkKeyIds,
  checkProfile,
  checkEncoding,
]

/**
 * Every problem of a path, leaf first, fatal ones before notes. Revocation is not judged here.
 *
 * @param options the instant, the purpose and the policies to judge by
 * @param work budgets shared by the paths of one search; those of `limits.ts` when left out
 */
export function validatePath(
  path: FoundPath,
  options: BuildOptions,
  work: Work = createWork(options.limits),
): readonly PathProblem[] {
  return checks
    .flatMap((check) => check(path, options, work))
    .filter(({ code }) => options.ignore?.has(code) !== true)
    .sort((a, b) => a.index - b.index || severityRank[a.severity] - severityRank[b.severity])
}

const severityRank = { fatal: 0, note: 1 } as const
