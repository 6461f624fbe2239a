/** What stands before a line of curl: its mark, and what progress meters, `--trace-time` and git put before the mark. */
import type { Line } from '../lines.ts'

/** `*` says what curl does, `>` was sent, `<` was received, `{` counts bytes, `!` is the error at the end. */
export interface CurlLine {
  readonly mark: '*' | '>' | '<' | '{' | '!'
  /** Exit code of an error line. */
  readonly exit?: number
  /** The text behind the mark, without blanks around it. */
  readonly text: string
  /** Column at which the text begins. */
  readonly column: number
}

/** `100   612  100   612    0     0  10200      0 --:--:-- --:--:-- --:--:-- 10200* Connection`: a meter without its line feed. */
const meter = /^[\d\s.kKMGTP:-]{20,160}(?=(?:[*<>{}] |[<>*]$))/
const traced =
  /^\s{0,12}(?:\d\d:\d\d:\d\d\.\d{6} )?(?:http\.c:\d{1,5}\s{1,24})?(?:\[(?:\d{1,9}-\d{1,9}|HTTPS?|SSL|CF-\w{1,20})\] )?/
const marks = /^(?:([*<>])(?: |$)|([{}]) \[|(== Info: )|(=> Send header: ?)|(<= Recv header: ?))/
const error = /(?:^|[\s"'`(])curl: \((\d{1,3})\) (.{0,2000})/

/** Undefined when the line bears no mark of curl. `> ` and `< ` alone may be anything else, too. */
export function readCurlLine(raw: string): CurlLine | undefined {
  const glued = raw.length > 20 && /[*<>{}]/.test(raw) ? (meter.exec(raw)?.[0].length ?? 0) : 0
  const lead = glued + (traced.exec(raw.slice(glued, glued + 120))?.[0].length ?? 0)
  const match = marks.exec(raw.slice(lead, lead + 20))
  if (match) {
    const start = lead + match[0].length
    const rest = raw.slice(start)
    const mark = match[1] ?? (match[2] ? '{' : match[3] ? '*' : match[4] ? '>' : '<')
    return {
      mark: mark as CurlLine['mark'],
      text: rest.trim(),
      column: start + (rest.length - rest.trimStart().length),
    }
  }
  const failed = raw.includes('curl: (') ? error.exec(raw) : null
  if (!failed) return undefined
  const text = failed[2] as string
  const column = failed.index + failed[0].length - text.length
  return { mark: '!', exit: Number(failed[1]), text: text.trim(), column }
}

/** The part of a line behind the mark, for readers of printed names and dates. */
export const partOf = (line: Line, column: number): Line => ({
  start: line.start + column,
  end: line.end,
  text: line.text.slice(column),
})
