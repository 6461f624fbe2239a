/** Signature checks by WebCrypto. */
import { signatureAlgorithms } from '../standards/oids.ts'
import { pssParameters } from './algorithm.ts'
import type { Signed } from './crypto.ts'
import { rawSignature } from './ecdsa.ts'
import type { PublicKey, SignatureStatus } from './model.ts'

/** Parameters of `importKey` and `verify`, as far as they are used here. */
export interface SubtleAlgorithm {
  readonly name: string
  readonly hash?: string
  readonly namedCurve?: string
  readonly saltLength?: number
}

/** What is used of `crypto.subtle`, written out because the engine has no DOM types. */
export interface SubtleLike {
  importKey(
    format: 'spki',
    keyData: Uint8Array<ArrayBuffer>,
    algorithm: SubtleAlgorithm,
    extractable: boolean,
    keyUsages: 'verify'[],
  ): Promise<unknown>
  verify(
    algorithm: SubtleAlgorithm,
    // biome-ignore lint/suspicious/noExplicitAny: a CryptoKey, which only the DOM types name
    key: any,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
}

/**
 * Checks a signature whose algorithm fits the key.
 * @returns undefined when WebCrypto does not do this algorithm or refuses the key; never rejects
 */
export async function checkBySubtle(
  signed: Signed,
  key: PublicKey,
  subtle: SubtleLike,
): Promise<SignatureStatus | undefined> {
  const algorithm = plan(signed, key)
  if (algorithm === undefined) return undefined
  const size = sizes[key.curve ?? '']
  const signature =
    key.algorithm === 'EC' && size !== undefined ? rawSignature(signed.signature, size) : signed.signature
  if (signature === undefined) return 'invalid'
  try {
    const imported = await subtle.importKey('spki', owned(key.spki), algorithm, false, ['verify'])
    return (await subtle.verify(algorithm, imported, owned(signature), owned(signed.tbs))) ? 'valid' : 'invalid'
  } catch {
    return undefined
  }
}

/** Digests that WebCrypto has (Web Cryptography API section 30). */
const hashes = new Set(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])

/** Bytes of each number of a signature, for the curves that WebCrypto has (section 23). */
const sizes: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

function plan({ signatureAlgorithm }: Signed, key: PublicKey): SubtleAlgorithm | undefined {
  const hash = signatureAlgorithm.hash ?? ''
  switch (signatureAlgorithms[signatureAlgorithm.oid]?.family) {
    case 'RSA':
      return hashes.has(hash) ? { name: 'RSASSA-PKCS1-v1_5', hash } : undefined
    case 'RSA-PSS': {
      const parameters = pssParameters(signatureAlgorithm.der)
      if (typeof parameters === 'string') return undefined
      const { maskHash, saltLength } = parameters
      // WebCrypto has one digest for both uses, and most engines refuse keys marked RSASSA-PSS.
      if (key.algorithm !== 'RSA' || hash !== maskHash || !hashes.has(hash)) return undefined
      return { name: 'RSA-PSS', hash, saltLength }
    }
    case 'ECDSA':
      if (key.curve === undefined || !Object.hasOwn(sizes, key.curve) || !hashes.has(hash)) return undefined
      return { name: 'ECDSA', namedCurve: key.curve, hash }
    case 'Ed25519':
      return { name: 'Ed25519' }
    case 'ML-DSA':
      return { name: signatureAlgorithm.name }
    default:
      return undefined
  }
}

/** The bytes in a buffer of their own: WebCrypto takes no view of shared memory, and the types know. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
