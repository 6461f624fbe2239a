/** RFC 5280 section 6.1: a path that validates to a trust anchor, for the name that was asked for. */
import { notApplicable, pass, type ConclusionRule } from '../contract.ts'
import { place, quoted } from '../words.ts'

export const healthy: ConclusionRule = {
  scope: 'conclusion',
  meta: {
    slug: 'healthy',
    title: 'The chain is complete, in date and trusted.',
    why: 'A failure that is still seen has another cause than the certificates of this hop.',
    cause: true,
    explains: [],
    sources: ['RFC 5280 section 6.1'],
  },
  check(context, found) {
    const { leaf, capture } = context
    if (!leaf || context.supplement) return notApplicable('there is no server certificate')
    if (found.some((result) => result.findings.some((finding) => finding.severity === 'error'))) return pass
    const path = context.servedBuild?.paths.find((candidate) => candidate.valid)
    if (!path && !context.toolOk) return pass
    const root = path?.certificates.at(-1)
    const own = path && context.end.kind === 'anchored'
    return {
      kind: 'fail',
      drafts: [
        {
          severity: 'info',
          confidence: own ? 'certain' : 'likely',
          owner: 'nobody',
          title: own
            ? `The chain${place(context)} is complete and leads to the trusted root ${root ? quoted(root.subject) : ''}.`
            : `The client verified the chain${place(context)} with its own trust store.`,
          explanation: own
            ? `Signatures, dates and constraints of ${context.order.ladder.length === 1 ? 'the certificate' : 'all certificates'} were checked here.${context.target ? '' : ' The host name is not known, so the name was not checked.'}`
            : 'The tool reports success. The root it trusts is not in the paste, so the last step cannot be checked here; clients without that root fail.',
          evidence: [leaf.span, ...(capture.verifyResult?.ok ? [capture.verifyResult.span] : [])],
          ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
        },
      ],
    }
  },
}
