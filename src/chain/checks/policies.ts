/** Certificate policies in sentences: RFC 5280 section 6.1, for a path whose certificates or whose reader ask for them. */
import type { Oid } from '../../core/brand.ts'
import { policyNames } from '../../standards/oids.ts'
import { policyFacts } from '../policies/facts.ts'
import { type Demand, type PolicyFailure, processPolicies } from '../policies/process.ts'
import { type Check, called, type FoundPath, isAnchorOf, isSelfSignedEnd, problem } from './check.ts'

/** Policies quoted in one message. */
const quotedPolicies = 4

/**
 * A policy that is required but does not hold. A path without anchor is judged as far as it goes: what lies above it
 * can only take policies away.
 */
export const checkPolicies: Check = (path, options, work) => {
  const certificates = path.certificates.filter((_, index) => isJudged(path, index))
  const { failure } = processPolicies(certificates, options, work)
  return failure === undefined ? [] : [tell(path, failure, options.initialPolicySet, work.limit('policySteps'))]
}

/** Policy extensions that no path can be judged with, except on an anchor, whose extensions are not processed. */
export const checkPolicyExtensions: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    if (!isJudged(path, index)) return []
    return policyFacts(certificate)
      .faults.filter(({ extension }) => extension.error === undefined || !extension.critical)
      .map(({ extension, reason }) => {
        const message = `The extension ${extension.name} (${extension.oid}) of ${called(certificate)} ${reason}.`
        return problem(path, index, 'malformed-extension', message.replace(/\.\.$/, '.'), { actual: extension.oid })
      })
  })

const isJudged = (path: FoundPath, index: number): boolean => !isAnchorOf(path, index) && !isSelfSignedEnd(path, index)

function tell(path: FoundPath, failure: PolicyFailure, accepted: ReadonlySet<Oid> | undefined, limit: number) {
  const certificate = path.certificates[failure.index]
  const name = certificate === undefined ? 'A certificate' : called(certificate)
  if (failure.kind === 'limit') {
    const message = `The certificate policies down to ${name} were not settled within ${limit} steps.`
    return problem(path, failure.index, 'search-limit', message, { expected: `at most ${limit} steps` })
  }
  if (failure.kind === 'maps-any') {
    const message = `${name} maps a policy from or to anyPolicy, which RFC 5280 forbids.`
    return problem(path, failure.index, 'policy', message, { expected: 'no mapping of anyPolicy' })
  }
  const why = demandText(path, failure.demand)
  if (failure.kind === 'not-accepted') {
    const actual = listed(failure.held)
    const message = `The path to ${name} is valid for ${actual}, but ${why}, and none of these is accepted.`
    return problem(path, failure.index, 'policy', message, { actual, expected: listed([...(accepted ?? [])]) })
  }
  const own = certificate?.policies ?? []
  const actual = own.length === 0 ? 'no policy' : listed(own)
  const hold = 'that holds for every certificate from the anchor down'
  const lack =
    own.length === 0 ? `has no policy, but ${why} ${hold}` : `has ${actual}, but no policy ${hold}, and ${why}`
  const whom =
    failure.demand === 'caller' ? '' : ' Java, Go and browsers refuse that; OpenSSL does when told to check policies.'
  const message = `${name} ${lack}.${whom}`
  return problem(path, failure.index, 'policy', message, { actual, expected: 'a policy that the whole path has' })
}

function demandText(path: FoundPath, demand: Demand): string {
  const certificate = demand === 'caller' ? undefined : path.certificates[demand]
  return certificate === undefined ? 'the judgement asks for one' : `${called(certificate)} requires one`
}

function listed(policies: readonly Oid[]): string {
  const shown = policies.slice(0, quotedPolicies).map((policy) => policyNames[policy] ?? policy)
  const more = policies.length > quotedPolicies ? ` and ${policies.length - quotedPolicies} more` : ''
  return `${shown.join(', ')}${more}`
}
