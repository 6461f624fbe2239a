import type { Format, Segment } from '../format.ts'
import type { Capture } from '../model.ts'
import { parseFailure } from '../printed.ts'

/** OpenSSL error lines on their own: nothing else of the run was pasted. */
export const errorLines: Format = {
  id: 'text',
  mark: (line) => (/(?:^|:)error:[0-9A-Fa-f]{8}:/.test(line) ? 'error' : undefined),
  startsNew: () => false,
  acceptsPem: () => false,
  parse: (segment) => [parse(segment)],
}

function parse(segment: Segment): Capture {
  const { source } = segment
  return {
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'text',
    toolLabel: 'OpenSSL error lines',
    blocks: [],
    chainList: [],
    chainListComplete: false,
    printed: [],
    verifyPath: [],
    verifyErrors: [],
    failures: segment.lines.flatMap((line) => parseFailure(source, line) ?? []),
    clientCertificateRequested: 'unknown',
    ...(segment.command ? { command: segment.command } : {}),
  }
}
