/** Reads what curl prints of a certificate, in the forms of its TLS libraries. */
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import { lineSpan, printedDate, printedName } from '../printed.ts'
import type { Draft } from './curl-draft.ts'

/** Reads the block on the certificate, the protocol, and lines that name the TLS library; true when the line is done with. */
export function readCertificate({ source }: Segment, draft: Draft, part: Line, text: string): boolean {
  const { handshake } = draft
  const heading = /^(Server|Proxy) certificate: ?(.{0,255})$/.exec(text)
  if (heading) {
    draft.proxyHandshake = heading[1] === 'Proxy'
    if (heading[2] !== '' && handshake.others.length < inputLimits.entries) {
      const subject = printedName(source, { ...part, text: `CN=${heading[2]}` }, 0)
      handshake.others.push({ subject: { ...subject, span: lineSpan(source, part) }, span: lineSpan(source, part) })
      draft.library ??= 'Secure Transport'
    }
    return true
  }
  const cipher =
    /^SSL connection using (?:TLS|SSL)?v?([\d.]{1,3})? ?\/? ?([A-Z][A-Za-z0-9_-]{3,60})/.exec(text) ??
    /^TLS ([\d.]{1,3}) connection using ([A-Z][A-Za-z0-9_-]{3,60})/.exec(text)
  if (cipher) {
    const span = lineSpan(source, part)
    if (cipher[1] !== undefined) handshake.protocol ??= { value: `TLSv${cipher[1]}`, span }
    handshake.cipher ??= { value: cipher[2] as string, span }
    return true
  }
  if (/^SSL certificate verif(?:y ok|ied via)|^server certificate verification OK/.test(text)) {
    handshake.ok ??= part
    return true
  }
  noteLibrary(draft, text)
  return readField(draft, part, text, source)
}

function noteLibrary(draft: Draft, text: string): void {
  const library = /^schannel: |^ALPN: .{0,40}schannel/.test(text)
    ? 'Schannel'
    : /^(?:GnuTLS ciphers|gnutls_handshake|found \d+ certificates in )/.test(text)
      ? 'GnuTLS'
      : /^(?:Initializing NSS|NSS)/.test(text)
        ? 'NSS'
        : /^(LibreSSL|wolfSSL|mbedTLS|rustls|BearSSL|OpenSSL)/.exec(text)?.[1]
  if (library) draft.library ??= library
}

function readField(draft: Draft, part: Line, text: string, source: Segment['source']): boolean {
  const field = /^(subject|issuer|start date|expire date): ?/.exec(text)
  const matched = /^subjectAltName: (?:host )?"[^"]{1,255}" match(?:ed|es) cert's "([^"]{1,255})"/.exec(text)
  if (!field && !matched) return false
  const span = lineSpan(source, part)
  draft.handshake.certificate ??= { span }
  const facts = draft.handshake.certificate
  facts.span = { ...facts.span, end: Math.max(facts.span.end, span.end) }
  if (matched) facts.names ??= { value: [{ type: 'DNS', value: matched[1] as string }], span }
  const column = part.text.indexOf(': ') + 2
  if (field?.[1] === 'subject' || field?.[1] === 'issuer') facts[field[1]] ??= printedName(source, part, column)
  const date = field && /date$/.test(field[1] as string) ? httpOrPlainDate(source, part, column) : undefined
  if (date && field?.[1] === 'start date') facts.notBefore ??= date
  if (date && field?.[1] === 'expire date') facts.notAfter ??= date
  return true
}

/** `Nov 24 15:53:38 2026 GMT` of OpenSSL, `Tue, 24 Nov 2026 15:53:38 GMT` of GnuTLS and of HTTP. */
export function httpOrPlainDate(source: Segment['source'], part: Line, column: number) {
  const http = /^[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT/.exec(
    part.text.slice(column).trim(),
  )
  if (!http) return printedDate(source, part, column)
  return printedDate(source, { ...part, text: `${http[2]} ${http[1]} ${http[4]} ${http[3]} GMT` }, 0)
}
