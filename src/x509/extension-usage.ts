/** Extensions that say what a key may do. Source: RFC 5280 sections 4.2.1.3, 4.2.1.9, 4.2.1.12. */
import { keyPurposes } from '../standards/oids.ts'
import { children, content, DerFault, expectTag, type Node, sequence, tags } from './der.ts'
import { readBits, readOid, readSmallInteger, setBits } from './der-values.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import type { KeyUsageBit } from './model.ts'

const usages: readonly (readonly [KeyUsageBit, string])[] = [
  ['digitalSignature', 'Digital Signature'],
  ['nonRepudiation', 'Non Repudiation'],
  ['keyEncipherment', 'Key Encipherment'],
  ['dataEncipherment', 'Data Encipherment'],
  ['keyAgreement', 'Key Agreement'],
  ['keyCertSign', 'Certificate Sign'],
  ['cRLSign', 'CRL Sign'],
  ['encipherOnly', 'Encipher Only'],
  ['decipherOnly', 'Decipher Only'],
]

const netscapeTypes = [
  'SSL Client',
  'SSL Server',
  'S/MIME',
  'Object Signing',
  'Unused',
  'SSL CA',
  'S/MIME CA',
  'Object Signing CA',
]

/** BasicConstraints. */
export const basicConstraints: ExtensionDecoder = (value, draft, note) => {
  let ca = false
  let pathLength: number | undefined
  for (const [index, field] of sequence(value, 'Basic Constraints').entries()) {
    if (pathLength !== undefined) throw new DerFault('An element follows the path length', field.start)
    if (field.tag === tags.boolean && index === 0) ca = readBoolean(field, 'The CA flag', note)
    else {
      pathLength = readSmallInteger(content(expectTag(field, tags.integer, 'The path length')))
      if (pathLength === undefined) throw new DerFault('The path length is negative or too large', field.start)
    }
  }
  draft.basicConstraints = Object.freeze({ ca, ...(pathLength === undefined ? {} : { pathLength }) })
  return [`CA:${ca ? 'TRUE' : 'FALSE'}${pathLength === undefined ? '' : `, pathlen:${pathLength}`}`]
}

/** KeyUsage. */
export const keyUsage: ExtensionDecoder = (value, draft) => {
  const set = setBits(readBits(value, 'Key Usage')).flatMap((bit) => (usages[bit] ? [usages[bit]] : []))
  draft.keyUsage = Object.freeze(set.map(([bit]) => bit))
  return [set.map(([, text]) => text).join(', ')]
}

/** ExtendedKeyUsage. */
export const extendedKeyUsage: ExtensionDecoder = (value, draft) => {
  const purposes = sequence(value, 'Extended Key Usage').map((node) => readOid(node, 'A key purpose'))
  draft.extendedKeyUsage = Object.freeze(purposes)
  return [purposes.map((purpose) => keyPurposes[purpose] ?? purpose).join(', ')]
}

/** Netscape's certificate type, which OpenSSL still obeys. */
export const netscapeCertType: ExtensionDecoder = (value) => {
  const set = setBits(readBits(value, 'Netscape Cert Type'))
  return [set.flatMap((bit) => netscapeTypes[bit] ?? []).join(', ')]
}

/** Microsoft's application policies: key purposes in the shape of certificate policies. */
export const applicationPolicies: ExtensionDecoder = (value) =>
  sequence(value, 'Application policies').map((policy) => {
    const purpose = readOid(children(policy)[0], 'An application policy')
    return `Application Policy: ${keyPurposes[purpose] ?? purpose}`
  })

/** A BOOLEAN; noted when its encoding is not DER's (X.690 section 11.1). @throws DerFault */
export function readBoolean(node: Node, what: string, note: (problem: string) => void): boolean {
  const byte = node.bytes[node.body]
  if (byte === undefined || node.end - node.body !== 1) throw new DerFault(`${what} is no BOOLEAN`, node.start)
  if (byte !== 0 && byte !== 0xff)
    note(`${what} is encoded as 0x${byte.toString(16).padStart(2, '0')}, which is not DER`)
  if (byte === 0) note(`${what} states its default, which DER leaves out`)
  return byte !== 0
}
