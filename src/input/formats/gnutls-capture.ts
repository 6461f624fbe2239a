import { type UnixMs, unixMs } from '../../core/brand.ts'
import { newCapture } from '../capture.ts'
import { splitHostPort } from '../command-words.ts'
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, ClientAuth, Failure, ListedCertificate, Located, SpokenTo, VerifyError } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan, printedName } from '../printed.ts'
import { connectKind, gnutlsMeaning } from './curl-words.ts'
import { readNoout } from './x509-noout.ts'

/** Sentences of `- Status:` and the nearest X509_V_ERR. Source: GnuTLS lib/cert-session.c, `gnutls_certificate_verification_status_print`. */
const sentences: readonly (readonly [code: number, words: RegExp])[] = [
  [20, /issuer is unknown/],
  [10, /uses expired certificate/],
  [9, /uses not yet valid certificate/],
  [62, /does not match the expected/],
  [23, /(?:chain is|has been) revoked/],
  [68, /uses insecure algorithm/],
  [24, /issuer is not a CA/],
  [7, /signature in the certificate is invalid/],
  [47, /violates the signer's constraints/],
  [26, /does not match the intended purpose/],
  [3, /revocation (?:or OCSP )?data (?:are old|are issued with a future date)/],
  [98, /OCSP status/],
]

interface Draft {
  readonly list: ListedCertificate[]
  announced?: number
  readonly errors: VerifyError[]
  readonly failures: Failure[]
  readonly general: Failure[]
  trusted?: Line
  requested?: Line
  sent?: { readonly count: number; readonly line: Line }
  target?: SpokenTo
  protocol?: Located<string>
  cipher?: Located<string>
  /** The alert that follows is a warning. */
  warned: boolean
}

/** Makes the capture of one run of `gnutls-cli`. */
export function parseGnutls(segment: Segment): Capture {
  const draft: Draft = { list: [], errors: [], failures: [], general: [], warned: false }
  for (const line of segment.lines) readLine(segment, draft, line)
  const { source, command, pem } = segment
  const { list, announced, errors, target, trusted } = draft
  const complete =
    announced !== undefined && list.length === announced && list.every((entry, index) => entry.position === index)
  const [error] = errors
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'gnutls-cli',
    toolLabel: 'gnutls-cli',
    kind: 'connection',
    blocks: pem.map(({ block }) => withRole(block, 'server')),
    chainList: list,
    chainListComplete: complete,
    printed: command?.pipes.length ? readNoout(segment) : [],
    verifyErrors: errors,
    failures: draft.failures.length > 0 || errors.length > 0 ? draft.failures : draft.general.slice(0, 1),
    clientAuth: clientAuthOf(segment, draft),
    ...(command ? { command } : {}),
    ...(target ? { target } : {}),
    ...(error ? { verifyResult: { code: error.code, text: error.text, ok: false, span: error.span } } : {}),
    ...(!error && trusted
      ? { verifyResult: { code: 0, text: 'trusted', ok: true, span: lineSpan(source, trusted) } }
      : {}),
    ...(draft.protocol ? { protocol: draft.protocol } : {}),
    ...(draft.cipher ? { cipher: draft.cipher } : {}),
    ...(announced !== undefined && list.length < announced
      ? {
          cut: {
            reason: `only ${list.length} of ${announced} certificates are in the paste`,
            span: source.span(segment.start, segment.end),
          },
        }
      : {}),
  })
}

/** Of TLS 1.3 some versions tell a request, of TLS 1.2 only that something was sent: silence means nothing. */
function clientAuthOf({ source }: Segment, { requested, sent }: Draft): ClientAuth {
  const asked = requested ?? sent?.line
  return {
    requested: asked ? 'yes' : 'unknown',
    acceptableCas: [],
    sent: sent ? (sent.count > 0 ? 'yes' : 'empty') : 'unknown',
    ...(asked ? { requestedSpan: lineSpan(source, asked) } : {}),
    ...(sent ? { sentSpan: lineSpan(source, sent.line) } : {}),
  }
}

