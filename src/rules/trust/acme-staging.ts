/** Staging environments of ACME CAs issue from roots that no client trusts. */
import type { SignatureKind } from '../../trust/signature-kinds.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { failureSpans, recognised, trustOf } from '../signals.ts'
import { place, quoted } from '../words.ts'

const kinds: ReadonlySet<SignatureKind> = new Set<SignatureKind>(['acme-staging'])

export const acmeStaging: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'acme-staging',
    title: 'The certificate comes from the staging environment of an ACME CA.',
    why: 'No client trusts staging roots; the ACME client has to be switched to production.',
    cause: true,
    explains: [18, 19, 20, 21],
    sources: ['https://letsencrypt.org/docs/staging-environment/'],
  },
  check(context) {
    const { leaf } = context
    if (!leaf || context.supplement) return notApplicable('there is no server certificate')
    const match = recognised(context, kinds)
    if (!match || match.signature.confidence === 'hint') return pass
    return fail({
      severity: trustOf(context) === 'trusted' ? 'warning' : 'error',
      confidence: match.signature.confidence,
      owner: 'server-operator',
      title: `The certificate ${quoted(leaf.subject)}${place(context)} was issued by a staging CA (${match.signature.vendor}).`,
      explanation:
        'Staging certificates are for trying out automation; their roots are in no trust store. Point the ACME client at the production directory and issue again, with the old account and order state removed.',
      evidence: [leaf.span, ...failureSpans(context, [18, 19, 20, 21])],
      ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    })
  },
}
