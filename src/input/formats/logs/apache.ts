/** Apache httpd, error log of mod_ssl and mod_proxy: AH numbers decide. */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { ListedCertificate, PrintedName } from '../../model.ts'
import { lineSpan, parseOpensslDate, printedName } from '../../printed.ts'
import { type Dialect, type Endpoint, endpointOf, type LogEvent, noCertificate, weights } from './event.ts'
import { errnoKind, sslError } from './ssl-error.ts'

/** `[Tue Nov 24 20:27:36.269810 2026] [ssl:info] [pid 28573:tid 28613] ...`; 2.2 has no module. */
const shape =
  /\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\] \[(?:\w{1,40}:)?[a-z]{3,8}\d?\] /
const sslLine =
  /\bAH\d{5}: .*(?:SSL|ertificate|CA )|SSL Library Error:|AH0(?:0898|0957|1084|1114|1964)|Certificate Verification|SSL client/

export const apache: Dialect = {
  id: 'apache',
  mark: (line) => {
    const head = line.slice(0, 600)
    return shape.test(head) || (/\bAH0\d{4}: /.test(head) && sslLine.test(head))
  },
  read(lines, source) {
    const events: LogEvent[] = []
    const threads = new Map<string, Thread>()
    for (const line of lines) {
      const found = readLine(line, source, threads)
      if (found) events.push(found)
    }
    const told = new Set(events.flatMap((event) => (isTold(event) ? placeOf(event) : [])))
    return events.filter((event) => event.kind !== echo || !told.has(placeOf(event)))
  },
}

const label = { tool: 'apache', toolLabel: 'Apache error log' } as const
/** mod_proxy repeats at its own level what mod_ssl has said better, where that was logged. */
const echo = 'remote handshake'
const isTold = ({ kind, side, endpoint }: LogEvent): boolean =>
  kind !== echo && side === 'upstream' && endpoint !== undefined
const placeOf = ({ endpoint }: LogEvent): string => `${endpoint?.address} ${endpoint?.host} ${endpoint?.port}`

/** What a line refers back to: the peer stands in an earlier line of the same thread, and threads interleave. */
interface Thread {
  listener?: Endpoint
  handshake?: Omit<LogEvent, 'kind'>
  backend?: Endpoint
}

const threadOf = (text: string): string => /\[pid (\d{1,9}(?::tid \d{1,20})?)\]/.exec(text)?.[1] ?? ''

