/** Judges a path: every reason why clients refuse it, by RFC 5280 section 6.1 and the profile of TLS servers. */
import { checkCa, checkCertSign, checkPathLength } from './checks/ca.ts'
import type { Check, FoundPath } from './checks/check.ts'
import { checkEnd } from './checks/ends.ts'
import { checkCritical, checkDuplicates, checkMalformed } from './checks/extensions.ts'
import { checkNameConstraints } from './checks/name-constraints.ts'
import { checkAlgorithms, checkKeyIds, checkSignatures } from './checks/signatures.ts'
import { checkDigests, checkKeys } from './checks/strength.ts'
import { checkLeafKeyUsage, checkPurpose } from './checks/usage.ts'
import { checkValidity } from './checks/validity.ts'
import type { BuildOptions, PathProblem } from './model.ts'

/** In the order in which problems of one certificate are told. */
const checks: readonly Check[] = [
  checkEnd,
  checkSignatures,
  checkValidity,
  checkCa,
  checkCertSign,
  checkPathLength,
  checkNameConstraints,
  checkPurpose,
  checkLeafKeyUsage,
  checkCritical,
  checkDuplicates,
  checkMalformed,
  checkAlgorithms,
  checkKeys,
  checkDigests,
  checkKeyIds,
]

/**
 * Every problem of a path, leaf first, fatal ones before notes. Policies and revocation are not judged here.
 *
 * @param options the instant and the purpose to judge by
 */
export function validatePath(path: FoundPath, options: BuildOptions): readonly PathProblem[] {
  return checks
    .flatMap((check) => check(path, options))
    .sort((a, b) => a.index - b.index || severityRank[a.severity] - severityRank[b.severity])
}

const severityRank = { fatal: 0, note: 1 } as const
