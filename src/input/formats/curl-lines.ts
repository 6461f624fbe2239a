/** Reads the lines of curl, each by what it says. Source: curl lib/vtls/openssl.c (`ossl_trace`), lib/cf-h1-proxy.c, lib/connect.c. */

import { mask } from '../command-mask.ts'
import { splitHostPort } from '../command-words.ts'
import { parseFailure } from '../failure.ts'
import type { Segment } from '../format.ts'
import { readStatus, withTelling } from '../http-answer.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Failure, VerifyError } from '../model.ts'
import { lineSpan } from '../printed.ts'
import { alertFailure } from './alert-failure.ts'
import { readCertificate } from './curl-certificate.ts'
import { type Draft, newDraft, newHandshake } from './curl-draft.ts'
import { type CurlLine, partOf, readCurlLine } from './curl-line.ts'
import { curlMeaning, exitMeanings, type Meaning } from './curl-words.ts'

/** Everything that the lines of a segment say. */
export function readLines(segment: Segment): Draft {
  const draft = newDraft()
  for (const line of segment.lines) {
    const read = readCurlLine(line.text)
    if (!read) readBody(segment, draft, line)
    else if (read.mark === '<' || read.mark === '>') readHttp(segment, draft, line, read)
    else if (read.mark !== '{') {
      const part = partOf(line, read.column)
      if (read.mark === '!' || !readInfo(segment, draft, part, read.text)) readFailure(segment, draft, part, read)
    }
  }
  return draft
}

/** What the server answered, when it is printed in between or instead of all the rest. */
function readBody({ source }: Segment, draft: Draft, line: Line): void {
  if (draft.tunnel === 'asked') return
  const answer = withTelling(source, draft.answer ?? readStatus(source, line), line)
  if (answer) draft.answer = answer
}

function readHttp(segment: Segment, draft: Draft, line: Line, { mark, text, column }: CurlLine): void {
  const part = partOf(line, column)
  if (mark === '>') {
    const connect = /^CONNECT (\S{1,300}) HTTP\//.exec(text)
    if (connect) askTunnel(draft, connect[1] as string, part)
    const agent = /^User-Agent: curl\/(\S{1,30})/i.exec(text)
    if (agent) draft.version ??= agent[1] as string
    const host = /^Host: (\S{1,300})/i.exec(text)
    if (host && draft.tunnel !== 'asked') note(draft, 'resolved', host[1] as string, part, 6)
    return
  }
  const status = readStatus(segment.source, part)
  if (status && draft.tunnel === 'asked') {
    // A proxy may ask for credentials first, and let the second try through.
    if (status.status >= 300) addFailure(draft, { kind: 'proxy-refused', ...status })
    return
  }
  if (status) draft.answer = status
  if (/^Date: /i.test(text) && draft.tunnel !== 'asked') draft.time ??= part
  if (/^Age: [1-9]/i.test(text)) draft.aged = true
}

function askTunnel(draft: Draft, to: string, part: Line): void {
  if (draft.tunnel === 'open') return
  draft.tunnel = 'asked'
  const { host, port } = splitHostPort(to)
  if (host !== undefined)
    draft.tunnelTo ??= { host, ...(port === undefined ? {} : { port }), line: part, column: part.text.indexOf(to) }
}

function note(draft: Draft, key: 'resolved', to: string, part: Line, column: number): void {
  const { host, port } = splitHostPort(to)
  if (host !== undefined) draft[key] ??= { host, ...(port === undefined ? {} : { port }), line: part, column }
}

/** A line that is no failure; true when it is done with. */
function readInfo(segment: Segment, draft: Draft, part: Line, text: string): boolean {
  return (
    readPlace(draft, part, text) ||
    readMessage(segment, draft, part, text) ||
    readCertificate(segment, draft, part, text)
  )
}

function readPlace(draft: Draft, part: Line, text: string): boolean {
  const connected =
    /^(?:Connected|Established connection) to (\S{1,255}) \(\[?([0-9A-Fa-f.:%]{2,60})\]?(?:\)? port (\d{1,5}))/.exec(
      text,
    )
  if (connected) {
    const [, host, address, port] = connected as unknown as [string, string, string, string]
    draft.connected = { host, address, port: Number(port), line: part, column: text.indexOf(host, 10) }
    return true
  }
  const trying = /^Trying \[?([0-9A-Fa-f.:%]{2,60}?)\]?(?::(\d{1,5}))?\.\.\./.exec(text)
  if (trying) {
    draft.trying = {
      address: trying[1] as string,
      ...(trying[2] === undefined ? {} : { port: Number(trying[2]) }),
      line: part,
      column: 7,
    }
    return true
  }
  const resolved = /^Host (\S{1,300}) was resolved\./.exec(text)
  if (resolved) note(draft, 'resolved', resolved[1] as string, part, 5)
  const old = /^About to connect\(\) to (?:(proxy) )?(\S{1,255}) port (\d{1,5})/.exec(text)
  if (old?.[1]) draft.proxy ??= `${old[2]}:${old[3]}`
  else if (old) note(draft, 'resolved', `${old[2]}:${old[3]}`, part, text.indexOf(old[2] as string, 18))
  const environment = /^Uses proxy env variable \w{1,20} == '(\S{1,300})'/.exec(text)
  if (environment) draft.proxy ??= mask(environment[1] as string)
  const tunnel = /^Establish HTTP proxy tunnel to (\S{1,300})/.exec(text)
  if (tunnel) askTunnel(draft, tunnel[1] as string, part)
  if (/^(?:CONNECT tunnel established|CONNECT phase completed|Proxy replied (?:200|OK) to CONNECT)/.test(text))
    openTunnel(draft, text)
  return resolved !== null || old !== null || environment !== null || tunnel !== null
}

