import type { Format, Segment } from '../format.ts'
import type { Line } from '../lines.ts'
import type { Capture, ListedCertificate } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan, printedDate, printedName } from '../printed.ts'
import { nooutLine, readNoout } from './x509-noout.ts'

/** `openssl x509`: `-noout` facts, `-text`, and what `pkcs7 -print_certs` and `pkcs12` print around PEM. */
export const x509: Format = {
  id: 'x509',
  program: 'x509',
  mark(line) {
    if (nooutLine.test(line)) return 'fact'
    if (/^\s*Certificate:\s*$/.test(line)) return 'text'
    if (/^\s{4,}(?:Serial Number|Signature Algorithm|Issuer|Validity|Subject|X509v3 extensions)\b ?:/.test(line)) return 'text-line'
    return undefined
  },
  startsNew: () => false,
  acceptsPem: () => true,
  parse: (segment) => [parse(segment)],
}

function parse(segment: Segment): Capture {
  const { source, command } = segment
  const printed = [...readNoout(segment), ...readText(segment)]
  return {
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'x509',
    toolLabel: 'openssl x509',
    blocks: segment.pem.map((pem) => withRole(pem.block, 'loose')),
    chainList: [],
    chainListComplete: false,
    printed,
    verifyPath: [],
    verifyErrors: [],
    failures: [],
    clientCertificateRequested: 'unknown',
    ...(command ? { command } : {}),
  }
}

type Mutable = { -readonly [K in keyof ListedCertificate]: ListedCertificate[K] }

/** Reads `-text` dumps. Fields are told by their labels, so indentation and line prefixes do not matter. */
function readText(segment: Segment): ListedCertificate[] {
  const found: Mutable[] = []
  let current: Mutable | undefined
  let expect: 'names' | 'basic' | 'serial' | undefined
  for (const line of segment.lines) {
    if (/^\s*Certificate:\s*$/.test(line.text)) {
      current = { span: lineSpan(segment.source, line) }
      found.push(current)
      expect = undefined
      continue
    }
    if (!current) continue
    expect = readTextLine(segment, current, line, expect)
  }
  return found.filter((entry) => entry.subject !== undefined || entry.issuer !== undefined)
}

function readTextLine(segment: Segment, current: Mutable, line: Line, expect: 'names' | 'basic' | 'serial' | undefined) {
  const { source } = segment
  const { text } = line
  const span = lineSpan(source, line)
  if (expect === 'names') current.names = { value: parseSans(text), span }
  if (expect === 'basic') current.isCa = /CA:TRUE/i.test(text)
  if (expect === 'serial' && /^[\s0-9a-f:]+$/i.test(text)) current.serial = { value: text.replace(/[\s:]/g, '').toUpperCase(), span }
  const name = /^\s*(Issuer|Subject): ?(?=\S)/.exec(text)
  if (name) current[name[1] === 'Issuer' ? 'issuer' : 'subject'] ??= printedName(source, line, name[0].length)
  const before = /^\s*Not Before ?: /.exec(text)
  const notBefore = before && printedDate(source, line, before[0].length)
  if (notBefore) current.notBefore ??= notBefore
  const after = /^\s*Not After ?: /.exec(text)
  const notAfter = after && printedDate(source, line, after[0].length)
  if (notAfter) current.notAfter ??= notAfter
  const serial = /^\s*Serial Number: ?(?:\d+ \(0x([0-9a-f]+)\))?/i.exec(text)
  if (serial?.[1] !== undefined) {
    const hex = serial[1].toUpperCase()
    current.serial = { value: hex.length % 2 === 0 ? hex : `0${hex}`, span }
  }
  if (name || before || after) current.span = { ...current.span, end: Math.max(current.span.end, span.end) }
  if (/^\s*X509v3 Subject Alternative Name:/.test(text)) return 'names'
  if (/^\s*X509v3 Basic Constraints:/.test(text)) return 'basic'
  if (serial && serial[1] === undefined) return 'serial'
  return undefined
}

/** Reads `DNS:a, DNS:b, IP Address:1.2.3.4`. */
function parseSans(text: string): { type: string; value: string }[] {
  return text.split(/,\s+/).flatMap((part) => {
    const colon = part.indexOf(':')
    if (colon === -1) return []
    const type = part.slice(0, colon).trim()
    return [{ type: type === 'IP Address' ? 'IP' : type, value: part.slice(colon + 1).trim() }]
  })
}
