/** Decrypts what a PKCS#12 file encrypts with a password. Source: RFC 7292 appendix C, RFC 8018 section 6.2. */
import { cbc } from '@noble/ciphers/aes.js'
import { type BlockDecryption, undoCbc, withoutPadding } from './cbc.ts'
import { content, expectTag, type Node, sequence, tags } from './der.ts'
import { readOid, readSmallInteger } from './der-values.ts'
import { tripleDes } from './des.ts'
import { bmpPassword, derive, type Hash, hashes, hmacs, pkcs12Kdf, purposes, type Work } from './pkcs12-kdf.ts'
import { rc2 } from './rc2.ts'

/** An algorithm that is not read here. Thrown and caught inside of the reader of PKCS#12. */
export class UnknownAlgorithm extends Error {
  readonly oid: string

  constructor(oid: string) {
    super('unknown algorithm')
    this.oid = oid
  }
}

interface OldScheme {
  readonly keyLength: number
  readonly cipher: (key: Uint8Array) => BlockDecryption
}

/** pbeWithSHAAnd..., RFC 7292 appendix C. The two with RC4 are left out: nothing has written them for decades. */
const oldSchemes: Readonly<Record<string, OldScheme>> = {
  '1.2.840.113549.1.12.1.3': { keyLength: 24, cipher: tripleDes },
  // Two keys: the first is used again as the third.
  '1.2.840.113549.1.12.1.4': {
    keyLength: 16,
    cipher: (key) => tripleDes(Uint8Array.of(...key, ...key.subarray(0, 8))),
  },
  '1.2.840.113549.1.12.1.5': { keyLength: 16, cipher: (key) => rc2(key, 128) },
  '1.2.840.113549.1.12.1.6': { keyLength: 5, cipher: (key) => rc2(key, 40) },
}

const pbes2 = '1.2.840.113549.1.5.13'
const pbkdf2 = '1.2.840.113549.1.5.12'
const tripleDesCbc = '1.2.840.113549.3.7'
const sha1 = hashes['1.3.14.3.2.26'] as Hash

/** AES in CBC mode by key length in bytes. */
const aesLengths: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 16,
  '2.16.840.1.101.3.4.1.22': 24,
  '2.16.840.1.101.3.4.1.42': 32,
}

/**
 * Decrypts with a password.
 * @param algorithm the AlgorithmIdentifier
 * @param bare an empty password as no bytes at all
 * @returns undefined when the password is not the right one
 * @throws DerFault, UnknownAlgorithm, TooMuchWork
 */
export function decryptWith(
  algorithm: Node,
  data: Uint8Array,
  password: string,
  bare: boolean,
  work: Work,
): Uint8Array | undefined {
  const [type, parameters] = sequence(algorithm, 'The encryption algorithm')
  const oid = readOid(type, 'The encryption algorithm')
  if (oid === pbes2) return decryptNew(parameters, data, password, work)
  const scheme = oldSchemes[oid]
  if (!scheme) throw new UnknownAlgorithm(oid)
  const [saltNode, countNode] = sequence(parameters, 'The encryption parameters')
  const salt = content(expectTag(saltNode, tags.octetString, 'The salt'))
  const count = readCount(countNode)
  const bytes = bmpPassword(password, bare)
  const key = pkcs12Kdf(sha1, purposes.key, bytes, salt, count, scheme.keyLength, work)
  const iv = pkcs12Kdf(sha1, purposes.iv, bytes, salt, count, 8, work)
  const plain = undoCbc(scheme.cipher(key), iv, data)
  return plain && withoutPadding(plain, 8)
}

function decryptNew(
  parameters: Node | undefined,
  data: Uint8Array,
  password: string,
  work: Work,
): Uint8Array | undefined {
  const [derivation, encryption] = sequence(parameters, 'The PBES2 parameters')
  const [type, ivNode] = sequence(encryption, 'The encryption scheme')
  const oid = readOid(type, 'The encryption scheme')
  const length = oid === tripleDesCbc ? 24 : aesLengths[oid]
  if (length === undefined) throw new UnknownAlgorithm(oid)
  const iv = content(expectTag(ivNode, tags.octetString, 'The initialisation vector'))
  const key = deriveKey(derivation, password, length, work)
  if (oid === tripleDesCbc) {
    const plain = undoCbc(tripleDes(key), iv, data)
    return plain && withoutPadding(plain, 8)
  }
  if (iv.length !== 16 || data.length === 0 || data.length % 16 !== 0) return undefined
  return withoutPadding(cbc(key, iv, { disablePadding: true }).decrypt(data), 16)
}

/** PBKDF2 as an AlgorithmIdentifier says (RFC 8018 appendix A.2). @throws DerFault, UnknownAlgorithm, TooMuchWork */
export function deriveKey(algorithm: Node | undefined, password: string, length: number, work: Work): Uint8Array {
  const [type, parameters] = sequence(algorithm, 'The key derivation')
  const oid = readOid(type, 'The key derivation')
  if (oid !== pbkdf2) throw new UnknownAlgorithm(oid)
  const [saltNode, countNode, ...rest] = sequence(parameters, 'The PBKDF2 parameters')
  const prf = rest.find(({ tag }) => tag === tags.sequence)
  const prfOid = prf ? readOid(sequence(prf, 'The PRF')[0], 'The PRF') : undefined
  const hash = prfOid === undefined ? sha1 : hmacs[prfOid]
  if (!hash) throw new UnknownAlgorithm(prfOid ?? '')
  const salt = content(expectTag(saltNode, tags.octetString, 'The salt'))
  return derive(hash, password, salt, readCount(countNode), length, work)
}

/** An iteration count. @throws DerFault */
export function readCount(node: Node | undefined): number {
  const bytes = content(expectTag(node, tags.integer, 'The iteration count'))
  return Math.max(1, readSmallInteger(bytes) ?? Number.MAX_SAFE_INTEGER)
}
