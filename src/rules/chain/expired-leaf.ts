/** RFC 5280 section 4.1.2.5: a certificate is valid from notBefore to notAfter, both included. */
import type { UnixMs } from '../../core/brand.ts'
import { clockContradiction } from '../clock.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type CaptureRule, type Draft, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { failureSpans, notAfterOf, reportedFor } from '../signals.ts'
import { toldDates, toldError } from '../told.ts'
import { dateText, distance, place, quoted, showChainCommand } from '../words.ts'

export const expiredLeaf: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'expired-leaf',
    title: 'The server certificate has expired.',
    why: 'Every client refuses it.',
    cause: true,
    explains: [10],
    sources: ['RFC 5280 section 4.1.2.5'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { leaf } = context
  const told = toldError(context, [10])
  if (told && told.depth !== 1) return clockContradiction(context, 10) ? pass : fail(toldDates(context, told))
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  const end = notAfterOf(leaf)
  const reported = reportedFor(context, 10)
  // A certificate that is in date by every other clock is judged by a wrong one.
  if (reported === 'leaf' && clockContradiction(context, 10)) return pass
  if (end === undefined) return withoutDates(context, leaf, reported)
  if (end < context.at) return expired(context, leaf, end)
  if (context.atReason === 'capture' && end < context.input.now) return since(context, leaf, end)
  return pass
}

function expired(context: CaptureContext, leaf: ServedEntry, end: UnixMs): Outcome {
  const reported = context.codes.has(10)
  const stale = context.toolOk === true && context.atReason === 'now'
  const older = !reported && context.toolOk === false && context.atReason === 'now'
  const text = stale
    ? 'The tool verified it when the paste was made, so the paste is older than the expiry. If the server still presents this certificate, every client refuses it now.'
    : older
      ? 'The tool does not mention it, so the paste is probably older than the expiry. If the server still presents this certificate, every client refuses it now.'
      : 'A new certificate has to be installed. If a newer one exists already, the server was not reloaded, or another server answers at this address.'
  return fail({
    ...draft(context, leaf),
    severity: stale ? 'warning' : 'error',
    title: `The certificate ${quoted(leaf.subject)}${place(context)} expired on ${dateText(end)}, ${distance(end, context.at)} ago.`,
    explanation: text,
  })
}

/** The tool says so, and the dates are not in the paste. */
function withoutDates(context: CaptureContext, leaf: ServedEntry, reported: ReturnType<typeof reportedFor>): Outcome {
  if (reported === undefined || reported === 'issuer') return unknown('its dates are not in the paste')
  const sure = reported === 'leaf'
  return fail({
    ...draft(context, leaf),
    confidence: sure ? 'certain' : 'likely',
    title: `The certificate ${quoted(leaf.subject)} has expired.`,
    explanation: sure
      ? 'The client says so; the certificate itself, with its dates, is not in the paste.'
      : 'The client says that a certificate has expired, but not which; as a rule it is this one. The dates are not in the paste.',
  })
}

/** Valid when the capture was made, expired by now. */
function since(context: CaptureContext, leaf: ServedEntry, end: UnixMs): Outcome {
  return fail({
    ...draft(context, leaf),
    severity: 'warning',
    title: `The certificate ${quoted(leaf.subject)}${place(context)} was valid when the capture was made and expired on ${dateText(end)}.`,
    explanation: `The capture is of ${dateText(context.at)} and is judged as of then. If the server still presents this certificate, every client refuses it now.`,
  })
}

const draft = (context: CaptureContext, leaf: ServedEntry): Omit<Draft, 'title' | 'explanation'> => ({
  severity: 'error',
  confidence: 'certain',
  owner: 'server-operator',
  evidence: [leaf.span, ...failureSpans(context, [10])],
  nextCommand: `${showChainCommand(context)} | openssl x509 -noout -dates`,
  ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
})
