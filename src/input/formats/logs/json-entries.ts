/** Finds the JSON objects in the lines of a log: one per line, printed over several lines, or inside another log's line. */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import { isEscaped, JsonEntry } from './json-entry.ts'

/** Characters of one entry; a log entry with all its headers has a few thousand. */
const maximumLength = 200_000

/** An object with a name in it, also as a string of another object. */
const opening = /\{\s{0,8}\\?"[\w.@/ -]{1,80}\\?"\s{0,4}:/
/** An object that is printed over several lines. */
const openingLine = /^\s{0,60}\{\s{0,8}$/
/** The log's own entry inside the object of a container runtime. */
const nested = /"\s?\{\\"/
/** A line of a printed object: a name with its value, a value of a list, or brackets. */
const field = /^\s{0,80}(?:"[^"]{1,200}"\s{0,4}:|[\]}[{]|"[^"]{0,400}",?\s*$|-?[\d.]{1,20},?\s*$)/

/** Cuts lines into entries, in order. Lines without an object yield nothing. */
export function jsonEntries(known: readonly Line[], source: MappedText): JsonEntry[] {
  const lines = withBrackets(known, source)
  const entries: JsonEntry[] = []
  let index = 0
  while (index < lines.length) {
    const line = lines[index] as Line
    const text = source.text.slice(line.start, Math.min(line.end, line.start + maximumLength))
    const at = openingLine.test(text) ? text.indexOf('{') : text.search(opening)
    if (at !== -1) {
      const inner = text.slice(at).search(nested)
      const begin = at + (inner === -1 ? 0 : inner + text.slice(at + inner).indexOf('{'))
      const { end, next } = objectEnd(lines, index, line.start + begin, source)
      entries.push(new JsonEntry(source, line.start + begin, end))
      index = next
    } else if (field.test(text)) index = headless(index)
    else index++
  }
  return entries

  /** The rest of a printed object whose beginning is not in the paste: up to the next object. */
  function headless(from: number): number {
    const { start } = lines[from] as Line
    let end = start
    let next = from
    for (; next < lines.length; next++) {
      const line = lines[next] as Line
      if (!field.test(line.text) || line.text === '{' || line.end - start > maximumLength) break
      end = line.end
    }
    if (end > start) entries.push(new JsonEntry(source, start, end))
    return Math.max(next, from + 1)
  }
}

/** Lines of brackets alone are too short for segmenting to keep; in a printed object they count. */
function withBrackets(lines: readonly Line[], source: MappedText): Line[] {
  const all: Line[] = []
  let from = Math.max(0, (lines[0]?.start ?? 0) - reach)
  for (const line of lines) {
    addBrackets(from, line.start)
    all.push(line)
    from = line.end
  }
  addBrackets(from, Math.min(source.text.length, from + reach))
  return all

  function addBrackets(start: number, end: number): void {
    if (end - start < 2 || end - start > reach) return
    for (const match of source.text.slice(start, end).matchAll(/^[ \t]{0,3}[\]}[{]{1,3},?$/gm)) {
      const at = start + match.index
      all.push({ start: at, end: at + match[0].length, text: match[0] })
    }
  }
}

/** Characters between two lines in which brackets are looked for. */
const reach = 40

/** Where the object that begins at an offset ends: behind its last brace, or with the last line that can belong to it. */
function objectEnd(lines: readonly Line[], from: number, start: number, source: MappedText) {
  const escaped = isEscaped(source.text.slice(start, start + 100))
  let depth = 0
  let quoted = false
  let end = start
  let next = from
  for (; next < lines.length; next++) {
    const line = lines[next] as Line
    if (next > from && (!field.test(line.text) || (openingLine.test(line.text) && depth === 0))) break
    const begin = Math.max(line.start, start)
    const stop = Math.min(line.end, start + maximumLength)
    for (let at = begin; at < stop; at++) {
      const character = source.text[at]
      if (character === '\\') {
        if (escaped && source.text[at + 1] === '"') quoted = !quoted
        at++
      } else if (character === '"' && !escaped) quoted = !quoted
      else if (!quoted && character === '{') depth++
      else if (!quoted && character === '}' && --depth === 0) return { end: at + 1, next: next + 1 }
    }
    end = stop
    if (quoted || stop < line.end) return { end, next: next + 1 }
  }
  return { end, next: Math.max(next, from + 1) }
}
