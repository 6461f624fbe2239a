/** The bags of a PKCS#12 file: certificates, CRLs, and keys, which are counted and never decrypted. Source: RFC 7292 section 4.2. */
import { derOfBer } from './ber.ts'
import { children, content, DerFault, expectTag, inner, type Node, onlyNode, sequence, tags, whole } from './der.ts'
import { readOid } from './der-values.ts'
import { hex } from './hex.ts'
import { keystoreLimits } from './pkcs12-limits.ts'
import { readText } from './text.ts'

/** What a bag says of itself beside its content. */
export interface BagFacts {
  readonly alias?: string
  /** Hexadecimal; the same on a key and its certificate. */
  readonly keyId?: string
  /** Java marks the certificates it trusts. */
  readonly trusted: boolean
}

export interface Pkcs12Certificate extends BagFacts {
  readonly der: Uint8Array
}

const bags = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  contents: '1.2.840.113549.1.12.10.1.6',
} as const

const attributes = {
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  javaTrusted: '2.16.840.1.113894.746875.1.1',
} as const

const x509Certificate = '1.2.840.113549.1.9.22.1'
const x509Crl = '1.2.840.113549.1.9.23.1'

/** What bags hold, in their order. */
export interface Found {
  readonly certificates: Pkcs12Certificate[]
  readonly keys: BagFacts[]
  readonly crls: Uint8Array[]
  others: number
}

/** One element, whatever of BER it uses. @throws DerFault */
export function parse(bytes: Uint8Array): Node {
  const der = derOfBer(bytes)
  if (!der) throw new DerFault('The bytes are no ASN.1', 0, true)
  return onlyNode(der, 0, der.length)
}

/** What an explicit tag holds. @throws DerFault */
export const explicit = (node: Node | undefined): Node => inner(expectTag(node, 0xa0, 'A tagged content'))

/** SafeContents. @throws DerFault */
export function readBags(bytes: Uint8Array, found: Found, depth: number): void {
  for (const bag of sequence(parse(bytes), 'The bags')) {
    if (found.certificates.length + found.keys.length + found.crls.length + found.others >= keystoreLimits.entries)
      return
    readBag(bag, found, depth)
  }
}

function readBag(bag: Node, found: Found, depth: number): void {
  const [type, value, attributeSet] = sequence(bag, 'A bag')
  const kind: string = readOid(type, 'The type of a bag')
  const facts = readAttributes(attributeSet)
  if (kind === bags.key || kind === bags.shroudedKey) found.keys.push(facts)
  else if (kind === bags.certificate || kind === bags.crl) {
    const [id, holder] = sequence(explicit(value), 'A bag')
    const oid: string = readOid(id, 'The type of a certificate')
    if (oid !== x509Certificate && oid !== x509Crl) found.others++
    else {
      const der = new Uint8Array(content(expectTag(explicit(holder), tags.octetString, 'A certificate')))
      if (oid === x509Certificate) found.certificates.push({ der, ...facts })
      else found.crls.push(der)
    }
  } else if (kind === bags.contents && depth < keystoreLimits.depth) readBags(whole(explicit(value)), found, depth + 1)
  else found.others++
}

function readAttributes(set: Node | undefined): BagFacts {
  let facts: BagFacts = { trusted: false }
  for (const attribute of set?.tag === tags.set ? children(set) : []) {
    const [type, values] = sequence(attribute, 'An attribute')
    const oid: string = readOid(type, 'The type of an attribute')
    const value = values?.tag === tags.set ? children(values)[0] : undefined
    if (oid === attributes.friendlyName && value) {
      const alias = readText(value)
      if (alias !== undefined) facts = { ...facts, alias }
    } else if (oid === attributes.localKeyId && value) facts = { ...facts, keyId: hex(content(value)) }
    else if (oid === attributes.javaTrusted) facts = { ...facts, trusted: true }
  }
  return facts
}
