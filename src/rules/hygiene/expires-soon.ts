/** CA/Browser Forum Baseline Requirements 6.3.2: lifetimes fall to 200, 100 and 47 days, so that renewal has to be automatic. */
import { type CaptureRule, fail, notApplicable, pass, unknown } from '../contract.ts'
import { notAfterOf, notBeforeOf } from '../signals.ts'
import { dateText, distance, place, quoted, showChainCommand } from '../words.ts'

const day = 86_400_000
/** Warned of in the last third of a short lifetime, at most this many days ahead. */
const longestWarning = 21 * day

export const expiresSoon: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'expires-soon',
    title: 'A certificate of the chain expires soon.',
    why: 'Renewal should have happened by now.',
    cause: false,
    explains: [],
    sources: ['CA/Browser Forum Baseline Requirements 6.3.2'],
  },
  check(context) {
    if (context.supplement || context.order.ladder.length === 0) return notApplicable('there is no server certificate')
    const soon = context.order.ladder.find((entry) => {
      const end = notAfterOf(entry)
      const start = notBeforeOf(entry) ?? 0
      if (end === undefined || end < context.at) return false
      return end - context.at < Math.min(longestWarning, (end - start) / 3)
    })
    if (!soon)
      return context.order.ladder.some((entry) => notAfterOf(entry) !== undefined)
        ? pass
        : unknown('no dates are in the paste')
    const end = notAfterOf(soon)
    if (end === undefined) return pass
    return fail({
      severity: 'warning',
      confidence: 'certain',
      owner: 'server-operator',
      title: `The certificate ${quoted(soon.subject)}${place(context)} expires on ${dateText(end)}, in ${distance(context.at, end)}.`,
      explanation: 'It is still valid. Check that its renewal is automatic and that the server is reloaded afterwards.',
      evidence: [soon.span],
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -dates`,
      ...(soon.certificate ? { certificate: soon.certificate.sha256 } : {}),
    })
  },
}
