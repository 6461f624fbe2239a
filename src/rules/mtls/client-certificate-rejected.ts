/** RFC 8446 section 6.2: alerts by which a server says what is wrong with the certificate of the client; HTTP answers and logs say it too. */
import { type Refusal, refusalsOf, sentOf } from '../client-auth.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { inspectingProxy, verifiedName } from '../signals.ts'
import { quoted } from '../words.ts'
import { acceptedText, asker, fitText, hop, presentCommand, requestSpans, timing } from './helpers.ts'

export const clientCertificateRejected: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'client-certificate-rejected',
    title: 'The server refuses the certificate of the client.',
    why: 'The server asks for a client certificate, got one, and does not accept it.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 6.2', 'https://nginx.org/en/docs/http/ngx_http_ssl_module.html'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { kind } = context.capture
  if (kind === 'file' || kind === 'verification') return notApplicable('no connection was made')
  const { found, open } = refusalsOf(context)
  const refusal = found.find(({ says }) => says === 'rejected')
  if (!refusal) return open === undefined ? pass : unknown(open)
  if (inspectingProxy(context)) return notApplicable('a proxy that inspects TLS stands between client and server')
  return failing(context, refusal)
}

function failing(context: CaptureContext, refusal: Refusal): Outcome {
  const { capture } = context
  const { reason } = refusal
  const subject = capture.role === 'server' ? verifiedName(context) : undefined
  return fail({
    severity: 'error',
    confidence: refusal.confidence,
    owner: reason.owner,
    title: `${asker(context)} refuses the client certificate${subject ? ` ${quoted(subject.name)}` : ''}: ${reason.what}.`,
    explanation: `It ${refusal.how}. ${
      capture.role === 'client'
        ? 'That is the judgement of the server on the client, not of the client on the server.'
        : 'That is about the certificate of the client; the certificate of the server is not in question.'
    } ${reason.advice}${acceptedText(context)}${doubt(context, refusal)}${timing(context, refusal)}${hop(context)}${fitText(context)}`,
    evidence: requestSpans(context, refusal.span, ...(subject ? [subject.span] : [])),
    nextCommand: presentCommand(context, ' -state'),
  })
}

/** Nothing shows that a certificate went out; the refusal is read from the alert alone. */
function doubt(context: CaptureContext, { confidence }: Refusal): string {
  if (confidence !== 'likely' || sentOf(context) === 'yes') return ''
  const role =
    context.capture.kind === 'message'
      ? ' Where the program is itself a server, it was its client that refused its certificate.'
      : ''
  return ` The paste does not show whether a certificate went out; if none did, the client has to be given one.${role}`
}
