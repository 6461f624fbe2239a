/** Staging environments of ACME CAs issue from roots that no client trusts. */
import type { CaptureRule } from '../contract.ts'
import { place, quoted } from '../words.ts'
import { issuedByService, unknownIssuerCodes } from './helpers.ts'

export const acmeStaging: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'acme-staging',
    title: 'The certificate comes from the staging environment of an ACME CA.',
    why: 'No client trusts staging roots; the ACME client has to be switched to production.',
    cause: true,
    explains: unknownIssuerCodes,
    sources: ['https://letsencrypt.org/docs/staging-environment/'],
  },
  check: (context) =>
    issuedByService(context, 'acme-staging', (leaf, { signature }) => ({
      title: `The certificate ${quoted(leaf.subject)}${place(context)} was issued by a staging CA (${signature.vendor}).`,
      explanation:
        'Staging certificates are for trying out automation; their roots are in no trust store. Point the ACME client at the production directory and issue again, with the old account and order state removed.',
    })),
}
