import { describe, expect, it } from 'vitest'
import type { KeyAlgorithm, PublicKey } from '../x509/model.ts'
import { keyFits } from './client-algorithms.ts'
import { certificateOf } from './testing/helpers/capture.ts'

const key = (algorithm: KeyAlgorithm, curve?: string): PublicKey => {
  const { curve: _, ...rest } = certificateOf('client').publicKey
  return { ...rest, algorithm, ...(curve === undefined ? {} : { curve }) }
}

describe('the algorithms that a server asks for', () => {
  it.each([
    ['RSA', ['RSA-PSS+SHA256'], true],
    ['RSA', ['rsa_pss_rsae_sha256'], true],
    ['RSA', ['RSA sign', 'DSA sign'], true],
    ['RSA', ['SHA256withRSA'], true],
    ['RSA', ['rsa_pss_pss_sha256', 'ECDSA+SHA256'], false],
    ['RSA-PSS', ['rsa_pss_pss_sha256'], true],
    ['EC', ['ECDSA sign'], true],
    ['EC', ['RSA+SHA256', 'RSA-PSS+SHA256', 'rsa_pss_rsae_sha512'], false],
    ['Ed25519', ['ed25519', 'ECDSA+SHA256'], true],
    ['Ed25519', ['ECDSA+SHA256'], false],
    ['DSA', ['RSA+SHA256'], false],
  ] as const)('a key of %s for %j: %s', (algorithm, asked, fits) => {
    expect(keyFits(key(algorithm), asked)).toBe(fits)
  })

  it('minds the curve where the name has one', () => {
    expect(keyFits(key('EC', 'P-384'), ['ecdsa_secp256r1_sha256'])).toBe(false)
    expect(keyFits(key('EC', 'P-384'), ['ecdsa_secp256r1_sha256', 'ECDSA-SECP384R1-SHA384'])).toBe(true)
    expect(keyFits(key('EC', 'P-384'), ['ECDSA+SHA256'])).toBe(true)
  })

  it('does not know what it does not know', () => {
    expect(keyFits(key('EC'), ['0x09,0x05'])).toBeUndefined()
    expect(keyFits(key('EC'), [])).toBeUndefined()
    expect(keyFits(key('unknown'), ['RSA+SHA256'])).toBeUndefined()
  })
})