function readLine(segment: Segment, draft: Draft, line: Line): void {
  const { source } = segment
  const text = line.text.trim()
  const span = lineSpan(source, line)
  const resolving = /^Resolving '(\S{1,300})'\.\.\./.exec(text)
  if (resolving) draft.target = { ...draft.target, ...splitHostPort(resolving[1]), span }
  const connecting = /^Connecting to '(\S{1,300}):(\d{1,5})'\.\.\./.exec(text)
  if (connecting) {
    const address = (connecting[1] as string).replace(/^\[|\]$/g, '')
    draft.target = { port: Number(connecting[2]), ...(draft.target ?? { span }), address }
  }
  const announced = /^- Got a certificate list of (\d{1,4}) certificates/.exec(text)
  if (announced) draft.announced ??= Number(announced[1])
  if (/^- Certificate\[\d{1,4}\] info:/.test(text)) openEntry(draft, text, span)
  const facts = /^- subject `/.test(text) ? readFacts(segment, line) : undefined
  const last = draft.list.at(-1)
  if (facts && last && !last.subject) draft.list[draft.list.length - 1] = { ...last, ...facts }
  if (/^- Status: /.test(text)) readStatus(segment, draft, line, text)
  if (/^- Server has requested a certificate/.test(text)) draft.requested ??= line
  const sent = /^- Successfully sent (\d{1,4}) certificate/.exec(text)
  if (sent) draft.sent ??= { count: Number(sent[1]), line }
  const session = /^- Description: \((TLS|DTLS)([\d.]{1,3})-\S{0,30}?\)-.{0,160}?\(([A-Z0-9-]{3,40})\)$/.exec(text)
  if (session) {
    draft.protocol ??= { value: `${session[1]}v${session[2]}`, span }
    draft.cipher ??= { value: session[3] as string, span }
  }
  readFailure(draft, text, span)
}

function openEntry(draft: Draft, text: string, span: VerifyError['span']): void {
  const position = Number(/\[(\d{1,4})\]/.exec(text)?.[1])
  if (draft.list.length < inputLimits.entries) draft.list.push({ position, span })
}

/** ` - subject `...', issuer `...', serial 0x.., ..., activated `...', expires `...'`; names in RFC 4514 order. */
function readFacts({ source }: Segment, line: Line): Partial<ListedCertificate> & Pick<ListedCertificate, 'span'> {
  const value = (key: string) => {
    const match = new RegExp(`${key} \`(.{1,1500}?)'(?:,|$)`).exec(line.text)
    return match ? { text: match[1] as string, column: match.index + key.length + 2 } : undefined
  }
  const name = (key: string) => {
    const found = value(key)
    return (
      found &&
      printedName(
        source,
        { start: line.start, end: line.end, text: line.text.slice(0, found.column + found.text.length) },
        found.column,
      )
    )
  }
  const date = (key: string): Located<UnixMs> | undefined => {
    const time = Date.parse((value(key)?.text ?? '').replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/, '$1T$2Z'))
    return Number.isNaN(time) ? undefined : { value: unixMs(time), span: lineSpan(source, line) }
  }
  const serial = /serial 0x([0-9a-f]{1,64})/.exec(line.text)?.[1]?.toUpperCase()
  const [subject, issuer, notBefore, notAfter] = [name('subject'), name('issuer'), date('activated'), date('expires')]
  const span = lineSpan(source, line)
  return {
    span,
    ...(subject ? { subject } : {}),
    ...(issuer ? { issuer } : {}),
    ...(notBefore ? { notBefore } : {}),
    ...(notAfter ? { notAfter } : {}),
    ...(serial === undefined ? {} : { serial: { value: serial.length % 2 === 0 ? serial : `0${serial}`, span } }),
  }
}

function readStatus(segment: Segment, draft: Draft, line: Line, text: string): void {
  const span = lineSpan(segment.source, line)
  if (/certificate is trusted/.test(text)) draft.trusted ??= line
  if (!/NOT trusted/.test(text)) return
  const wanted =
    segment.command?.verifyHostname ?? segment.command?.servername ?? segment.command?.host ?? draft.target?.host
  const found = text.replace(/^- Status: /, '').split('. ')
  for (const [code, words] of sentences) {
    const sentence = found.find((part) => words.test(part))
    if (sentence === undefined || draft.errors.some((error) => error.code === code)) continue
    const mismatch = code === 62 && typeof wanted === 'string' ? { mismatch: { wanted } } : {}
    draft.errors.push({ code, text: sentence.trim().replace(/\.$/, ''), span, ...mismatch })
  }
  if (draft.errors.length === 0) draft.errors.push({ code: 1, text: text.replace(/^- Status: /, ''), span })
}

function readFailure(draft: Draft, text: string, span: Failure['span']): void {
  if (/^\*\*\* Non fatal error/.test(text)) draft.warned = true
  const alert = /^\*\*\* Received alert \[(\d{1,3})\]/.exec(text)
  if (alert) {
    const number = Number(alert[1])
    if (!draft.warned && number !== 0)
      add(draft, { kind: number === 70 ? 'protocol' : 'alert', alert: number, text, span })
    draft.warned = false
    return
  }
  const fatal = /^\*\*\* (?:Fatal error|Handshake has failed): ?(.{1,200})/.exec(text)
  if (fatal) {
    const { kind = 'other', alert: number, general } = gnutlsMeaning(fatal[1] as string)
    const failure: Failure = { kind, text, span, ...(number === undefined ? {} : { alert: number }) }
    if (general) draft.general.push(failure)
    else add(draft, failure)
  }
  const connect = /^(Cannot resolve|Could not connect to|Cannot connect to) (\S{1,300}): (.{1,200})/.exec(text)
  if (connect) {
    draft.target ??= { ...splitHostPort(connect[2]), span }
    add(draft, { kind: connect[1] === 'Cannot resolve' ? 'dns' : connectKind(connect[3] as string), text, span })
  }
}

function add({ failures }: Draft, failure: Failure): void {
  const same = failures.some((other) => other.kind === failure.kind && other.alert === failure.alert)
  if (!same && failures.length < inputLimits.entries) failures.push(failure)
}
