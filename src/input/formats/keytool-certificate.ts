/** Reads certificates as `keytool` prints them. Source: OpenJDK sun.security.tools.keytool.Main, `printX509Cert`. */

import type { UnixMs } from '../../core/brand.ts'
import type { Line } from '../lines.ts'
import type { MappedText } from '../mapped-text.ts'
import type { ListedCertificate, Located } from '../model.ts'
import { lineSpan, printedName } from '../printed.ts'
import { parseMessageDate } from './messages/dates.ts'

export type Mutable = { -readonly [K in keyof ListedCertificate]: ListedCertificate[K] }

/** Lines that say something of a certificate. */
export const certificateLine =
  /^\s{0,8}(?:Owner: |Issuer: |Serial number: [0-9a-f-]{1,64}\s*$|Valid from: |SHA256: [0-9A-F]{2}:|Signature algorithm name: |Subject Public Key Algorithm: |Version: \d\s*$|Certificate fingerprints:|Extensions: ?$|#\d{1,3}: ObjectId: )/

/** What the lines below a heading announce. */
export type Block = 'names' | 'basic' | undefined

/** Reads a line into a certificate; the heading of a block of lines is remembered by the caller. */
export function readCertificateLine(source: MappedText, facts: Mutable, line: Line, block: Block): Block {
  const { text } = line
  const span = lineSpan(source, line)
  const name = /^\s{0,8}(Owner|Issuer): ?/.exec(text)
  if (name) facts[name[1] === 'Owner' ? 'subject' : 'issuer'] ??= printedName(source, line, name[0].length)
  const serial = /^\s{0,8}Serial number: ([0-9a-f]{1,64})\s*$/.exec(text)?.[1]?.toUpperCase()
  // Leading zeros are left out.
  if (serial !== undefined) facts.serial ??= { value: serial.length % 2 === 0 ? serial : `0${serial}`, span }
  const valid = /^\s{0,8}Valid from: (.{10,60}?) until: (.{10,60})$/.exec(text)
  const notBefore = valid && dateOf(valid[1] as string, span)
  const notAfter = valid && dateOf(valid[2] as string, span)
  if (notBefore) facts.notBefore ??= notBefore
  if (notAfter) facts.notAfter ??= notAfter
  const print = /^\s{0,8}SHA256: ([0-9A-F]{2}(?::[0-9A-F]{2}){31})\s*$/.exec(text)
  if (print) facts.sha256 ??= { value: (print[1] as string).replaceAll(':', '').toLowerCase(), span }
  if (name || valid || print) facts.span = { ...facts.span, end: Math.max(facts.span.end, span.end) }
  if (/^\s{0,8}SubjectAlternativeName \[/.test(text)) return 'names'
  if (/^\s{0,8}BasicConstraints:\[/.test(text)) return 'basic'
  if (/^\s{0,8}\]/.test(text) || /^#\d/.test(text)) return undefined
  if (block === 'names') readName(facts, text, span)
  if (block === 'basic') {
    const ca = /^\s{0,8}CA:(true|false)/.exec(text)
    if (ca) facts.isCa = ca[1] === 'true'
  }
  return block
}

/** Names of one certificate that are kept. */
const maximumNames = 1_000

function readName(facts: Mutable, text: string, span: Located<unknown>['span']): void {
  const entry = /^\s{0,8}(DNSName|IPAddress|RFC822Name|URIName): (\S{1,400})\s*$/.exec(text)
  const known = facts.names?.value ?? []
  if (!entry || known.length >= maximumNames) return
  const type = { DNSName: 'DNS', IPAddress: 'IP', RFC822Name: 'email', URIName: 'URI' }[entry[1] as string] ?? ''
  const start = facts.names?.span ?? span
  facts.names = { value: [...known, { type, value: entry[2] as string }], span: { ...start, end: span.end } }
}

function dateOf(text: string, span: Located<unknown>['span']): Located<UnixMs> | undefined {
  const value = parseMessageDate(text)
  return value === undefined ? undefined : { value, span }
}
