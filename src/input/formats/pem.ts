import type { Format, Segment } from '../format.ts'
import type { Capture } from '../model.ts'
import { withRole } from '../pem.ts'
import { failuresOf } from './errors.ts'

/** PEM blocks that no tool's output surrounds: a bundle, a file, a value in JSON or YAML. */
export const pemBundle: Format = {
  id: 'pem',
  mark: () => undefined,
  startsNew: () => false,
  acceptsPem: () => true,
  parse: (segment) => (segment.pem.length === 0 ? [] : [parse(segment)]),
}

function parse(segment: Segment): Capture {
  const { source } = segment
  const first = segment.pem[0]
  const last = segment.pem.at(-1)
  return {
    document: source.document,
    span: source.span(first?.start ?? segment.start, last?.end ?? segment.end),
    tool: 'pem',
    toolLabel: 'PEM',
    blocks: segment.pem.map((pem) => withRole(pem.block, 'loose')),
    chainList: [],
    chainListComplete: false,
    printed: [],
    verifyPath: [],
    verifyErrors: [],
    failures: failuresOf(segment),
    clientCertificateRequested: 'unknown',
    ...(segment.command ? { command: segment.command } : {}),
  }
}
