/** RFC 5280 section 6.1: a path starts at a trust anchor; a self-signed server certificate is its own anchor or none. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { failureSpans, isClientCertificate, isSelfSigned, trustOf } from '../signals.ts'
import { toldError, toldSelfSigned } from '../told.ts'
import { place, quoted, showChainCommand } from '../words.ts'

export const selfSignedLeaf: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'self-signed-leaf',
    title: 'The server certificate signs itself.',
    why: 'No CA vouches for it; a client accepts it only when this very certificate is in its trust store.',
    cause: true,
    explains: [18],
    sources: ['RFC 5280 section 6.1'],
  },
  check(context) {
    const { leaf } = context
    if (toldError(context, [18])) return fail(toldSelfSigned(context))
    if (!leaf || context.supplement) return notApplicable('there is no server certificate')
    if (isClientCertificate(context)) return notApplicable('servers judge client certificates by lists of their own')
    const reported = context.codes.has(18)
    if (!isSelfSigned(context) && !reported) return pass
    const trust = trustOf(context)
    if (context.end.kind === 'anchored' && trust !== 'untrusted') return pass
    const trusted = trust === 'trusted'
    return fail({
      severity: trusted ? 'info' : trust === 'untrusted' ? 'error' : 'warning',
      confidence: leaf.certificate || reported ? 'certain' : 'likely',
      owner: trusted ? 'nobody' : 'server-operator',
      title: `The certificate ${quoted(leaf.subject)}${place(context)} is self-signed.`,
      explanation: trusted
        ? 'This client has the certificate in its trust store; every other client needs it too.'
        : 'Its issuer is itself, so there is no chain to complete. Install a certificate of a CA that the clients trust. Where that is not possible, this very certificate can be added to the trust store of each client, after its fingerprint was confirmed with the owner of the server by another way.',
      evidence: [leaf.span, ...failureSpans(context, [18])],
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -subject -issuer -fingerprint -sha256`,
      ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    })
  },
}
