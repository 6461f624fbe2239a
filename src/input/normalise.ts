import type { UnixMs } from '../core/brand.ts'
import { Edits, MappedText } from './mapped-text.ts'
import type { Located } from './model.ts'
import { findPrefixes } from './prefixes.ts'

/** A text put right, and the times that stood before its lines. */
export interface Normalised {
  readonly source: MappedText
  /** Timestamps taken off, in the order of the text; spans in the paste. */
  readonly stamps: readonly Located<UnixMs>[]
}

/** Prefixes may be nested: a quoted, numbered log. */
const maximumPrefixes = 4

/**
 * Undoes what terminals, mail programs and editors do to text, keeping the way back to the paste:
 * line ends, terminal escapes, invisible characters, smart punctuation, HTML entities, and prefixes that a run of
 * lines shares (quote marks, line numbers, timestamps).
 */
export function normalise(text: string, document: number): Normalised {
  // What is replaced by as many characters as it has leaves every offset as it is.
  let source = MappedText.original(text.replace(sameLength, plainRun), document)
  source = source.edit(characterEdits(source.text))
  let stamps: Located<UnixMs>[] = []
  for (let pass = 0; pass < maximumPrefixes; pass++) {
    const found = findPrefixes(source.text)
    if (found.edits.length === 0) break
    const before = source
    const more = found.stamps.map(({ start, end, time }) => ({ value: time, span: before.span(start, end) }))
    if (more.length > 0) stamps = stamps.concat(more)
    source = source.edit(found.edits)
  }
  stamps.sort((a, b) => a.span.start - b.span.start)
  return { source, stamps }
}

/** Typography, odd blanks and lone carriage returns, in runs of one kind. */
const sameLength =
  /[\u00a0\u2000-\u200a\u202f\u205f\u3000]+|[\u2010-\u2015\u2212]+|[\u201c-\u201f\u00ab\u00bb]+|[\u2018-\u201b]+|[\u2028\u2029]+|\uff1a+|\r{2,}(?!\n)|\r(?!\n)/g

function plainRun(run: string): string {
  const plain = run[0] === '\r' ? '\n' : plainCharacter(run.charCodeAt(0))
  return run.length === 1 ? plain : plain.repeat(run.length)
}

/** What is longer or shorter than what it stands for, in the order in which it is tried. Every repetition is bounded or one class. */
const odd = new RegExp(
  [
    '(?:\\r\\n)+',
    // Terminal control: CSI, OSC (bounded: an unfinished one must not swallow the text), character sets, two-character escapes.
    '\\u001b(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|\\][^\\u0007\\u001b\\n]{0,2048}(?:\\u0007|\\u001b\\\\)|[()*+][0-9A-Z]|[=>78cM@-Z\\\\^_])',
    '(?:\\u001b[\\[\\]](?=\\u001b)){1,1000}',
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\u202a-\\u202e\\u2066-\\u2069]+',
    '&(?:#\\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[a-zA-Z]{2,8});',
    '<[bB][rR] ?/?>\\r?\\n?',
  ].join('|'),
  'g',
)

function characterEdits(text: string): Edits {
  const edits = new Edits()
  odd.lastIndex = 0
  for (let match = odd.exec(text); match !== null; match = odd.exec(text)) {
    const [found] = match
    const start = match.index
    if (found === '\r\n') edits.add(start, start + 1, '')
    else {
      const replacement = replacementOf(found)
      if (replacement !== found) edits.add(start, start + found.length, replacement)
    }
  }
  return edits
}

function replacementOf(found: string): string {
  if (found[0] === '\r') return '\n'.repeat(found.length / 2)
  if (found[0] === '<') return '\n'
  return found[0] === '&' ? entityValue(found) : ''
}

function plainCharacter(code: number): string {
  if (code === 0x2028 || code === 0x2029) return '\n'
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a)) return ' '
  if (code === 0x202f || code === 0x205f || code === 0x3000) return ' '
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-'
  if ((code >= 0x201c && code <= 0x201f) || code === 0xab || code === 0xbb) return '"'
  if (code >= 0x2018 && code <= 0x201b) return "'"
  if (code === 0xff1a) return ':'
  return ''
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', ' '],
  ['ndash', '-'],
  ['mdash', '-'],
  ['minus', '-'],
  ['hyphen', '-'],
  ['dash', '-'],
  ['shy', ''],
  ['ldquo', '"'],
  ['rdquo', '"'],
  ['lsquo', "'"],
  ['rsquo', "'"],
  ['equals', '='],
  ['plus', '+'],
  ['sol', '/'],
  ['colon', ':'],
  ['comma', ','],
])

/** What an HTML entity stands for; itself when it is none, so that `a &b; c` of a shell stays. */
function entityValue(entity: string): string {
  const name = entity.slice(1, -1)
  if (name[0] !== '#') return entities.get(name) ?? entity
  const hexadecimal = name[1] === 'x' || name[1] === 'X'
  const code = Number.parseInt(name.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10)
  if (code === 9 || code === 10 || (code >= 0x20 && code < 0x7f)) return String.fromCharCode(code)
  if (code === 13) return ''
  const plain = plainCharacter(code)
  if (plain !== '' || code === 0xad || (code >= 0x200b && code <= 0x200f)) return plain
  return code >= 0xa0 && code < 0xd800 ? String.fromCharCode(code) : entity
}
