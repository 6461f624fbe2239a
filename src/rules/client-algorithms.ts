/** RFC 8446 section 4.2.3 and RFC 5246 section 7.4.4: which keys can sign for the algorithms that a server asks for. */
import type { KeyAlgorithm, PublicKey } from '../x509/model.ts'

interface Family {
  readonly keys: readonly KeyAlgorithm[]
  readonly pattern: RegExp
}

/** As OpenSSL (`ECDSA+SHA256`, `rsa_pss_rsae_sha256`, `RSA sign`), GnuTLS (`ECDSA-SECP256R1-SHA256`) and Java print them. */
const families: readonly Family[] = [
  { keys: ['RSA-PSS'], pattern: /^rsa_pss_pss_/ },
  { keys: ['RSA'], pattern: /^(?:RSA-PSS|rsa_pss_rsae_|RSASSA-PSS)/i },
  { keys: ['RSA'], pattern: /^(?:RSA\b|rsa_pkcs1_|rsa$)|withRSA/i },
  { keys: ['EC'], pattern: /ECDSA/i },
  { keys: ['Ed25519'], pattern: /ed25519|eddsa/i },
  { keys: ['Ed448'], pattern: /ed448|eddsa/i },
  { keys: ['DSA'], pattern: /^(?:DSA|dss)\b/i },
  { keys: ['ML-DSA'], pattern: /ml-?dsa/i },
]

/** Curves that are part of an algorithm's name in TLS 1.3; names without one take any curve. */
const curves: ReadonlyMap<string, RegExp> = new Map([
  ['P-256', /secp256r1/i],
  ['P-384', /secp384r1/i],
  ['P-521', /secp521r1/i],
])

/** Can the key sign for one of the algorithms? Undefined where an algorithm or the key is not known here. */
export function keyFits(key: PublicKey, algorithms: readonly string[]): boolean | undefined {
  if (algorithms.length === 0 || key.algorithm === 'unknown') return undefined
  let known = true
  for (const algorithm of algorithms) {
    const found = families.filter(({ pattern }) => pattern.test(algorithm))
    if (found.length === 0) known = false
    if (found.some(({ keys }) => keys.includes(key.algorithm)) && curveFits(key, algorithm)) return true
  }
  return known ? false : undefined
}

function curveFits(key: PublicKey, algorithm: string): boolean {
  if (key.algorithm !== 'EC' || !/secp\d{3}r1/i.test(algorithm)) return true
  const own = key.curve === undefined ? undefined : curves.get(key.curve)
  return own === undefined || own.test(algorithm)
}
