/** One line of a normalised text; `start` and `end` are offsets into that text, without the line feed. */
export interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Longest stretch of a line that recognisers look at; the rest of a longer line is data, not a message. */
const recognisedLength = 4_096

/** The line that starts at an offset. A very long line is cut for recognition; its offsets stay whole. */
export function lineFrom(text: string, start: number): Line {
  const newline = text.indexOf('\n', start)
  const end = newline === -1 ? text.length : newline
  return { start, end, text: text.slice(start, Math.min(end, start + recognisedLength)) }
}
