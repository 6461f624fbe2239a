/** ECDSA: the signature's two notations, and the check in plain TypeScript. Source: RFC 3279 section 2.2.3, FIPS 186-5. */
import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha224 } from '@noble/hashes/sha2.js'
import { content, expectTag, onlyNode, sequence, tags } from './der.ts'

/** P-224, which the library leaves out: SEC 2 version 2, section 2.3.1. OpenSSL still takes it. */
const p = 2n ** 224n - 2n ** 96n + 1n
const p224 = ecdsa(
  weierstrass({
    p,
    a: p - 3n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
    h: 1n,
    Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
    Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
  }),
  sha224,
)

/** Curves by the names that `PublicKey.curve` uses. */
const curves = new Map([
  ['P-224', p224],
  ['P-256', p256],
  ['P-384', p384],
  ['P-521', p521],
  ['secp256k1', secp256k1],
  ['brainpoolP256r1', brainpoolP256r1],
  ['brainpoolP384r1', brainpoolP384r1],
  ['brainpoolP512r1', brainpoolP512r1],
])

/**
 * Turns the DER of ECDSA-Sig-Value into `r || s`, as WebCrypto and the curves want it.
 * @param size bytes of each number: the curve's order rounded up
 * @returns undefined when it is no such DER in its one form, or a number is negative or too large
 */
export function rawSignature(der: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const frame = onlyNode(der, 0, der.length)
    const numbers = sequence(frame, 'The signature')
    // OpenSSL, Go and browsers take DER alone, so that a signature has one encoding.
    if (numbers.length !== 2 || [frame, ...numbers].some(({ longLength }) => longLength)) return undefined
    const raw = new Uint8Array(size * 2)
    for (const [index, node] of numbers.entries()) {
      const bytes = content(expectTag(node, tags.integer, 'A number of the signature'))
      if (bytes.length === 0 || (bytes[0] as number) >= 0x80) return undefined
      if (bytes.length > 1 && bytes[0] === 0 && (bytes[1] as number) < 0x80) return undefined
      const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
      if (digits.length > size) return undefined
      raw.set(digits, (index + 1) * size - digits.length)
    }
    return raw
  } catch {
    return undefined
  }
}

/**
 * Checks an ECDSA signature over a digest.
 * @param curve as `PublicKey.curve`
 * @param digest the message's digest
 * @param signature DER
 * @param point the key's bits
 * @returns undefined when the curve is unknown
 */
export function verifyEcdsa(
  curve: string,
  digest: Uint8Array,
  signature: Uint8Array,
  point: Uint8Array,
): boolean | undefined {
  const known = curves.get(curve)
  if (known === undefined) return undefined
  const raw = rawSignature(signature, (known.lengths.signature ?? 0) / 2)
  if (raw === undefined) return false
  try {
    // X.509 has no low-S rule; the digest is already made, with the signature algorithm's hash and not the curve's.
    return known.verify(raw, digest, point, { prehash: false, lowS: false })
  } catch {
    // A key that is no point of the curve.
    return false
  }
}
