/**
 * Windows PowerShell shows the first line that a program writes to its error stream as an error of its own: with the
 * program's name before it, and a description of the place in the script after it.
 */
import { Edits } from './mapped-text.ts'

const sign = 'NativeCommandError'
const place = /^At \S[^\n]{0,300}char:\d{1,6}[ \t]*$/
const detail = /^[ \t]{0,8}\+ /
/** Lines of a description: the place, the script's line, the mark under it, category and kind. Long ones are broken. */
const maximumLines = 12

/** Finds the descriptions, so that the lines of the program stand together again. */
export function nativeErrorPlaces(text: string): Edits {
  const edits = new Edits()
  let covered = 0
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + sign.length)) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline + 1
    const start = startOf(text, at, covered)
    if (start === undefined) continue
    // A line with one blank ends it.
    const blank = /^[ \t]{0,4}\n/.exec(text.slice(end, end + 6))?.[0].length ?? 0
    edits.add(start, end + blank, '')
    covered = end + blank
  }
  return edits
}

/** Goes up to the line that names the place. */
function startOf(text: string, at: number, limit: number): number | undefined {
  let start = text.lastIndexOf('\n', at) + 1
  let details = 0
  for (let count = 0; count < maximumLines && start > limit; count++) {
    const line = text.slice(start, text.indexOf('\n', start))
    if (place.test(line)) return details > 0 ? start : undefined
    if (detail.test(line)) details++
    start = text.lastIndexOf('\n', start - 2) + 1
  }
  return place.test(text.slice(start, Math.max(start, text.indexOf('\n', start)))) && details > 0 ? start : undefined
}
