/** Signatures by their parameters: certificates written by hand around signatures of Node's crypto. */
import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithms, type Key, make } from '../chain/scenarios/make/certificate.ts'
import { bits, explicit, integer, join, none, oid, type Part, sequence } from '../chain/scenarios/make/der.ts'
import { checkSignature } from './crypto.ts'
import type { SubtleLike } from './crypto-subtle.ts'
import { decodeCertificate } from './decode.ts'
import type { Certificate, SignatureStatus } from './model.ts'

const subtle: SubtleLike = crypto.subtle
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }))

/** What both ways of checking say of a self-signed certificate; they must agree. */
async function judge(order: {
  readonly algorithm: Part
  readonly spki: Part
  readonly sign: (message: Uint8Array) => Part
}): Promise<SignatureStatus> {
  const { spki, algorithm } = order
  const key: Key = { spki, id: createHash('sha1').update(join(spki)).digest(), algorithm, sign: order.sign }
  const certificate = decoded(make({ subject: 'CN=x', key, kind: 'ca' }).der)
  const status = await checkSignature(certificate, certificate.publicKey)
  expect(await checkSignature(certificate, certificate.publicKey, subtle)).toBe(status)
  if (status === 'valid') {
    const tbs = new Uint8Array(certificate.tbs)
    tbs[tbs.length - 1] = (tbs.at(-1) ?? 0) ^ 1
    expect(await checkSignature({ ...certificate, tbs }, certificate.publicKey)).toBe('invalid')
  }
  return status
}

function decoded(der: Uint8Array): Certificate {
  const result = decodeCertificate(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const digests: Readonly<Record<string, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  'sha512-256': '2.16.840.1.101.3.4.2.6',
  'sha3-256': '2.16.840.1.101.3.4.2.8',
  shake128: '2.16.840.1.101.3.4.2.11',
}
const digest = (name: string) => sequence(oid(digests[name] ?? name), none)
const mask = (name: string, generator = '1.2.840.113549.1.1.8') => sequence(oid(generator), digest(name))
const pssOid = oid('1.2.840.113549.1.1.10')

/** RSASSA-PSS-params; what is left out is not written. */
function parameters(facts: { hash?: string; mask?: Part; salt?: Part; trailer?: Part; more?: Part }): Part {
  return sequence(
    facts.hash === undefined ? [] : explicit(0, digest(facts.hash)),
    facts.mask === undefined ? [] : explicit(1, facts.mask),
    facts.salt === undefined ? [] : explicit(2, facts.salt),
    facts.trailer === undefined ? [] : explicit(3, facts.trailer),
    facts.more ?? [],
  )
}
const usual = { hash: 'sha256', mask: mask('sha256'), salt: integer(32) }

describe('RSASSA-PSS parameters', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const spki = spkiOf(publicKey)
  const signing =
    (hash: string, saltLength: number): ((message: Uint8Array) => Part) =>
    (message) =>
      sign(hash, message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })
  const judgeWith = (written: Part, hash = 'sha256', saltLength = 32, key: Part = spki) =>
    judge({ algorithm: sequence(pssOid, written), spki: key, sign: signing(hash, saltLength) })

  it('name any digest and salt', async () => {
    expect(await judgeWith(parameters(usual))).toBe('valid')
    expect(await judgeWith(parameters({ ...usual, salt: integer(0) }), 'sha256', 0)).toBe('valid')
    expect(await judgeWith(parameters({}), 'sha1', 20)).toBe('valid')
    for (const hash of ['sha3-256', 'sha512-256'])
      expect(await judgeWith(parameters({ hash, mask: mask(hash), salt: integer(32) }), hash)).toBe('valid')
  })

  it('are read when they state their defaults, which is noted', async () => {
    const written = parameters({ hash: 'sha1', mask: mask('sha1'), salt: integer(20), trailer: integer(1) })
    expect(await judgeWith(written, 'sha1', 20)).toBe('valid')
    const key: Key = { spki, id: [1], algorithm: sequence(pssOid, written), sign: signing('sha1', 20) }
    const { problems } = decoded(make({ subject: 'CN=x', key }).der)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/states its default, which DER leaves out \(at byte \d+, \d+, \d+ and 1 more\)$/)
  })

  it('must be the ones that the signature was made with', async () => {
    expect(await judgeWith(parameters({ ...usual, salt: integer(20) }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, salt: integer(33) }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, salt: integer(0) }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, mask: mask('sha1') }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, hash: 'sha1' }))).toBe('invalid')
  })

  it('cannot be absent, malformed or of another trailer', async () => {
    expect(await judge({ algorithm: sequence(pssOid), spki, sign: signing('sha256', 32) })).toBe('invalid')
    expect(await judgeWith(none)).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, trailer: integer(2) }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, salt: integer([0xff]) }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, salt: integer([0, 32]) }))).toBe('invalid')
    expect(await judgeWith(parameters({ ...usual, more: explicit(0, digest('sha256')) }))).toBe('invalid')
  })

  it('leave a signature unverified where they name what is not known', async () => {
    expect(await judgeWith(parameters({ ...usual, hash: 'shake128' }))).toBe('unverified')
    expect(await judgeWith(parameters({ ...usual, mask: mask('sha256', '1.2.3') }))).toBe('unverified')
  })

  it('of a key are the least that a signature must have', async () => {
    const restricted = (own: Part) => sequence(sequence(pssOid, own), join(spki).subarray(24 - 5))
    expect([...restricted([]).subarray(-5)]).toEqual([...spki.subarray(-5)])
    const judgeKey = (own: Part) => judgeWith(parameters(usual), 'sha256', 32, restricted(own))
    expect(await judgeKey([])).toBe('valid')
    expect(await judgeKey(parameters(usual))).toBe('valid')
    expect(await judgeKey(parameters({ ...usual, salt: integer(20) }))).toBe('valid')
    expect(await judgeKey(parameters({ ...usual, salt: integer(33) }))).toBe('invalid')
    expect(await judgeKey(parameters({ ...usual, mask: mask('sha1') }))).toBe('invalid')
    expect(await judgeKey(parameters({}))).toBe('invalid')
    expect(await judgeKey(none)).toBe('invalid')
    expect(await judgeKey(parameters({ ...usual, hash: 'shake128' }))).toBe('unverified')
  })
})

