/**
 * What `-Djavax.net.debug=ssl:handshake` prints of a handshake: the certificates that the server sent, its request for a client
 * certificate, and the answer. Sources: OpenJDK sun.security.ssl.SSLLogger and CertificateMessage (8u261, 11 and later); the
 * older Handshaker and HandshakeMessage of JDK 7 and 8.
 */
import type { UnixMs } from '../../../core/brand.ts'
import type { Span } from '../../../core/span.ts'
import { parseNameText } from '../../../x509/name.ts'
import type { Segment } from '../../format.ts'
import { inputLimits } from '../../limits.ts'
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import type { ClientAuth, ListedCertificate, Located, PrintedName } from '../../model.ts'
import { lineSpan } from '../../printed.ts'
import { parseMessageDate } from './dates.ts'

/** `javax.net.ssl|DEBUG|01|main|2026-11-24 16:20:20.123 UTC|CertificateMessage.java:1152|Consuming ...`. */
const newLine =
  /^javax\.net\.ssl\|[A-Z]{3,10}\|[0-9A-Fa-f]{1,16}\|[^|\n]{0,120}\|[^|\n]{10,60}\|[\w.]{1,60}:\d{1,6}\|(.{0,400})/
const oldLine =
  /^\*\*\* (ClientHello|ServerHello(?:Done)?|Certificate chain|CertificateRequest|CertificateVerify|ECDH|Finished|Diffie)/

/** Is it a heading of such output? */
export const isDebugLine = (text: string): boolean => newLine.test(text) || oldLine.test(text)