/** From here on the server is spoken to: what was said of TLS before concerned the proxy. */
function openTunnel(draft: Draft, text: string): void {
  // Said of a refused tunnel, too.
  if (/^CONNECT phase completed/.test(text) && draft.handshake.failures.some(({ kind }) => kind === 'proxy-refused'))
    return
  if (draft.tunnel === 'open') return
  draft.tunnel = 'open'
  draft.handshake = newHandshake()
  draft.proxyHandshake = false
}

/** `TLSv1.3 (IN), TLS handshake, Request CERT (13):`, by number. */
const handshakeLine = /^(?:(?:TLS|SSL)v[\d.]{1,3}|\(304\)) \((IN|OUT)\), TLS (handshake|alert), .{0,60}\((\d{1,4})\)/

function readMessage({ source }: Segment, draft: Draft, part: Line, text: string): boolean {
  const message = handshakeLine.exec(text)
  if (!message) return false
  const { handshake } = draft
  const incoming = message[1] === 'IN'
  const number = Number(message[3])
  if (message[2] === 'alert') {
    addAlert(draft, { span: lineSpan(source, part), text }, number, incoming)
    return true
  }
  // What follows a finished handshake of TLS 1.2 with `Client hello` is another one.
  if (!incoming && number === 1) handshake.clientHello ??= part
  if (incoming && number === 11) handshake.certificateIn ??= part
  if (incoming && number === 13) handshake.requested ??= part
  // "Server finished" is ServerHelloDone: behind both no request comes any more.
  if (incoming && (number === 14 || number === 20)) handshake.requestPassed ??= part
  if (!incoming && number === 11) handshake.certificateOut ??= part
  if (!incoming && number === 15) handshake.proofOut ??= part
  if (!incoming && number === 20) handshake.finishedOut ??= part
  if (text.startsWith('(304)')) draft.library ??= 'LibreSSL'
  return true
}

/** curl prints level times 256 plus number; very old ones print the level alone. */
function addAlert(draft: Draft, at: Pick<Failure, 'span' | 'text'>, number: number, incoming: boolean): void {
  if (number >= 512) addFailure(draft, alertFailure(at, number & 0xff, !incoming))
}

function readFailure(segment: Segment, draft: Draft, part: Line, { mark, exit, text }: CurlLine): void {
  const meaning = curlMeaning(text)
  if (meaning && !meaning.general) {
    addMeaning(segment, draft, part, text, meaning)
    return
  }
  const queue = /error:[0-9A-Fa-f]{8}:/.test(text) ? parseFailure(segment.source, { ...part, text }) : undefined
  if (queue) {
    addFailure(draft, queue)
    return
  }
  const last = mark === '!' ? exitMeanings.get(exit ?? 0) : undefined
  const rest = meaning ?? last
  if (rest) addMeaning(segment, draft, part, text, { ...rest, general: true })
}

function addMeaning({ source }: Segment, draft: Draft, part: Line, text: string, meaning: Meaning): void {
  const span = lineSpan(source, part)
  const { handshake } = draft
  if (meaning.requested) {
    handshake.requested ??= part
    if (/not found/.test(text)) handshake.noCertificateFound ??= part
  }
  if (meaning.code !== undefined) {
    const words = text.replace(/^SSL certificate (?:problem|verify result): /, '').replace(/, continuing anyway\.$/, '')
    const error: VerifyError = {
      code: meaning.code,
      text: words,
      span,
      ...(meaning.mismatch ? { mismatch: meaning.mismatch } : {}),
    }
    if (meaning.general) handshake.general.push(error)
    else addError(draft, error)
  } else if (meaning.kind !== undefined) {
    const { kind, alert, status } = meaning
    const failure: Failure = {
      kind,
      text,
      span,
      ...(alert === undefined ? {} : { alert }),
      ...(status === undefined ? {} : { status }),
    }
    if (meaning.general) handshake.general.push(failure)
    else addFailure(draft, failure)
  }
}

/** curl says most things twice, once as it goes and once at the end. */
function addFailure({ handshake }: Draft, failure: Failure): void {
  const same = (other: Failure): boolean =>
    other.kind === failure.kind &&
    other.alert === failure.alert &&
    other.alertSent === failure.alertSent &&
    (other.status === failure.status || failure.status === undefined) &&
    (failure.kind !== 'other' || other.text === failure.text)
  if (handshake.failures.length < inputLimits.entries && !handshake.failures.some(same))
    handshake.failures.push(failure)
}

function addError({ handshake: { errors } }: Draft, error: VerifyError): void {
  const index = errors.findIndex(({ code }) => code === error.code)
  const known = errors[index]
  if (!known) {
    if (errors.length < inputLimits.entries) errors.push(error)
  } else if (
    known.mismatch === undefined ||
    (known.mismatch.names === undefined && error.mismatch?.names !== undefined)
  )
    errors[index] = error.mismatch ? { ...error } : known
}
