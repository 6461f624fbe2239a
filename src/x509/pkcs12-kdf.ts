/** Keys from passwords, as PKCS#12 files need them. Source: RFC 7292 appendix B, RFC 8018, RFC 9579. */
import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { keystoreLimits } from './pkcs12-limits.ts'

/** A hash function of the library. */
export type Hash = typeof sha256 | typeof sha1 | typeof sha512

/** Hash functions by OID. */
export const hashes: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.2.5': md5,
  '1.3.14.3.2.26': sha1,
  '2.16.840.1.101.3.4.2.4': sha224,
  '2.16.840.1.101.3.4.2.1': sha256,
  '2.16.840.1.101.3.4.2.2': sha384,
  '2.16.840.1.101.3.4.2.3': sha512,
}

/** HMAC functions by OID, as PBKDF2 and PBMAC1 name them. */
export const hmacs: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.2.7': sha1,
  '1.2.840.113549.2.8': sha224,
  '1.2.840.113549.2.9': sha256,
  '1.2.840.113549.2.10': sha384,
  '1.2.840.113549.2.11': sha512,
}

/** More work is asked for than is done here. Thrown and caught inside of the reader of PKCS#12. */
export class TooMuchWork extends Error {
  readonly iterations: number

  constructor(iterations: number) {
    super('too many iterations')
    this.iterations = iterations
  }
}

/** Counts the rounds of a file. */
export class Work {
  private left: number = keystoreLimits.iterationsInAll

  /** @throws TooMuchWork */
  take(iterations: number): void {
    if (iterations > keystoreLimits.iterations || iterations > this.left) throw new TooMuchWork(iterations)
    this.left -= iterations
  }
}

/** Big-endian UTF-16 with a terminator (RFC 7292 appendix B.1). `bare`: an empty password as no bytes at all, as some programs have it. */
export function bmpPassword(password: string, bare = false): Uint8Array {
  if (bare && password === '') return new Uint8Array()
  const bytes = new Uint8Array(password.length * 2 + 2)
  for (let index = 0; index < password.length; index++) {
    bytes[index * 2] = password.charCodeAt(index) >> 8
    bytes[index * 2 + 1] = password.charCodeAt(index) & 0xff
  }
  return bytes
}

/** What the derived bytes are for (RFC 7292 appendix B.3). */
export const purposes = { key: 1, iv: 2, mac: 3 } as const

/** RFC 7292 appendix B.2. @throws TooMuchWork */
export function pkcs12Kdf(
  hash: Hash,
  purpose: number,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
  work: Work,
): Uint8Array {
  const { blockLen: v, outputLen: u } = hash
  const blocks = Math.ceil(length / u)
  work.take(iterations * blocks)
  const state = join(repeated(salt, v), repeated(password, v))
  const result = new Uint8Array(blocks * u)
  for (let block = 0; block < blocks; block++) {
    let a = hash(join(new Uint8Array(v).fill(purpose), state))
    for (let round = 1; round < iterations; round++) a = hash(a)
    result.set(a, block * u)
    if (block + 1 === blocks) break
    const b = Uint8Array.from({ length: v }, (_, index) => a[index % u] as number)
    for (let at = 0; at < state.length; at += v) {
      let carry = 1
      for (let index = v - 1; index >= 0; index--) {
        carry += (state[at + index] as number) + (b[index] as number)
        state[at + index] = carry & 0xff
        carry >>= 8
      }
    }
  }
  return result.subarray(0, length)
}

/** PBKDF2 over the password as UTF-8 (RFC 8018 section 5.2). @throws TooMuchWork */
export function derive(
  hash: Hash,
  password: string,
  salt: Uint8Array,
  iterations: number,
  length: number,
  work: Work,
): Uint8Array {
  work.take(iterations * Math.ceil(length / hash.outputLen))
  return pbkdf2(hash, new TextEncoder().encode(password), salt, { c: iterations, dkLen: length })
}

/** HMAC with a derived key. */
export const macOf = (hash: Hash, key: Uint8Array, data: Uint8Array): Uint8Array => hmac(hash, key, data)

/** As often as it takes to fill whole blocks; nothing of nothing. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] as number)
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(a.length + b.length)
  result.set(a)
  result.set(b, a.length)
  return result
}
