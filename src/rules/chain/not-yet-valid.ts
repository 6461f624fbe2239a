/** RFC 5280 section 4.1.2.5: a certificate is not valid before notBefore. */
import { clockContradiction } from '../clock.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { depthOf, failureSpans, nameAtDepth, notBeforeOf } from '../signals.ts'
import { toldDates, toldError } from '../told.ts'
import { dateText, distance, quoted, showChainCommand } from '../words.ts'

export const notYetValid: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'not-yet-valid',
    title: 'A certificate of the chain is not valid yet.',
    why: 'Clients refuse it until its time comes, or until their clock is set right.',
    cause: true,
    explains: [9],
    sources: ['RFC 5280 section 4.1.2.5'],
  },
  check(context) {
    const { ladder } = context.order
    const told = toldError(context, [9])
    if (told) return clockContradiction(context, 9) ? pass : fail(toldDates(context, told))
    if (context.supplement || ladder.length === 0) return notApplicable('there is no server certificate')
    const early = ladder.find((entry) => (notBeforeOf(entry) ?? context.at) > context.at)
    // A certificate whose time has come by every other clock is judged by a wrong one.
    if ((!early && !context.codes.has(9)) || clockContradiction(context, 9)) return pass
    const depth = depthOf(context, 9) ?? 0
    const entry = early ?? ladder[depth]
    const subject = entry?.subject ?? nameAtDepth(context, depth)?.name
    const start = entry && notBeforeOf(entry)
    return fail({
      severity: 'error',
      confidence: early ? 'certain' : 'likely',
      owner: 'server-operator',
      title: `The certificate ${subject ? quoted(subject) : 'of an issuer'} is not valid yet${
        start === undefined ? '' : `: it starts on ${dateText(start)}, in ${distance(context.at, start)}`
      }.`,
      explanation:
        'Either it was installed too early, or the clock that this was judged by is behind. A certificate issued minutes ago also fails on machines whose clock lags.',
      evidence: [...(entry ? [entry.span] : []), ...failureSpans(context, [9])],
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -dates`,
      ...(entry?.certificate ? { certificate: entry.certificate.sha256 } : {}),
    })
  },
}
