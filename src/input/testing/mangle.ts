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

/** A prefix before each line, which `undo` takes off by the pattern. */
const prefixed = (name: string, prefix: (index: number) => string, pattern: RegExp): Mangling => ({
  name,
  apply: (text) => eachLine(text, (line, index) => prefix(index) + line),
  undo: (slice) => slice.replace(new RegExp(`\\n${pattern.source}`, 'g'), '\n'),
})

/** Breaks words apart at a width, as mail programs do; PEM lines are shorter. */
export function wrapAt(text: string, width: number): string {
  return eachLine(text, (line) => {
    if (line.length <= width || line.startsWith('$ ')) return line
    const rows: string[] = []
    let rest = line
    while (rest.length > width) {
      const blank = rest.lastIndexOf(' ', width)
      if (rest.slice(0, Math.max(0, blank)).trim() === '') break
      rows.push(rest.slice(0, blank))
      rest = rest.slice(blank + 1)
    }
    return [...rows, rest].join('\n')
  })
}

/** Breaks lines off at a width, as copying from a terminal does. */
export const cutAt = (text: string, width: number): string =>
  eachLine(text, (line) => (line.startsWith('$ ') ? line : line.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), '$1\n')))

/** A line that was broken; a PEM block has lines of its own. */
const unbroken = (slice: string, between: string): string =>
  slice.startsWith('-----') ? slice : slice.replaceAll('\n', between)

/** RFC 2045 section 6.7. */
const quotedPrintable = (text: string): string =>
  eachLine(text.replaceAll('=', '=3D'), (line) => line.replace(/((?:=3D|.){70,72})(?=.)/g, '$1=\n'))

/** Two panes of a terminal side by side; `left` is what stands in the other one when it is the left one. */
const panes = (text: string, left?: string): string =>
  eachLine(text, (line, index) =>
    left === undefined
      ? `${line.padEnd(130)}\u2502${index % 3 === 0 ? ' top - 19:00:00 up 4 days' : ' ~'}`
      : `${(index % 2 === 0 ? left : '').padEnd(20)}\u2502${line}`,
  )

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
  prefixed('job, step and timestamp', (index) => `build\tTLS check\t${stamp(index)}`, /build\tTLS check\t\S+ /),
  prefixed('pod and container', () => '[pod/shop-5f9c/app] ', /\[pod\S+ /),
  prefixed('pod, container and timestamp', (index) => `[pod/shop-5f9c/app] ${stamp(index)}`, /\[pod\S+ \S+ /),
  prefixed('two pods', (index) => `[pod/shop-${index % 2}/app] `, /\[pod\S+ /),
  prefixed('container runtime log', (index) => `${stamp(index)}stderr F `, /\S+ stderr F /),
  prefixed('container names', () => 'web-1  | ', /web-1 {2}\| /),
  prefixed('journal', () => 'Nov 24 19:00:00 web01 tls[12]: ', /Nov 24 \S+ web01 tls\[12\]: /),
  prefixed('journal with ISO time', () => '2026-11-24T19:00:00+0000 web01 tls[12]: ', /\S+ web01 tls\[12\]: /),
  prefixed('GitLab', (index) => `${stamp(index)}0${index % 2}${index % 2 === 0 ? 'O' : 'E'} `, /\S+ 0[01][OE] /),
  prefixed('Jenkins', () => '[2026-11-24T19:00:00.123Z] ', /\[2026\S+ /),
  prefixed('Jenkins with time only', () => '19:00:00  ', /19:00:00 {2}/),
  prefixed('bracketed time', () => '[19:00:00.123] ', /\[19\S+ /),
  prefixed(
    'TeamCity',
    (index) => `[19:00:00]${index % 2 === 0 ? ' :' : 'W:'}\t [Step 2/3] `,
    /\[19:00:00\](?: :|W:)\t \[Step 2\/3\] /,
  ),
  prefixed('Ansible host', () => 'web01 | ', /web01 \| /),
  prefixed('box', () => '\u2502 ', /\u2502 /),
  {
    name: 'JSON log of a container',
    apply: (text) =>
      eachLine(text, (line, index) =>
        JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: stamp(index).trim() }),
      ),
    undo: (slice) =>
      slice.replace(/\\n","stream":"stderr","time":"[^"]*"\}(\n?)(?:\{"log":")?/g, '$1').replaceAll('\\"', '"'),
  },
  {
    name: 'code fence',
    apply: (text) => `Look:\n\`\`\`text\n${text}\n\`\`\`\nThanks`,
    undo: same,
  },
  { name: 'code fence on the line', apply: (text) => `\`\`\`${text}\`\`\``, undo: same },
  { name: 'noformat', apply: (text) => `{noformat:title=output}${text}{noformat}`, undo: same },
  { name: 'code macro', apply: (text) => `h3. Output\n{code:bash}\n${text}\n{code}\n`, undo: same },
  {
    name: 'visible escapes',
    apply: (text) => eachLine(text, (line) => `^[[1;32m${line.slice(0, 9)}^[[0m${line.slice(9)}^[[K^M`),
    undo: (slice) => slice.replaceAll(/\^\[\[(?:1;32m|0m|K)|\^M/g, ''),
  },
  {
    name: 'escapes as text',
    apply: (text) => eachLine(text, (line) => `\\u001b[1;32m${line.slice(0, 9)}\\x1b[0m${line.slice(9)}\\033[0m`),
    undo: (slice) => slice.replace(/\\(?:u001b|x1b|033)\[(?:1;32|0)m/g, ''),
  },
  {
    name: 'colours without their escape',
    apply: (text) => eachLine(text, (line) => `[1;32m${line.slice(0, 9)}[0m${line.slice(9)}`),
    undo: (slice) => slice.replace(/\[(?:1;32|0)m/g, ''),
  },
  {
    name: 'soft hyphens',
    apply: (text) => eachLine(text, (line) => line.replace(/^(.{20})/, '$1\u00ad')),
    undo: (slice) => slice.replaceAll('\u00ad', ''),
  },
  {
    name: 'HTML tags',
    apply: (text) =>
      `<div class="log"><pre>${eachLine(text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), (line) => `<span style="color: red">${line}</span>`)}</pre></div>`,
    undo: (slice) =>
      slice
        .replace(/<\/?span[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>'),
  },
  {
    name: 'quoted-printable',
    apply: (text) => `Content-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(text)}`,
    undo: (slice) => slice.replaceAll('=\n', '').replaceAll('=3D', '='),
  },
  { name: 'wrapping at 76', apply: (text) => wrapAt(text, 76), undo: (slice) => unbroken(slice, ' ') },
  { name: 'cutting at 80', apply: (text) => cutAt(text, 80), undo: (slice) => unbroken(slice, '') },
  {
    name: 'a pane on the right',
    apply: (text) => panes(text),
    undo: (slice) => slice.replace(/ *\u2502.*/g, ''),
  },
  {
    name: 'a pane on the left',
    apply: (text) => panes(text, 'load average: 0.10'),
    undo: (slice) => slice.replace(/^.*\u2502/gm, ''),
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
