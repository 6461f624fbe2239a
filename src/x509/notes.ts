/** Collects what is odd about an encoding: a sentence for each kind of oddity, with the places where it was seen. */
import { x509Limits } from './limits.ts'

/**
 * Takes one oddity.
 * @param problem a sentence without its full stop
 * @param offset byte in the DER where the element in question starts
 */
export type Note = (problem: string, offset?: number) => void

interface Places {
  /** The first ones, as many as are told. */
  readonly offsets: number[]
  count: number
}

/** Places told of one oddity. */
const placesTold = 3

/** Starts an empty collection. `sentences` has each problem once, in the order of their first appearance. */
export function collectNotes(): { readonly note: Note; sentences(): readonly string[] } {
  const problems = new Map<string, Places>()
  return {
    note(problem, offset) {
      let places = problems.get(problem)
      if (places === undefined) {
        if (problems.size >= x509Limits.problems) return
        places = { offsets: [], count: 0 }
        problems.set(problem, places)
      }
      if (offset === undefined || places.offsets.includes(offset)) return
      places.count++
      if (places.offsets.length < placesTold) places.offsets.push(offset)
    },
    sentences: () => Object.freeze([...problems].map(([problem, places]) => `${problem}${whereText(places)}`)),
  }
}

function whereText({ offsets, count }: Places): string {
  if (count === 0) return ''
  const more = count > offsets.length ? ` and ${count - offsets.length} more` : ''
  return ` (at byte ${offsets.join(', ')}${more})`
}
