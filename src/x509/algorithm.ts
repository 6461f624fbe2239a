/** AlgorithmIdentifier. Source: RFC 5280 section 4.1.1.2. */
import { hashAlgorithms, signatureAlgorithms, unverifiedAlgorithms } from '../standards/oids.ts'
import { content, expectTag, fields, inner, type Node, onlyNode, optionals, tags, whole } from './der.ts'
import { readOid, readSmallInteger } from './der-values.ts'
import type { AlgorithmId } from './model.ts'
import type { Note } from './notes.ts'

/** RSASSA-PSS-params with its defaults filled in (RFC 8017 appendix A.2.3). */
export interface PssParameters {
  readonly hash: string
  readonly maskHash: string
  readonly saltLength: number
}

/** `unknown`: they name a digest or a mask that is not known here. `malformed`: no client can read them. */
export type PssOutcome = PssParameters | 'unknown' | 'malformed'

/**
 * Decodes a signature's AlgorithmIdentifier. Unknown ones keep their OID as name.
 * @param note told of parameters that are there or absent against the algorithm's definition
 * @throws DerFault
 */
export function readAlgorithm(node: Node | undefined, what: string, note?: Note): AlgorithmId {
  const [type, parameters] = fields(node, 2, what)
  const oid = readOid(type, `The type of ${what}`)
  const facts = signatureAlgorithms[oid]
  const der = node === undefined ? new Uint8Array() : whole(node)
  if (facts?.family !== 'RSA-PSS') {
    if (note !== undefined && facts !== undefined) noteParameters(facts.family, parameters, what, node?.start, note)
    const { name, hash } = facts ?? { name: unverifiedAlgorithms[oid] ?? oid }
    return Object.freeze({ oid, name, ...(hash === undefined ? {} : { hash }), der })
  }
  const pss = readPss(parameters, what, note)
  return Object.freeze({ oid, name: facts.name, ...(typeof pss === 'string' ? {} : { hash: pss.hash }), der })
}

/**
 * Parameters of an RSASSA-PSS AlgorithmIdentifier.
 * @param der the whole AlgorithmIdentifier
 * @returns `malformed` also when they are absent, which RFC 4055 section 3.1 allows in keys alone
 */
export function pssParameters(der: Uint8Array): PssOutcome {
  try {
    return readPss(fields(onlyNode(der, 0, der.length), 2, 'AlgorithmIdentifier')[1])
  } catch {
    return 'malformed'
  }
}

/** The one trailer field that there is: 0xbc (RFC 8017 appendix A.2.3). */
const trailer = 1
const defaults = { hash: 'SHA-1', maskHash: 'SHA-1', saltLength: 20 } as const
const mgf1 = '1.2.840.113549.1.1.8'

function readPss(parameters: Node | undefined, what = '', note?: Note): PssOutcome {
  try {
    const tagged = [0xa0, 0xa1, 0xa2, 0xa3]
    const nodes = optionals(fields(parameters, tagged.length, 'RSASSA-PSS parameters'), tagged, 'RSASSA-PSS parameters')
    const [hashNode, maskNode, saltNode, trailerNode] = nodes.map((node) => node && inner(node))
    const hash = hashNode === undefined ? defaults.hash : digestOf(hashNode)
    const maskHash = maskNode === undefined ? defaults.maskHash : maskOf(maskNode)
    const saltLength = saltNode === undefined ? defaults.saltLength : numberOf(saltNode)
    const trailerField = trailerNode === undefined ? trailer : numberOf(trailerNode)
    if (saltLength === undefined || trailerField !== trailer) return 'malformed'
    for (const [node, isDefault] of [
      [hashNode, hash === defaults.hash],
      [maskNode, maskHash === defaults.maskHash],
      [saltNode, saltLength === defaults.saltLength],
      [trailerNode, true],
    ] as const) {
      if (node !== undefined && isDefault)
        note?.(`A parameter of ${what} states its default, which DER leaves out`, node.start)
    }
    return hash === undefined || maskHash === undefined ? 'unknown' : { hash, maskHash, saltLength }
  } catch {
    return 'malformed'
  }
}

/** Undefined when the digest is not known. @throws DerFault */
const digestOf = (node: Node | undefined): string | undefined =>
  hashAlgorithms[readOid(fields(node, 2, 'A digest')[0], 'A digest')]

/** The digest of MGF1; undefined when it, or the mask, is not known. @throws DerFault */
function maskOf(node: Node): string | undefined {
  const [generator, argument] = fields(node, 2, 'The mask')
  return readOid(generator, 'The mask') === mgf1 ? digestOf(argument) : undefined
}

const numberOf = (node: Node): number | undefined =>
  readSmallInteger(content(expectTag(node, tags.integer, 'A number')))

/**
 * NULL belongs to RSA (RFC 4055 section 5), nothing to the others (RFC 5758 sections 3.1 and 3.2, RFC 8410 section 3,
 * RFC 9881 section 2, RFC 9909 section 3).
 */
function noteParameters(
  family: string,
  parameters: Node | undefined,
  what: string,
  offset: number | undefined,
  note: Note,
): void {
  if (family === 'RSA' && parameters?.tag !== tags.null)
    note(`The parameters of ${what} are not NULL as RSA has them`, offset)
  if (family !== 'RSA' && parameters !== undefined)
    note(`The parameters of ${what} are there, and ${family} has none`, parameters.start)
}
