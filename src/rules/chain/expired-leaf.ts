/** RFC 5280 section 4.1.2.5: a certificate is valid from notBefore to notAfter, both included. */
import { fail, notApplicable, pass, unknown, type CaptureRule } from '../contract.ts'
import { depthOf, failureSpans, notAfterOf } from '../signals.ts'
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
  check(context) {
    const { leaf } = context
    if (!leaf || context.supplement) return notApplicable('there is no server certificate')
    const end = notAfterOf(leaf)
    const reported = context.codes.has(10) && (depthOf(context, [10]) ?? 0) === 0
    if (end === undefined) {
      if (!reported) return unknown('its dates are not in the paste')
      return fail({
        severity: 'error',
        confidence: 'certain',
        owner: 'server-operator',
        title: `The certificate ${quoted(leaf.subject)} has expired.`,
        explanation: 'The client says so; the certificate itself, with its dates, is not in the paste.',
        evidence: [leaf.span, ...failureSpans(context, [10])],
        nextCommand: `${showChainCommand(context)} | openssl x509 -noout -dates`,
      })
    }
    if (end >= context.at && !reported) return pass
    const stale = context.toolOk === true && context.atReason === 'now'
    return fail({
      severity: stale ? 'warning' : 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: `The certificate ${quoted(leaf.subject)}${place(context)} expired on ${dateText(end)}${
        end < context.at ? `, ${distance(end, context.at)} ago` : ''
      }.`,
      explanation: clockText(context, end, stale),
      evidence: [leaf.span, ...failureSpans(context, [10])],
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -dates`,
      ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    })
  },
}

function clockText(context: Parameters<CaptureRule['check']>[0], end: number, stale: boolean): string {
  if (stale)
    return 'The tool verified it when the paste was made, so the paste is older than the expiry. If the server still presents this certificate, every client refuses it now.'
  if (end >= context.at)
    return `The client called it expired, although it is still valid at ${dateText(context.at)}: the clock of the client was ahead, or the paste is of another day.`
  return 'A new certificate has to be installed. If a newer one exists already, the server was not reloaded, or another server answers at this address.'
}
