import { type Edit, MappedText } from './mapped-text.ts'

/**
 * Undoes what terminals, mail programs and editors do to text, keeping the way back to the paste:
 * line ends, terminal escapes, invisible characters, smart punctuation, and prefixes that a run of
 * lines shares (quote marks, line numbers, timestamps).
 */
export function normalise(text: string, document: number): MappedText {
  let mapped = MappedText.original(text, document)
  mapped = mapped.edit(characterEdits(mapped.text))
  for (let pass = 0; pass < maximumPrefixes; pass++) {
    const edits = prefixEdits(mapped.text)
    if (edits.length === 0) break
    mapped = mapped.edit(edits)
  }
  return mapped
}

/** Prefixes may be nested: a quoted, numbered log. */
const maximumPrefixes = 4

const odd = new RegExp(
  [
    '\\r\\n?',
    // Terminal control: CSI, OSC (bounded: an unfinished one must not swallow the text), and two-character escapes.
    '\\u001b(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|\\][^\\u0007\\u001b\\n]{0,2048}(?:\\u0007|\\u001b\\\\)|[@-Z\\\\^_])',
    '[\\u0000\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\u202a-\\u202e\\u2066-\\u2069]',
    '[\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]',
    '[\\u2010-\\u2015\\u2212]',
    '[\\u201c-\\u201f\\u00ab\\u00bb]',
    '[\\u2018-\\u201b]',
    '\\uff1a',
  ].join('|'),
  'g',
)

function characterEdits(text: string): Edit[] {
  const edits: Edit[] = []
  for (const match of text.matchAll(odd)) {
    const start = match.index
    edits.push({ start, end: start + match[0].length, replacement: replacementOf(match[0]) })
  }
  return edits
}

function replacementOf(found: string): string {
  if (found.startsWith('\r')) return '\n'
  if (found.length > 1) return ''
  const code = found.charCodeAt(0)
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f || code === 0x3000) return ' '
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-'
  if ((code >= 0x201c && code <= 0x201f) || code === 0xab || code === 0xbb) return '"'
  if (code >= 0x2018 && code <= 0x201b) return "'"
  if (code === 0xff1a) return ':'
  return ''
}

interface PrefixKind {
  readonly pattern: RegExp
  /** Lines of a run needed before the prefix is believed. */
  readonly minimum: number
  /** Says whether a run is really prefixed, from its prefixes and the first line's rest. */
  readonly believe: (prefixes: readonly string[], rests: readonly string[]) => boolean
}

const always = () => true

const prefixKinds: readonly PrefixKind[] = [
  {
    // Mail and Markdown quotes. `> GET / HTTP/1.1` is curl's mark for what it sent.
    pattern: /^[ \t]{0,8}(?:[>|] ?){1,8}/,
    minimum: 2,
    believe: (_, rests) => !rests.some((rest) => /^(?:[A-Z]{3,8} \S{1,400} HTTP\/\d|Host: )/.test(rest)),
  },
  {
    // CI and container logs: 2026-11-24T16:20:20.1234567Z text
    pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?(?:[ \t]|$)/,
    minimum: 2,
    believe: always,
  },
  {
    // Numbered listings (cat -n, editors). Numbers must go up by one, so that chain indexes are not taken for them.
    pattern: /^[ \t]{0,8}\d{1,7}(?:[:|\t]| {2,4}|$)/,
    minimum: 3,
    believe: (prefixes) => {
      const numbers = prefixes.map((prefix) => Number.parseInt(prefix, 10))
      return numbers.every((value, index) => index === 0 || value === (numbers[index - 1] as number) + 1)
    },
  },
]

function prefixEdits(text: string): Edit[] {
  const edits: Edit[] = []
  let run: { kind: PrefixKind; starts: number[]; prefixes: string[]; rests: string[] } | undefined
  const close = () => {
    if (run && run.starts.length >= run.kind.minimum && run.kind.believe(run.prefixes, run.rests)) {
      run.starts.forEach((start, index) => {
        const length = (run?.prefixes[index] as string).length
        if (length > 0) edits.push({ start, end: start + length, replacement: '' })
      })
    }
    run = undefined
  }
  let start = 0
  while (start <= text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const head = text.slice(start, Math.min(end, start + 80))
    if (head.trim() !== '' || run === undefined) {
      const continued = run?.kind.pattern.exec(head)
      if (run && !continued) close()
      const kind = run?.kind ?? prefixKinds.find((candidate) => candidate.pattern.test(head))
      const match = continued ?? (kind ? kind.pattern.exec(head) : null)
      if (kind && match) {
        run ??= { kind, starts: [], prefixes: [], rests: [] }
        run.starts.push(start)
        run.prefixes.push(match[0])
        run.rests.push(head.slice(match[0].length))
      }
    }
    start = end + 1
  }
  close()
  return edits
}
