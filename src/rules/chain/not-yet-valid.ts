/** RFC 5280 section 4.1.2.5: a certificate is not valid before notBefore. */
import { fail, notApplicable, pass, type CaptureRule } from '../contract.ts'
import { failureSpans, notBeforeOf } from '../signals.ts'
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
    if (context.supplement || context.order.ladder.length === 0) return notApplicable('there is no server certificate')
    const early = context.order.ladder.find((entry) => {
      const start = notBeforeOf(entry)
      return start !== undefined && start > context.at
    })
    const reported = context.codes.has(9)
    if (!early && !reported) return pass
    const entry = early ?? context.order.ladder[0]
    const start = entry ? notBeforeOf(entry) : undefined
    if (!entry) return pass
    const clock = !early
    return fail({
      severity: 'error',
      confidence: clock ? 'likely' : 'certain',
      owner: clock ? 'client' : 'server-operator',
      title: `The certificate ${quoted(entry.subject)} is not valid yet${start === undefined ? '' : `: it starts on ${dateText(start)}`}${
        early && start !== undefined ? `, in ${distance(context.at, start)}` : ''
      }.`,
      explanation: clock
        ? `The client called it not yet valid, although it is valid at ${dateText(context.at)}: compare the clock of the client with the true time.`
        : 'Either it was installed too early, or the clock that this was judged by is behind. A certificate issued minutes ago also fails on machines whose clock lags.',
      evidence: [entry.span, ...failureSpans(context, [9])],
      nextCommand: clock ? 'date -u' : `${showChainCommand(context)} | openssl x509 -noout -dates`,
      ...(entry.certificate ? { certificate: entry.certificate.sha256 } : {}),
    })
  },
}
