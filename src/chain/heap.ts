/** A binary heap: takes values in any order, gives the one that comes first. */
export interface Heap<T> {
  readonly size: number
  push(value: T): void
  pop(): T | undefined
}

/**
 * Makes an empty heap.
 *
 * @param before does the first value come before the second?
 */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = []

  function swap(i: number, j: number): void {
    const held = items[i] as T
    items[i] = items[j] as T
    items[j] = held
  }
  const precedes = (i: number, j: number): boolean => before(items[i] as T, items[j] as T)

  return {
    get size() {
      return items.length
    },
    push(value) {
      let at = items.push(value) - 1
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!precedes(at, parent)) break
        swap(at, parent)
        at = parent
      }
    },
    pop() {
      const first = items[0]
      const last = items.pop()
      if (items.length === 0 || last === undefined) return first
      items[0] = last
      let at = 0
      for (;;) {
        let least = at
        const left = 2 * at + 1
        if (left < items.length && precedes(left, least)) least = left
        if (left + 1 < items.length && precedes(left + 1, least)) least = left + 1
        if (least === at) return first
        swap(at, least)
        at = least
      }
    },
  }
}
