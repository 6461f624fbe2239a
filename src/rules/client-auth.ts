/**
 * What a capture proves of mutual TLS: was a client certificate asked for, did one go out, did the peer refuse the client.
 * Numbers decide before words, and the side decides before both: an alert that a client received is the server's word on
 * the client; one that a server received is its client's word on the server, and nothing of that is read here.
 */
import type { Confidence } from '../core/finding.ts'
import type { Span } from '../core/span.ts'
import type { Failure, GatewayRequest } from '../input/model.ts'
import {
  alertNames,
  answerWords,
  noneCameWords,
  type Reason,
  reasonOfWords,
  reasonsByAlert,
  reasonsByCode,
  refusedWords,
  unexplained,
} from './client-reasons.ts'
import type { CaptureContext } from './context.ts'
import { shown } from './words.ts'

/** `named`: the command names one, and nothing shows what went out. `none`: the command names none. */
export type SentCertificate = 'yes' | 'empty' | 'named' | 'none' | 'unknown'

/** Programs that send a client certificate only when their command names one. */
const obedient: ReadonlySet<string> = new Set(['s_client', 'curl', 'wget', 'gnutls-cli', 'keytool'])

export function sentOf({ capture }: CaptureContext): SentCertificate {
  const { sent } = capture.clientAuth
  if (sent !== 'unknown') return sent
  const { command, role } = capture
  if (command === undefined || role === 'server') return 'unknown'
  if (command.clientCertificate !== undefined) return 'named'
  return obedient.has(command.program) ? 'none' : 'unknown'
}

/** Was one asked for? An answer to the request, even an empty one, proves it. */
export function requestedOf({ capture }: CaptureContext): 'yes' | 'no' | 'unknown' {
  const { requested, sent } = capture.clientAuth
  return requested === 'unknown' && sent !== 'unknown' ? 'yes' : requested
}

/** The server refuses the client over its certificate. */
export interface Refusal {
  readonly says: 'missing' | 'rejected'
  readonly confidence: Exclude<Confidence, 'hint'>
  readonly span: Span
  /** Completes "The server ...". */
  readonly how: string
  readonly reason: Reason
  /** Number of the alert, where it was one. */
  readonly alert?: number
  /** The handshake ended well, and the refusal is an HTTP answer. */
  readonly answered?: true
}

export interface Refusals {
  readonly found: readonly Refusal[]
  /** Why a refusal in the capture cannot be read, where that is so. */
  readonly open?: string
}

/** Every refusal that the capture shows, the surest first. */
export function refusalsOf(context: CaptureContext): Refusals {
  const { capture } = context
  if (capture.kind === 'file' || capture.kind === 'verification') return { found: [] }
  const judged = capture.failures.map((failure) => byFailure(context, failure))
  const found = judged.filter((entry) => typeof entry === 'object')
  const open = judged.find((entry) => typeof entry === 'string')
  const others = [...byVerification(context), ...byAnswer(context), ...byRequests(context)]
  if (found.length + others.length === 0) others.push(...byGateway(context))
  const all = [...found, ...others]
  if (all.length === 0) all.push(...brokenOff(context))
  all.sort((a, b) => Number(a.confidence === 'likely') - Number(b.confidence === 'likely'))
  return open !== undefined && all.length === 0 ? { found: [], open } : { found: all }
}

/** RFC 8446 section 6.2 and RFC 5246 section 7.2.2: certificate_required, and no_certificate of older servers (mbed TLS). */
const noneCameAlerts: ReadonlySet<number> = new Set([41, 116])

function byFailure(context: CaptureContext, failure: Failure): Refusal | string | undefined {
  const { capture } = context
  if (noneCameWords.test(failure.text)) return refusal('missing', 'certain', failure, 'reports that none came')
  if (refusedWords.test(failure.text))
    return { ...refusal('rejected', 'certain', failure, 'did not take it'), reason: reasonOfWords('') }
  const alert = capture.role === 'server' ? failure.alertSent : failure.alert
  if (alert === undefined) return undefined
  const how = `ended the connection with alert ${alert} (${alertNames.get(alert) ?? 'unknown'})`
  if (noneCameAlerts.has(alert)) {
    // A server that says so although the client sent one is behind something that ended TLS.
    const confidence = capture.clientAuth.sent === 'yes' ? 'likely' : 'certain'
    return refusal('missing', confidence, failure, how)
  }
  const reason = reasonsByAlert.get(alert)
  if (reason === undefined) return undefined
  if (capture.role === 'server')
    return alert === 40 ? undefined : { ...refusal('rejected', 'certain', failure, how), reason }
  // Error lines on their own may be those of a server, whose client distrusts it.
  if (capture.tool === 'text' && capture.command === undefined)
    return 'the error line alone does not tell which side printed it'
  const decided = decide(context, alert)
  if (decided === undefined || typeof decided === 'string') return decided
  return { ...refusal(decided.says, decided.confidence, failure, how), reason }
}

