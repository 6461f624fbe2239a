/**
 * The valid policies of a path as a graph: RFC 9618 section 5, which replaces the tree of RFC 5280 section 6.1.
 * A policy has at most one node on each level, so a graph grows with the extensions it is made of and no faster.
 * Levels are never pruned: what no later level points at is simply not reached when the graph is read at its end.
 */
import type { Oid } from '../../core/brand.ts'
import { anyPolicy, type PolicyFacts } from './facts.ts'

interface Node {
  readonly policy: Oid
  readonly parents: readonly Node[]
  /** Policies that the next certificate may show for this one. */
  expected: ReadonlySet<Oid>
}

type Level = Map<Oid, Node>

export interface PolicyGraph {
  /** No policy is left: RFC 5280's NULL. */
  readonly empty: boolean
  /**
   * Adds the level of one certificate, as section 6.1.3 (d) and (e).
   * @param takesAny whether its anyPolicy counts
   */
  descend(facts: PolicyFacts, takesAny: boolean): void
  /**
   * Applies its mappings, as section 6.1.4 (b).
   * @param allowed else the mapped policies are deleted
   */
  map(facts: PolicyFacts, allowed: boolean): void
  /** The authority-constrained policy set of RFC 9618 section 5.4: in the terms of the anchor, anyPolicy if it holds for all. */
  authorityPolicies(): ReadonlySet<Oid>
}

/** @param spend takes one unit of work a node or edge; once it says no, the graph is no longer to be trusted */
export function createPolicyGraph(spend: (amount: number) => boolean): PolicyGraph {
  const root: Node = { policy: anyPolicy, parents: [], expected: new Set([anyPolicy]) }
  let level: Level = new Map([[anyPolicy, root]])
  const levels: Level[] = [level]

  /** Nodes of the last level by the policies they expect. */
  function byExpected(): Map<Oid, Node[]> | undefined {
    const index = new Map<Oid, Node[]>()
    for (const node of level.values()) {
      if (!spend(node.expected.size)) return undefined
      for (const policy of node.expected) {
        const nodes = index.get(policy)
        if (nodes === undefined) index.set(policy, [node])
        else nodes.push(node)
      }
    }
    return index
  }

  function close(): void {
    level = new Map()
    levels.push(level)
  }

  return {
    get empty() {
      return level.size === 0
    },
    descend(facts, takesAny) {
      if (level.size === 0) return
      if (facts.policies === undefined) return close()
      const expected = byExpected()
      if (expected === undefined || !spend(facts.policies.size)) return close()
      const above = level
      close()
      const add = (policy: Oid, parents: readonly Node[]) =>
        level.set(policy, { policy, parents, expected: new Set([policy]) })
      const any = above.get(anyPolicy)
      for (const policy of facts.policies) {
        const parents = expected.get(policy) ?? (any === undefined ? [] : [any])
        if (parents.length > 0) add(policy, parents)
      }
      if (!facts.hasAny || !takesAny) return
      for (const [policy, parents] of expected) if (!level.has(policy)) add(policy, parents)
    },
    map(facts, allowed) {
      if (!spend(facts.mapped)) return close()
      const above = levels.at(-2)?.get(anyPolicy)
      const hadAny = level.has(anyPolicy)
      for (const [policy, subjects] of facts.mappings) {
        const node = level.get(policy)
        if (!allowed) level.delete(policy)
        else if (node !== undefined) node.expected = subjects
        else if (hadAny && above !== undefined) level.set(policy, { policy, parents: [above], expected: subjects })
      }
    },
    authorityPolicies() {
      const policies = new Set<Oid>()
      if (level.has(anyPolicy)) policies.add(anyPolicy)
      let reached = new Set(level.values())
      while (reached.size > 0) {
        const parents = new Set<Node>()
        for (const node of reached) {
          if (!spend(node.parents.length)) return policies
          for (const parent of node.parents) {
            parents.add(parent)
            if (parent.policy === anyPolicy && node.policy !== anyPolicy) policies.add(node.policy)
          }
        }
        reached = parents
      }
      return policies
    },
  }
}
