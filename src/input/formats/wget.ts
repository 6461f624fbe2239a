import { newCapture } from '../capture.ts'
import { splitAddress } from '../command-address.ts'
import { mask } from '../command-mask.ts'
import { parseFailure } from '../failure.ts'
import type { Format, Segment } from '../format.ts'
import { withTelling } from '../http-answer.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, Failure, ListedCertificate, SpokenTo, VerifyError } from '../model.ts'
import { lineSpan, printedName } from '../printed.ts'
import { connectKind, gnutlsMeaning } from './curl-words.ts'
import { verifyCode } from './messages/openssl-words.ts'

const request = /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d-- {1,4}(\S{1,2000})/
const verdict =
  /^(?:ERROR|WARNING): (?:The certificate of |[Nn]o certificate presented by |cannot verify |certificate common name |no certificate subject alternative name matches)/

/** Lines of `wget` 1.12 to 1.24, built with GnuTLS or OpenSSL. Source: wget src/gnutls.c, src/openssl.c, src/connect.c, src/http.c. */
const marks: readonly (readonly [string, RegExp])[] = [
  ['request', request],
  ['resolving', /^Resolving \S{1,255} \(\S{1,255}\)\.\.\. |^Resolving \S{1,255}\.\.\. (?:\d|failed)/],
  ['connecting', /^Connecting to \S{1,255}(?: \(\S{1,255}\))?\|[0-9A-Fa-f.:%]{2,60}\|:\d{1,5}\.\.\. /],
  ['verdict', verdict],
  ['owner', /^The certificate's owner does not match hostname /],
  ['dates', /^The certificate has (?:expired|not yet been activated)\.?$/],
  [
    'failed',
    /^(?:GnuTLS: |OpenSSL: error:|Unable to establish SSL connection|Proxy tunneling failed|wget: unable to resolve host address)/,
  ],
  ['loaded', /^Loaded CA certificate '/],
  ['answer', /^(?:HTTP|Proxy) request sent, awaiting response\.\.\./],
  ['advice', /^To connect to \S{1,255} insecurely, use /],
]

/** What belongs to a run and could stand elsewhere. */
const inside =
  /^\s{1,4}(?:Unable to locally verify|Self-signed certificate|Issued certificate|[a-z][a-z -]{8,80}\.?$|requested host name )|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:ERROR \d{3}|\()|^Failed (?:reading|writing)|^Giving up\.|^Retrying\.|^(?:Length|Saving to|Location): /

export const wget: Format = {
  id: 'wget',
  programs: ['wget'],
  mark(line, seen) {
    const text = line.trimEnd()
    const found =
      /^(?:--\d|Resolving|Connecting|ERROR|WARNING|The cert|GnuTLS|OpenSSL|Unable|Proxy|wget|Loaded|HTTP|To conn)/.test(
        text,
      )
        ? marks.find(([, pattern]) => pattern.test(text))?.[0]
        : undefined
    return found ?? (seen.size > 0 && inside.test(text) ? 'inside' : undefined)
  },
  startsNew: (mark, seen) => mark === 'request' && seen.has('request'),
  acceptsPem: () => false,
  parse: (segment) => [parse(segment)],
}

interface Draft {
  target?: SpokenTo
  https: boolean
  readonly errors: VerifyError[]
  readonly failures: Failure[]
  certificate?: ListedCertificate
  /** "is not trusted" stands before the reason. */
  untrusted?: VerifyError
  answer?: NonNullable<Capture['answer']>
  sent?: Line
  proxied: boolean
  proxy?: string
  verifying: boolean
  expectsName: boolean
}

function parse(segment: Segment): Capture {
  const { source, command } = segment
  const draft: Draft = { https: false, errors: [], failures: [], proxied: false, verifying: false, expectsName: false }
  for (const line of segment.lines) readLine(segment, draft, line)
  const errors = draft.errors.length === 0 && draft.untrusted ? [draft.untrusted] : draft.errors
  const [error] = errors
  const ok = error === undefined && draft.https && draft.sent && command?.insecure !== true ? draft.sent : undefined
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'wget',
    toolLabel: 'wget',
    kind: 'connection',
    verifyErrors: errors,
    failures: draft.failures,
    printed: draft.certificate ? [draft.certificate] : [],
    ...(command ? { command: { ...(draft.proxy === undefined ? {} : { proxy: draft.proxy }), ...command } } : {}),
    ...(draft.target ? { target: draft.target } : {}),
    ...(error ? { verifyResult: { code: error.code, text: error.text, ok: false, span: error.span } } : {}),
    ...(ok ? { verifyResult: { code: 0, text: 'the request was sent', ok: true, span: lineSpan(source, ok) } } : {}),
    ...(draft.answer ? { answer: draft.answer } : {}),
  })
}

