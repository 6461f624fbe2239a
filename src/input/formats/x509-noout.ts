import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { ListedCertificate } from '../model.ts'
import { lineSpan, printedDate, printedName } from '../printed.ts'

/** Lines of `openssl x509 -noout -subject -issuer -dates -serial -fingerprint`, and of `pkcs7 -print_certs`. */
export const nooutLine = /^\s*(?:(subject|issuer)\s?= ?|(notBefore|notAfter)=|(serial)=|(sha256 Fingerprint)=)/i

/**
 * Reads printed facts; a repeated key starts the next certificate.
 * @returns one entry per certificate, in printed order.
 */
export function readNoout(segment: Segment): ListedCertificate[] {
  const found: ListedCertificate[] = []
  let current: { -readonly [K in keyof ListedCertificate]: ListedCertificate[K] } | undefined
  let seen = new Set<string>()
  for (const line of segment.lines) {
    const match = nooutLine.exec(line.text)
    if (!match) continue
    const key = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase()
    if (current === undefined || seen.has(key)) {
      if (current) found.push(current)
      if (found.length >= inputLimits.entries) return found
      current = { span: lineSpan(segment.source, line) }
      seen = new Set()
    }
    seen.add(key)
    const { source } = segment
    current.span = { ...current.span, end: Math.max(current.span.end, lineSpan(source, line).end) }
    const column = match[0].length
    const rest = line.text.slice(column).trim()
    if (key === 'subject' || key === 'issuer') current[key] = printedName(source, line, column)
    else if (key === 'notbefore' || key === 'notafter') {
      const date = printedDate(source, line, column)
      if (date && key === 'notbefore') current.notBefore = date
      if (date && key === 'notafter') current.notAfter = date
    } else if (key === 'serial') current.serial = { value: rest.toUpperCase(), span: lineSpan(source, line) }
    else current.sha256 = { value: rest.replaceAll(':', '').toLowerCase(), span: lineSpan(source, line) }
  }
  if (current) found.push(current)
  return found
}
