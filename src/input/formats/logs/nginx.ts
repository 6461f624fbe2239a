/** The error log of nginx and what is built on it: Kong (OpenResty), ingress-nginx, APISIX. */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { GatewayRequest } from '../../model.ts'
import { lineSpan } from '../../printed.ts'
import { plainQuotes } from './escapes.ts'
import { type Dialect, type Endpoint, endpointOf, type LogEvent, named, noCertificate, weights } from './event.ts'
import { errnoKind, sslError } from './ssl-error.ts'

/** `2026/11/24 16:31:01 [error] 2078#2078: *349 message`; a collector's prefix may stand before it. */
const shape = /(?:^|[^\d])\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]{3,6}\] \d{1,9}#\d{1,9}: /

/** Messages that only nginx prints, for a line whose beginning is not in the paste, or a message quoted alone. */
const ownWords =
  /upstream SSL certificate (?:verify error: \(|does not match ")|client SSL certificate verify error: \(|client sent (?:no required SSL certificate|plain HTTP request to HTTPS port)|(?:SSL_(?:do_handshake|read|write|shutdown)\(\) failed \(|peer closed connection in SSL handshake|connect\(\) failed \(|upstream timed out \(|no live upstreams|upstream prematurely closed connection|handshake rejected)[^"]{0,400} while /

export const nginxErrors: Dialect = {
  id: 'nginx',
  mark: (line) => shape.test(line.slice(0, 400)) || ownWords.test(line.slice(0, 600)),
  read(lines, source) {
    const kong = lines.some(({ text }) => isKong.test(text))
    const identity = kong
      ? ({ tool: 'kong', toolLabel: 'Kong error log' } as const)
      : ({ tool: 'nginx', toolLabel: 'nginx error log' } as const)
    return lines.flatMap((line) => {
      const found = readLine(line, source)
      return found ? [{ ...identity, ...found }] : []
    })
  },
}

/** Kong's server blocks are called so, and its Lua code names itself. */
const isKong = /, server: kong(?:_admin)?,|\[kong\]|ring-balancer|\/kong\/|\bkong[._]/

type Found = Omit<LogEvent, 'tool' | 'toolLabel'>
type Facts = Omit<Found, 'span' | 'weight' | 'side'>

/** Fields behind the message. */
interface Fields {
  readonly upstream: string | undefined
  readonly host: string | undefined
  readonly server: string | undefined
}

function readLine(line: Line, source: MappedText): Found | undefined {
  const head = shape.exec(line.text)
  const begin = head ? head.index + head[0].length : line.text.search(ownWords)
  if (begin === -1) return undefined
  const rest = plainQuotes(line.text.slice(begin)).replace(/^\*\d{1,12} /, '')
  const cut = rest.indexOf(', client: ')
  const said = cut === -1 ? rest : rest.slice(0, cut)
  const tail = cut === -1 ? rest : rest.slice(cut)
  const while_ = said.lastIndexOf(' while ')
  const message = while_ === -1 ? said : said.slice(0, while_)
  const phase = while_ === -1 ? '' : said.slice(while_ + 7)
  const fields = {
    upstream: /, upstream: {1,2}"([^"]{1,2000})/.exec(tail)?.[1],
    host: /, host: {1,2}"([^"]{1,300})/.exec(tail)?.[1]?.trim(),
    server: /, server: ([^,\s]{1,300})/.exec(tail)?.[1],
  }
  const span = lineSpan(source, line)
  const upstream =
    / (?:to|from|with) upstream\b|^connecting to upstream/.test(` ${phase}`) ||
    /^upstream |^no live upstreams/.test(message)
  if (upstream) {
    const facts = upstreamFacts(message, phase, fields, span)
    return facts && { side: 'upstream', weight: weights.upstream, span, ...facts }
  }
  return downstream(message, phase, fields, span) ?? lua(rest, fields, span)
}