function readLine(segment: Segment, draft: Draft, line: Line): void {
  const { source } = segment
  const text = line.text.trim()
  const span = lineSpan(source, line)
  const asked = request.exec(text)
  if (asked) {
    draft.https = /^https:/i.test(asked[1] as string)
    draft.target ??= { ...splitAddress(asked[1]), span }
  }
  const connecting =
    /^Connecting to (\S{1,255})(?: \(\S{1,255}\))?\|([0-9A-Fa-f.:%]{2,60})\|:(\d{1,5})\.\.\. ?(.{0,200})/.exec(text)
  if (connecting) readConnecting(draft, connecting, text, span)
  const resolving = /^Resolving .{1,300}?\.\.\. failed: (.{1,120})|^wget: unable to resolve host address/.exec(text)
  if (resolving) add(draft, { kind: 'dns', text, span })
  readVerdict(segment, draft, line, text)
  readFailure(segment, draft, line, text)
  const answer = /^(?:HTTP|Proxy) request sent, awaiting response\.\.\. (\d{3})(?: (.{0,100}))?/.exec(text)
  if (answer) {
    draft.sent ??= line
    draft.answer = { status: Number(answer[1]), text: `${answer[1]} ${answer[2] ?? ''}`.trim(), span }
  } else if (draft.answer && /^\s{0,4}</.test(line.text)) {
    draft.answer = withTelling(source, draft.answer, line) ?? draft.answer
  }
}

/** Another host than that of the address is the proxy, which wget does not call so. */
function readConnecting(draft: Draft, match: RegExpExecArray, text: string, span: Failure['span']): void {
  const [, host, address, port, rest] = match as unknown as [string, string, string, string, string]
  const { target } = draft
  const same = target?.host === undefined || (target.host === host && (target.port ?? 443) === Number(port))
  if (same) draft.target = { host, port: Number(port), ...target, address, span: target?.span ?? span }
  else {
    draft.proxied = true
    draft.proxy ??= `${host}:${port}`
    draft.target = { ...target, proxy: `${host}:${port}` }
  }
  if (/^failed: /.test(rest)) add(draft, { kind: connectKind(rest), text, span })
}

const quotedName = '[\'"`]?([^\'"`\\s]{1,255}?)[\'"`]?'

const verdicts: readonly (readonly [code: number, words: RegExp])[] = [
  [20, /doesn't have a known issuer|Unable to locally verify the issuer's authority/],
  [10, /has expired/],
  [9, /not yet (?:been )?(?:activated|valid)/],
  [23, /has been revoked/],
  [68, /insecure algorithm/],
  [24, /not a CA|signer is not/],
  // OpenSSL's 18 and 19 have the same words here.
  [19, /^Self-signed certificate encountered/],
]

