/** Line numbers of offsets in a text. */

const indexes = new Map<string, Uint32Array>()

/** Offsets at which the lines of a text start. The last few texts are remembered. */
function lineStarts(text: string): Uint32Array {
  const known = indexes.get(text)
  if (known) return known
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const index = Uint32Array.from(starts)
  if (indexes.size >= 8) indexes.delete(indexes.keys().next().value ?? '')
  indexes.set(text, index)
  return index
}

/** Number of the line an offset lies in, from 1. */
export function lineAt(text: string, offset: number): number {
  const starts = lineStarts(text)
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}

/** `line 12` or `lines 12–14` for a half-open range. */
export function lineRange(text: string, start: number, end: number): string {
  const first = lineAt(text, start)
  const last = lineAt(text, Math.max(start, end - 1))
  return first === last ? `line ${first}` : `lines ${first}–${last}`
}