function upstreamFacts(message: string, phase: string, fields: Fields, span: LogEvent['span']): Facts | undefined {
  const endpoint = endpointOf(fields.upstream)
  const at = { ...(endpoint ? { endpoint } : {}) }
  const verify = /^upstream SSL certificate verify error: \((\d{1,3}): ?([^)]{0,200})\)/.exec(message)
  if (verify)
    return { ...at, kind: `verify ${verify[1]}`, verifyError: { code: Number(verify[1]), text: verify[2] as string } }
  const name = /^upstream SSL certificate does not match {1,2}"([^"]{0,300})"/.exec(message)
  if (name) {
    const wanted = (name[1] as string).trim()
    return {
      ...withEndpoint(named(endpoint, wanted === '' ? undefined : wanted)),
      kind: `name ${wanted}`,
      verifyError: { code: 62, text: message, ...(wanted === '' ? {} : { mismatch: { wanted } }) },
    }
  }
  const reading = /reading (?:response header|upstream)|sending request/.test(phase)
  if (/\(SSL: /.test(message) || /^SSL_/.test(message)) {
    const error = sslError(message)
    if (!error) return undefined
    const { kind, alert, reason } = error
    return {
      ...at,
      kind: `ssl ${kind} ${alert ?? reason}`,
      failure: { kind, text: message, ...(alert === undefined ? {} : { alert }) },
    }
  }
  const closed = /^peer closed connection in SSL handshake(?: \((\d{1,6}):)?/.exec(message)
  if (closed) {
    const kind = closed[1] === '104' ? 'reset' : 'closed'
    return { ...at, kind, failure: { kind, text: message } }
  }
  const errno =
    /^(?:connect|recv|send|writev|readv|upstream timed out)(?:\(\))?(?: to \S{1,200})?(?: failed)? \((\d{1,6}): /.exec(
      message,
    )
  if (errno) {
    const kind = errnoKind(Number(errno[1]))
    if (!reading) return { ...at, kind: `${kind} ${phase}`, failure: { kind, text: message } }
    return { ...at, kind: `answer ${kind}`, request: stopped(fields, 'answer', span, kind === 'timeout' ? 504 : 502) }
  }
  if (/^upstream prematurely closed connection|^upstream sent (?:no valid|invalid|too big)/.test(message))
    return { ...at, kind: message.slice(0, 40), request: stopped(fields, 'answer', span, 502) }
  if (/^no live upstreams/.test(message))
    return { ...at, kind: 'no live upstreams', request: stopped(fields, 'no-server', span, 502) }
  return undefined
}

const withEndpoint = (endpoint: Endpoint | undefined) => (endpoint ? { endpoint } : {})

/** A request that ended before the upstream answered. */
const stopped = (
  fields: Fields,
  stoppedAt: NonNullable<GatewayRequest['stoppedAt']>,
  span: LogEvent['span'],
  status: number,
): GatewayRequest => ({
  span,
  status,
  upstreamStatus: null,
  answeredBy: 'gateway',
  stoppedAt,
  ...(fields.host === undefined ? {} : { host: fields.host }),
  ...(fields.upstream === undefined ? {} : { upstream: fields.upstream }),
})

function downstream(message: string, phase: string, fields: Fields, span: LogEvent['span']): Found | undefined {
  // In a handshake `server:` is the address of the listener; afterwards it is the name, and `host:` has the port.
  const endpoint = endpointOf(fields.host) ?? endpointOf(fields.server)
  const at = { side: 'downstream' as const, span, ...withEndpoint(endpoint) }
  const certificate = { ...at, weight: weights.clientCertificate }
  if (/^client sent no required SSL certificate/.test(message)) return { ...certificate, ...noCertificate(message) }
  const verify = /^client SSL certificate verify error: \((\d{1,3}): ?([^)]{0,200})\)/.exec(message)
  if (verify)
    return {
      ...certificate,
      kind: `client ${verify[1]}`,
      verifyError: { code: Number(verify[1]), text: verify[2] as string },
    }
  const other = { ...at, weight: weights.downstream }
  if (/^client sent plain HTTP request to HTTPS port/.test(message))
    return { ...other, kind: 'plain http', failure: { kind: 'plain-text', text: message } }
  if (!/^SSL handshaking/.test(phase) && !/^SSL_(?:do_handshake|read|write|shutdown)\(\) failed/.test(message))
    return undefined
  if (/^handshake rejected/.test(message))
    return { ...other, kind: 'rejected', failure: { kind: 'other', alertSent: 112, text: message } }
  const closed = /^(?:peer|client) closed connection(?: in SSL handshake)?(?: \((\d{1,6}):)?/.exec(message)
  if (closed) {
    const kind = closed[1] === '104' ? 'reset' : 'closed'
    return { ...other, weight: weights.none, kind, failure: { kind, text: message } }
  }
  const error = sslError(message)
  if (!error) return undefined
  if (error.noCertificate) return { ...certificate, ...noCertificate(message) }
  const { kind, alert, reason } = error
  return {
    ...other,
    kind: `ssl ${kind} ${alert ?? reason}`,
    failure: { kind, text: message, ...(alert === undefined ? {} : { alert }) },
  }
}

/** Lines without a phase: the resolver's, and those of Lua code in OpenResty and Kong. */
function lua(rest: string, fields: Fields, span: LogEvent['span']): Found | undefined {
  const text = rest.slice(0, 1_000)
  const base = { side: 'upstream' as const, weight: weights.upstream, span }
  const unresolved =
    /(?:^|\s)([\w.-]{1,255}) could not be resolved \(/.exec(text)?.[1] ??
    /host not found in upstream "([\w.-]{1,255})/.exec(text)?.[1] ??
    /querying dns for ([\w.-]{1,255}) failed/.exec(text)?.[1] ??
    /\(short\)([\w.-]{1,255}):\(na\)/.exec(text)?.[1] ??
    (/name resolution failed|dns (?:server|client) error: \d/i.test(text) ? '' : undefined)
  if (unresolved !== undefined) {
    const endpoint = unresolved === '' ? undefined : { host: unresolved }
    return { ...base, ...withEndpoint(endpoint), kind: 'dns', failure: { kind: 'dns', text: text.slice(0, 300) } }
  }
  const verify = /ssl certificate verify error: \((\d{1,3}): ?([^)]{0,200})\)/i.exec(text)
  if (verify)
    return { ...base, kind: `lua ${verify[1]}`, verifyError: { code: Number(verify[1]), text: verify[2] as string } }
  const name = /ssl certificate does not match host "([^"]{1,300})"/i.exec(text)
  if (name) {
    const wanted = name[1] as string
    return {
      ...base,
      endpoint: { host: wanted },
      kind: `lua ${wanted}`,
      verifyError: { code: 62, text: name[0], mismatch: { wanted } },
    }
  }
  if (/failure to get a peer from the ring-balancer/.test(text))
    return { ...base, kind: 'no peer', request: stopped(fields, 'no-server', span, 503) }
  return undefined
}
