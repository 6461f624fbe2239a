/** The best paths of a search, kept in order. */
import type { BuiltPath } from './model.ts'

export interface PathList {
  readonly size: number
  readonly full: boolean
  readonly hasValid: boolean
  /** Was a path left out because the list was full? */
  readonly dropped: boolean
  /** @param cost of the search's own ranking: length and penalties, least first */
  add(path: BuiltPath, cost: number): void
  best(): readonly BuiltPath[]
}

interface Ranked {
  readonly path: BuiltPath
  readonly cost: number
  readonly fatal: number
  readonly order: number
}

/** Makes an empty list of at most `capacity` paths. */
export function createPathList(capacity: number): PathList {
  const kept: Ranked[] = []
  let order = 0
  let dropped = false
  return {
    get size() {
      return kept.length
    },
    get full() {
      return kept.length >= capacity
    },
    get hasValid() {
      return kept[0]?.path.valid === true
    },
    get dropped() {
      return dropped
    },
    add(path, cost) {
      const fatal = path.problems.filter(({ severity }) => severity === 'fatal').length
      const ranked = { path, cost, fatal, order: order++ }
      let at = kept.length
      while (at > 0 && compare(ranked, kept[at - 1] as Ranked) < 0) at--
      kept.splice(at, 0, ranked)
      if (kept.length <= capacity) return
      kept.pop()
      dropped = true
    },
    best: () => kept.map(({ path }) => path),
  }
}

/**
 * Valid before anchored before the rest; of anchored ones those with fewer things wrong, of the others those that know
 * more of the chain; then by the search's cost and the order found.
 */
function compare(a: Ranked, b: Ranked): number {
  return (
    Number(b.path.valid) - Number(a.path.valid) ||
    Number(b.path.anchored) - Number(a.path.anchored) ||
    (a.path.anchored ? a.fatal - b.fatal : b.path.certificates.length - a.path.certificates.length) ||
    a.fatal - b.fatal ||
    a.cost - b.cost ||
    a.order - b.order
  )
}
