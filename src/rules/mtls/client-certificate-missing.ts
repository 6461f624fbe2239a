/** RFC 8446 section 6.2 (certificate_required, 116) and RFC 5246 section 7.2.2 (handshake_failure, 40): the server wanted a client certificate. */

import type { Failure } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { place, showChainCommand, shown } from '../words.ts'

export const clientCertificateMissing: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'client-certificate-missing',
    title: 'The server requires a client certificate and got none.',
    why: 'The certificate of the server is fine; the connection ends because the client did not identify itself.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 6.2', 'RFC 5246 section 7.2.2'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { capture } = context
  if (capture.kind === 'file' || capture.kind === 'verification') return notApplicable('no connection was made')
  const required = capture.failures.find((failure) => failure.alert === 116)
  if (required) return failing(context, required, 'certain')
  const refused = capture.failures.find((failure) => failure.alert === 40 || failure.alert === 42)
  if (!refused) return brokenOff(context)
  if (capture.clientAuth.requested !== 'yes')
    return capture.clientAuth.requested === 'no'
      ? pass
      : unknown('the tool does not show whether a client certificate was asked for')
  if (capture.command?.clientCertificate !== undefined)
    return notApplicable('a client certificate was given on the command line')
  return failing(context, refused, capture.command ? 'certain' : 'likely')
}

/** Some servers close the connection without an alert when the certificate they asked for does not come. */
function brokenOff(context: CaptureContext): Outcome {
  const { capture } = context
  const ended = capture.failures.find((failure) => failure.kind === 'reset' || failure.kind === 'closed')
  if (!ended || capture.clientAuth.requested !== 'yes' || capture.cipher) return pass
  if (capture.command?.clientCertificate !== undefined) return unknown('why the connection ended is not said')
  return failing(context, ended, 'likely')
}

function failing(context: CaptureContext, failure: Failure, confidence: 'certain' | 'likely'): Outcome {
  const { capture } = context
  const given = capture.command?.clientCertificate
  return fail({
    severity: 'error',
    confidence,
    owner: 'client',
    title: `The server${place(context)} requires a client certificate (mutual TLS), and none was presented.`,
    explanation: `It asked for one and ended the connection${failure.alert === undefined ? ' without an alert' : ` with alert ${failure.alert}${failure.alert === 116 ? ' (certificate required)' : ''}`}. Whatever the tool says of the server's certificate ("Verify return code") is a separate matter.${
      given === undefined
        ? ''
        : ` The command names ${shown(given)}, but the server received no certificate: it may match none of the CA names that the server accepts, or a proxy in between ended TLS and had none to give.`
    }`,
    evidence: [failure.span, ...(capture.clientAuth.requestedSpan ? [capture.clientAuth.requestedSpan] : [])],
    nextCommand: showChainCommand(context, '-cert client.pem -key client.key'),
  })
}
