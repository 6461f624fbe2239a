/** Distinguished names out of DER. Source: RFC 5280 section 4.1.2.4. */
import { attributeStrings } from '../standards/oids.ts'
import { attributeType } from './attribute-type.ts'
import { children, DerFault, expectTag, fields, type Node, sequence, tags, whole } from './der.ts'
import { readOid } from './der-values.ts'
import { hex } from './hex.ts'
import { x509Limits } from './limits.ts'
import type { Name, NameAttribute } from './model.ts'
import { nameFromRdns } from './name.ts'
import type { Note } from './notes.ts'
import { latin1, readText, stringTypes } from './text.ts'

/** Names by their DER: in a bundle the same few issuers come again and again. Only those of which nothing was noted. */
const known = new Map<string, Name>()

/**
 * Decodes a Name (an RDNSequence).
 * @param note told of values that their string type does not allow
 * @returns the very same object for the same bytes, as long as it is remembered
 * @throws DerFault
 */
export function readName(node: Node | undefined, what: string, note?: Note): Name {
  const der = latin1(node === undefined ? noBytes : whole(node))
  const before = known.get(der)
  if (before !== undefined) return before
  let noted = false
  const remark: Note = (problem, offset) => {
    noted = true
    note?.(problem, offset)
  }
  const name = nameFromRdns(
    sequence(node, what).map((rdn) => readRdn(expectTag(rdn, tags.set, `A part of ${what}`), what, remark)),
  )
  if (noted || der.length > x509Limits.rememberedNameBytes) return name
  if (known.size >= x509Limits.rememberedNames) known.clear()
  known.set(der, name)
  return name
}

const noBytes = new Uint8Array()

/** Decodes the attributes inside one RDN, whatever tag holds them. @throws DerFault */
export function readRdn(rdn: Node, what: string, note?: Note): NameAttribute[] {
  return children(rdn).map((attribute) => {
    const [typeNode, value] = fields(attribute, 2, `An attribute of ${what}`)
    const oid = readOid(typeNode, `An attribute type of ${what}`)
    const type = attributeType(oid)
    if (value === undefined) throw new DerFault(`An attribute of ${what} has no value`, attribute.start)
    const where: Note | undefined = note && ((problem, offset) => note(`${problem} (${what}, ${type})`, offset))
    const text = readText(value, where)
    const expected = attributeStrings[oid]
    if (where !== undefined && !valueTags.has(value.tag))
      where('A value is of a type that names do not have', value.start)
    else if (where !== undefined && expected !== undefined && !expected.tags.includes(value.tag)) {
      const found = stringTypes[value.tag] ?? 'A value that is no string'
      where(`${found} stands where RFC 5280 has ${expected.text}`, value.start)
    }
    return Object.freeze({ oid, type, value: text ?? `#${hex(whole(value))}` })
  })
}

/** Types of values with which OpenSSL loads a name (`B_ASN1_PRINTABLE`), but for those that nobody has ever used. */
const valueTags: ReadonlySet<number> = new Set([
  tags.bitString,
  tags.utf8String,
  tags.numericString,
  tags.printableString,
  tags.teletexString,
  tags.ia5String,
  tags.universalString,
  tags.bmpString,
  tags.sequence,
])