/** A line inside a printed structure. */
export const isInsideDebug = (text: string): boolean => /^(?:\s|[{}[\])("<]|\*\*\*$|chain \[\d)/.test(text)

export interface DebugFacts {
  readonly chainList: readonly ListedCertificate[]
  readonly chainListComplete: boolean
  readonly clientAuth: ClientAuth
  readonly protocol?: Located<string>
  readonly cipher?: Located<string>
  /** The client went on to its own Finished message, which it does only after it accepted the certificate. */
  readonly accepted?: Span
  readonly start: number
}

type State = 'server' | 'client' | 'request' | 'hello' | undefined

interface Draft {
  subject?: PrintedName
  issuer?: PrintedName
  notBefore?: Located<UnixMs>
  notAfter?: Located<UnixMs>
  names: { type: string; value: string }[]
  isCa?: boolean
  span: ListedCertificate['span']
}

/** Reads the handshake that the lines show; of several, the last. Undefined where no server certificate and no request is in them. */
export function readDebug({ source, lines }: Segment): DebugFacts | undefined {
  const reader = new DebugReader(source)
  for (const line of lines) reader.read(line)
  return reader.facts()
}

class DebugReader {
  private readonly source: MappedText
  private state: State
  private chain: Draft[] = []
  private complete = false
  private start: number | undefined
  private requestedSpan: ClientAuth['requestedSpan']
  private sent: ClientAuth['sent'] = 'unknown'
  private sentSpan: ClientAuth['sentSpan']
  private clientHas = false
  private authorities: PrintedName[] = []
  private sawAuthorities = false
  private algorithms: ClientAuth['algorithms']
  private protocol: Located<string> | undefined
  private cipher: Located<string> | undefined
  private serverDone = false
  private accepted: Span | undefined
  private another = false

  constructor(source: MappedText) {
    this.source = source
  }

  read(line: Line): void {
    const { text } = line
    const modern = newLine.exec(text)?.[1]
    const old = modern === undefined ? oldLine.exec(text)?.[1] : undefined
    // The brackets that close a structure are not always in the paste; the next heading closes it as well.
    if (modern !== undefined || old !== undefined || text === '***') this.close(text === '***')
    if (modern !== undefined) this.heading(modern, line)
    else if (old !== undefined) this.oldHeading(old, line)
    else if (this.state === 'server') this.certificateLine(line)
    else if (this.state === 'request') this.requestLine(line)
    else if (this.state === 'client') this.clientLine(line)
    else if (this.state === 'hello') this.helloLine(line)
    if (/no suitable certificate found - continuing without client authentication/.test(text))
      this.answered('empty', line)
  }

  facts(): DebugFacts | undefined {
    if (this.start === undefined) return undefined
    const requested = this.requestedSpan
    return {
      start: this.start,
      chainList: this.chain.map(toListed),
      chainListComplete: this.complete,
      clientAuth: {
        requested: requested ? 'yes' : this.serverDone ? 'no' : 'unknown',
        ...(requested ? { requestedSpan: requested } : {}),
        acceptableCas: this.authorities,
        ...(this.sawAuthorities && this.authorities.length === 0 ? { anyCa: true } : {}),
        ...(this.algorithms ? { algorithms: this.algorithms } : {}),
        sent: this.sent,
        ...(this.sentSpan ? { sentSpan: this.sentSpan } : {}),
      },
      ...(this.protocol ? { protocol: this.protocol } : {}),
      ...(this.cipher ? { cipher: this.cipher } : {}),
      ...(this.accepted && this.chain.length > 0 ? { accepted: this.accepted } : {}),
    }
  }

  private heading(text: string, line: Line): void {
    this.state = undefined
    if (/^Produced ClientHello/.test(text)) this.reset()
    else if (/^Consuming ServerHello handshake/.test(text)) this.state = 'hello'
    else if (/^Negotiated protocol version: /.test(text)) this.protocol = this.at(text.slice(29).trim(), line)
    else if (/^Consuming server Certificate/.test(text)) this.beginChain(line)
    else if (/^Consuming CertificateRequest/.test(text)) this.beginRequest(line)
    else if (/^(?:Consuming ServerHelloDone|Consuming server Finished)/.test(text)) this.serverDone = true
    else if (/^Produced client Finished/.test(text)) this.accepted = lineSpan(this.source, line)
    else if (/^Produced client Certificate /.test(text)) this.beginAnswer(line)
    else if (/^Produced (?:client )?CertificateVerify/.test(text)) this.answered('yes', line)
    else if (/^No X\.509 certificate for client authentication, use empty/.test(text)) this.answered('empty', line)
  }

  private oldHeading(text: string, line: Line): void {
    this.state = undefined
    if (text === 'ClientHello') this.reset()
    else if (text === 'ServerHello') this.protocol = this.at(/, (\S{3,10})/.exec(line.text)?.[1] ?? '', line)
    else if (text === 'Certificate chain') this.serverDone ? this.beginAnswer(line) : this.beginChain(line)
    else if (text === 'CertificateRequest') this.beginRequest(line)
    else if (text === 'ServerHelloDone') this.serverDone = true
    else if (text === 'CertificateVerify') this.answered('yes', line)
    else if (text === 'Finished') this.accepted ??= lineSpan(this.source, line)
  }

  /** Another handshake begins; what the last one showed stays until this one shows its own. */
  private reset(): void {
    this.serverDone = false
    this.another = true
  }

  /** Forgets the handshake before, at the first thing that this one shows. */
  private renew(line: Line): void {
    this.start ??= line.start
    if (!this.another) return
    this.another = false
    this.chain = []
    this.accepted = undefined
    this.requestedSpan = undefined
    this.authorities = []
    this.sawAuthorities = false
    this.sent = 'unknown'
    this.sentSpan = undefined
  }

  private beginChain(line: Line): void {
    this.renew(line)
    this.chain = []
    this.complete = false
    this.state = 'server'
  }

  private beginRequest(line: Line): void {
    this.renew(line)
    this.requestedSpan = lineSpan(this.source, line)
    this.state = 'request'
  }

  private beginAnswer(line: Line): void {
    this.state = 'client'
    this.clientHas = false
    this.sentSpan = lineSpan(this.source, line)
  }

  private answered(what: 'yes' | 'empty', line: Line): void {
    this.sent = what
    this.sentSpan = lineSpan(this.source, line)
  }

  private close(bare: boolean): void {
    if (this.state === 'server') this.complete = true
    if (this.state === 'client' && !bare && !this.clientHas && this.sent === 'unknown') this.sent = 'empty'
    if (this.state !== 'request') this.state = undefined
  }

  private certificateLine(line: Line): void {
    const { text } = line
    if (/^\s{0,8}"certificate" : \{|^chain \[\d{1,4}\] = \[/.test(text)) {
      if (this.chain.length < inputLimits.entries) this.chain.push({ names: [], span: lineSpan(this.source, line) })
      return
    }
    const last = this.chain.at(-1)
    if (!last) return
    const named = /^\s{0,16}(?:"(issuer|subject)"\s{1,16}: "|(Issuer|Subject): )(.{1,2000}?)"?,?$/.exec(text)
    if (named) {
      const name = this.name(line, named[3] as string)
      if ((named[1] ?? named[2])?.toLowerCase() === 'issuer') last.issuer ??= name
      else last.subject ??= name
      return
    }
    const date =
      /^\s{0,24}(?:"not (before| after)"\s{0,16}: "|(?:Validity: \[)?(From|To): )(.{10,40}?)["\],]{0,2}$/.exec(text)
    const value = date ? parseMessageDate(date[3] as string) : undefined
    if (date && value !== undefined) {
      const found = { value, span: lineSpan(this.source, line) }
      if (date[1] === 'before' || date[2] === 'From') last.notBefore ??= found
      else last.notAfter ??= found
      return
    }
    const alternative = /^\s{1,24}(DNSName|IPAddress): (\S{1,253})/.exec(text)
    if (alternative && last.names.length < inputLimits.entries)
      last.names.push({ type: alternative[1] === 'DNSName' ? 'DNS' : 'IP', value: alternative[2] as string })
    if (/^\s{1,24}CA:true/.test(text)) last.isCa = true
  }

  private requestLine(line: Line): void {
    const { text } = line
    const types =
      /"(?:supported signature algorithms|signature schemes)": \[(.{0,3000}?)\]?$|^Supported Signature Algorithms: (.{1,3000})/.exec(
        text,
      )
    if (types) {
      const values = ((types[1] ?? types[2]) as string).split(/, /).slice(0, inputLimits.entries)
      this.algorithms ??= { value: values, span: lineSpan(this.source, line) }
      return
    }
    const begin = /"certificate authorities": \[(.{0,4000})$|^Cert Authorities:/.exec(text)
    if (begin) {
      this.sawAuthorities = true
      for (const name of (begin[1] ?? '').split(/, (?=CN=)/)) this.authority(line, name)
      return
    }
    if (this.sawAuthorities) this.authority(line, text)
  }

  private authority(line: Line, text: string): void {
    const name = text.replace(/^[\s<]{1,40}|[\s\]>,]{1,40}$/g, '')
    if (/^[A-Z][A-Z.\d]{0,40}=/.test(name) && this.authorities.length < inputLimits.entries)
      this.authorities.push(this.name(line, name))
  }

  private clientLine(line: Line): void {
    if (/<empty list>|^<Empty>/i.test(line.text)) this.answered('empty', line)
    if (/"certificate" : \{|^chain \[\d/.test(line.text)) this.clientHas = true
  }

  private helloLine(line: Line): void {
    const suite = /"cipher suite"\s{1,16}: "(\w{5,60})/.exec(line.text)?.[1]
    if (suite !== undefined) this.cipher = this.at(suite, line)
  }

  private name(line: Line, text: string): PrintedName {
    const at = Math.max(0, line.text.indexOf(text))
    return {
      text,
      name: parseNameText(text, { reversed: true }),
      span: this.source.span(line.start + at, line.start + at + text.length),
    }
  }

  private at(value: string, line: Line): Located<string> | undefined {
    return value === '' ? undefined : { value, span: lineSpan(this.source, line) }
  }
}

const toListed = ({ names, span, ...rest }: Draft, position: number): ListedCertificate => ({
  ...rest,
  span,
  position,
  ...(names.length === 0 ? {} : { names: { value: names, span } }),
})