function readVerdict({ source, command }: Segment, draft: Draft, line: Line, text: string): void {
  const span = lineSpan(source, line)
  const wanted = (host: string | undefined) => host ?? draft.target?.host ?? command?.host
  if (draft.expectsName) {
    draft.expectsName = false
    const host = new RegExp(`^requested host name ${quotedName}\\.?$`).exec(text)?.[1]
    const last = draft.errors.at(-1)
    if (host !== undefined && last) draft.errors[draft.errors.length - 1] = { ...last, mismatch: { wanted: host } }
  }
  const owner = new RegExp(`certificate's owner does not match hostname ${quotedName}$`).exec(text)
  const common = new RegExp(
    `certificate common name ${quotedName} doesn't match requested host name ${quotedName}\\.?$`,
  ).exec(text)
  const alternative = /no certificate subject alternative name matches/.test(text)
  if (owner || common || alternative) {
    const host = wanted(owner?.[1] ?? common?.[2])
    const names = common ? { names: [common[1] as string] } : {}
    addError(draft, { code: 62, text, span, mismatch: { ...(host === undefined ? {} : { wanted: host }), ...names } })
    draft.expectsName = alternative
    return
  }
  const issued = /cannot verify \S{1,260} certificate, issued by (['"`]?)(.{1,1000}?)\1:?$/.exec(text)
  if (issued) {
    draft.verifying = true
    const column = line.text.indexOf(issued[2] as string)
    const end = column + (issued[2] as string).length
    const issuer = printedName(source, { ...line, text: line.text.slice(0, end) }, column)
    draft.certificate ??= { issuer, span }
    return
  }
  if (/^(?:ERROR|WARNING): The certificate of .{1,260} is not trusted/.test(text))
    draft.untrusted ??= { code: 1, text, span }
  const ofCertificate = draft.verifying || verdict.test(text) || /^The certificate has /.test(text)
  const known = ofCertificate ? verdicts.find(([, words]) => words.test(text))?.[0] : undefined
  const code = known ?? (draft.verifying && /^\s/.test(line.text) ? verifyCode(text) : undefined)
  if (code !== undefined) addError(draft, { code, text: text.replace(/^(?:ERROR|WARNING): /, ''), span })
  draft.verifying = false
}

function readFailure({ source }: Segment, draft: Draft, line: Line, text: string): void {
  const span = lineSpan(source, line)
  const alert = /^GnuTLS: received alert \[(\d{1,3})\]/.exec(text)
  if (alert) {
    const number = Number(alert[1])
    add(draft, { kind: number === 70 ? 'protocol' : 'alert', alert: number, text, span })
    return
  }
  const gnutls = /^GnuTLS: (.{1,200})/.exec(text)
  const meaning = gnutls ? gnutlsMeaning(gnutls[1] as string) : undefined
  if (meaning?.kind && !meaning.general) add(draft, { kind: meaning.kind, text, span })
  const openssl = /^OpenSSL: error:/.test(text) ? parseFailure(source, line) : undefined
  if (openssl) add(draft, openssl)
  const tunnel = /^Proxy tunneling failed: (.{0,120}?)(?:Unable to establish SSL connection\.?)?$/.exec(text)
  if (tunnel) {
    const status = reasons.find(([, words]) => words.test(tunnel[1] as string))?.[0]
    add(draft, { kind: 'proxy-refused', text: mask(text), span, ...(status === undefined ? {} : { status }) })
  }
  if (/^Failed reading proxy response/.test(text)) add(draft, { kind: 'proxy-refused', text, span })
  // The connection was made, and ended before there was an answer: no part of the handshake as wget sees it.
  if (/^(?:Read|Write) error .{0,80}in headers|^Failed writing HTTP request/.test(text))
    add(draft, { kind: 'other', text, span })
}

/** Reason phrases (RFC 9110 section 15): wget leaves the number out. */
const reasons: readonly (readonly [number, RegExp])[] = [
  [407, /Proxy Authentication Required|authenticationrequired/i],
  [403, /Forbidden/i],
  [502, /Bad Gateway/i],
  [503, /Service (?:Temporarily )?Unavailable/i],
  [504, /Gateway Time-?out/i],
]

function add({ failures }: Draft, failure: Failure): void {
  const same = failures.some((other) => other.kind === failure.kind && other.alert === failure.alert)
  if (!same && failures.length < inputLimits.entries) failures.push(failure)
}

function addError({ errors }: Draft, error: VerifyError): void {
  if (!errors.some(({ code }) => code === error.code) && errors.length < inputLimits.entries) errors.push(error)
}