/** What a received alert means, given what was asked for and what went out. */
function decide(context: CaptureContext, alert: number): Pick<Refusal, 'says' | 'confidence'> | string | undefined {
  const sent = sentOf(context)
  const requested = requestedOf(context)
  const nothingSent = sent === 'empty' || sent === 'none'
  const asked = requested === 'yes' ? 'certain' : 'likely'
  if (alert === 40) {
    if (requested === 'no') return undefined
    if (requested === 'unknown') {
      // Up to TLS 1.2 the certificate of the server comes after version and cipher suite were agreed on.
      const late = context.capture.kind === 'connection' && context.served.length > 0
      if (!late) return 'the tool does not show whether a client certificate was asked for'
      return { says: sent === 'named' ? 'rejected' : 'missing', confidence: 'likely' }
    }
    if (sent === 'yes' || sent === 'named') return { says: 'rejected', confidence: 'likely' }
    return { says: 'missing', confidence: nothingSent ? 'certain' : 'likely' }
  }
  if (alert === 42 && nothingSent && requested !== 'no') return { says: 'missing', confidence: asked }
  if (alert === 42 && sent === 'unknown' && requested === 'yes' && context.capture.kind === 'connection')
    return { says: 'missing', confidence: 'likely' }
  if (nothingSent)
    return `alert ${alert} is about a certificate of the client, and by the command none was sent: something else between the two may have sent one`
  if (alert === 42 && sent !== 'yes') return { says: 'rejected', confidence: 'likely' }
  return { says: 'rejected', confidence: sent === 'yes' ? 'certain' : asked }
}

/** What a server found when it verified the certificate of its client. */
function byVerification({ capture }: CaptureContext): Refusal[] {
  if (capture.role !== 'server') return []
  return capture.verifyErrors.slice(0, judgedEntries).map((error) => ({
    says: 'rejected',
    confidence: 'certain',
    span: error.span,
    how: `reports "${shown(error.text)}"${error.code > 0 ? ` (${error.code})` : ''} of the client's certificate`,
    reason: reasonsByCode.get(error.code) ?? reasonOfWords(error.text),
  }))
}

/** Entries of one log that are looked at. */
const judgedEntries = 1_000

/** 495 and 496 are nginx's own numbers; clients see 400 with the words, unless an error page says otherwise. */
function byAnswer(context: CaptureContext): Refusal[] {
  const { answer } = context.capture
  if (!answer || context.capture.role === 'server') return []
  const { status, text, span } = answer
  const how = `answers with HTTP status ${status}`
  const says =
    status === 496
      ? 'missing'
      : status === 495
        ? 'rejected'
        : status >= 400 && answerWords.find(({ pattern }) => pattern.test(text))?.says
  const base = { span, answered: true, reason: reasonOfWords(text) } as const
  if (says) return [{ ...base, says, confidence: 'certain', how: `${how} ("${shown(text)}")` }]
  const sent = sentOf(context)
  // Edges that leave the check to a rule (Cloudflare, Apache's SSLRequire) forbid where nothing was presented.
  if (status === 403 && requestedOf(context) === 'yes' && (sent === 'none' || sent === 'empty'))
    return [{ ...base, says: 'missing', confidence: 'likely', how: `${how} after it had asked for one` }]
  return []
}

/** A gateway's own word on the certificates of its clients, where it refused the request. */
function byRequests({ capture }: CaptureContext): Refusal[] {
  return (capture.requests ?? []).slice(0, judgedEntries).flatMap((request) => ofRequest(request) ?? [])
}

function ofRequest({ clientVerify, status, span }: GatewayRequest): Refusal | undefined {
  const refused = status !== undefined && [400, 401, 403, 495, 496].includes(status)
  if (!refused) return undefined
  const how = `logs "${shown(clientVerify ?? '-')}" for the client certificate and answers ${status}`
  const absent = clientVerify === undefined || /^(?:NONE|absent)$/i.test(clientVerify)
  // NONE stands beside every request without a client certificate, so only a status that means it counts.
  if (status === 496 || (status === 403 && /^absent$/i.test(clientVerify ?? '')))
    return { says: 'missing', confidence: status === 496 ? 'certain' : 'likely', span, how, reason: unexplained }
  if (status === 495 || (!absent && /^(?:FAILED|untrusted|expired|notyetvalid)/i.test(clientVerify ?? '')))
    return { says: 'rejected', confidence: 'certain', span, how, reason: reasonOfWords(clientVerify ?? '') }
  return undefined
}

/** A gateway notes that it asked and nothing came (a server's log), or that it was asked and has none (towards what is behind it). */
function byGateway({ capture }: CaptureContext): Refusal[] {
  const { requested, sent, sentSpan } = capture.clientAuth
  if (capture.kind !== 'log' || requested !== 'yes' || sent !== 'empty' || !sentSpan) return []
  const logged = capture.requests?.[0]
  const how =
    capture.role === 'client'
      ? 'asked for a client certificate, and the gateway has none to send'
      : logged?.clientVerify === undefined
        ? 'logs that a client certificate is required and none came'
        : `logs "${shown(logged.clientVerify)}" for the client certificate${logged.status === undefined ? '' : ` and answers ${logged.status}${logged.status === 401 ? ', which plugins that want a key or a token do as well' : ''}`}`
  // NONE also stands where none was asked for, so something else may have refused the request.
  const confidence = capture.role === 'client' || logged !== undefined ? 'likely' : 'certain'
  return [{ says: 'missing', confidence, span: sentSpan, how, reason: unexplained }]
}

/** Some servers close the connection without an alert when the certificate they asked for does not come, or does not please. */
function brokenOff(context: CaptureContext): Refusal[] {
  const { capture } = context
  if (capture.kind !== 'connection' || requestedOf(context) !== 'yes') return []
  const sent = sentOf(context)
  if (sent === 'named' || sent === 'yes') return []
  // With TLS 1.3 the handshake is over by then; a plain close after it means nothing.
  const ended = capture.failures.find(({ kind }) => kind === 'reset' || (kind === 'closed' && !capture.cipher))
  return ended ? [refusal('missing', 'likely', ended, 'ended the connection without an alert')] : []
}

function refusal(says: Refusal['says'], confidence: Refusal['confidence'], failure: Failure, how: string): Refusal {
  const alert = failure.alert ?? failure.alertSent
  return { says, confidence, span: failure.span, how, reason: unexplained, ...(alert === undefined ? {} : { alert }) }
}