describe('parameters of other algorithms', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ed = generateKeyPairSync('ed25519')

  it('are not looked at for RSA and ECDSA, as OpenSSL does, but noted', async () => {
    const orders = {
      'the NULL of RSA is missing': [rsa, sequence(oid('1.2.840.113549.1.1.11'))],
      'ECDSA has a NULL': [ec, sequence(oid('1.2.840.10045.4.3.2'), none)],
    } as const
    for (const [{ publicKey, privateKey }, algorithm] of Object.values(orders)) {
      const order = {
        algorithm,
        spki: spkiOf(publicKey),
        sign: (message: Uint8Array) => sign('sha256', message, privateKey),
      }
      expect(await judge(order)).toBe('valid')
      const { problems } = decoded(make({ subject: 'CN=x', key: { ...order, id: [1] } }).der)
      expect(problems[0]).toMatch(/^The parameters of the signature algorithm are .* \(at byte \d+\)$/)
    }
  })

  it('are not looked at in EdDSA signatures either, but not allowed in keys', async () => {
    const edSign = (message: Uint8Array) => sign(null, message, ed.privateKey)
    const spki = spkiOf(ed.publicKey)
    expect(await judge({ algorithm: algorithms.Ed25519, spki, sign: edSign })).toBe('valid')
    const withNull = sequence(oid('1.3.101.112'), none)
    expect(await judge({ algorithm: withNull, spki, sign: edSign })).toBe('valid')
    const keyWithNull = sequence(withNull, bits(spki.subarray(-32)))
    expect(await judge({ algorithm: algorithms.Ed25519, spki: keyWithNull, sign: edSign })).toBe('invalid')
  })

  it('may name an algorithm that is known but not verified', async () => {
    const { publicKey, privateKey } = ec
    const algorithm = sequence(oid('1.3.6.1.5.5.7.6.40'))
    const order = {
      algorithm,
      spki: spkiOf(publicKey),
      sign: (message: Uint8Array) => sign('sha256', message, privateKey),
    }
    expect(await judge(order)).toBe('unverified')
    const { signatureAlgorithm } = decoded(make({ subject: 'CN=x', key: { ...order, id: [1] } }).der)
    expect(signatureAlgorithm).toMatchObject({ oid: '1.3.6.1.5.5.7.6.40', name: 'id-MLDSA44-ECDSA-P256-SHA256' })
  })
})

describe('DSA domain parameters', () => {
  it('of no size or of a subgroup that FIPS 186-4 does not have make every signature invalid', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 224 })
    const spki = spkiOf(publicKey)
    const dsaSign = (message: Uint8Array) => sign('sha256', message, privateKey)
    const algorithm = algorithms['dsa-with-SHA256']
    expect(await judge({ algorithm, spki, sign: dsaSign })).toBe('valid')
    const numbers = [0n, 1n, 2n, 7n, 1n << 2047n]
    for (const p of numbers)
      for (const q of numbers)
        for (const g of [0n, 1n, p]) {
          const odd = sequence(
            sequence(oid('1.2.840.10040.4.1'), sequence(integer(p), integer(q), integer(g))),
            bits(integer(g)),
          )
          expect(await judge({ algorithm, spki: odd, sign: dsaSign })).toBe('invalid')
        }
  })
})
