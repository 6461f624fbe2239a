import { unixMs } from '../../core/brand.ts'
import { parseNameText } from '../../x509/name.ts'
import { newCapture } from '../capture.ts'
import type { Format, Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, ListedCertificate, Located, PrintedName, SpokenTo, VerifyError } from '../model.ts'
import { lineSpan } from '../printed.ts'
import { connectKind } from './curl-words.ts'

const start =
  /^\s{0,4}Start \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s{1,12}-->> \[?([0-9A-Fa-f.:]{2,60}?)\]?:(\d{1,5}) \((\S{1,255})\) <<--/
const field =
  /^\s{0,4}(Common Name \(CN\)|subjectAltName \(SAN\)|Issuer|Trust \(hostname\)|Chain of trust|Certificate (?:Validity \(UTC\)|Expiration)|# of certificates provided|Fingerprints|Serial|Signature Algorithm|Server key size|OCSP stapling|Intermediate cert validity)\s{2,30}(.*)$/

/** The certificate section of testssl.sh 3.0 to 3.2. Source: testssl.sh, `certificate_info` and `determine_trust`. */
export const testssl: Format = {
  id: 'testssl',
  programs: ['testssl'],
  mark(line, seen) {
    if (start.test(line)) return 'start'
    if (
      /^\s{0,4}(?:Common Name \(CN\)|subjectAltName \(SAN\)|Trust \(hostname\)|Chain of trust|# of certificates provided) {2}/.test(
        line,
      )
    )
      return 'fact'
    if (/^\s{0,4}Testing server defaults \(Server Hello\)/.test(line)) return 'section'
    if (seen.size === 0) return undefined
    if (field.test(line) || /^ {20,34}\S/.test(line)) return 'fact'
    return /^\s{0,4}(?:Done \d{4}|Testing (?!SSL server)|Oops|Fatal error|TCP connect problem)/.test(line)
      ? 'section'
      : undefined
  },
  startsNew: (mark, seen) => mark === 'start' && seen.has('start'),
  acceptsPem: () => false,
  parse: (segment) => [parse(segment)],
}

interface Draft {
  target?: SpokenTo
  common?: Located<string>
  issuer?: PrintedName
  names?: NonNullable<ListedCertificate['names']>
  notBefore?: NonNullable<ListedCertificate['notBefore']>
  notAfter?: NonNullable<ListedCertificate['notAfter']>
  sha256?: Located<string>
  serial?: Located<string>
  count?: number
  readonly errors: VerifyError[]
  trusted?: Line
  matched?: Line
  time?: NonNullable<ListedCertificate['notBefore']>
  failure?: Capture['failures'][number]
}

function parse(segment: Segment): Capture {
  const { source, command } = segment
  const draft: Draft = { errors: [] }
  let last = ''
  for (const line of segment.lines) last = readLine(segment, draft, line, last)
  const leaf = leafOf(draft)
  // The number of certificates is printed, the names of the others are not.
  const alone = leaf !== undefined && draft.count === 1
  const [error] = draft.errors
  const ok = draft.trusted && draft.matched ? draft.trusted : undefined
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'testssl',
    toolLabel: 'testssl.sh',
    kind: 'connection',
    chainList: alone ? [{ ...leaf, position: 0 }] : [],
    chainListComplete: alone,
    printed: leaf && !alone ? [leaf] : [],
    verifyErrors: draft.errors,
    failures: draft.failure ? [draft.failure] : [],
    ...(command ? { command } : {}),
    ...(draft.target ? { target: draft.target } : {}),
    ...(error ? { verifyResult: { code: error.code, text: error.text, ok: false, span: error.span } } : {}),
    ...(!error && ok ? { verifyResult: { code: 0, text: 'Ok', ok: true, span: lineSpan(source, ok) } } : {}),
    ...(draft.time ? { startTime: draft.time } : {}),
  })
}

function leafOf(draft: Draft): ListedCertificate | undefined {
  const { common, issuer, names, notBefore, notAfter, sha256, serial } = draft
  const span = common?.span ?? issuer?.span
  if (!span) return undefined
  const text = common ? `CN=${common.value}` : undefined
  return {
    span,
    ...(common && text !== undefined ? { subject: { text, name: parseNameText(text), span: common.span } } : {}),
    ...(issuer ? { issuer } : {}),
    ...(names ? { names } : {}),
    ...(notBefore ? { notBefore } : {}),
    ...(notAfter ? { notAfter } : {}),
    ...(sha256 ? { sha256 } : {}),
    ...(serial ? { serial } : {}),
  }
}

const address = /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,40}$/

