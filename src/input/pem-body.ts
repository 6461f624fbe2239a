/** Tells lines of a PEM body from everything else, in one pass over a stretch without markers. */
import { isElisionLine } from './base64.ts'

/**
 * The first thing that is no base64, blank, or escape of JSON, a shell or a URL. Searched for, and not matched as a long
 * run of alternatives, which overflows the stack of regular expressions on long lines.
 */
const foreignOnLine = /[^A-Za-z0-9+/=_ \t\\%-]|\\(?![nrt/]|u00[0-9A-Fa-f]{2})|%(?![0-9A-Fa-f]{2})/
const header = /^[A-Za-z][A-Za-z-]{1,40}: /

const leadCharacters = ' \t>|"\'+#*.&('
const tailCharacters = ' \t"\',+\\;.&_)'

/** The data of a line without what quoting and source code put around it. */
function core(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && leadCharacters.includes(line[start] as string)) start++
  // The letters of a string of bytes, as Python has it.
  const letters = /^(?:[bBrRuU]{1,2}|@)["']/.exec(line.slice(start, start + 3))
  if (letters) start += letters[0].length
  while (end > start && tailCharacters.includes(line[end - 1] as string)) end--
  return line.slice(start, end)
}

const lineEnds = /\\[nrt]|%0[aAdD]/g
const withoutLineEnds = (line: string): string => (/[\\%]/.test(line) ? line.replace(lineEnds, ' ') : line)

/** Could this line be base64 of a PEM body, alone on it? */
export const isBodyLine = (line: string): boolean => {
  const data = core(withoutLineEnds(line))
  if (data === '' || /[ \t]/.test(data) || foreignOnLine.test(data) || /^-+$/.test(data)) return false
  const padding = data.indexOf('=')
  return padding === -1 || (data.length - padding <= 2 && data.endsWith('='))
}

const isBlank = (line: string): boolean => core(withoutLineEnds(line)) === ''

export interface BodyScan {
  /** Offset just behind the last line before the first foreign one; the start when there is none. */
  readonly end: number
  /** Lines that are no base64, counted up to a few. */
  readonly foreign: number
  /** A line says that a part was left out. */
  readonly elided: boolean
}

/** Foreign lines after which a body is taken to have been cut rather than altered. */
const tolerated = 3

/**
 * Reads a body forward from just behind a BEGIN marker.
 * @param text the stretch up to the next marker
 */
export function scanForward(text: string): BodyScan {
  let start = 0
  let end = 0
  let foreign = 0
  let elided = false
  for (let first = true; start < text.length; first = false) {
    const newline = text.indexOf('\n', start)
    const lineEnd = newline === -1 ? text.length : newline
    const line = text.slice(start, lineEnd)
    if (first) {
      const rest = firstLine(line)
      if (rest === undefined) return { end: 0, foreign: tolerated + 1, elided }
      if (rest > 0) end = rest
      if (rest < line.trimEnd().length && !isBlank(line.slice(rest))) return { end, foreign: tolerated + 1, elided }
    } else if (isElisionLine(line)) {
      elided = true
      if (foreign === 0) end = lineEnd
    } else if (isBodyLine(line) || header.test(line)) {
      if (foreign === 0) end = lineEnd
    } else if (!isBlank(line)) {
      foreign++
      if (foreign > tolerated) break
    }
    start = lineEnd + 1
  }
  return { end, foreign, elided }
}

/** Characters that the first unbroken run of a body in one line has at least; a wrapped line has 64 or 76. */
const minimumRun = 32

/**
 * What follows BEGIN on its own line.
 * @returns how much of it belongs to the body; undefined when it is something else, as the rest of a sentence
 */
function firstLine(line: string): number | undefined {
  if (isBlank(line)) return 0
  const foreign = line.search(foreignOnLine)
  const run = foreign === -1 ? line : line.slice(0, foreign)
  const words = withoutLineEnds(run).trim()
  if (words === '') return undefined
  const blank = words.search(/[ \t]/)
  const length = blank === -1 ? words.length : blank
  return length >= minimumRun ? run.trimEnd().length : undefined
}

/**
 * Reads a body backward from just before an END marker.
 * @param text the stretch since the last marker
 * @returns where the body begins in it; its length when there is none
 */
export function scanBackward(text: string): number {
  let start = text.length
  let end = text.length
  while (end >= 0) {
    const lineStart = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(lineStart, end)
    if (isBodyLine(line) && core(line).length >= 4) start = lineStart
    else if (!isBlank(line)) break
    end = lineStart - 1
  }
  return start
}
