/** What a certificate says of policies: RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14, read once. */
import { type Oid, oid } from '../../core/brand.ts'
import { inhibitAnyPolicy, policyConstraints, policyMappings } from '../../x509/extension-policy.ts'
import type { Certificate, Extension } from '../../x509/model.ts'

export const anyPolicy: Oid = oid('2.5.29.32.0')

/** A policy extension that no path can be judged with. */
export interface PolicyFault {
  readonly extension: Extension
  /** Ends a sentence that begins with the extension's name. */
  readonly reason: string
}

export interface PolicyFacts {
  /** Without anyPolicy; undefined when the certificate has no policies at all. */
  readonly policies?: ReadonlySet<Oid>
  readonly hasAny: boolean
  /** Subject domain policies by issuer domain policy. */
  readonly mappings: ReadonlyMap<Oid, ReadonlySet<Oid>>
  /** Pairs of mappings, for the cost. */
  readonly mapped: number
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
  readonly inhibitAnyPolicy?: number
  readonly faults: readonly PolicyFault[]
}

const policiesOid = oid('2.5.29.32')
const policyExtensions: ReadonlySet<string> = new Set([policiesOid, '2.5.29.33', '2.5.29.36', '2.5.29.54'])
const known = new WeakMap<Certificate, PolicyFacts>()

/** The policy extensions of a certificate; one that cannot be decoded counts as absent and is among the faults. */
export function policyFacts(certificate: Certificate): PolicyFacts {
  const before = known.get(certificate)
  if (before !== undefined) return before
  const facts = read(certificate)
  known.set(certificate, facts)
  return facts
}

function read(certificate: Certificate): PolicyFacts {
  const faults: PolicyFault[] = certificate.extensions.flatMap((extension) =>
    extension.error !== undefined && policyExtensions.has(extension.oid)
      ? [{ extension, reason: `cannot be decoded: ${extension.error}` }]
      : [],
  )
  const extension = certificate.extensions.find(({ oid: type, error }) => type === policiesOid && error === undefined)
  const policies = new Set(certificate.policies)
  if (extension !== undefined && policies.size < certificate.policies.length) {
    faults.push({ extension, reason: 'has a policy more than once, which RFC 5280 forbids' })
  }
  const hasAny = policies.delete(anyPolicy)
  const pairs = policyMappings(certificate)
  const mappings = new Map<Oid, Set<Oid>>()
  for (const { issuerDomain, subjectDomain } of pairs) {
    const subjects = mappings.get(issuerDomain)
    if (subjects === undefined) mappings.set(issuerDomain, new Set([subjectDomain]))
    else subjects.add(subjectDomain)
  }
  const inhibitAny = inhibitAnyPolicy(certificate)
  return {
    ...(extension === undefined ? {} : { policies }),
    hasAny,
    mappings,
    mapped: pairs.length,
    ...policyConstraints(certificate),
    ...(inhibitAny === undefined ? {} : { inhibitAnyPolicy: inhibitAny }),
    faults,
  }
}
