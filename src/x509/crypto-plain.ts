/** Signature checks in plain TypeScript: they need no secure context and know the old digests. */
import { ed448 } from '@noble/curves/ed448.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { DSA } from 'micro-rsa-dsa-dh/dsa.js'
import { signatureAlgorithms } from '../standards/oids.ts'
import { pssParameters } from './algorithm.ts'
import type { Signed } from './crypto.ts'
import { rawSignature, verifyEcdsa } from './ecdsa.ts'
import { dsaNumbers, keyBits, rsaNumbers } from './key.ts'
import { x509Limits } from './limits.ts'
import type { PublicKey, SignatureStatus } from './model.ts'
import { digests, verifyPkcs1, verifyPss } from './rsa.ts'

/**
 * Checks a signature whose algorithm fits the key.
 * @returns `unverified` for what cannot be run here: unknown digests and curves, ML-DSA, numbers beyond the limits
 */
export function checkPlainly(signed: Signed, key: PublicKey): SignatureStatus {
  try {
    const valid = check(signed, key)
    return valid === undefined ? 'unverified' : valid ? 'valid' : 'invalid'
  } catch {
    // Bytes that are no key or no signature of this algorithm cannot be a match.
    return 'invalid'
  }
}

function check({ tbs, signature, signatureAlgorithm }: Signed, key: PublicKey): boolean | undefined {
  const hash = signatureAlgorithm.hash ?? ''
  switch (signatureAlgorithms[signatureAlgorithm.oid]?.family) {
    case 'RSA': {
      const numbers = boundedRsa(key)
      return numbers && verifyPkcs1(numbers, hash, tbs, signature)
    }
    case 'RSA-PSS': {
      const parameters = pssParameters(signatureAlgorithm.der)
      const numbers = boundedRsa(key)
      return parameters && numbers && verifyPss(numbers, parameters, tbs, signature)
    }
    case 'ECDSA': {
      const digest = digests.get(hash)
      return digest && verifyEcdsa(key.curve ?? '', digest(tbs), signature, keyBits(key.spki))
    }
    case 'Ed25519':
      return ed25519.verify(signature, tbs, keyBits(key.spki), { zip215: false })
    case 'Ed448':
      return ed448.verify(signature, tbs, keyBits(key.spki), { zip215: false })
    case 'DSA':
      return checkDsa(hash, tbs, signature, key)
    default:
      return undefined
  }
}

function boundedRsa(key: PublicKey): { n: bigint; e: bigint } | undefined {
  const numbers = rsaNumbers(key.spki)
  const small = (key.bits ?? 0) <= x509Limits.modulusBits && numbers.e < 1n << BigInt(x509Limits.exponentBits)
  return small ? numbers : undefined
}

function checkDsa(hash: string, tbs: Uint8Array, signature: Uint8Array, key: PublicKey): boolean | undefined {
  const digest = digests.get(hash)
  const numbers = dsaNumbers(key.spki)
  if (digest === undefined || numbers === undefined) return undefined
  const { p, q, g, y } = numbers
  if ((key.bits ?? 0) > x509Limits.modulusBits || q >= 1n << BigInt(x509Limits.subgroupBits)) return undefined
  // The library would take a bare `r || s` too, which X.509 does not have.
  if (rawSignature(signature, x509Limits.subgroupBits / 8) === undefined) return false
  return y > 1n && y < p && DSA({ p, q, g, hash: digest }).verify(y, tbs, signature)
}
