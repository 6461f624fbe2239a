/** Cloudflare Origin CA certificates are for the leg from Cloudflare to the origin; only Cloudflare trusts them. */
import type { CaptureRule } from '../contract.ts'
import { place, showChainCommand } from '../words.ts'
import { issuedByService, unknownIssuerCodes } from './helpers.ts'

export const cloudflareOrigin: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'cloudflare-origin',
    title: 'A Cloudflare Origin CA certificate is met directly.',
    why: 'Only Cloudflare trusts it. Clients that reach the origin around Cloudflare refuse it.',
    cause: true,
    explains: unknownIssuerCodes,
    sources: ['https://developers.cloudflare.com/ssl/origin-configuration/origin-ca/'],
  },
  check: (context) =>
    issuedByService(context, 'cloudflare-origin', () => ({
      title: `The server${place(context)} presents a Cloudflare Origin certificate, which only Cloudflare trusts.`,
      explanation:
        'This connection reached the origin directly, not through Cloudflare: Cloudflare never shows this certificate to visitors. Behind Cloudflare with mode Full (strict) everything is as it should be.\n\nEither clients go through the proxied name (orange cloud), or the origin gets a publicly trusted certificate for those that come directly. Trusting the Origin CA root in clients works for machines of your own only.',
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -subject -issuer`,
    })),
}
