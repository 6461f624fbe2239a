/** Output of several lines inside of one line: `\n` in a string of JSON, YAML or source code. */
import { Edits } from './mapped-text.ts'

/** Records of gateways are read as the JSON that they are. */
const record = /"(?:request|latencies|upstream\w{0,20}|tries|Edge\w{1,40}|Client\w{1,40}|Origin\w{1,40}|RayID)" {0,2}:/
/** Bytes as Python and C write them; a `\n` in them is one byte of many. */
const bytesInText = /(?:\\x[0-9A-Fa-f]{2}){2}/
/** Characters of a line in which the signs of a record are looked for. */
const headLength = 4_096

/** A line end with the tabs that begin the next line, or another escape that such strings have. */
const escaped = /(\\{1,3})(?:(?:r\1n|n)((?:\1t){0,4})|(["/])|u00(3[cCeE]|2[67]))/g

/**
 * Finds literal line ends in lines that have several of them. A path of Windows may hold `\n` as well (`C:\new`), and one
 * alone is no sign of lines.
 */
export function literalLineEnds(text: string): Edits {
  const edits = new Edits()
  if (!text.includes('\\n')) return edits
  for (let first = text.indexOf('\\n'); first !== -1; ) {
    const start = text.lastIndexOf('\n', first) + 1
    const newline = text.indexOf('\n', first)
    const end = newline === -1 ? text.length : newline
    const second = text.indexOf('\\n', first + 2)
    const head = text.slice(start, Math.min(end, start + headLength))
    if (second !== -1 && second < end && !record.test(head) && !bytesInText.test(head)) addLine(text, start, end, edits)
    first = second < end ? text.indexOf('\\n', end) : second
  }
  return edits
}

function addLine(text: string, start: number, end: number, edits: Edits): void {
  for (const match of text.slice(start, end).matchAll(escaped)) {
    const [found, slashes = '', tabs = '', plain, code] = match
    const tab = '\t'.repeat(tabs.length / (slashes.length + 1))
    const value = plain ?? (code ? String.fromCharCode(Number.parseInt(code, 16)) : `\n${tab}`)
    edits.add(start + match.index, start + match.index + found.length, value)
  }
}