/** Reads a line; what it is a field of is remembered, since values go on over several lines. */
function readLine({ source }: Segment, draft: Draft, line: Line, last: string): string {
  const span = lineSpan(source, line)
  const begun = start.exec(line.text)
  if (begun) {
    draft.target ??= { host: begun[3] as string, address: begun[1] as string, port: Number(begun[2]), span }
    const time = Date.parse(line.text.replace(/^\s{0,4}Start (\S{10}) (\S{8}).*$/, '$1T$2Z'))
    if (!Number.isNaN(time)) draft.time ??= { value: unixMs(time), span }
    return ''
  }
  const found = field.exec(line.text)
  const more = found ? undefined : /^ {20,34}(\S.*)$/.exec(line.text)?.[1]
  const problem = /(?:TCP connect problem|Fatal error: Can't connect)/.exec(line.text)
  if (problem)
    draft.failure ??= {
      kind: connectKind(line.text) === 'other' ? 'timeout' : connectKind(line.text),
      text: line.text.trim(),
      span,
    }
  if (!found && more === undefined) return ''
  const key = found?.[1] ?? last
  readField(draft, key, (found?.[2] ?? more ?? '').trim(), line, span, found !== null)
  return key
}

function readField(
  draft: Draft,
  key: string,
  value: string,
  line: Line,
  span: VerifyError['span'],
  first: boolean,
): void {
  switch (key) {
    case 'Common Name (CN)':
      if (first) draft.common ??= { value: value.replace(/ {2,}.*$| \((?:CN|request|in response).*$/, ''), span }
      return
    case 'subjectAltName (SAN)': {
      const names = value.split(/\s+/).filter((name) => /^[\w*.:-]{2,255}$/.test(name) && !/^(?:missing|--)/.test(name))
      const known = draft.names?.value ?? []
      const entries = names.map((name) => ({ type: address.test(name) ? 'IP' : 'DNS', value: name }))
      draft.names = { value: [...known, ...entries].slice(0, inputLimits.entries), span: draft.names?.span ?? span }
      return
    }
    case 'Issuer':
      if (first) readIssuer(draft, value, span)
      return
    case '# of certificates provided':
      if (first && /^\d{1,3}\b/.test(value)) draft.count ??= Number.parseInt(value, 10)
      return
    case 'Trust (hostname)':
      if (/does not match supplied URI/i.test(value)) addError(draft, 62, value, span)
      else if (first && /^Ok\b/i.test(value)) draft.matched ??= line
      return
    case 'Chain of trust':
      readTrust(draft, value, line, span)
      return
    case 'Certificate Validity (UTC)':
    case 'Certificate Expiration':
      readValidity(draft, value, span)
      return
    case 'Serial':
      if (first && draft.serial === undefined) {
        const serial = serialOf(value, span)
        if (serial) draft.serial = serial
      }
      return
    default: {
      const print = /SHA256 ([0-9A-F]{64})\b/.exec(value)
      if (print) draft.sha256 ??= { value: (print[1] as string).toLowerCase(), span }
    }
  }
}

function serialOf(value: string, span: VerifyError['span']): Located<string> | undefined {
  const hex = /^([0-9A-F]{1,64})\b/i.exec(value.replaceAll(':', ''))?.[1]?.toUpperCase()
  return hex === undefined ? undefined : { value: hex.length % 2 === 0 ? hex : `0${hex}`, span }
}

/** `Example TLS CA 1 (Example Trust, N.V. from NL)`. */
function readIssuer(draft: Draft, value: string, span: VerifyError['span']): void {
  const parts = /^(.{1,200}?)(?: \((.{1,200}?)(?: from ([A-Z]{2}))?\))?$/.exec(value)
  if (!parts || /^(?:self-signed|selfsigned)/i.test(value)) return
  const [, common, organisation, country] = parts
  const rdns = [country && `C=${country}`, organisation && `O=${organisation}`, `CN=${common}`]
    .filter(Boolean)
    .join(', ')
  draft.issuer ??= { text: value, name: parseNameText(rdns), span }
}

/** The stores are those that come with testssl.sh, and may be older than a root. */
function readTrust(draft: Draft, value: string, line: Line, span: VerifyError['span']): void {
  if (/self[- ]signed CA in chain/i.test(value)) addError(draft, 19, value, span)
  else if (/self[- ]signed/i.test(value)) addError(draft, 18, value, span)
  else if (/chain incomplete/i.test(value)) addError(draft, 20, value, span)
  else if (/expired/i.test(value)) addError(draft, 10, value, span)
  else if (/revoked/i.test(value)) addError(draft, 23, value, span)
  else if (/NOT ok|trust checks failed/i.test(value)) addError(draft, 1, value, span)
  else if (/^Ok\b/i.test(value)) draft.trusted ??= line
}

function readValidity(draft: Draft, value: string, span: VerifyError['span']): void {
  const dates = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d) --> (\d{4}-\d\d-\d\d) (\d\d:\d\d)/.exec(value)
  const [from, until] = dates ? [Date.parse(`${dates[1]}T${dates[2]}Z`), Date.parse(`${dates[3]}T${dates[4]}Z`)] : []
  if (from !== undefined && !Number.isNaN(from)) draft.notBefore ??= { value: unixMs(from), span }
  if (until !== undefined && !Number.isNaN(until)) draft.notAfter ??= { value: unixMs(until), span }
  if (/^expired\b/i.test(value)) addError(draft, 10, value, span)
}

function addError({ errors }: Draft, code: number, text: string, span: VerifyError['span']): void {
  if (!errors.some((error) => error.code === code)) errors.push({ code, text, span })
}
