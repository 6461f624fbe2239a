/** The state machine of certificate policies: RFC 5280 sections 6.1.2 to 6.1.5 with the graph of RFC 9618. */
import type { Oid } from '../../core/brand.ts'
import type { Certificate } from '../../x509/model.ts'
import type { PolicyInputs } from '../model.ts'
import type { Work } from '../work.ts'
import { anyPolicy, policyFacts } from './facts.ts'
import { createPolicyGraph } from './graph.ts'

/** Who made a policy necessary: the caller, or the certificate at an index of the path. */
export type Demand = 'caller' | number

export type PolicyFailure =
  /** A mapping from or to anyPolicy. */
  | { readonly kind: 'maps-any'; readonly index: number }
  /** From this certificate on no policy holds for the whole path. */
  | { readonly kind: 'no-policy'; readonly index: number; readonly demand: Demand }
  /** Policies hold, but none that the caller accepts. */
  | { readonly kind: 'not-accepted'; readonly index: number; readonly demand: Demand; readonly held: readonly Oid[] }
  /** The budget ended before a necessary policy was settled. */
  | { readonly kind: 'limit'; readonly index: number }

export interface PolicyOutcome {
  /** Undefined: the path succeeds. */
  readonly failure?: PolicyFailure
  /** Must a policy hold for the path? */
  readonly explicit: boolean
  /** The user-constrained policy set; anyPolicy in it means all. Empty when the path fails or no policy holds. */
  readonly policies: ReadonlySet<Oid>
}

/**
 * Processes the policies of a path. Extensions that cannot be decoded count as absent here.
 *
 * @param certificates leaf first, without the trust anchor, whose extensions are not processed
 * @param work `policySteps` are taken from it
 */
export function processPolicies(certificates: readonly Certificate[], inputs: PolicyInputs, work: Work): PolicyOutcome {
  const count = certificates.length
  let limited = false
  const graph = createPolicyGraph((amount) => {
    if (!work.spend('policySteps', amount)) limited = true
    return !limited
  })
  let explicit = inputs.requireExplicitPolicy === true ? 0 : count + 1
  let mapping = inputs.inhibitPolicyMapping === true ? 0 : count + 1
  let any = inputs.inhibitAnyPolicy === true ? 0 : count + 1
  let demand: Demand = 'caller'
  const failed = (failure: PolicyFailure): PolicyOutcome => ({ failure, explicit: explicit === 0, policies: new Set() })

  for (let index = count - 1; index >= 0; index--) {
    const certificate = certificates[index]
    if (certificate === undefined) continue
    const facts = policyFacts(certificate)
    const last = index === 0
    graph.descend(facts, any > 0 || (!last && certificate.selfIssued))
    if (explicit === 0 && graph.empty) {
      return failed(limited ? { kind: 'limit', index } : { kind: 'no-policy', index, demand })
    }
    if (last) {
      if (explicit > 0) explicit--
      if (facts.requireExplicitPolicy === 0 && explicit > 0) {
        explicit = 0
        demand = index
      }
      continue
    }
    if (mapsAny(facts.mappings)) return failed({ kind: 'maps-any', index })
    graph.map(facts, mapping > 0)
    if (!certificate.selfIssued) {
      explicit = Math.max(0, explicit - 1)
      mapping = Math.max(0, mapping - 1)
      any = Math.max(0, any - 1)
    }
    if (facts.requireExplicitPolicy !== undefined && facts.requireExplicitPolicy < explicit) {
      explicit = facts.requireExplicitPolicy
      demand = index
    }
    mapping = Math.min(mapping, facts.inhibitPolicyMapping ?? mapping)
    any = Math.min(any, facts.inhibitAnyPolicy ?? any)
  }

  const held = graph.authorityPolicies()
  const policies = constrain(held, inputs.initialPolicySet)
  if (explicit > 0 || policies.size > 0 || count === 0) return { explicit: explicit === 0, policies }
  if (limited) return failed({ kind: 'limit', index: 0 })
  return failed(
    held.size === 0
      ? { kind: 'no-policy', index: 0, demand }
      : { kind: 'not-accepted', index: 0, demand, held: [...held] },
  )
}

function mapsAny(mappings: ReadonlyMap<Oid, ReadonlySet<Oid>>): boolean {
  return [...mappings].some(([issuer, subjects]) => issuer === anyPolicy || subjects.has(anyPolicy))
}

/** RFC 9618 section 5.4: what holds, as far as the caller accepts it. */
function constrain(held: ReadonlySet<Oid>, accepted: ReadonlySet<Oid> | undefined): ReadonlySet<Oid> {
  if (accepted === undefined || accepted.has(anyPolicy)) return held
  return held.has(anyPolicy) ? accepted : new Set([...held].filter((policy) => accepted.has(policy)))
}
