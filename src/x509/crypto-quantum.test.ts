/** ML-DSA and SLH-DSA in certificates that are written by hand around signatures of the library itself. */
import { createHash } from 'node:crypto'
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { slh_dsa_sha2_128f, slh_dsa_sha2_256f, slh_dsa_shake_128f } from '@noble/post-quantum/slh-dsa.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Key, type Made, make } from '../chain/scenarios/make/certificate.ts'
import { bits, join, none, oid, type Part, sequence } from '../chain/scenarios/make/der.ts'
import { signatureAlgorithms } from '../standards/oids.ts'
import { checkSignature, createVerifier } from './crypto.ts'
import { loadParameterSet } from './crypto-quantum.ts'
import { decodeCertificate } from './decode.ts'
import type { Certificate } from './model.ts'

const arc = '2.16.840.1.101.3.4.3'

type Library = typeof ml_dsa44 | typeof slh_dsa_sha2_128f

/** A key of a seed that is the same each time; `parameters` stand beside its identifier where RFC 9881 has none. */
function keyOf(set: Library, number: number, facts: { seed?: number; parameters?: Part; signing?: Part } = {}): Key {
  const { seed = number, parameters = [], signing = [] } = facts
  const { publicKey, secretKey } = set.keygen(new Uint8Array(set.lengths.seed ?? 0).fill(seed))
  const type = oid(`${arc}.${number}`)
  return {
    spki: sequence(sequence(type, parameters), bits(publicKey)),
    id: createHash('sha1').update(publicKey).digest(),
    algorithm: sequence(type, signing),
    sign: (message) => set.sign(message, secretKey),
  }
}

