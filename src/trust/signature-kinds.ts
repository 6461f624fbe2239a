/** What kinds of issuer signatures there are, and how a row of `data/issuer-signatures.ts` is made. */
import type { Confidence } from '../core/finding.ts'

export type SignatureKind =
  | 'interception-enterprise'
  | 'interception-endpoint'
  | 'interception-developer'
  | 'cloudflare-origin'
  | 'cloudflare-origin-pull'
  | 'cloudflare-edge'
  | 'cloudflare-gateway'
  | 'product-default'
  | 'no-sni-default'
  | 'acme-staging'
  | 'private-pki'

/** `any`: subject or issuer. */
export type SignatureField = 'issuer' | 'subject' | 'any' | 'san'
/** `DN`: the whole name as text. `dNSName`, `URI`: values of the subject alternative names. */
export type SignatureAttribute = 'CN' | 'O' | 'OU' | 'L' | 'DN' | 'dNSName' | 'URI'

/** id, vendor, `field.attribute`, pattern, confidence. */
export type SignatureRow = readonly [
  id: string,
  vendor: string,
  where: `${SignatureField}.${SignatureAttribute}`,
  pattern: string,
  confidence: Confidence,
]
