/** Lines as Docker's json-file driver keeps them: each in a JSON object of its own, with the time. */
import type { UnixMs } from '../core/brand.ts'
import { Edits } from './mapped-text.ts'
import { parseStamp, type Stamp } from './prefixes.ts'

const head = /^[ \t]{0,8}\{"log":"/
const tail = /(?:\\r)?(?:\\n)?","(?:stream|attrs|time)":[^\n]{0,600}\}[ \t]{0,8}$/
const escaped = /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g

const values: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', b: '', f: '' }

/**
 * Finds what stands around the lines, and the escapes in them.
 * @returns edits, ascending, and the times
 */
export function findLoggedLines(text: string): { readonly edits: Edits; readonly stamps: readonly Stamp[] } {
  const edits = new Edits()
  const stamps: Stamp[] = []
  if (!text.includes('{"log":"')) return { edits, stamps }
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const opening = head.exec(text.slice(start, start + 24))?.[0].length
    if (opening !== undefined) unwrap(text, start, start + opening, end, edits, stamps)
    start = end + 1
  }
  return { edits, stamps }
}

/** Characters at the end of a line in which the rest of the object is looked for. */
const longestTail = 640

function unwrap(text: string, start: number, from: number, end: number, edits: Edits, stamps: Stamp[]): void {
  const last = Math.max(from, end - longestTail)
  const found = tail.exec(text.slice(last, end))
  if (!found) return
  const to = last + found.index
  const time: UnixMs | undefined = parseStamp(found[0])
  if (time !== undefined) stamps.push({ start: to, end, time })
  edits.add(start, from, '')
  for (const match of text.slice(from, to).matchAll(escaped)) {
    const [sequence] = match
    edits.add(from + match.index, from + match.index + sequence.length, escapeValue(sequence))
  }
  edits.add(to, end, '')
}

function escapeValue(sequence: string): string {
  const letter = sequence[1] as string
  if (letter !== 'u') return values[letter] ?? letter
  const code = Number.parseInt(sequence.slice(2), 16)
  return code < 0x20 && code !== 9 ? '' : String.fromCharCode(code)
}