function decoded(der: Uint8Array): Certificate {
  const result = decodeCertificate(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const ca = (key: Key): Made => make({ subject: 'CN=Root', key, kind: 'ca' })
const changed = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = join(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const sets: readonly (readonly [name: string, set: Library, number: number])[] = [
  ['ML-DSA-44', ml_dsa44, 17],
  ['ML-DSA-65', ml_dsa65, 18],
  ['ML-DSA-87', ml_dsa87, 19],
  ['SLH-DSA-SHA2-128f', slh_dsa_sha2_128f, 21],
  ['SLH-DSA-SHA2-256f', slh_dsa_sha2_256f, 25],
  ['SLH-DSA-SHAKE-128f', slh_dsa_shake_128f, 27],
]

describe.each(sets)('%s', (name, set, number) => {
  const root = ca(keyOf(set, number))
  const leaf = decoded(make({ subject: 'CN=Leaf', key: keyOf(ml_dsa44, 17, { seed: 9 }), by: root }).der)
  const issuer = decoded(root.der)
  const key = issuer.publicKey

  it('signs certificates that verify, with WebCrypto and without', async () => {
    expect(leaf.signatureAlgorithm.name).toBe(name)
    expect(name.startsWith(key.algorithm)).toBe(true)
    expect(leaf.problems).toEqual([])
    expect(await createVerifier().verify(leaf, issuer)).toBe('valid')
    expect(await createVerifier().verify(issuer, issuer)).toBe('valid')
    expect(await createVerifier({ subtle: crypto.subtle }).verify(leaf, issuer)).toBe('valid')
  })

  it('refuses what was changed, cut or signed with another key', async () => {
    const { tbs, signature } = leaf
    expect(await checkSignature({ ...leaf, tbs: changed(tbs, tbs.length - 1) }, key)).toBe('invalid')
    for (const at of [0, Math.floor(signature.length / 2), signature.length - 1])
      expect(await checkSignature({ ...leaf, signature: changed(signature, at) }, key)).toBe('invalid')
    expect(await checkSignature({ ...leaf, signature: signature.subarray(1) }, key)).toBe('invalid')
    expect(await checkSignature({ ...leaf, signature: new Uint8Array() }, key)).toBe('invalid')
    expect(await checkSignature(leaf, leaf.publicKey)).toBe('invalid')
    const otherKey = { ...key, spki: changed(key.spki, key.spki.length - 1) }
    expect(await checkSignature(leaf, otherKey)).toBe('invalid')
    expect(await checkSignature(leaf, { ...key, spki: key.spki.subarray(0, 20) })).toBe('invalid')
  })
})

describe('identifiers of post-quantum keys and signatures', () => {
  it('must name one parameter set', async () => {
    const foreign = sequence(oid(`${arc}.18`))
    const mixed = decoded(ca({ ...keyOf(ml_dsa44, 17), algorithm: foreign }).der)
    expect(await createVerifier().verify(mixed, mixed)).toBe('invalid')
    const { spki, ...rest } = keyOf(ml_dsa44, 17)
    const renamed = sequence(foreign, join(spki).subarray(17))
    const relabelled = decoded(ca({ ...rest, spki: renamed, algorithm: foreign }).der)
    expect(relabelled.publicKey.algorithm).toBe('ML-DSA')
    expect(await createVerifier().verify(relabelled, relabelled)).toBe('invalid')
  })

  it('may have parameters in a signature, as OpenSSL judges, and not in a key', async () => {
    const signed = decoded(ca(keyOf(ml_dsa44, 17, { signing: none })).der)
    expect(await createVerifier().verify(signed, signed)).toBe('valid')
    expect(signed.problems[0]).toMatch(/^The parameters of the signature algorithm are there, and ML-DSA has none \(at/)
    const keyed = decoded(ca(keyOf(ml_dsa44, 17, { parameters: none })).der)
    expect(await createVerifier().verify(keyed, keyed)).toBe('invalid')
    expect(keyed.problems[0]).toMatch(/^The public key has parameters, and ML-DSA has none \(at byte \d+\)$/)
  })

  it('stand for the sets that FIPS 204 table 2 and FIPS 205 table 2 describe', async () => {
    const sizes = [
      [1312, 2420],
      [1952, 3309],
      [2592, 4627],
      ...[0, 1].flatMap(() => [
        [32, 7856],
        [32, 17088],
        [48, 16224],
        [48, 35664],
        [64, 29792],
        [64, 49856],
      ]),
    ]
    const known = Object.entries(signatureAlgorithms).filter(([, { family }]) => /^(?:ML|SLH)-DSA$/.test(family))
    const found = await Promise.all(known.map(async ([id]) => (await loadParameterSet(id))?.lengths))
    expect(found.map((lengths) => [lengths?.publicKey, lengths?.signature])).toEqual(sizes)
    expect(known.map(([id]) => id)).toEqual(sizes.map((_, index) => `${arc}.${17 + index}`))
    expect(await loadParameterSet('2.16.840.1.101.3.4.3.32')).toBeUndefined()
    expect(await loadParameterSet('1.2.17')).toBeUndefined()
  })

  it('of the pre-hash and composite kinds are named and not verified', async () => {
    for (const [id, text] of [
      [`${arc}.32`, 'id-hash-ml-dsa-44-with-sha512'],
      ['1.3.6.1.5.5.7.6.45', 'id-MLDSA65-ECDSA-P256-SHA512'],
    ] as const) {
      const made = decoded(ca({ ...keyOf(ml_dsa44, 17), algorithm: sequence(oid(id)) }).der)
      expect(made.signatureAlgorithm.name).toBe(text)
      expect(await createVerifier().verify(made, made)).toBe('unverified')
    }
  })
})

describe('a library that cannot be loaded', () => {
  afterEach(() => {
    vi.doUnmock('@noble/post-quantum/ml-dsa.js')
    vi.resetModules()
  })

  it('leaves signatures unverified', async () => {
    vi.resetModules()
    vi.doMock('@noble/post-quantum/ml-dsa.js', () => {
      throw new Error('no such chunk')
    })
    const { createVerifier: fresh } = await import('./crypto.ts')
    const root = decoded(ca(keyOf(ml_dsa44, 17)).der)
    expect(await fresh().verify(root, root)).toBe('unverified')
  })
})
