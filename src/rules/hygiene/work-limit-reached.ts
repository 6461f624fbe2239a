/** Principle: every limit is named; reaching one is said, never passed over. */
import { limits } from '../../core/limits.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'

export const workLimitReached: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'work-limit-reached',
    title: 'The search for paths was ended by its budget.',
    why: 'The paths found so far stand; others may exist.',
    cause: false,
    explains: [],
    sources: ['RFC 4158 section 2.4'],
  },
  check(context) {
    if (!context.build) return notApplicable('no path was searched')
    if (!context.build.budgetExhausted) return pass
    return fail({
      severity: 'info',
      confidence: 'certain',
      owner: 'nobody',
      title: 'There are more possible paths than were tried.',
      explanation: `The search ends after ${limits.searchSteps} steps or ${limits.signatureChecks} signatures. What it found is judged.`,
      evidence: context.leaf ? [context.leaf.span] : [],
    })
  },
}
