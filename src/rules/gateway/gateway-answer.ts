/** RFC 9110 sections 15.6.3 to 15.6.5: a gateway that gets no valid answer says so with a status of its own; its log tells the two sides apart. */
import type { Capture } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { countText, endedRequest, errorLogCommand, requestSpans } from '../gateway-log.ts'
import { behind, endpointText, gatewayFirst, gatewayOf, hopText } from '../hop.ts'

export const gatewayAnswer: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'gateway-answer',
    title: 'The log of a gateway tells where requests end: on the side of the client, at the gateway, or behind it.',
    why: 'The status that a client sees does not tell whose it is. Whoever looks at the wrong side finds nothing.',
    cause: false,
    explains: [],
    sources: [
      'RFC 9110 section 15.6.3',
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html',
      'https://developer.konghq.com/gateway/logs/',
      'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/',
    ],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { capture } = context
  if (capture.kind !== 'log') return notApplicable('it is no log of a gateway')
  const ended = endedRequest(context)
  if (ended?.outcome === 'answered') return pass
  const said = stageOf(context)
  if (said === undefined) return unknown('the log does not tell on which side it happened')
  const spans = [...capture.verifyErrors, ...capture.failures].map(({ span }) => span)
  const evidence = spans.length > 0 ? spans : requestSpans(capture)
  return fail({
    severity: 'info',
    confidence: 'certain',
    owner: 'nobody',
    title: said,
    explanation: `${explanationOf(capture)}${countText(capture)}`,
    evidence: evidence.length > 0 ? evidence : [capture.span],
    ...(capture.side === 'upstream' ? { nextCommand: errorLogCommand(context) } : {}),
  })
}

/** The sentence that places the failure; undefined where the log does not tell the side. */
function stageOf(context: CaptureContext): string | undefined {
  const { capture } = context
  const hop = hopText(capture)
  const outcome = endedRequest(context)?.outcome
  const status = capture.requests?.[0]?.status
  const at = endpointText(capture)
  if (outcome === 'upstream-error')
    return `The request went through ${gatewayOf(capture)}; the ${behind(capture)}${at === '' ? '' : ` ${at}`} answered ${status}.`
  if (outcome === 'gateway-refused')
    return `The request ended at ${gatewayOf(capture)}, which answered ${status} itself.`
  if (outcome === 'client-certificate')
    return `The request ended at ${gatewayOf(capture)}, over the client certificate.`
  if (hop === '') return undefined
  if (outcome !== undefined) return `The request ended behind ${gatewayOf(capture)}, ${hop}.`
  const [failure] = capture.failures
  const before = failure !== undefined && beforeTls.has(failure.kind) && capture.side === 'upstream'
  return before
    ? `The request ended before TLS began, ${hop}.`
    : `${capture.side === 'upstream' ? 'The request' : 'The connection'} ended in TLS, ${hop}.`
}

const beforeTls: ReadonlySet<string> = new Set(['refused', 'unreachable', 'dns'])

const explanationOf = (capture: Capture): string =>
  capture.side === 'upstream'
    ? `${gatewayFirst(capture)} is the client on this side: what it says of a certificate is about that of the ${behind(capture)}. The certificate that ${gatewayOf(capture)} itself shows to its clients is not in question.`
    : `${gatewayFirst(capture)} is the server on this side. What stands behind it had no part in this.`
