/** Are things signed with the keys they should be? WebCrypto where there is one and it can, else plain TypeScript. */
import type { Oid } from '../core/brand.ts'
import { signatureAlgorithms } from '../standards/oids.ts'
import { checkPlainly } from './crypto-plain.ts'
import { checkPostQuantum } from './crypto-quantum.ts'
import { checkBySubtle, type SubtleLike } from './crypto-subtle.ts'
import { readNode } from './der.ts'
import { readBits } from './der-values.ts'
import { keyAlgorithm } from './key.ts'
import { x509Limits } from './limits.ts'
import type { Certificate, KeyAlgorithm, PublicKey, SignatureStatus, SignatureVerifier } from './model.ts'

/** Anything with X.509's SIGNED shape: a certificate, a CRL, an OCSP response. */
export type Signed = Pick<Certificate, 'tbs' | 'signature' | 'signatureAlgorithm'>

/**
 * Makes a verifier that remembers its answers by subject certificate and issuer key.
 * @param options `subtle`: the platform's `crypto.subtle`; left out, or where it fails, plain TypeScript does the work
 */
export function createVerifier(options: { readonly subtle?: SubtleLike | undefined } = {}): SignatureVerifier {
  const known = new Map<string, Promise<SignatureStatus>>()
  return {
    verify(subject, issuer) {
      const key = `${subject.sha256}${issuer.publicKey.spkiSha256}`
      const found = known.get(key)
      if (found !== undefined) return found
      const status = endsInWholeByte(subject)
        ? checkSignature(subject, issuer.publicKey, options.subtle)
        : Promise.resolve<SignatureStatus>('invalid')
      const oldest = known.keys().next()
      if (known.size >= x509Limits.rememberedChecks && oldest.done !== true) known.delete(oldest.value)
      known.set(key, status)
      return status
    },
  }
}

/**
 * Is it signed with this key? The algorithm taken is the outer one; that it differs inside is not judged here.
 * @returns `invalid` also when the algorithm is not one of the key's; `unverified` when it is unknown or cannot be run.
 * Never rejects
 */
export async function checkSignature(signed: Signed, key: PublicKey, subtle?: SubtleLike): Promise<SignatureStatus> {
  const family = signatureAlgorithms[signed.signatureAlgorithm.oid]?.family
  if (family === undefined || key.algorithm === 'unknown') return 'unverified'
  if (!fitting[family].includes(key.algorithm) || !isFit(signed.signatureAlgorithm.oid, key)) return 'invalid'
  const status = subtle === undefined ? undefined : await checkBySubtle(signed, key, subtle)
  if (status !== undefined) return status
  return family === 'ML-DSA' || family === 'SLH-DSA' ? checkPostQuantum(signed, key) : checkPlainly(signed, key)
}

/**
 * Do the two identifiers leave a chance? As OpenSSL judges: keys of EdDSA, ML-DSA and SLH-DSA have no parameters
 * (RFC 8410, RFC 9881, RFC 9909), and those of the last two name the very parameter set of the signature. Parameters of
 * signatures are not looked at, except by RSASSA-PSS.
 */
function isFit(signature: Oid, key: PublicKey): boolean {
  if (!bareKeys.has(key.algorithm)) return true
  try {
    if (keyAlgorithm(key.spki).hasParameters) return false
    return key.algorithm.startsWith('Ed') || signature === key.algorithmOid
  } catch {
    return false
  }
}

const bareKeys: ReadonlySet<KeyAlgorithm> = new Set(['Ed25519', 'Ed448', 'ML-DSA', 'SLH-DSA'])

/** Unused bits are no part of any signature; OpenSSL refuses them (ASN1_R_INVALID_BIT_STRING_BITS_LEFT). */
function endsInWholeByte({ der, ranges }: Certificate): boolean {
  return readBits(readNode(der, ranges.signature.start, ranges.signature.end), 'The signature').unused === 0
}

/** Key algorithms with which each family of signatures can be made (RFC 4055 section 1.2 for the two of RSA). */
const fitting: Readonly<Record<(typeof signatureAlgorithms)[string]['family'], readonly KeyAlgorithm[]>> = {
  RSA: ['RSA'],
  'RSA-PSS': ['RSA', 'RSA-PSS'],
  ECDSA: ['EC'],
  DSA: ['DSA'],
  Ed25519: ['Ed25519'],
  Ed448: ['Ed448'],
  'ML-DSA': ['ML-DSA'],
  'SLH-DSA': ['SLH-DSA'],
}
