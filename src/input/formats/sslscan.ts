import { parseNameText } from '../../x509/name.ts'
import { newCapture } from '../capture.ts'
import type { Format, Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, Failure, ListedCertificate, SpokenTo } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan, printedDate } from '../printed.ts'

const testing = /^Testing SSL server (\S{1,255}) on port (\d{1,5})(?: using SNI name (\S{1,255}))?/
const failed =
  /^ERROR: Could not (?:open a connection to host (\S{1,255}) \(([0-9A-Fa-f.:]{2,60})\) on port (\d{1,5})|resolve hostname (\S{1,255}))/
const fact = /^(Subject: {2}|Altnames: |Issuer: {2,3}|Not valid (?:before|after): {1,2})(\S.*)$/

/** sslscan 2. Source: sslscan.c, `checkCertificate`. */
export const sslscan: Format = {
  id: 'sslscan',
  programs: ['sslscan'],
  mark(line, seen) {
    if (testing.test(line)) return 'testing'
    if (failed.test(line)) return 'failed'
    return seen.size > 0 && (fact.test(line) || /^ {2}SSL Certificate:\s*$/.test(line)) ? 'fact' : undefined
  },
  startsNew: (mark, seen) => (mark === 'testing' || mark === 'failed') && seen.has(mark),
  acceptsPem: (seen) => seen.has('testing'),
  parse: (segment) => [parse(segment)],
}

type Mutable = { -readonly [K in keyof ListedCertificate]: ListedCertificate[K] }

function parse(segment: Segment): Capture {
  const { source, command, pem } = segment
  const facts: Mutable = { span: source.span(segment.start, segment.start) }
  const failures: Failure[] = []
  let target: SpokenTo | undefined
  for (const line of segment.lines) {
    const span = lineSpan(source, line)
    const begun = testing.exec(line.text)
    if (begun) target ??= { host: begun[1] as string, port: Number(begun[2]), span }
    const error = failed.exec(line.text)
    // Why it cannot be opened is not said.
    if (error) {
      failures.push({ kind: error[4] === undefined ? 'other' : 'dns', text: line.text.trim(), span })
      const host = error[1] ?? error[4]
      target ??= {
        span,
        ...(host ? { host } : {}),
        ...(error[2] ? { address: error[2] } : {}),
        ...(error[3] ? { port: Number(error[3]) } : {}),
      }
    }
    readFact(segment, facts, line)
  }
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'sslscan',
    toolLabel: 'sslscan',
    kind: 'connection',
    blocks: pem.map(({ block }) => withRole(block, 'server')),
    printed: facts.subject || facts.issuer ? [facts] : [],
    failures,
    ...(command ? { command } : {}),
    ...(target ? { target } : {}),
  })
}

/** Subject and issuer are printed by their common names, where they have one. */
function readFact({ source }: Segment, facts: Mutable, line: Line): void {
  const match = fact.exec(line.text)
  if (!match) return
  const span = lineSpan(source, line)
  const label = match[1] as string
  const value = (match[2] as string).trim()
  const field = label.startsWith('Subject') ? 'subject' : label.startsWith('Issuer') ? 'issuer' : undefined
  if (field) {
    const text = /^[A-Za-z]{1,20}=|^\//.test(value) ? value : `CN=${value}`
    if (!facts.subject && !facts.issuer) facts.span = span
    facts[field] ??= { text, name: parseNameText(text), span }
  }
  if (label.startsWith('Altnames')) {
    const names = value
      .split(', ')
      .slice(0, inputLimits.entries)
      .flatMap((entry) => {
        const [type, ...rest] = entry.split(':')
        return rest.length > 0 ? [{ type: type === 'IP Address' ? 'IP' : (type as string), value: rest.join(':') }] : []
      })
    facts.names ??= { value: names, span }
  }
  if (!label.startsWith('Not valid')) return
  const date = printedDate(source, line, label.length)
  if (date) facts[label.includes('before') ? 'notBefore' : 'notAfter'] ??= date
}
