/**
 * RSA signature checks in plain TypeScript, for where WebCrypto is absent or refuses the digest.
 *
 * PKCS #1 v1.5 is written out here because `micro-rsa-dsa-dh` has no MD5 and does not export its maker; the block is
 * rebuilt and compared as a whole, so that none of its bytes are free (RFC 8017 section 8.2.2). PSS is the library's.
 */
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'
import { mgf1, PSS } from 'micro-rsa-dsa-dh/rsa.js'
import type { PssParameters } from './algorithm.ts'
import { bigUnsigned } from './der-values.ts'

/** Digests by the names that `AlgorithmId.hash` uses. MD2 and MD4 are not here: nobody has signed with them since 2000. */
export const digests = new Map([
  ['MD5', md5],
  ['SHA-1', sha1],
  ['SHA-224', sha224],
  ['SHA-256', sha256],
  ['SHA-384', sha384],
  ['SHA-512', sha512],
  ['SHA-512/224', sha512_224],
  ['SHA-512/256', sha512_256],
  ['SHA3-224', sha3_224],
  ['SHA3-256', sha3_256],
  ['SHA3-384', sha3_384],
  ['SHA3-512', sha3_512],
])

/** DER of DigestInfo up to the digest (RFC 8017 section 9.2 note 1; NIST's register for SHA-3), in hexadecimal. */
const prefixes = new Map([
  ['MD5', '3020300c06082a864886f70d020505000410'],
  ['SHA-1', '3021300906052b0e03021a05000414'],
  ['SHA-224', '302d300d06096086480165030402040500041c'],
  ['SHA-256', '3031300d060960864801650304020105000420'],
  ['SHA-384', '3041300d060960864801650304020205000430'],
  ['SHA-512', '3051300d060960864801650304020305000440'],
  ['SHA-512/224', '302d300d06096086480165030402050500041c'],
  ['SHA-512/256', '3031300d060960864801650304020605000420'],
  ['SHA3-224', '302d300d06096086480165030402070500041c'],
  ['SHA3-256', '3031300d060960864801650304020805000420'],
  ['SHA3-384', '3041300d060960864801650304020905000430'],
  ['SHA3-512', '3051300d060960864801650304020a05000440'],
])

interface RsaKey {
  readonly n: bigint
  readonly e: bigint
}

/**
 * RSASSA-PKCS1-v1_5.
 * @returns undefined when the digest is unknown
 */
export function verifyPkcs1(
  key: RsaKey,
  hash: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  const digest = digests.get(hash)
  const prefix = prefixes.get(hash)
  if (digest === undefined || prefix === undefined) return undefined
  const size = Math.ceil(key.n.toString(16).length / 2)
  const block = bigUnsigned(signature)
  if (signature.length !== size || block >= key.n) return false
  const info = [...Uint8Array.from(prefix.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)), ...digest(message)]
  const padding = size - info.length - 3
  if (padding < 8) return false
  const expected = Uint8Array.from([0, 1, ...new Uint8Array(padding).fill(0xff), 0, ...info])
  return power(block, key.e, key.n) === bigUnsigned(expected)
}

/**
 * RSASSA-PSS.
 * @returns undefined when a digest is unknown
 */
export function verifyPss(
  key: RsaKey,
  parameters: PssParameters,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  const digest = digests.get(parameters.hash)
  const mask = digests.get(parameters.maskHash)
  if (digest === undefined || mask === undefined) return undefined
  try {
    return PSS(digest, mgf1(mask), parameters.saltLength).verify(key, message, signature)
  } catch {
    // The library throws on a number that does not fit the block: a signature that is not this key's.
    return false
  }
}

/** `base` to the power of a public exponent; both numbers are public, so time may tell. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}
