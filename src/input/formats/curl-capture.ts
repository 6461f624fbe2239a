import { parseNameText } from '../../x509/name.ts'
import { newCapture } from '../capture.ts'
import { splitAddress } from '../command-address.ts'
import type { Segment } from '../format.ts'
import type { Capture, ClientAuth, CommandLine, Failure, ListedCertificate, SpokenTo, VerifyError } from '../model.ts'
import { lineSpan } from '../printed.ts'
import { httpOrPlainDate } from './curl-certificate.ts'
import type { Draft, Handshake } from './curl-draft.ts'
import { readLines } from './curl-lines.ts'

/** Makes the capture of one run of curl. */
export function parseCurl(segment: Segment): Capture {
  const draft = readLines(segment)
  const { source } = segment
  const { handshake } = draft
  const ofProxy = aboutProxy(draft, segment.command)
  const command = ofProxy && segment.command ? toProxy(segment.command) : segment.command
  const target = targetOf(segment, draft, ofProxy)
  const errors = errorsOf(handshake)
  const failures = failuresOf(handshake)
  const noPeer = noPeerOf(segment, handshake, failures)
  const result = resultOf(segment, handshake, errors)
  const time = draft.time && !draft.aged ? httpOrPlainDate(source, draft.time, 6) : undefined
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'curl',
    toolLabel: labelOf(draft),
    kind: 'connection',
    printed: printedOf(handshake),
    verifyErrors: errors,
    failures,
    clientAuth: clientAuthOf(segment, draft),
    ...(command ? { command } : {}),
    ...(target ? { target } : {}),
    ...(result ? { verifyResult: result } : {}),
    ...(noPeer ? { noPeerCertificate: noPeer } : {}),
    ...(draft.answer ? { answer: draft.answer } : {}),
    ...(handshake.protocol ? { protocol: handshake.protocol } : {}),
    ...(handshake.cipher ? { cipher: handshake.cipher } : {}),
    ...(time ? { startTime: time } : {}),
  })
}

function labelOf({ version, library }: Draft): string {
  const name = version === undefined ? 'curl' : `curl ${version}`
  return library === undefined ? name : `${name}, ${library}`
}

/** Did TLS fail, or end, on the way to a proxy that speaks TLS itself? */
const aboutProxy = (draft: Draft, command: CommandLine | undefined): boolean =>
  draft.tunnel === 'none' &&
  (draft.proxyHandshake || (/^https:/i.test(command?.proxy ?? draft.proxy ?? '') && draft.handshake.errors.length > 0))

/** The command as one that speaks to its proxy. */
function toProxy({ proxy, servername: _, host: __, port: ___, ...command }: CommandLine): CommandLine {
  return { ...command, ...splitAddress(proxy) }
}

function targetOf({ source }: Segment, draft: Draft, ofProxy: boolean): SpokenTo | undefined {
  const { connected, resolved, tunnelTo, trying, tunnel } = draft
  const behind = tunnel !== 'none'
  const found = behind ? tunnelTo : (connected ?? resolved)
  const wanted = draft.handshake.errors.find((error) => error.mismatch?.wanted !== undefined)
  const proxy = behind && connected ? `${connected.host}:${connected.port}` : draft.proxy
  const first = behind && !ofProxy && proxy !== undefined ? { proxy } : {}
  if (found) {
    const start = found.line.start + Math.max(0, found.column)
    const address = behind ? undefined : (connected?.address ?? trying?.address)
    const port = found.port ?? (behind ? undefined : trying?.port)
    return {
      host: found.host,
      ...(port === undefined ? {} : { port }),
      ...(address === undefined ? {} : { address }),
      ...first,
      span: source.span(start, Math.max(start, Math.min(found.line.end, start + found.host.length))),
    }
  }
  const host = wanted?.mismatch?.wanted
  if (trying && !behind)
    return {
      ...(host === undefined ? {} : { host }),
      address: trying.address,
      ...(trying.port === undefined ? {} : { port: trying.port }),
      span: lineSpan(source, trying.line),
    }
  return wanted && host !== undefined ? { host, ...first, span: wanted.span } : undefined
}

const isFailure = (entry: Failure | VerifyError): entry is Failure => 'kind' in entry

function errorsOf({ errors, failures, general }: Handshake): VerifyError[] {
  if (errors.length > 0 || failures.some(({ kind }) => kind !== 'verify-failed')) return errors
  return general.filter((entry): entry is VerifyError => !isFailure(entry)).slice(0, 1)
}

/** A refused certificate is told by the errors; what else is said in general counts only where nothing is said in particular. */
function failuresOf({ errors, failures, general }: Handshake): Failure[] {
  if (errors.length > 0 || failures.length > 0) return failures
  const [first] = general.filter(isFailure)
  return first ? [first] : []
}

/** OpenSSL's messages are shown, and the certificate of the server is not among them. */
function noPeerOf({ source }: Segment, handshake: Handshake, failures: readonly Failure[]) {
  const { clientHello, certificateIn, certificate } = handshake
  if (!clientHello || certificateIn || certificate) return undefined
  const ended = failures.some(
    ({ kind }) => kind === 'alert' || kind === 'protocol' || kind === 'closed' || kind === 'reset',
  )
  return ended ? lineSpan(source, clientHello) : undefined
}

/** The certificate as printed; else what a comparison of names tells of it. */
function printedOf({ certificate, others, errors }: Handshake): readonly ListedCertificate[] {
  if (certificate?.subject || certificate?.issuer) return [certificate]
  if (others.length > 0) return others
  const { mismatch, span } = errors.find((error) => error.mismatch?.names !== undefined) ?? {}
  const name = mismatch?.names?.[0]
  if (name === undefined || !span) return []
  const text = `CN=${name}`
  return [{ subject: { text, name: parseNameText(text), span }, span }]
}

function resultOf({ source }: Segment, { ok }: Handshake, errors: readonly VerifyError[]): Capture['verifyResult'] {
  const [error] = errors
  if (error) return { code: error.code, text: error.text, ok: false, span: error.span }
  return ok ? { code: 0, text: ok.text.trim(), ok: true, span: lineSpan(source, ok) } : undefined
}

/** Only builds with OpenSSL and its relatives show the messages; of LibreSSL it is not known that it shows a request. */
function clientAuthOf({ source }: Segment, { handshake, library }: Draft): ClientAuth {
  const { requested, requestPassed, certificateIn, certificateOut, proofOut, finishedOut, noCertificateFound } =
    handshake
  const none = !requested && certificateIn && requestPassed && library !== 'LibreSSL'
  const empty = noCertificateFound ?? (certificateOut && !proofOut && finishedOut ? certificateOut : undefined)
  const sent = proofOut ?? empty
  return {
    requested: requested ? 'yes' : none ? 'no' : 'unknown',
    acceptableCas: [],
    sent: proofOut ? 'yes' : empty ? 'empty' : 'unknown',
    ...(requested ? { requestedSpan: lineSpan(source, requested) } : {}),
    ...(sent ? { sentSpan: lineSpan(source, sent) } : {}),
  }
}
