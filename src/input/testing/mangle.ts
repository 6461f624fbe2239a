/** What terminals, mail programs and collectors do to a text, and how to read a quote of it again. */

export interface Mangling {
  readonly name: string
  readonly apply: (text: string) => string
  /** Makes of a stretch of the mangled text what it was. */
  readonly undo: (slice: string) => string
}

const eachLine = (text: string, change: (line: string, index: number) => string): string =>
  text.split('\n').map(change).join('\n')

const stamp = (index: number): string =>
  `2026-11-24T19:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}.1234567Z `

const same = (slice: string): string => slice

export const manglings: readonly Mangling[] = [
  { name: 'nothing', apply: same, undo: same },
  { name: 'CRLF', apply: (text) => text.replaceAll('\n', '\r\n'), undo: (slice) => slice.replaceAll('\r\n', '\n') },
  {
    name: 'lone carriage returns',
    apply: (text) => text.replaceAll('\n', '\r'),
    undo: (slice) => slice.replaceAll('\r', '\n'),
  },
  {
    name: 'terminal colours',
    apply: (text) => eachLine(text, (line) => `\u001b[1;32m${line.slice(0, 9)}\u001b[0m${line.slice(9)}\u001b[K`),
    undo: (slice) => slice.replaceAll('\u001b[1;32m', '').replaceAll('\u001b[0m', '').replaceAll('\u001b[K', ''),
  },
  {
    name: 'quotes',
    apply: (text) => eachLine(text, (line) => `> ${line}`),
    undo: (slice) => slice.replaceAll('\n> ', '\n'),
  },
  {
    name: 'nested quotes',
    apply: (text) => eachLine(text, (line) => `> > ${line}`),
    undo: (slice) => slice.replaceAll('\n> > ', '\n'),
  },
  {
    name: 'line numbers',
    apply: (text) => eachLine(text, (line, index) => `${String(index + 1).padStart(5)}\t${line}`),
    undo: (slice) => slice.replace(/\n {0,4}\d+\t/g, '\n'),
  },
  {
    name: 'timestamps',
    apply: (text) => eachLine(text, (line, index) => stamp(index) + line),
    undo: (slice) => slice.replace(/\n2026-11-24T\S+ /g, '\n'),
  },
  {
    name: 'quoted timestamps with CRLF',
    apply: (text) => eachLine(text, (line, index) => `> ${stamp(index)}${line}\r`),
    undo: (slice) => slice.replaceAll('\r', '').replace(/\n> 2026-11-24T\S+ /g, '\n'),
  },
  {
    name: 'indentation',
    apply: (text) => eachLine(text, (line) => `        ${line}`),
    undo: (slice) => slice.replaceAll('\n        ', '\n'),
  },
  {
    name: 'non-breaking spaces',
    apply: (text) => text.replaceAll(' ', '\u00a0'),
    undo: (slice) => slice.replaceAll('\u00a0', ' '),
  },
  {
    name: 'zero-width characters',
    apply: (text) => eachLine(text, (line) => line.replace(/^(.{12})/, '$1\u200b')),
    undo: (slice) => slice.replaceAll('\u200b', ''),
  },
  {
    name: 'smart quotes and dashes',
    apply: (text) => text.replaceAll('-----', '\u2014\u2013').replace(/"([^"\n]*)"/g, '\u201c$1\u201d'),
    undo: (slice) => slice.replaceAll('\u2014\u2013', '-----').replace(/[\u201c\u201d]/g, '"'),
  },
  {
    name: 'HTML entities',
    apply: (text) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('-----', '&#45;&#45;&#x2d;--')
        .replaceAll('"', '&quot;')
        .replaceAll('>', '&gt;')
        .replaceAll('   ', '&nbsp; &nbsp;'),
    undo: (slice) =>
      slice
        .replace(/&#45;|&#x2d;/g, '-')
        .replaceAll('&quot;', '"')
        .replaceAll('&gt;', '>')
        .replaceAll('&nbsp;', ' ')
        .replaceAll('&amp;', '&'),
  },
  {
    name: 'HTML line breaks',
    apply: (text) => text.replaceAll('\n', '<br>\n'),
    undo: (slice) => slice.replaceAll('<br>\n', '\n'),
  },
]

/** UTF-16 with a byte order mark, as PowerShell redirects. */
export function utf16(text: string, order: 'little' | 'big', mark = true): Uint8Array {
  const units = mark ? `\ufeff${text}` : text
  const bytes = new Uint8Array(units.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < units.length; index++)
    view.setUint16(index * 2, units.charCodeAt(index), order === 'little')
  return bytes
}
