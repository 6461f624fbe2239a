import { unixMs } from '../../core/brand.ts'
import { parseNameText } from '../../x509/name.ts'
import { newCapture } from '../capture.ts'
import type { Format, Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, Failure, FailureKind, ListedCertificate, PrintedName, SpokenTo } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan } from '../printed.ts'

/** Scripts print behind `| ` and `|_`, which may have been taken for quote marks. */
const lead = '^[\\s|_]{0,8}'
const report = /^Nmap scan report for (\S{1,255})(?: \(([0-9A-Fa-f.:]{2,60})\))?/
const port = /^(\d{1,5})\/(?:tcp|sctp) {1,8}(open|closed|filtered|open\|filtered)\b/
const subject = new RegExp(`${lead}ssl-cert: Subject: ?`)
const facts = new RegExp(
  `${lead}(Subject Alternative Name: |Issuer: |Public Key (?:type|bits): |Signature Algorithm: |Not valid (?:before|after): {1,2}|MD5: |SHA-1: |SHA-256: )`,
)

const others = new RegExp(`${lead}ssl-(?:enum-ciphers|date|dh-params)`)

/** `nmap --script ssl-cert`. Source: nmap scripts/ssl-cert.nse. */
export const nmap: Format = {
  id: 'nmap',
  programs: ['nmap'],
  mark(line, seen) {
    if (subject.test(line)) return 'subject'
    if (report.test(line)) return 'report'
    if (/^Starting Nmap \d/.test(line)) return 'start'
    if (/^Failed to resolve "|^Note: Host seems down/.test(line)) return 'failed'
    if (seen.size === 0) return undefined
    if (port.test(line)) return 'port'
    if (/^Nmap done: /.test(line)) return 'done'
    return facts.test(line) || others.test(line) ? 'fact' : undefined
  },
  startsNew: (mark, seen) => mark === 'start' && (seen.has('start') || seen.has('done')),
  acceptsPem: (seen) => seen.has('subject'),
  parse,
}

type Mutable = { -readonly [K in keyof ListedCertificate]: ListedCertificate[K] }

/** One port of one host. */
interface Service {
  readonly start: number
  end: number
  target?: SpokenTo
  certificate?: Mutable
  failure?: Failure
}

function parse(segment: Segment): Capture[] {
  const { source } = segment
  const services: Service[] = []
  let host: SpokenTo | undefined
  for (const line of segment.lines) {
    const span = lineSpan(source, line)
    const named = report.exec(line.text)
    if (named) host = { host: named[1] as string, ...(named[2] === undefined ? {} : { address: named[2] }), span }
    const found = port.exec(line.text)
    if (found) open(found, line)
    if (subject.test(line.text) && (services.length === 0 || services.at(-1)?.certificate)) open(undefined, line)
    const last = services.at(-1)
    if (last) {
      readFact(segment, last, line)
      last.end = line.end
    }
    const failed = /^Failed to resolve "([^"]{1,255})"|^Note: Host seems down/.exec(line.text)
    if (failed) {
      open(undefined, line)
      const down = services.at(-1) as Service
      down.failure = { kind: failed[1] === undefined ? 'timeout' : 'dns', text: line.text.trim(), span }
      if (failed[1] !== undefined) down.target = { host: failed[1], span }
    }
  }
  for (const [index, service] of services.entries())
    service.end = Math.max(service.end, (services[index + 1]?.start ?? segment.end + 1) - 1)
  // A scan finds many ports closed; only where one was asked for it says something.
  const telling = services.filter(({ certificate, failure }) => certificate || (failure && services.length === 1))
  return telling.length > 0 ? telling.map((service) => toCapture(segment, service)) : [empty(segment, host)]

  function open(found: RegExpExecArray | null | undefined, line: Line): void {
    if (services.length >= inputLimits.entries) return
    const number = found ? { port: Number(found[1]) } : {}
    const service: Service = { start: line.start, end: line.end, ...(host ? { target: { ...host, ...number } } : {}) }
    const kind = kinds.get(found?.[2] ?? '')
    if (found && kind) service.failure = { kind, text: line.text.trim(), span: lineSpan(source, line) }
    services.push(service)
  }
}

/** What states mean: a closed port answers with a reset, a filtered one not at all. */
const kinds: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['closed', 'refused'],
  ['filtered', 'timeout'],
])

function readFact({ source }: Segment, service: Service, line: Line): void {
  const span = lineSpan(source, line)
  const named = subject.exec(line.text)
  if (named) service.certificate ??= { subject: nameOf(line, named[0].length, span), span }
  const { certificate } = service
  const fact = facts.exec(line.text)
  if (!certificate || !fact) return
  const key = fact[1] as string
  const value = line.text.slice(fact[0].length).trim()
  certificate.span = { ...certificate.span, end: Math.max(certificate.span.end, span.end) }
  if (key === 'Issuer: ') certificate.issuer ??= nameOf(line, fact[0].length, span)
  if (key.startsWith('Not valid')) {
    const time = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`)
    const field = key.includes('before') ? 'notBefore' : 'notAfter'
    if (!Number.isNaN(time)) certificate[field] ??= { value: unixMs(time), span }
  }
  if (key === 'SHA-256: ') certificate.sha256 ??= { value: value.replace(/[\s:]/g, '').toLowerCase(), span }
  if (key === 'Subject Alternative Name: ') {
    const names = value
      .split(', ')
      .slice(0, inputLimits.entries)
      .flatMap((entry) => {
        const [type, ...rest] = entry.split(':')
        return rest.length > 0 ? [{ type: type === 'IP Address' ? 'IP' : (type as string), value: rest.join(':') }] : []
      })
    certificate.names ??= { value: names, span }
  }
}

/** `commonName=a.example/organizationName=Example/countryName=NL`, the most specific first. */
function nameOf(line: Line, column: number, span: PrintedName['span']): PrintedName {
  const text = line.text.slice(column).trim()
  return { text, name: parseNameText(`/${text}`, { reversed: true }), span }
}

function toCapture(segment: Segment, { start, end, target, certificate, failure }: Service): Capture {
  const { source, command, pem } = segment
  const blocks = pem.filter((block) => block.start >= start && block.start <= end)
  return newCapture({
    document: source.document,
    span: source.span(start, Math.max(start, Math.min(end, segment.end))),
    tool: 'nmap',
    toolLabel: 'nmap ssl-cert',
    kind: 'connection',
    blocks: certificate ? blocks.map(({ block }) => withRole(block, 'server')) : [],
    printed: certificate ? [certificate] : [],
    failures: failure ? [failure] : [],
    ...(command ? { command: portless(command) } : {}),
    ...(target ? { target } : {}),
  })

  /** A command may scan many ports of many hosts: those of the report hold. */
  function portless({ host: _, port: __, ...rest }: NonNullable<Segment['command']>) {
    return target
      ? {
          ...rest,
          ...(target.host === undefined ? {} : { host: target.host }),
          ...(target.port === undefined ? {} : { port: target.port }),
        }
      : (command as NonNullable<Segment['command']>)
  }
}

const empty = ({ source, command, start, end }: Segment, target: SpokenTo | undefined): Capture =>
  newCapture({
    document: source.document,
    span: source.span(start, end),
    tool: 'nmap',
    toolLabel: 'nmap',
    kind: 'connection',
    ...(command ? { command } : {}),
    ...(target ? { target } : {}),
  })