function readLine(line: Line, source: MappedText, threads: Map<string, Thread>): LogEvent | undefined {
  const { text } = line
  if (!sslLine.test(text.slice(0, 2_000))) return undefined
  const span = lineSpan(source, line)
  const remote = /\[remote ([^\]\s]{3,60})\]/.exec(text)?.[1]
  const server = /\(server ([^)\s]{1,255})\)/.exec(text)?.[1]
  const upstream = remote !== undefined
  const thread = threads.get(threadOf(text)) ?? {}
  const endpoint = endpointOf(upstream ? remote : server) ?? (upstream ? undefined : thread.listener)
  const base = {
    ...label,
    span,
    side: upstream ? 'upstream' : 'downstream',
    weight: upstream ? weights.upstream : weights.downstream,
    ...(endpoint ? { endpoint } : {}),
  } as const
  const at = /\bAH(\d{5}):/.exec(text)?.[1]
  const verify = /Certificate Verification: Error \((\d{1,3})\): ([^[]{1,200})/.exec(text)
  if (verify) {
    const printed = certificateOf(line, source)
    return {
      ...base,
      weight: upstream ? weights.upstream : weights.clientCertificate,
      kind: `verify ${verify[1]} ${printed?.subject?.text}`,
      verifyError: { code: Number(verify[1]), text: (verify[2] as string).trim() },
      ...(printed ? { printed } : {}),
    }
  }
  if (/Certificate chain too long/.test(text) || at === '02040')
    return { ...base, kind: 'verify 22', verifyError: { code: 22, text: 'certificate chain too long' } }
  if (at === '02411') {
    const wanted = /for hostname (\S{1,255})/.exec(text)?.[1]
    return {
      ...base,
      kind: 'name',
      verifyError: {
        code: 62,
        text: text.slice(text.indexOf('AH02411') + 9),
        ...(wanted ? { mismatch: { wanted } } : {}),
      },
    }
  }
  if (at === '02268')
    return {
      ...base,
      side: 'upstream',
      weight: weights.upstream,
      kind: 'client certificate',
      clientCertificate: 'none',
    }
  if (at === '01964' && !upstream) {
    const listener = endpointOf(server)
    if (listener) threads.set(threadOf(text), { listener })
    return undefined
  }
  if (at === '02008' || at === '02003') {
    threads.set(threadOf(text), { ...thread, handshake: base })
    return undefined
  }
  if (at === '01084') {
    const backend = endpointOf(/failed to (\S{3,255})/.exec(text)?.[1])
    if (backend) threads.set(threadOf(text), { ...thread, backend })
    return undefined
  }
  if (/SSL Library Error:/.test(text)) return libraryError(text, { ...base, ...thread.handshake, span })
  if (at === '01996' || at === '02031')
    return { ...base, kind: 'plain http', failure: { kind: 'plain-text', text: text.slice(-200) } }
  if (at === '00957') {
    const target = endpointOf(/attempt to connect to (\S{3,255})/.exec(text)?.[1])
    const kind = errnoKind(Number(/\((\d{1,6})\)[A-Z][^:]{1,60}: AH00957/.exec(text)?.[1]))
    return {
      ...base,
      side: 'upstream',
      weight: weights.upstream,
      kind,
      ...(target ? { endpoint: target } : {}),
      failure: { kind, text: text.slice(-300) },
    }
  }
  if (at === '00898')
    return {
      ...base,
      side: 'upstream',
      weight: weights.upstream,
      kind: echo,
      ...(thread.backend ? { endpoint: thread.backend } : {}),
      failure: { kind: 'other', text: text.slice(text.indexOf('AH00898')) },
    }
  return undefined
}

function libraryError(text: string, base: Omit<LogEvent, 'kind'>): LogEvent | undefined {
  const error = sslError(text)
  // HTTP on the HTTPS port has a line of its own.
  if (!error || error.kind === 'verify-failed' || /^http request/.test(error.reason)) return undefined
  if (error.noCertificate)
    return {
      ...base,
      weight: weights.clientCertificate,
      ...noCertificate(text.slice(text.indexOf('SSL Library Error'))),
    }
  const { kind, alert, reason } = error
  return {
    ...base,
    kind: `ssl ${kind} ${alert ?? reason}`,
    failure: { kind, text: text.slice(text.indexOf('SSL Library Error')), ...(alert === undefined ? {} : { alert }) },
  }
}

/** The certificate at fault, as mod_ssl prints it: `[subject: ... / issuer: ... / serial: ... / notbefore: ... / notafter: ...]`. */
function certificateOf(line: Line, source: MappedText): ListedCertificate | undefined {
  const { text } = line
  const open = text.indexOf('[subject: ')
  if (open === -1) return undefined
  const value = (from: string, to: string) => {
    const start = text.indexOf(from, open)
    if (start === -1) return undefined
    const begin = start + from.length
    const end = text.indexOf(to, begin)
    return end === -1 ? undefined : { begin, end }
  }
  const name = (from: string, to: string): PrintedName | undefined => {
    const range = value(from, to)
    return range && printedName(source, { ...line, text: text.slice(0, range.end) }, range.begin)
  }
  const date = (from: string, to: string) => {
    const range = value(from, to)
    const time = range && parseOpensslDate(text.slice(range.begin, range.end))
    return range && time !== undefined
      ? { value: time, span: source.span(line.start + range.begin, line.start + range.end) }
      : undefined
  }
  const subject = name('subject: ', ' / issuer: ')
  const issuer = name(' / issuer: ', ' / serial: ')
  const notBefore = date(' / notbefore: ', ' / ')
  const notAfter = date(' / notafter: ', ']')
  if (!subject) return undefined
  return {
    subject,
    span: subject.span,
    ...(issuer ? { issuer } : {}),
    ...(notBefore ? { notBefore } : {}),
    ...(notAfter ? { notAfter } : {}),
  }
}
