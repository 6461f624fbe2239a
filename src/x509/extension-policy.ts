/** Policies and what bears on them. Source: RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14. */
import type { Oid } from '../core/brand.ts'
import { policyNames } from '../standards/oids.ts'
import {
  children,
  content,
  DerFault,
  expectTag,
  fields,
  type Node,
  onlyNode,
  optionals,
  sequence,
  tags,
} from './der.ts'
import { readOid, readSmallInteger } from './der-values.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import type { Certificate } from './model.ts'
import { readText } from './text.ts'

/** One pair of PolicyMappings. */
export interface PolicyMapping {
  readonly issuerDomain: Oid
  readonly subjectDomain: Oid
}

/** PolicyConstraints: after how many further certificates each holds. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
}

const cps = '1.3.6.1.5.5.7.2.1'

/** CertificatePolicies. */
export const certificatePolicies: ExtensionDecoder = (value, draft) => {
  const policies: Oid[] = []
  const lines: string[] = []
  for (const information of atLeastOne(value, 'Certificate Policies')) {
    const [type, qualifiers] = fields(information, 2, 'A policy')
    const policy = readOid(type, 'A policy')
    policies.push(policy)
    lines.push(`Policy: ${policy}${policyNames[policy] === undefined ? '' : ` (${policyNames[policy]})`}`)
    if (qualifiers !== undefined) lines.push(...sequence(qualifiers, 'Policy qualifiers').map(qualifierLine))
  }
  draft.policies = Object.freeze(policies)
  return lines
}

/** PolicyMappings. */
export const policyMappingLines: ExtensionDecoder = (value) =>
  readMappings(value).map(({ issuerDomain, subjectDomain }) => `${issuerDomain}:${subjectDomain}`)

/** PolicyConstraints. */
export const policyConstraintLines: ExtensionDecoder = (value) => {
  const { requireExplicitPolicy, inhibitPolicyMapping } = readConstraints(value)
  return [
    ...(requireExplicitPolicy === undefined ? [] : [`Require Explicit Policy:${requireExplicitPolicy}`]),
    ...(inhibitPolicyMapping === undefined ? [] : [`Inhibit Policy Mapping:${inhibitPolicyMapping}`]),
  ]
}

/** InhibitAnyPolicy. */
export const inhibitAnyPolicyLines: ExtensionDecoder = (value) => [
  String(readSkip(expectTag(value, tags.integer, 'Inhibit Any Policy'))),
]

/** The policy mappings of a certificate; empty when it has none or they cannot be decoded. */
export function policyMappings(certificate: Certificate): readonly PolicyMapping[] {
  const value = extensionValue(certificate, '2.5.29.33')
  return value === undefined ? [] : readMappings(value)
}

/** The policy constraints of a certificate; empty when it has none or they cannot be decoded. */
export function policyConstraints(certificate: Certificate): PolicyConstraints {
  const value = extensionValue(certificate, '2.5.29.36')
  return value === undefined ? {} : readConstraints(value)
}

/** After how many further certificates anyPolicy no longer counts; undefined when not said or not decodable. */
export function inhibitAnyPolicy(certificate: Certificate): number | undefined {
  const value = extensionValue(certificate, '2.5.29.54')
  return value === undefined ? undefined : readSkip(value)
}

function extensionValue(certificate: Certificate, type: string): Node | undefined {
  const found = certificate.extensions.find(({ oid, error }) => oid === type && error === undefined)
  return found === undefined ? undefined : onlyNode(found.value, 0, found.value.length)
}

function readMappings(value: Node): PolicyMapping[] {
  return atLeastOne(value, 'Policy Mappings').map((pair) => {
    const [issuer, subject] = fields(pair, 2, 'A policy mapping')
    return { issuerDomain: readOid(issuer, 'A policy'), subjectDomain: readOid(subject, 'A policy') }
  })
}

function readConstraints(value: Node): PolicyConstraints {
  const what = 'Policy Constraints'
  const [explicit, mapping] = optionals(atLeastOne(value, what), [0x80, 0x81], what)
  return {
    ...(explicit && { requireExplicitPolicy: readSkip(explicit) }),
    ...(mapping && { inhibitPolicyMapping: readSkip(mapping) }),
  }
}

/** Empty lists are no such extension (SIZE (1..MAX); section 4.2.1.11 for the constraints). @throws DerFault */
function atLeastOne(value: Node, what: string): Node[] {
  const nodes = sequence(value, what)
  if (nodes.length === 0) throw new DerFault(`${what} is empty`, value.start)
  return nodes
}

function readSkip(node: Node): number {
  const skip = readSmallInteger(content(node))
  if (skip === undefined) throw new DerFault('A number of certificates is negative or too large', node.start)
  return skip
}

function qualifierLine(node: Node): string {
  const [type, value] = fields(node, 2, 'A policy qualifier')
  const oid = readOid(type, 'A policy qualifier')
  if (value === undefined) return `  ${oid}`
  if (oid === cps) return `  CPS: ${readText(value) ?? ''}`
  const texts = value.tag === tags.sequence ? children(value).flatMap((part) => readText(part) ?? []) : []
  return `  User Notice: ${texts.join(' ')}`
}
