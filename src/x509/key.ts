/** Public keys: what kind, how strong, and their numbers for checking signatures. */
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { oid } from '../core/brand.ts'
import { curves, keyAlgorithms } from '../standards/oids.ts'
import { content, expectTag, type Node, onlyNode, sequence, tags, whole } from './der.ts'
import { bigUnsigned, bitLength, readBits, readOid } from './der-values.ts'
import { hex } from './hex.ts'
import type { PublicKey } from './model.ts'

/**
 * Decodes a SubjectPublicKeyInfo. What cannot be told of the key itself stays absent and is noted.
 * @throws DerFault when it is no SubjectPublicKeyInfo at all
 */
export function readPublicKey(node: Node, note: (problem: string) => void): PublicKey {
  const { type, parameters, bits } = parts(node)
  const algorithmOid = readOid(type, 'The type of the public key')
  const algorithm = keyAlgorithms[algorithmOid] ?? 'unknown'
  const spki = whole(node)
  let details: Pick<PublicKey, 'bits' | 'curve' | 'exponent'> = {}
  try {
    if (algorithm === 'RSA' || algorithm === 'RSA-PSS') details = rsaDetails(bits)
    else if (algorithm === 'EC') details = curveDetails(parameters)
    else if (algorithm === 'DSA' && parameters?.tag === tags.sequence) {
      // Without parameters it inherits those of its issuer's key (RFC 3279 section 2.3.2).
      details = { bits: bitLength(integer(sequence(parameters, 'DSA parameters')[0])) }
    }
  } catch {
    note('The public key cannot be decoded')
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

/** Modulus and exponent of an RSA key. @throws DerFault */
export function rsaNumbers(spki: Uint8Array): { readonly n: bigint; readonly e: bigint } {
  const [n, e] = sequence(onlyWithin(parts(onlyNode(spki, 0, spki.length)).bits), 'RSAPublicKey')
  return { n: bigUnsigned(integer(n)), e: bigUnsigned(integer(e)) }
}

/** Domain parameters and public value of a DSA key; undefined when it inherits its parameters. @throws DerFault */
export function dsaNumbers(spki: Uint8Array): { p: bigint; q: bigint; g: bigint; y: bigint } | undefined {
  const { parameters, bits } = parts(onlyNode(spki, 0, spki.length))
  if (parameters?.tag !== tags.sequence) return undefined
  const [p, q, g] = sequence(parameters, 'DSA parameters')
  const y = onlyWithin(bits)
  return {
    p: bigUnsigned(integer(p)),
    q: bigUnsigned(integer(q)),
    g: bigUnsigned(integer(g)),
    y: bigUnsigned(integer(y)),
  }
}

/** The bits of the key: an EC point, an Ed25519 key, a DER RSAPublicKey. @throws DerFault */
export const keyBits = (spki: Uint8Array): Uint8Array => parts(onlyNode(spki, 0, spki.length)).bits

function parts(node: Node): { type: Node | undefined; parameters: Node | undefined; bits: Uint8Array } {
  const [algorithm, key] = sequence(node, 'The public key')
  const [type, parameters] = sequence(algorithm, 'The algorithm of the public key')
  return { type, parameters, bits: readBits(key, 'The public key').bytes }
}

function rsaDetails(bits: Uint8Array): Pick<PublicKey, 'bits' | 'exponent'> {
  const [modulus, exponent] = sequence(onlyWithin(bits), 'RSAPublicKey')
  const e = bigUnsigned(integer(exponent))
  return {
    bits: bitLength(integer(modulus)),
    ...(e <= BigInt(Number.MAX_SAFE_INTEGER) ? { exponent: Number(e) } : {}),
  }
}

function curveDetails(parameters: Node | undefined): Pick<PublicKey, 'bits' | 'curve'> {
  if (parameters?.tag === tags.sequence) return explicitCurve(parameters)
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

const onlyWithin = (bytes: Uint8Array): Node => onlyNode(bytes, 0, bytes.length)

const integer = (node: Node | undefined): Uint8Array => content(expectTag(node, tags.integer, 'A number of the key'))
