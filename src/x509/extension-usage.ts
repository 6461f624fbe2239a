/** Extensions that say what a key may do. Source: RFC 5280 sections 4.2.1.3, 4.2.1.9, 4.2.1.12. */
import { keyPurposes } from '../standards/oids.ts'
import { children, content, DerFault, type Node, optionals, sequence, tags } from './der.ts'
import { readBits, readOid, readSmallInteger, setBits } from './der-values.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import type { KeyUsageBit, NetscapeType } from './model.ts'
import type { Note } from './notes.ts'

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

/** Bits in their order, by the names that OpenSSL prints. */
const netscapeTypes: readonly NetscapeType[] = [
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
  const what = 'Basic Constraints'
  const [flag, length] = optionals(sequence(value, what), [tags.boolean, tags.integer], what)
  const ca = flag !== undefined && readBoolean(flag, 'The CA flag', note)
  const pathLength = length && readSmallInteger(content(length))
  if (length !== undefined && pathLength === undefined)
    throw new DerFault('The path length is negative, padded or too large', length.start)
  draft.basicConstraints = Object.freeze({ ca, ...(pathLength === undefined ? {} : { pathLength }) })
  return [`CA:${ca ? 'TRUE' : 'FALSE'}${pathLength === undefined ? '' : `, pathlen:${pathLength}`}`]
}

/** KeyUsage. */
export const keyUsage: ExtensionDecoder = (value, draft, note) => {
  const set = namedBits(value, 'Key Usage', note).flatMap((bit) => (usages[bit] ? [usages[bit]] : []))
  draft.keyUsage = Object.freeze(set.map(([bit]) => bit))
  return [set.map(([, text]) => text).join(', ')]
}

/** ExtendedKeyUsage. */
export const extendedKeyUsage: ExtensionDecoder = (value, draft) => {
  const purposes = sequence(value, 'Extended Key Usage').map((node) => readOid(node, 'A key purpose'))
  draft.extendedKeyUsage = Object.freeze(purposes)
  return [purposes.map((purpose) => keyPurposes[purpose] ?? purpose).join(', ')]
}

/** Netscape's certificate type, which OpenSSL and Java still obey. */
export const netscapeCertType: ExtensionDecoder = (value, draft, note) => {
  const types = namedBits(value, 'Netscape Cert Type', note).flatMap((bit) => netscapeTypes[bit] ?? [])
  draft.netscapeCertType = Object.freeze(types)
  return [types.join(', ')]
}

/** Microsoft's application policies: key purposes in the shape of certificate policies. */
export const applicationPolicies: ExtensionDecoder = (value) =>
  sequence(value, 'Application policies').map((policy) => {
    const purpose = readOid(children(policy)[0], 'An application policy')
    return `Application Policy: ${keyPurposes[purpose] ?? purpose}`
  })

/** Numbers of the bits that are set; noted when zero bits end the list (X.690 section 11.2.2). @throws DerFault */
function namedBits(node: Node, what: string, note: Note): number[] {
  const bits = readBits(node, what)
  const set = setBits(bits)
  const count = bits.bytes.length * 8 - bits.unused
  if (count !== (set.at(-1) ?? -1) + 1) note(`${what} ends in zero bits, which DER leaves out`, node.start)
  return set
}

/** A BOOLEAN; noted when its encoding is not DER's (X.690 sections 11.1 and 11.5). @throws DerFault */
export function readBoolean(node: Node, what: string, note: Note): boolean {
  const byte = node.bytes[node.body]
  if (byte === undefined || node.end - node.body !== 1) throw new DerFault(`${what} is no BOOLEAN`, node.start)
  if (byte !== 0 && byte !== 0xff)
    note(`${what} is encoded as 0x${byte.toString(16).padStart(2, '0')}, which is not DER`, node.start)
  if (byte === 0) note(`${what} states its default, which DER leaves out`, node.start)
  return byte !== 0
}
