/** RFC 8446 section 4.4.2: the trust anchor may be omitted, as the client must have it already. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { quoted, sends, server } from '../words.ts'

export const rootIncluded: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'root-included',
    title: 'The root certificate is sent along.',
    why: 'Harmless, but it costs bytes, and clients ignore it: trust comes from their own store.',
    cause: false,
    explains: [],
    sources: ['RFC 8446 section 4.4.2'],
  },
  check(context) {
    if (context.supplement || context.served.length < 2) return notApplicable('fewer than two certificates')
    const root = context.order.ladder.slice(1).find((entry) => entry.issuer?.key === entry.subject.key)
    if (!root) return pass
    return fail({
      severity: 'info',
      confidence: 'certain',
      owner: 'server-operator',
      title: `${server(context)} ${sends(context)} the root certificate ${quoted(root.subject)} too.`,
      explanation:
        'A client takes a root only from its own store, so sending it changes nothing. It can be left out of the chain file.',
      evidence: [root.span],
      ...(root.certificate ? { certificate: root.certificate.sha256 } : {}),
    })
  },
}
