import { newCapture } from '../capture.ts'
import type { Format, Segment } from '../format.ts'
import type { Capture } from '../model.ts'
import { withRole } from '../pem.ts'
import { failuresOf } from './errors.ts'
import { nooutLine, readNoout } from './x509-noout.ts'
import { readText } from './x509-text.ts'

/** `openssl x509`: `-noout` facts, `-text`, and what `pkcs7 -print_certs` and `pkcs12` print around PEM. */
export const x509: Format = {
  id: 'x509',
  programs: ['x509', 'pkcs7', 'crl2pkcs7', 'pkcs12', 'storeutl'],
  mark(line) {
    if (nooutLine.test(line)) return 'fact'
    if (/^\s*(?:Certificate:|Bag Attributes(?:: <No Attributes>)?)\s*$/.test(line)) return 'text'
    if (
      /^\s*(?:Certificate will (?:not )?expire|(?:Hostname|IP|Email) \S{1,255} does (?:not )?match certificate)/i.test(
        line,
      )
    )
      return 'check'
    if (/^\s{4,}(?:Serial Number|Signature Algorithm|Issuer|Validity|Subject|X509v3 extensions)\b ?:/.test(line))
      return 'text-line'
    return undefined
  },
  startsNew: () => false,
  acceptsPem: () => true,
  parse: (segment) => [parse(segment)],
}

function parse(segment: Segment): Capture {
  const { source, command } = segment
  const bags = segment.lines.some((line) => /^\s*Bag Attributes/.test(line.text))
  const printed = [...readNoout(segment), ...readText(segment)]
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'x509',
    toolLabel: `openssl ${command?.program ?? (bags ? 'pkcs12' : 'x509')}`,
    kind: 'file',
    blocks: segment.pem.map((pem) => withRole(pem.block, 'loose')),
    printed,
    failures: failuresOf(segment),
    ...(command ? { command } : {}),
  })
}
