/** Copies of a terminal with panes side by side (tmux, screen), and boxes drawn around output. */
import { Edits } from './mapped-text.ts'

/** Vertical lines of box drawing. */
const separator = /[\u2502\u2503\u2551]/
/** Lines that must have the separator at the same place. */
const minimumLines = 3
/** Characters of a line in which a separator is looked for; terminals are at most some hundred wide. */
const widest = 600
/** Panes of one row. */
const maximumPanes = 8

interface Row {
  readonly start: number
  readonly end: number
  readonly places: readonly number[]
}

/**
 * Finds everything but the pane that has the most to say, in each run of lines with separators at the same places.
 * Two panes cannot both be kept: their lines would be mixed.
 */
export function otherPanes(text: string): Edits {
  const edits = new Edits()
  if (!separator.test(text)) return edits
  let run: Row[] = []
  const close = () => {
    if (run.length >= minimumLines) keepOne(text, run, edits)
    run = []
  }
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const row = { start, end, places: placesOf(text, start, end) }
    if (run[0] && !samePlaces(run[0].places, row.places)) close()
    if (row.places.length > 0) run.push(row)
    start = end + 1
  }
  close()
  return edits
}

function placesOf(text: string, start: number, end: number): number[] {
  const places: number[] = []
  const last = Math.min(end, start + widest)
  for (let at = start; at < last && places.length < maximumPanes; at++)
    if (separator.test(text[at] as string)) places.push(at - start)
  return places
}

const samePlaces = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((place, index) => place === b[index])

function keepOne(text: string, rows: readonly Row[], edits: Edits): void {
  const places = (rows[0] as Row).places
  const panes = [...places, undefined].map((to, index) => ({
    from: index === 0 ? 0 : (places[index - 1] as number) + 1,
    to,
  }))
  let best: { readonly from: number; readonly to: number | undefined } | undefined
  let most = 0
  for (const pane of panes) {
    const weight = rows.reduce(
      (sum, row) =>
        sum + weigh(text.slice(row.start + pane.from, row.start + Math.min(pane.to ?? widest, row.end - row.start))),
      0,
    )
    if (weight <= most) continue
    most = weight
    best = pane
  }
  if (!best) return
  for (const row of rows) {
    const from = row.start + best.from
    const to = best.to === undefined ? row.end : row.start + best.to
    if (from > row.start) edits.add(row.start, from, '')
    let kept = to
    while (kept > from && text[kept - 1] === ' ') kept--
    if (kept < row.end) edits.add(kept, row.end, '')
  }
}

/** How much a line says of TLS: PEM most, then lines that formats know. */
function weigh(line: string): number {
  const content = line.trim()
  if (/-----(?:BEGIN|END) /.test(content)) return 20
  if (/^[A-Za-z0-9+/]{48,}={0,2}$/.test(content)) return 4
  return /certificate|verify|depth=|subject|issuer|\b[si]:|SSL|TLS|error/i.test(content) ? 2 : 0
}
