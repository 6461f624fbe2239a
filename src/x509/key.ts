/** Public keys: what kind, how strong, and their numbers for checking signatures. */
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { oid } from '../core/brand.ts'
import { curves, keyAlgorithms } from '../standards/oids.ts'
import { content, expectTag, fields, type Node, onlyNode, sequence, tags, whole } from './der.ts'
import { auditDer } from './der-audit.ts'
import { bigUnsigned, bitLength, readBits, readOid } from './der-values.ts'
import { hex } from './hex.ts'
import type { PublicKey } from './model.ts'
import type { Note } from './notes.ts'

/**
 * Decodes a SubjectPublicKeyInfo. What cannot be told of the key itself stays absent and is noted.
 * @throws DerFault when it is no SubjectPublicKeyInfo at all
 */
export function readPublicKey(node: Node, note: Note): PublicKey {
  const { type, parameters, key } = parts(node)
  const algorithmOid = readOid(type, 'The type of the public key')
  const algorithm = keyAlgorithms[algorithmOid] ?? 'unknown'
  const spki = whole(node)
  const bits = bitsOf(key)
  let details: Pick<PublicKey, 'bits' | 'curve' | 'exponent'> = {}
  try {
    if (algorithm === 'RSA' || algorithm === 'RSA-PSS') details = rsaDetails(held(key))
    else if (algorithm === 'EC') details = curveDetails(parameters, note)
    else if (algorithm === 'DSA' && parameters?.tag === tags.sequence) {
      // Without parameters it inherits those of its issuer's key (RFC 3279 section 2.3.2).
      details = { bits: bitLength(integer(fields(parameters, 3, 'DSA parameters')[0])) }
    } else if (parameters !== undefined && withoutParameters.has(algorithm)) {
      note(`The public key has parameters, and ${algorithm} has none`, parameters.start)
    }
    if (algorithm === 'RSA' || algorithm === 'RSA-PSS' || algorithm === 'DSA')
      auditDer(key.bytes, key.body + 1, key.end, note)
  } catch {
    note('The public key cannot be decoded', node.start)
  }
  return Object.freeze({
    algorithm,
    algorithmOid,
    ...details,
    spki,
    spkiSha256: hex(sha256(spki)),
    keyId: hex(sha1(bits)),
  })
}

/** Keys whose AlgorithmIdentifier is the bare OID: RFC 8410 section 3, RFC 9881 section 4, RFC 9909 section 4. */
const withoutParameters: ReadonlySet<string> = new Set(['Ed25519', 'Ed448', 'ML-DSA', 'SLH-DSA'])

/** Modulus and exponent of an RSA key. @throws DerFault */
export function rsaNumbers(spki: Uint8Array): { readonly n: bigint; readonly e: bigint } {
  const [n, e] = fields(held(partsOf(spki).key), 2, 'RSAPublicKey')
  return { n: bigUnsigned(integer(n)), e: bigUnsigned(integer(e)) }
}

/** Domain parameters and public value of a DSA key; undefined when it inherits its parameters. @throws DerFault */
export function dsaNumbers(spki: Uint8Array): { p: bigint; q: bigint; g: bigint; y: bigint } | undefined {
  const { parameters, key } = partsOf(spki)
  if (parameters?.tag !== tags.sequence) return undefined
  const [p, q, g] = fields(parameters, 3, 'DSA parameters')
  const y = held(key)
  return {
    p: bigUnsigned(integer(p)),
    q: bigUnsigned(integer(q)),
    g: bigUnsigned(integer(g)),
    y: bigUnsigned(integer(y)),
  }
}

/** The bits of the key: an EC point, an Ed25519 key, a DER RSAPublicKey. @throws DerFault */
export const keyBits = (spki: Uint8Array): Uint8Array => bitsOf(partsOf(spki).key)

/** The key's AlgorithmIdentifier, and whether it has parameters. @throws DerFault */
export function keyAlgorithm(spki: Uint8Array): { readonly der: Uint8Array; readonly hasParameters: boolean } {
  const { algorithm, parameters } = partsOf(spki)
  return { der: whole(algorithm), hasParameters: parameters !== undefined }
}

interface Parts {
  readonly algorithm: Node
  readonly type: Node | undefined
  readonly parameters: Node | undefined
  /** The BIT STRING. */
  readonly key: Node
}

function parts(node: Node): Parts {
  const [algorithm, key] = fields(node, 2, 'The public key')
  const [type, parameters] = fields(algorithm, 2, 'The algorithm of the public key')
  return {
    algorithm: algorithm as Node,
    type,
    parameters,
    key: expectTag(key, tags.bitString, 'The public key', node),
  }
}

const partsOf = (spki: Uint8Array): Parts => parts(onlyNode(spki, 0, spki.length))

const bitsOf = (key: Node): Uint8Array => readBits(key, 'The public key').bytes

/** The element that the BIT STRING holds. @throws DerFault */
const held = (key: Node): Node => onlyNode(key.bytes, key.body + 1, key.end)

function rsaDetails(node: Node): Pick<PublicKey, 'bits' | 'exponent'> {
  const [modulus, exponent] = fields(node, 2, 'RSAPublicKey')
  const e = bigUnsigned(integer(exponent))
  return {
    bits: bitLength(integer(modulus)),
    ...(e <= BigInt(Number.MAX_SAFE_INTEGER) ? { exponent: Number(e) } : {}),
  }
}

function curveDetails(parameters: Node | undefined, note: Note): Pick<PublicKey, 'bits' | 'curve'> {
  if (parameters?.tag === tags.sequence) {
    note("The public key spells out its curve in place of the curve's name", parameters.start)
    return explicitCurve(parameters)
  }
  const curve = readOid(parameters, 'The curve')
  const facts = curves[oid(curve)]
  return facts === undefined ? { curve } : { curve: facts.name, bits: facts.bits }
}

/** Explicit parameters (X9.62); RFC 5480 forbids them, and no client accepts them in TLS. */
function explicitCurve(parameters: Node): Pick<PublicKey, 'bits' | 'curve'> {
  const field = sequence(parameters, 'Curve parameters')[1]
  const prime = sequence(field, 'The field')[1]
  return prime?.tag === tags.integer ? { curve: 'explicit', bits: bitLength(content(prime)) } : { curve: 'explicit' }
}

const integer = (node: Node | undefined): Uint8Array => content(expectTag(node, tags.integer, 'A number of the key'))
