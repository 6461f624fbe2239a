/** Reads what `-msg`, `-state` and `-trace` print of the handshake. Source: OpenSSL apps/lib/s_cb.c, ssl/t1_trce.c. */
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import { lineSpan } from '../printed.ts'
import { alertFailure } from './alert-failure.ts'
import { alertNumber } from './messages/alert-names.ts'
import type { Draft } from './s-client-draft.ts'

/** Which side the record came from that `-trace` is printing. */
export interface Traced {
  sending: boolean
}

const message =
  /^\s*(<<<|>>>) (?:D?TLS|SSL)[ v]?[\d.]{1,3},? (Handshake|Alert) \[length ([0-9a-f]{4,6})\], (.{1,60}?)\s*$/

/** Octets of a Certificate message without a certificate: 7 before TLS 1.3, 8 with the empty context of TLS 1.3. */
const emptyCertificate = 8

/** Reads a line; true when it is one of these, and done with. */
export function readMessage(segment: Segment, draft: Draft, state: Traced, line: Line): boolean {
  const { text } = line
  if (!/^\s*(?:<<<|>>>|SSL3 alert|SSL_connect:|Sent |Received |Certificate|Level=)/.test(text)) return false
  const found = message.exec(text)
  if (found) {
    readMsg(segment, draft, line, found)
    return true
  }
  const alert = /^\s*SSL3 alert (read|write):(fatal|warning):(.{1,60}?)\s*$/.exec(text)
  if (alert) {
    addAlert(segment, draft, line, alert[2] as string, alertNumber(alert[3] as string), alert[1] === 'write')
    return true
  }
  if (/^\s*SSL_connect:/.test(text)) {
    if (/read server certificate request/.test(text)) draft.requested ??= line
    // Entered only with a certificate to prove; "write client certificate" is printed for an empty message, too.
    if (/write certificate verify/.test(text)) draft.proof ??= line
    return true
  }
  return readTrace(segment, draft, state, line)
}

function readMsg(segment: Segment, draft: Draft, line: Line, match: RegExpExecArray): void {
  const [, direction, type, length, name] = match as unknown as [string, string, string, string, string]
  const outgoing = direction === '>>>'
  if (type === 'Alert') {
    const alert = /^(fatal|warning) (.{1,50})$/.exec(name)
    if (alert) addAlert(segment, draft, line, alert[1] as string, alertNumber(alert[2] as string), outgoing)
    return
  }
  if (!outgoing && name === 'CertificateRequest') draft.requested ??= line
  if (outgoing && name === 'CertificateVerify') draft.proof ??= line
  if (outgoing && name === 'Certificate' && Number.parseInt(length, 16) <= emptyCertificate) draft.empty ??= line
}

function readTrace(segment: Segment, draft: Draft, state: Traced, line: Line): boolean {
  const { text } = line
  const record = /^\s*(Sent|Received) (?:D?TLS )?Record\s*$/.exec(text)
  if (record) {
    state.sending = record[1] === 'Sent'
    const last = draft.outgoing.at(-1)
    if (last && last.end > line.start) last.end = line.start
    if (state.sending && draft.outgoing.length < inputLimits.entries)
      draft.outgoing.push({ start: line.start, end: segment.end + 1 })
    return true
  }
  const traced = /^\s*(CertificateRequest|CertificateVerify|Certificate), Length=(\d{1,8})\s*$/.exec(text)
  if (traced) {
    if (traced[1] === 'CertificateRequest' && !state.sending) draft.requested ??= line
    if (traced[1] === 'CertificateVerify' && state.sending) draft.proof ??= line
    // Without its header of four octets.
    if (traced[1] === 'Certificate' && state.sending && Number(traced[2]) <= emptyCertificate - 4) draft.empty ??= line
    return true
  }
  const alert = /^\s*Level=(fatal|warning)\(\d\), description=.{1,60}\((\d{1,3})\)\s*$/.exec(text)
  if (alert) addAlert(segment, draft, line, alert[1] as string, Number(alert[2]), state.sending)
  return alert !== null
}

/** Warnings end nothing; names that this OpenSSL did not know have no number here, and stand in the error queue with one. */
function addAlert(
  { source }: Segment,
  draft: Draft,
  line: Line,
  level: string,
  alert: number | undefined,
  outgoing: boolean,
): void {
  if (level !== 'fatal' || alert === undefined || draft.alerts.length >= inputLimits.entries) return
  draft.alerts.push(alertFailure({ text: line.text.trim(), span: lineSpan(source, line) }, alert, outgoing))
}
