/** AlgorithmIdentifier. Source: RFC 5280 section 4.1.1.2. */
import { hashAlgorithms, signatureAlgorithms } from '../standards/oids.ts'
import { children, content, expectTag, type Node, onlyNode, sequence, tags, whole } from './der.ts'
import { readOid, readSmallInteger } from './der-values.ts'
import type { AlgorithmId } from './model.ts'

/** RSASSA-PSS-params with its defaults filled in (RFC 8017 appendix A.2.3). */
export interface PssParameters {
  readonly hash: string
  readonly maskHash: string
  readonly saltLength: number
}

/** Decodes a signature's AlgorithmIdentifier. Unknown ones keep their OID as name. @throws DerFault */
export function readAlgorithm(node: Node | undefined, what: string): AlgorithmId {
  const [type] = sequence(node, what)
  const oid = readOid(type, `The type of ${what}`)
  const facts = signatureAlgorithms[oid]
  const der = node === undefined ? new Uint8Array() : whole(node)
  const hash = facts?.family === 'RSA-PSS' ? pssParameters(der)?.hash : facts?.hash
  return Object.freeze({ oid, name: facts?.name ?? oid, ...(hash === undefined ? {} : { hash }), der })
}

/**
 * Parameters of an RSASSA-PSS AlgorithmIdentifier.
 * @param der the whole AlgorithmIdentifier
 * @returns undefined when they are absent, cannot be decoded or name something unknown
 */
export function pssParameters(der: Uint8Array): PssParameters | undefined {
  try {
    const parameters = sequence(onlyNode(der, 0, der.length), 'AlgorithmIdentifier')[1]
    if (parameters === undefined) return undefined
    let hash: string | undefined = 'SHA-1'
    let maskHash: string | undefined = 'SHA-1'
    let saltLength: number | undefined = 20
    for (const field of sequence(parameters, 'RSASSA-PSS parameters')) {
      const inner = children(field)[0]
      if (field.tag === 0xa0) hash = hashAlgorithms[readOid(sequence(inner, 'Hash')[0], 'Hash')]
      else if (field.tag === 0xa1) {
        const [generator, argument] = sequence(inner, 'Mask generation')
        const known = readOid(generator, 'Mask generation') === mgf1
        maskHash = known ? hashAlgorithms[readOid(sequence(argument, 'Mask hash')[0], 'Mask hash')] : undefined
      } else if (field.tag === 0xa2)
        saltLength = readSmallInteger(content(expectTag(inner, tags.integer, 'Salt length')))
    }
    if (hash === undefined || maskHash === undefined || saltLength === undefined) return undefined
    return { hash, maskHash, saltLength }
  } catch {
    return undefined
  }
}

const mgf1 = '1.2.840.113549.1.1.8'
