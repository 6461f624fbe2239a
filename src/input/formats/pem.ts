import { newCapture } from '../capture.ts'
import type { Format, Segment } from '../format.ts'
import type { Capture } from '../model.ts'
import { withRole } from '../pem.ts'
import type { PemBlock } from '../pem-block.ts'
import { failuresOf } from './errors.ts'

/** PEM blocks that no tool's output surrounds: a bundle, a file, a value in JSON or YAML. */
export const pemBundle: Format = {
  id: 'pem',
  mark: () => undefined,
  startsNew: () => false,
  acceptsPem: () => true,
  parse: (segment) => bundlesOf(segment).map((pem) => parse({ ...segment, pem })),
}

/** A key of YAML, JSON or an environment file, or a label in prose, right before a block or a list of them. */
const keyBefore = /[\w."')-][ \t]{0,8}[:=][ \t]{0,8}[|>]?[-+]?[ \t]{0,8}(?:\n[ \t]{0,80})?(?:\[\s{0,80})?["'`]?$/

/** An element of XML that holds a block. */
const elementBefore = /<([\w:.-]{1,60})(?: [^<>]{0,120})?>\s{0,80}(?:<!\[CDATA\[)?\s{0,80}$/
/** Certificates in one X509Data are a chain (XML Signature, section 4.5.4); those of two are not. */
const keyInfoEnds = /<\/(?:[\w.-]{1,40}:)?(?:X509Data|KeyInfo|KeyDescriptor)>/

/** Another cell in the row of a table, before a block that begins in this row. */
const rowBefore = /\n[^\n]{0,160}\w[^\n]{0,40}[,;\t][ \t]{0,8}["']?$/

/** Blocks that stand under different keys are different bundles: nobody serves them together. */
function bundlesOf(segment: Segment): PemBlock[][] {
  const bundles: PemBlock[][] = []
  let last: PemBlock | undefined
  let lastElement: string | undefined
  for (const block of segment.pem) {
    const from = Math.max(last?.end ?? 0, block.start - longestKey)
    const before = segment.source.text.slice(from, block.start)
    const element = elementBefore.exec(before)?.[1]
    const apart =
      last === undefined ||
      keyBefore.test(before) ||
      rowBefore.test(before) ||
      (element !== undefined && (element !== lastElement || keyInfoEnds.test(before)))
    if (apart) bundles.push([block])
    else bundles.at(-1)?.push(block)
    last = block
    lastElement = element
  }
  return bundles
}

/** Characters before a block in which a key is looked for. */
const longestKey = 200

function parse(segment: Segment): Capture {
  const { source } = segment
  const first = segment.pem[0]
  const last = segment.pem.at(-1)
  return newCapture({
    document: source.document,
    span: source.span(first?.start ?? segment.start, last?.end ?? segment.end),
    tool: 'pem',
    toolLabel: 'PEM',
    kind: 'file',
    blocks: segment.pem.map((pem) => withRole(pem.block, 'loose')),
    failures: failuresOf(segment),
    ...(segment.command ? { command: segment.command } : {}),
  })
}
