/** Extensions of a certificate. Source: RFC 5280 section 4.1.2.9 and 4.2. */
import type { Oid } from '../core/brand.ts'
import { extensionNames } from '../standards/oids.ts'
import { content, DerFault, expectTag, inner, type Node, optionals, sequence, tags } from './der.ts'
import { auditDer } from './der-audit.ts'
import { readOid } from './der-values.ts'
import { authorityInfoAccess, crlDistributionPoints, freshestCrl, subjectInfoAccess } from './extension-access.ts'
import { type Draft, type ExtensionDecoder, type ExtensionFacts, emptyDraft } from './extension-draft.ts'
import { authorityKeyId, issuerAltName, nameConstraints, subjectAltName, subjectKeyId } from './extension-identity.ts'
import {
  microsoftTemplate,
  nothing,
  oneNumber,
  oneString,
  privateKeyUsagePeriod,
  tlsFeature,
} from './extension-misc.ts'
import {
  certificatePolicies,
  inhibitAnyPolicyLines,
  policyConstraintLines,
  policyMappingLines,
} from './extension-policy.ts'
import { poison, sctList } from './extension-sct.ts'
import {
  applicationPolicies,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  netscapeCertType,
  readBoolean,
} from './extension-usage.ts'
import { hexDump } from './hex.ts'
import { x509Limits } from './limits.ts'
import type { Extension } from './model.ts'
import type { Note } from './notes.ts'

const decoders: Readonly<Record<string, ExtensionDecoder>> = {
  '2.5.29.14': subjectKeyId,
  '2.5.29.15': keyUsage,
  '2.5.29.16': privateKeyUsagePeriod,
  '2.5.29.17': subjectAltName,
  '2.5.29.18': issuerAltName,
  '2.5.29.19': basicConstraints,
  '2.5.29.30': nameConstraints,
  '2.5.29.31': crlDistributionPoints,
  '2.5.29.32': certificatePolicies,
  '2.5.29.33': policyMappingLines,
  '2.5.29.35': authorityKeyId,
  '2.5.29.36': policyConstraintLines,
  '2.5.29.37': extendedKeyUsage,
  '2.5.29.46': freshestCrl,
  '2.5.29.54': inhibitAnyPolicyLines,
  '1.3.6.1.5.5.7.1.1': authorityInfoAccess,
  '1.3.6.1.5.5.7.1.11': subjectInfoAccess,
  '1.3.6.1.5.5.7.1.24': tlsFeature,
  '1.3.6.1.5.5.7.48.1.5': nothing,
  '1.3.6.1.4.1.11129.2.4.2': sctList,
  '1.3.6.1.4.1.11129.2.4.3': poison,
  '2.16.840.1.113730.1.1': netscapeCertType,
  '2.16.840.1.113730.1.2': oneString,
  '2.16.840.1.113730.1.3': oneString,
  '2.16.840.1.113730.1.4': oneString,
  '2.16.840.1.113730.1.7': oneString,
  '2.16.840.1.113730.1.8': oneString,
  '2.16.840.1.113730.1.12': oneString,
  '2.16.840.1.113730.1.13': oneString,
  '1.3.6.1.4.1.311.20.2': oneString,
  '1.3.6.1.4.1.311.21.1': oneNumber,
  '1.3.6.1.4.1.311.21.7': microsoftTemplate,
  '1.3.6.1.4.1.311.21.10': applicationPolicies,
}

/**
 * Decodes all extensions. One that cannot be decoded keeps its bytes and says so; of duplicates the first counts.
 * @param list the SEQUENCE OF Extension
 * @param note told of what departs from RFC 5280
 * @throws DerFault when the list itself is broken
 */
export function readExtensions(
  list: Node,
  note: Note,
): { readonly extensions: readonly Extension[]; readonly facts: ExtensionFacts } {
  const draft = emptyDraft()
  const seen = new Set<string>()
  const extensions = sequence(list, 'The extensions').map((node) => readExtension(node, draft, seen, note))
  if (extensions.length === 0) note('The list of extensions is empty', list.start)
  return { extensions: Object.freeze(extensions), facts: draft }
}

function readExtension(node: Node, draft: Draft, seen: Set<string>, note: Note): Extension {
  const [type, flag, valueNode] = optionals(sequence(node, 'An extension'), parts, 'An extension')
  const oid = readOid(type, 'The type of an extension')
  const name = extensionNames[oid] ?? oid
  const critical = flag !== undefined && readBoolean(flag, `The critical flag of ${name}`, note)
  const value = expectTag(valueNode, tags.octetString, `The value of ${name}`, node)
  if (seen.has(oid)) note(`The extension ${name} is there more than once`, node.start)
  const decoded = decode(oid, value, seen.has(oid) ? emptyDraft() : draft, note)
  seen.add(oid)
  if (decoded.error !== undefined) note(`The extension ${name} cannot be decoded: ${decoded.error}`, node.start)
  const range = Object.freeze({ start: node.start, end: node.end })
  const facts = { oid, name, critical, value: content(value), lines: Object.freeze(decoded.lines), range }
  return Object.freeze(decoded.error === undefined ? facts : { ...facts, error: decoded.error })
}

const parts = [tags.oid, tags.boolean, tags.octetString]

function decode(oid: Oid, value: Node, draft: Draft, note: Note): { lines: string[]; error?: string } {
  const decoder = decoders[oid]
  const dump = () => hexDump(content(value), x509Limits.dumpLines)
  if (decoder === undefined) return { lines: dump() }
  try {
    const lines = decoder(inner(value), draft, note)
    auditDer(value.bytes, value.body, value.end, note)
    return { lines }
  } catch (fault) {
    if (!(fault instanceof DerFault)) throw fault
    return { lines: dump(), error: fault.message }
  }
}
