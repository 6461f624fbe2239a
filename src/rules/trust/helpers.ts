/** Wording that rules about trust share. */
import { isPublicName } from '../../chain/domain.ts'
import type { SignatureMatch } from '../../trust/issuer-signatures.ts'
import type { SignatureKind } from '../../trust/signature-kinds.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type Draft, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { failureSpans, recognised, trustOf } from '../signals.ts'
import { shown } from '../words.ts'

/** X509_V_ERR codes that an issuer makes OpenSSL print which only some clients have. */
export const unknownIssuerCodes: readonly number[] = [18, 19, 20, 21]

/** A server certificate whose issuer, by its name, is a service that public clients do not trust; its operator has to act. */
export function issuedByService(
  context: CaptureContext,
  kind: SignatureKind,
  words: (leaf: ServedEntry, match: SignatureMatch) => Pick<Draft, 'title' | 'explanation' | 'nextCommand'>,
): Outcome {
  const { leaf } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  const match = recognised(context, new Set([kind]))
  if (!match || match.signature.confidence === 'hint') return pass
  return fail({
    severity: trustOf(context) === 'trusted' ? 'warning' : 'error',
    confidence: match.signature.confidence,
    owner: 'server-operator',
    evidence: [leaf.span, ...failureSpans(context, unknownIssuerCodes)],
    ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    ...words(leaf, match),
  })
}

/** A private issuer met through a proxy, or for a public name, may be the proxy's own CA. */
export function interceptionDoubt(context: CaptureContext): string {
  const host = context.target?.host
  if (context.capture.command?.proxy !== undefined)
    return '\n\nThe connection went through a proxy. If it inspects TLS, this is its CA and not that of the server: the same command without the proxy, from a network that allows it, shows another issuer then.'
  if (context.capture.kind !== 'connection' || host === undefined || !isPublicName(host)) return ''
  return `\n\n${shown(host)} is a public name, for which a private CA is unusual: a device on the way that inspects TLS may have signed the certificate. Another issuer from another network proves it.`
}
