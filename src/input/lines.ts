/** One line of a normalised text; `start` and `end` are offsets into that text, without the line feed. */
export interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Longest stretch of a line that recognisers look at; the rest of a longer line is data, not a message. */
const recognisedLength = 4_096

/** Splits a text into lines. Very long lines are cut for recognition, their offsets stay whole. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  while (start <= text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    lines.push({ start, end, text: text.slice(start, Math.min(end, start + recognisedLength)) })
    start = end + 1
  }
  return lines
}
