/** RFC 5246 section 7.4.2 and RFC 8446 section 4.4.2 leave no place for a certificate sent twice. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { quoted, sends, server } from '../words.ts'

export const duplicateCertificates: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'duplicate-certificates',
    title: 'A certificate is sent more than once.',
    why: 'As a rule the leaf is in the certificate file and again in the chain file; strict clients reject it.',
    cause: false,
    explains: [],
    sources: ['RFC 8446 section 4.4.2'],
  },
  check(context) {
    if (context.supplement || context.served.length < 2) return notApplicable('fewer than two certificates')
    const { repeats } = context.order
    if (repeats.length === 0) return pass
    const names = [...new Set(repeats.map((entry) => quoted(entry.subject)))].join(', ')
    return fail({
      severity: 'warning',
      confidence: 'certain',
      owner: 'server-operator',
      title: `${server(context)} ${sends(context)} ${names} more than once.`,
      explanation:
        'Usually the certificate file already holds the chain and a chain file repeats it. Most clients ignore the repetition.',
      evidence: repeats.map((entry) => entry.span),
    })
  },
}
