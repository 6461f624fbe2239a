/** Distinguished names out of DER. Source: RFC 5280 section 4.1.2.4. */
import { attributeType } from './attribute-type.ts'
import { children, expectTag, type Node, sequence, tags, whole } from './der.ts'
import { readOid } from './der-values.ts'
import { hex } from './hex.ts'
import type { Name, NameAttribute } from './model.ts'
import { nameFromRdns } from './name.ts'
import { readText } from './text.ts'

/**
 * Decodes a Name (an RDNSequence).
 * @param note told of values that their string type does not allow
 * @throws DerFault
 */
export function readName(node: Node | undefined, what: string, note?: (problem: string) => void): Name {
  return nameFromRdns(
    sequence(node, what).map((rdn) => readRdn(expectTag(rdn, tags.set, `A part of ${what}`), what, note)),
  )
}

/** Decodes the attributes inside one RDN, whatever tag holds them. @throws DerFault */
export function readRdn(rdn: Node, what: string, note?: (problem: string) => void): NameAttribute[] {
  return children(rdn).map((attribute) => {
    const [typeNode, valueNode] = sequence(attribute, `An attribute of ${what}`)
    const type = readOid(typeNode, `An attribute type of ${what}`)
    const text =
      valueNode === undefined
        ? ''
        : readText(valueNode, note && ((problem) => note(`${problem} (${what}, ${attributeType(type)})`)))
    return Object.freeze({
      oid: type,
      type: attributeType(type),
      value: text ?? `#${valueNode ? hex(whole(valueNode)) : ''}`,
    })
  })
}
