/** Random infrastructures, the same for every oracle: a seed makes a run repeatable. */
import fc from 'fast-check'
import { unixMs } from '../../core/brand.ts'
import { decodeCertificate } from '../../x509/decode.ts'
import type { Certificate } from '../../x509/model.ts'
import { algorithms, type Key } from '../scenarios/make/certificate.ts'
import { faultKinds, type Keys, longest, type Pki } from './pki.ts'

/** What a run takes: WEAKLINK_DIFFERENTIAL=20000 judges so many, WEAKLINK_SEED=7 others than usual. */
export const settingsOf = (environment: Readonly<Record<string, string | undefined>>) => ({
  count: Number(environment.WEAKLINK_DIFFERENTIAL ?? 2000),
  seed: Number(environment.WEAKLINK_SEED ?? 20300615),
})

/** The instant that all are judged at. */
export const at = unixMs(Date.UTC(2030, 5, 15, 12))

/** A certificate of ours, which the decoder must take. */
export function load(der: Uint8Array): Certificate {
  const result = decodeCertificate(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** A key pair, made outside: the engine has no means to make one. */
export interface KeyPair {
  readonly spki: Uint8Array
  sign(digest: 'sha1' | 'sha256', message: Uint8Array): Uint8Array
}

/** What makes keys. */
export interface KeyMaker {
  /** A new pair; `weak` is RSA with 1,024 bits, the others are P-256. */
  pair(weak: boolean): KeyPair
  sha1(bytes: Uint8Array): Uint8Array
}

/** Keys for one run. */
export function makeKeys({ pair, sha1 }: KeyMaker): Keys {
  const keyOf = ({ spki, sign }: KeyPair, digest: 'sha1' | 'sha256' = 'sha256'): Key => ({
    spki,
    // RFC 5280 section 4.2.1.2 (1); the point of a P-256 key is the last 65 octets.
    id: sha1(spki.subarray(-65)),
    algorithm: digest === 'sha1' ? algorithms['ecdsa-with-SHA1'] : algorithms['ecdsa-with-SHA256'],
    sign: (message) => sign(digest, message),
  })
  const cas = Array.from({ length: longest }, () => pair(false))
  return {
    leaf: keyOf(pair(false)),
    cas: cas.map((one) => keyOf(one)),
    sha1: cas.map((one) => keyOf(one, 'sha1')),
    other: keyOf(pair(false)),
    stranger: keyOf(pair(false)),
    weak: keyOf(pair(true)),
  }
}

const kind = fc.constantFrom(...faultKinds)
/** Infrastructures of all sorts. */
export const arbitraryPki: fc.Arbitrary<Pki> = fc.record({
  between: fc.integer({ min: 0, max: longest - 2 }),
  faults: fc.array(fc.record({ kind, at: fc.nat(longest - 1) }), { maxLength: 3 }),
  double: fc.option(
    fc.record({
      at: fc.nat(longest - 1),
      by: fc.constantFrom('other' as const, 'same' as const),
      faults: fc.array(kind, { maxLength: 1 }),
      first: fc.boolean(),
    }),
    { nil: undefined },
  ),
  trusted: fc.constantFrom('root' as const, 'root', 'root', 'both', 'both', 'other', 'none', 'namesake'),
  missing: fc.option(fc.nat(longest - 1), { nil: undefined, freq: 8 }),
  reversed: fc.boolean(),
})
