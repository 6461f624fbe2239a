import { newCapture } from '../capture.ts'
import { isFailureLine, parseFailure } from '../failure.ts'
import type { Format, Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Capture } from '../model.ts'

/** OpenSSL error lines on their own: nothing else of the run was pasted. */
export const errorLines: Format = {
  id: 'text',
  mark: (line) => (isFailureLine(line) ? 'error' : undefined),
  startsNew: () => false,
  acceptsPem: () => false,
  parse: (segment) => [parse(segment)],
}

/** The failures that the lines of a segment tell. */
export const failuresOf = (segment: Segment) =>
  segment.lines.flatMap((line) => parseFailure(segment.source, line) ?? []).slice(0, inputLimits.entries)

function parse(segment: Segment): Capture {
  const { source } = segment
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'text',
    toolLabel: 'OpenSSL error lines',
    kind: 'message',
    failures: failuresOf(segment),
    ...(segment.command ? { command: segment.command } : {}),
  })
}
