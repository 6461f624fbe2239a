/** Signature checks in plain TypeScript: they need no secure context and know the old digests. */
import { ed448 } from '@noble/curves/ed448.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { DSA } from 'micro-rsa-dsa-dh/dsa.js'
import { signatureAlgorithms } from '../standards/oids.ts'
import { type PssParameters, pssParameters } from './algorithm.ts'
import type { Signed } from './crypto.ts'
import { rawSignature, verifyEcdsa } from './ecdsa.ts'
import { dsaNumbers, keyAlgorithm, keyBits, rsaNumbers } from './key.ts'
import { x509Limits } from './limits.ts'
import type { PublicKey, SignatureStatus } from './model.ts'
import { digests, verifyPkcs1, verifyPss } from './rsa.ts'

/**
 * Checks a signature whose algorithm fits the key.
 * @returns `unverified` for what cannot be run here: unknown digests and curves, numbers beyond the limits
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
      if (typeof parameters === 'string') return parameters === 'malformed' ? false : undefined
      const numbers = boundedRsa(key)
      return numbers && allows(key, parameters) && verifyPss(numbers, parameters, tbs, signature)
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

/**
 * Does a key for RSA-PSS let itself be used with these parameters? What its own say is the least that a signature must
 * have (RFC 4055 section 3.3); OpenSSL refuses anything else.
 */
function allows(key: PublicKey, { hash, maskHash, saltLength }: PssParameters): boolean | undefined {
  const { der, hasParameters } = keyAlgorithm(key.spki)
  if (key.algorithm !== 'RSA-PSS' || !hasParameters) return true
  const own = pssParameters(der)
  if (typeof own === 'string') return own === 'malformed' ? false : undefined
  return own.hash === hash && own.maskHash === maskHash && own.saltLength <= saltLength
}

function boundedRsa(key: PublicKey): { n: bigint; e: bigint } | undefined {
  const numbers = rsaNumbers(key.spki)
  const small = (key.bits ?? 0) <= x509Limits.modulusBits && numbers.e < 1n << BigInt(x509Limits.exponentBits)
  return small ? numbers : undefined
}

/** Sizes of the subgroup order (FIPS 186-4 section 4.2); OpenSSL refuses others (DSA_R_BAD_Q_VALUE). */
const subgroupBits: ReadonlySet<number> = new Set([160, 224, 256])
const largestSubgroup = 256

function checkDsa(hash: string, tbs: Uint8Array, signature: Uint8Array, key: PublicKey): boolean | undefined {
  const digest = digests.get(hash)
  const numbers = dsaNumbers(key.spki)
  if (digest === undefined || numbers === undefined) return undefined
  const { p, q, g, y } = numbers
  if ((key.bits ?? 0) > x509Limits.modulusBits) return undefined
  if (!subgroupBits.has(q.toString(2).length)) return false
  // The library would take a bare `r || s` too, which X.509 does not have.
  if (rawSignature(signature, largestSubgroup / 8) === undefined) return false
  return y > 1n && y < p && DSA({ p, q, g, hash: digest }).verify(y, tbs, signature)
}
