/** RFC 8446 section 6.2 (certificate_required, 116) and RFC 5246 section 7.2.2 (handshake_failure, 40): the server wanted a client certificate. */
import { type Refusal, refusalsOf, sentOf } from '../client-auth.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { inspectingProxy } from '../signals.ts'
import { shown } from '../words.ts'
import {
  acceptedText,
  asker,
  fitText,
  hop,
  presentCommand,
  presenter,
  requestSpans,
  timing,
  wantsOriginPull,
} from './helpers.ts'

export const clientCertificateMissing: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'client-certificate-missing',
    title: 'The server requires a client certificate and got none.',
    why: 'The certificate of the server is fine; the connection ends because the client did not identify itself.',
    cause: true,
    explains: [],
    sources: [
      'RFC 8446 section 6.2',
      'RFC 5246 section 7.2.2',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html',
    ],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { kind } = context.capture
  if (kind === 'file' || kind === 'verification') return notApplicable('no connection was made')
  const { found, open } = refusalsOf(context)
  const refusal = found.find(({ says }) => says === 'missing')
  if (!refusal) return open === undefined ? pass : unknown(open)
  if (inspectingProxy(context)) return notApplicable('a proxy that inspects TLS stands between client and server')
  return failing(context, refusal)
}

function failing(context: CaptureContext, refusal: Refusal): Outcome {
  const { capture } = context
  const who = presenter(context)
  return fail({
    severity: 'error',
    confidence: refusal.confidence,
    owner: 'client',
    title: wantsOriginPull(context)
      ? `${asker(context)} accepts only Cloudflare as its client (Authenticated Origin Pulls), and no client certificate was presented.`
      : `${asker(context)} requires a client certificate (mutual TLS), and ${who === 'the client' ? 'none was presented' : `${who} presented none`}.`,
    explanation: `It ${refusal.how}.${acceptedText(context)}${
      capture.role === 'client' && capture.kind === 'connection'
        ? ` Whatever the tool says of the server's certificate${capture.tool === 's_client' ? ' ("Verify return code")' : ''} is a separate matter.`
        : ''
    }${nonetheless(context)}${timing(context, refusal)}${hop(context)}${fitText(context)}`,
    evidence: requestSpans(context, refusal.span),
    nextCommand: presentCommand(context),
  })
}

/** The client had one, and the server says that it got none. */
function nonetheless(context: CaptureContext): string {
  const given = context.capture.command?.clientCertificate
  if (given !== undefined)
    return ` The command names ${shown(given)}, but the server received no certificate: it may match none of the CA names or signature algorithms that the server accepts, or a proxy in between ended TLS and had none to give.`
  return sentOf(context) === 'yes'
    ? ' The tool shows that it sent one, so something in between ended TLS and had none to give.'
    : ''
}
