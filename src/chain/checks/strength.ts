/** Keys and digests that clients refuse: data in `standards/policy.ts`. */
import { keyFloors, rsaLeastExponent, weakDigests } from '../../standards/policy.ts'
import { workingKeys } from '../working-keys.ts'
import { type Check, called, isAnchorOf, isSelfSignedEnd, problem } from './check.ts'

/** Keys below the floor of their kind, anchors included (OpenSSL, `check_key_level`). */
export const checkKeys: Check = (path) => {
  const keys = workingKeys(path.certificates)
  return path.certificates.flatMap((certificate, index) => {
    const { algorithm, bits, exponent } = keys[index] ?? certificate.publicKey
    const floor = algorithm in keyFloors ? keyFloors[algorithm as keyof typeof keyFloors] : undefined
    if (floor === undefined) return []
    const found = []
    if (bits !== undefined && bits < floor.bits) {
      const actual = `${algorithm} ${bits}`
      const message = `The key of ${called(certificate)} is ${actual}; at least ${floor.bits} bits are needed for ${floor.source}.`
      found.push(problem(path, index, 'weak-key', message, { actual, expected: `at least ${floor.bits} bits` }))
    }
    if (exponent !== undefined && exponent < rsaLeastExponent) {
      const message = `The RSA key of ${called(certificate)} has the public exponent ${exponent}, with which anyone can sign.`
      const expected = `at least ${rsaLeastExponent}`
      found.push(problem(path, index, 'weak-key', message, { actual: `exponent ${exponent}`, expected }))
    }
    return found
  })
}

/**
 * Elliptic-curve keys that spell out their curve: RFC 5480 section 2.1.1 forbids it. OpenSSL refuses them wherever they
 * are in a chain of more than one certificate (`check_curve`); Go and browsers do not read them at all.
 */
export const checkCurves: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    if (certificate.publicKey.curve !== 'explicit') return []
    const message = `The key of ${called(certificate)} spells out the parameters of its elliptic curve in place of the curve's name, which TLS clients refuse.`
    return [
      problem(path, index, 'explicit-curve', message, { actual: 'explicit parameters', expected: 'a named curve' }),
    ]
  })

/** Signatures made with a broken digest, except on a last certificate that is an anchor or self-signed. */
export const checkDigests: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const { hash, name } = certificate.signatureAlgorithm
    const weak = hash === undefined ? undefined : weakDigests[hash]
    if (weak === undefined || isAnchorOf(path, index) || isSelfSignedEnd(path, index)) return []
    const message = `${called(certificate)} is signed with ${hash} (${name}), which ${weak.source} refuse.`
    return [problem(path, index, 'weak-digest', message, { actual: name, expected: 'SHA-256 or better' })]
  })
