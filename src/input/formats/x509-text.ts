import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { ListedCertificate } from '../model.ts'
import { lineSpan, printedDate, printedName } from '../printed.ts'

type Mutable = { -readonly [K in keyof ListedCertificate]: ListedCertificate[K] }

/** What the next line holds, when the one before announced it. */
type Expected = 'names' | 'basic' | 'serial' | undefined

/** Reads `-text` dumps. Fields are told by their labels, so indentation and line prefixes do not matter. */
export function readText(segment: Segment): ListedCertificate[] {
  const found: Mutable[] = []
  let current: Mutable | undefined
  let expect: Expected
  let other = false
  for (const line of segment.lines) {
    if (/^\s*Certificate:\s*$/.test(line.text) && found.length < inputLimits.entries) {
      current = { span: lineSpan(segment.source, line) }
      found.push(current)
      expect = undefined
      other = false
      continue
    }
    if (/^\s*Certificate (?:Request|Revocation List)/.test(line.text)) other = true
    if (!current) {
      // A paste may begin anywhere.
      if (other || !/^\s{2,}(?:Version: \d|Serial Number:|Issuer: |Validity|Subject: )/.test(line.text)) continue
      current = { span: lineSpan(segment.source, line) }
      found.push(current)
    }
    expect = readTextLine(segment, current, line, expect)
  }
  return found.filter((entry) => entry.subject !== undefined || entry.issuer !== undefined)
}

function readTextLine(segment: Segment, current: Mutable, line: Line, expect: Expected): Expected {
  const { source } = segment
  const { text } = line
  const span = lineSpan(source, line)
  if (expect === 'names') current.names = { value: parseSans(text), span }
  if (expect === 'basic') current.isCa = /CA:TRUE/i.test(text)
  if (expect === 'serial' && /^[\s0-9a-f:]+$/i.test(text))
    current.serial = { value: text.replace(/[\s:]/g, '').toUpperCase(), span }
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
