/**
 * Post-quantum signatures: ML-DSA (FIPS 204, RFC 9881) and SLH-DSA (FIPS 205, RFC 9909), in their pure form with an empty
 * context. The library (about 12 kB, brotli) is loaded when the first of them is met: hardly any chain has one.
 */
import type { Signed } from './crypto.ts'
import { keyBits } from './key.ts'
import type { PublicKey, SignatureStatus } from './model.ts'

export interface ParameterSet {
  /** Sizes in bytes. */
  readonly lengths: { readonly publicKey?: number | undefined; readonly signature?: number | undefined }
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

const mlDsa = () => import('@noble/post-quantum/ml-dsa.js')
const slhDsa = () => import('@noble/post-quantum/slh-dsa.js')

/** Fetches what the checks need, for a page that must make no request later. */
export const loadPostQuantum = (): Promise<unknown> => Promise.all([mlDsa(), slhDsa()])

/** NIST's signature algorithms. */
const arc = '2.16.840.1.101.3.4.3.'

/** By the last number of the identifier. */
const parameterSets: Readonly<Record<string, () => Promise<ParameterSet>>> = {
  '17': async () => (await mlDsa()).ml_dsa44,
  '18': async () => (await mlDsa()).ml_dsa65,
  '19': async () => (await mlDsa()).ml_dsa87,
  '20': async () => (await slhDsa()).slh_dsa_sha2_128s,
  '21': async () => (await slhDsa()).slh_dsa_sha2_128f,
  '22': async () => (await slhDsa()).slh_dsa_sha2_192s,
  '23': async () => (await slhDsa()).slh_dsa_sha2_192f,
  '24': async () => (await slhDsa()).slh_dsa_sha2_256s,
  '25': async () => (await slhDsa()).slh_dsa_sha2_256f,
  '26': async () => (await slhDsa()).slh_dsa_shake_128s,
  '27': async () => (await slhDsa()).slh_dsa_shake_128f,
  '28': async () => (await slhDsa()).slh_dsa_shake_192s,
  '29': async () => (await slhDsa()).slh_dsa_shake_192f,
  '30': async () => (await slhDsa()).slh_dsa_shake_256s,
  '31': async () => (await slhDsa()).slh_dsa_shake_256f,
}

/** The parameter set of a key; undefined when it is none of them or the library cannot be loaded. Never rejects. */
export async function loadParameterSet(oid: string): Promise<ParameterSet | undefined> {
  const load = oid.startsWith(arc) ? parameterSets[oid.slice(arc.length)] : undefined
  try {
    return await load?.()
  } catch {
    return undefined
  }
}

/**
 * Checks a signature whose algorithm is the key's.
 * @returns `unverified` when the library cannot be loaded; never rejects
 */
export async function checkPostQuantum(signed: Signed, key: PublicKey): Promise<SignatureStatus> {
  const set = await loadParameterSet(key.algorithmOid)
  if (set === undefined) return 'unverified'
  try {
    return set.verify(signed.signature, signed.tbs, keyBits(key.spki)) ? 'valid' : 'invalid'
  } catch {
    // Bytes that are no key or no signature of this size cannot be a match.
    return 'invalid'
  }
}
