/**
 * A reader of DER that walks only where it is told to, so that nesting costs neither stack nor time.
 *
 * It is lenient where OpenSSL is (lengths not in shortest form) and reports that; indefinite lengths, which are BER
 * and not DER, are refused. Source: X.690 sections 8.1 and 10.1.
 */

/** Universal tags as they stand in the identifier octet (X.680 table 1), constructed bit included where it is always set. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** One element: identifier octet and byte offsets into `bytes`. */
export interface Node {
  readonly bytes: Uint8Array
  /** First identifier octet; context tags are `0x80 | n` (primitive) or `0xa0 | n` (constructed). */
  readonly tag: number
  readonly start: number
  /** Offset of the first content octet. */
  readonly body: number
  readonly end: number
  /** The length is not in the shortest form, which DER requires. */
  readonly longLength: boolean
}

/** Thrown inside `src/x509` alone, where bytes are not the ASN.1 expected; `decode.ts` turns it into a value. */
export class DerFault extends Error {
  readonly offset: number
  /** The bytes are no DER at all, rather than another structure than was expected. */
  readonly malformed: boolean

  constructor(message: string, offset: number, malformed = false) {
    super(message)
    this.offset = offset
    this.malformed = malformed
  }
}

/**
 * Reads the element that starts at `at`.
 * @param bytes all bytes; offsets are relative to them
 * @param at offset of the identifier octet
 * @param limit offset that the element must not pass
 * @throws DerFault
 */
export function readNode(bytes: Uint8Array, at: number, limit: number): Node {
  if (at + 2 > limit) throw new DerFault('An element is cut short', at, true)
  const tag = bytes[at] as number
  if ((tag & 0x1f) === 0x1f) throw new DerFault('A tag number of 31 or more, which no certificate has', at, true)
  const first = bytes[at + 1] as number
  let body = at + 2
  let length = first
  let longLength = false
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0) throw new DerFault('An indefinite length, which DER forbids', at, true)
    if (count > 6 || body + count > limit) throw new DerFault('A length that cannot be', at, true)
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[body + index] as number)
    body += count
    longLength = length < 0x80 || bytes[at + 2] === 0
  }
  const end = body + length
  if (end > limit) throw new DerFault('An element is longer than what holds it', at, true)
  return { bytes, tag, start: at, body, end, longLength }
}

/** The elements inside a constructed one, in order. @throws DerFault */
export function children(node: Node): Node[] {
  const list: Node[] = []
  for (let at = node.body; at < node.end; ) {
    const child = readNode(node.bytes, at, node.end)
    list.push(child)
    at = child.end
  }
  return list
}

/** Content octets. */
export const content = (node: Node): Uint8Array => node.bytes.subarray(node.body, node.end)

/** The whole element, header included. */
export const whole = (node: Node): Uint8Array => node.bytes.subarray(node.start, node.end)

/** `node`, if it is there and has the tag. @throws DerFault that names `what` */
export function expectTag(node: Node | undefined, tag: number, what: string, parent?: Node): Node {
  if (node === undefined) throw new DerFault(`${what} is missing`, parent?.end ?? 0)
  if (node.tag !== tag) throw new DerFault(`${what} has tag 0x${node.tag.toString(16).padStart(2, '0')}`, node.start)
  return node
}

/** The single element that fills `bytes` from `start` to `end`. @throws DerFault */
export function onlyNode(bytes: Uint8Array, start: number, end: number): Node {
  const node = readNode(bytes, start, end)
  if (node.end !== end) throw new DerFault('Bytes follow the value', node.end)
  return node
}

/** The elements of a SEQUENCE. @throws DerFault when it is something else */
export const sequence = (node: Node | undefined, what: string, parent?: Node): Node[] =>
  children(expectTag(node, tags.sequence, what, parent))

/**
 * The elements of a SEQUENCE that has so many fields at most.
 * @throws DerFault also when there are more: OpenSSL, Go and browsers do not load what holds elements that ASN.1 lacks
 */
export function fields(node: Node | undefined, most: number, what: string): Node[] {
  const nodes = sequence(node, what)
  const surplus = nodes[most]
  if (surplus !== undefined) throw new DerFault(`${what} has an element too many`, surplus.start)
  return nodes
}

/**
 * Optional elements, told apart by their tags.
 * @param order the tags, in the order in which the fields are defined
 * @returns as many as there are tags
 * @throws DerFault on any other tag, one that comes twice, or another order
 */
export function optionals(nodes: readonly Node[], order: readonly number[], what: string): (Node | undefined)[] {
  const found = new Array<Node | undefined>(order.length).fill(undefined)
  let last = -1
  for (const node of nodes) {
    const place = order.indexOf(node.tag)
    if (place <= last) throw new DerFault(`${what} has an element that should not be there`, node.start)
    found[place] = node
    last = place
  }
  return found
}

/** The one element that an explicit tag or an OCTET STRING holds. @throws DerFault when there are more */
export const inner = (node: Node): Node => onlyNode(node.bytes, node.body, node.end)
