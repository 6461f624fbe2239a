/** Cloudflare Origin CA certificates are for the leg from Cloudflare to the origin; only Cloudflare trusts them. */
import type { SignatureKind } from '../../trust/signature-kinds.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { failureSpans, recognised, trustOf } from '../signals.ts'
import { place, showChainCommand } from '../words.ts'

const kinds: ReadonlySet<SignatureKind> = new Set<SignatureKind>(['cloudflare-origin'])

export const cloudflareOrigin: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'cloudflare-origin',
    title: 'A Cloudflare Origin CA certificate is met directly.',
    why: 'Only Cloudflare trusts it. Clients that reach the origin around Cloudflare refuse it.',
    cause: true,
    explains: [18, 19, 20, 21],
    sources: ['https://developers.cloudflare.com/ssl/origin-configuration/origin-ca/'],
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
      title: `The server${place(context)} presents a Cloudflare Origin certificate, which only Cloudflare trusts.`,
      explanation:
        'This connection reached the origin directly, not through Cloudflare: Cloudflare never shows this certificate to visitors. Behind Cloudflare with mode Full (strict) everything is as it should be.\n\nEither clients go through the proxied name (orange cloud), or the origin gets a publicly trusted certificate for those that come directly. Trusting the Origin CA root in clients works for machines of your own only.',
      evidence: [leaf.span, ...failureSpans(context, [18, 19, 20, 21])],
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -subject -issuer`,
      ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    })
  },
}
