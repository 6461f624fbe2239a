import { describe, expect, it } from 'vitest'
import { oid } from '../core/brand.ts'
import type { Certificate } from '../x509/model.ts'
import type { FoundPath } from './checks/check.ts'
import type { BuildOptions } from './model.ts'
import { algorithm, besidesProfile, extension, fake, fakeCa, now } from './testing/fake.ts'
import { validatePath } from './validate.ts'

const serverAuth = oid('1.3.6.1.5.5.7.3.1')
const clientAuth = oid('1.3.6.1.5.5.7.3.2')
const anyUsage = oid('2.5.29.37.0')

const leaf = fake({ subject: 'leaf', issuer: 'Int', dns: ['leaf.example'] })
const int = fakeCa({ subject: 'Int', issuer: 'Root' })
const root = fakeCa({ subject: 'Root' })

function judge(
  certificates: readonly Certificate[],
  more: Partial<FoundPath> = {},
  options: Partial<BuildOptions> = {},
) {
  const signatures = certificates.map(() => 'valid' as const)
  const path: FoundPath = { certificates, signatures, end: 'anchor', namesakes: [], ...more }
  return validatePath(path, { at: now, purpose: 'server', ignore: besidesProfile, ...options })
}
const told = (...args: Parameters<typeof judge>) =>
  judge(...args).map(({ code, index, severity }) => `${index} ${severity} ${code}`)

describe('validatePath', () => {
  it('has nothing to say of a sound path', () => {
    expect(judge([leaf, int, root])).toEqual([])
  })

  it('tells every reason, leaf first and fatal ones first', () => {
    const bad = fake({ subject: 'leaf', issuer: 'Int', to: -1, extendedKeyUsage: [anyUsage], keyUsage: ['cRLSign'] })
    const noCa = fakeCa({
      subject: 'Int',
      issuer: 'Root',
      basicConstraints: { ca: false },
      keyUsage: ['digitalSignature'],
    })
    expect(told([bad, noCa, root])).toEqual([
      '0 fatal expired',
      '0 fatal key-usage-no-digital-signature',
      '0 note extended-key-usage',
      '1 fatal not-a-ca',
      '1 fatal key-usage-no-cert-sign',
    ])
  })

  it('names the certificate and the dates in the message', () => {
    const [problem] = judge([fake({ subject: 'shop', issuer: 'Int', to: -1 }), int, root])
    expect(problem).toMatchObject({ actual: '2030-06-14T00:00:00Z', expected: 'not before 2030-06-15T00:00:00Z' })
    expect(problem?.message).toBe('"shop" expired on 2030-06-14T00:00:00Z; it is judged at 2030-06-15T00:00:00Z.')
  })

  it('counts both ends of the validity period as valid, to the second', () => {
    const edge = fake({ subject: 'leaf', issuer: 'Int', from: 0, to: 0 })
    expect(told([edge, int, root], {}, { at: (now + 999) as typeof now })).toEqual([])
    expect(told([edge, int, root], {}, { at: (now + 1000) as typeof now })).toEqual(['0 fatal expired'])
    expect(told([edge, int, root], {}, { at: (now - 1) as typeof now })).toEqual(['0 fatal not-yet-valid'])
  })

  it('judges the dates of the anchor too', () => {
    const problems = judge([leaf, int, fakeCa({ subject: 'Root', to: -1 })])
    expect(problems).toMatchObject([{ code: 'expired', index: 2, severity: 'fatal' }])
    expect(problems[0]?.message).toMatch(/^The trust anchor "Root" expired/)
  })
})

describe('validatePath on issuers', () => {
  it('refuses a version 3 issuer without basic constraints', () => {
    const { basicConstraints: _, ...bare } = int
    expect(told([leaf, { ...bare, isCa: false }, root])).toEqual(['1 fatal not-a-ca'])
  })

  it('takes a version 1 self-issued anchor, but no version 1 intermediate', () => {
    const { basicConstraints: _, keyUsage: __, ...old } = root
    const { basicConstraints: ___, keyUsage: ____, ...oldInt } = int
    expect(told([leaf, int, { ...old, version: 1 }])).toEqual([])
    expect(told([leaf, { ...oldInt, version: 1 }, root])).toEqual(['1 fatal not-a-ca'])
  })

  it('only notes an anchor that has keyCertSign but no basic constraints', () => {
    const { basicConstraints: _, ...bare } = root
    expect(told([leaf, int, bare])).toEqual(['2 note not-a-ca'])
  })

  it('does not ask the leaf to be a CA', () => {
    expect(told([fake({ subject: 'own' })])).toEqual([])
  })

  it('counts the CA certificates below a path length, without self-issued ones and the leaf', () => {
    const limited = (pathLength: number) => fakeCa({ subject: 'Root', basicConstraints: { ca: true, pathLength } })
    // Its key identifiers tell it from the CA of the same name, or OpenSSL would take it for self-signed.
    const keyIds = { subjectKeyId: 'bb', authorityKeyId: { keyId: 'aa' } }
    const old = { ...int, subjectKeyId: 'aa' }
    const rollover = fakeCa({ subject: 'Int', key: 'new', signedBy: 'Int', ...keyIds })
    expect(told([leaf, int, limited(1)])).toEqual([])
    expect(told([leaf, rollover, old, limited(1)])).toEqual([])
    expect(told([leaf, limited(0)])).toEqual([])
    const problems = judge([leaf, int, limited(0)])
    expect(problems).toMatchObject([{ code: 'path-length-exceeded', index: 2, actual: '1', expected: 'at most 0' }])
  })

  it('nests extended key usage: every issuer that has one must include the purpose', () => {
    const narrow = fakeCa({ subject: 'Int', issuer: 'Root', extendedKeyUsage: [clientAuth] })
    const wide = fakeCa({ subject: 'Int', issuer: 'Root', extendedKeyUsage: [clientAuth, serverAuth] })
    expect(told([leaf, narrow, root])).toEqual(['1 fatal extended-key-usage'])
    expect(told([leaf, wide, root])).toEqual([])
    expect(told([leaf, narrow, root], {}, { purpose: 'client' })).toEqual([])
    expect(told([leaf, narrow, root], {}, { purpose: 'any' })).toEqual([])
  })

  it('takes server gated cryptography for server authentication', () => {
    const old = fakeCa({ subject: 'Int', issuer: 'Root', extendedKeyUsage: [oid('2.16.840.1.113730.4.1')] })
    expect(told([leaf, old, root])).toEqual([])
  })
})

describe('validatePath on the leaf', () => {
  const withUsage = (...keyUsage: NonNullable<Certificate['keyUsage']>) =>
    fake({ subject: 'leaf', issuer: 'Int', keyUsage })

  it('accepts a key usage with digitalSignature', () => {
    expect(told([withUsage('digitalSignature', 'keyEncipherment'), int, root])).toEqual([])
  })

  it('notes a key usage that allows the old RSA key exchange only', () => {
    expect(told([withUsage('keyEncipherment'), int, root])).toEqual(['0 note key-usage-no-digital-signature'])
  })

  it('refuses a key usage that fits no handshake', () => {
    expect(told([withUsage('keyCertSign'), int, root])).toEqual(['0 fatal key-usage-no-digital-signature'])
    expect(told([withUsage('keyEncipherment'), int, root], {}, { purpose: 'client' })).toEqual([
      '0 fatal key-usage-no-digital-signature',
    ])
    expect(told([withUsage('keyCertSign'), int, root], {}, { purpose: 'any' })).toEqual([])
  })

  it('refuses an extended key usage without the purpose', () => {
    const client = fake({ subject: 'leaf', issuer: 'Int', extendedKeyUsage: [clientAuth] })
    expect(judge([client, int, root])).toMatchObject([
      { code: 'extended-key-usage', severity: 'fatal', actual: clientAuth, expected: serverAuth },
    ])
  })
})

describe('validatePath on extensions', () => {
  const having = (...extensions: Certificate['extensions']) => fake({ subject: 'leaf', issuer: 'Int', extensions })

  it('refuses a critical extension that clients do not process, and only a critical one', () => {
    expect(told([having(extension('1.2.3.4', true)), int, root])).toEqual(['0 fatal unknown-critical-extension'])
    expect(told([having(extension('1.2.3.4', false)), int, root])).toEqual([])
    expect(told([having(extension('2.5.29.19', true)), int, root])).toEqual([])
  })

  it('refuses critical key identifiers, as OpenSSL does', () => {
    expect(told([having(extension('2.5.29.35', true)), int, root])).toEqual(['0 fatal unknown-critical-extension'])
  })

  it('refuses an extension that occurs twice', () => {
    const twice = having(extension('2.5.29.17', false), extension('1.2.3', false), extension('2.5.29.17', false))
    expect(judge([twice, int, root])).toMatchObject([{ code: 'duplicate-extension', actual: '2 times' }])
  })

  it('refuses what it cannot decode where clients rely on it', () => {
    expect(told([having(extension('2.5.29.30', false, 'no sequence')), int, root])).toEqual([
      '0 fatal malformed-extension',
    ])
    expect(told([having(extension('1.3.6.1.5.5.7.1.1', false, 'no sequence')), int, root])).toEqual([])
  })
})

describe('validatePath on the version', () => {
  it('refuses one that no standard defines', () => {
    const odd = fake({ subject: 'leaf', issuer: 'Int', version: 4 })
    expect(judge([odd, int, root])).toMatchObject([{ code: 'unsupported-version', actual: '4', index: 0 }])
  })
})

describe('validatePath with codes to ignore', () => {
  it('leaves out their problems and no others', () => {
    const old = fake({ subject: 'leaf', issuer: 'Int', to: -1, version: 4 })
    expect(told([old, int, root], {}, { ignore: new Set(['expired', 'profile']) })).toEqual([
      '0 fatal unsupported-version',
    ])
  })
})

describe('validatePath on strength', () => {
  const rsa = (bits: number, exponent = 65537): Certificate['publicKey'] => ({
    ...leaf.publicKey,
    algorithm: 'RSA',
    bits,
    exponent,
  })
  const sha1 = algorithm('sha1WithRSAEncryption', 'SHA-1')

  it('refuses small keys anywhere on the path', () => {
    expect(told([fake({ subject: 'leaf', issuer: 'Int', publicKey: rsa(1024) }), int, root])).toEqual([
      '0 fatal weak-key',
    ])
    expect(told([leaf, int, fakeCa({ subject: 'Root', publicKey: rsa(2047) })])).toEqual(['2 fatal weak-key'])
    expect(told([leaf, int, fakeCa({ subject: 'Root', publicKey: rsa(2048) })])).toEqual([])
    const small = { ...leaf.publicKey, bits: 192, curve: 'P-192' }
    expect(told([fake({ subject: 'leaf', issuer: 'Int', publicKey: small }), int, root])).toEqual(['0 fatal weak-key'])
  })

  it('refuses a curve that is spelt out, anywhere on the path', () => {
    const publicKey = { ...leaf.publicKey, curve: 'explicit' }
    expect(told([leaf, fakeCa({ subject: 'Int', issuer: 'Root', publicKey }), root])).toEqual([
      '1 fatal explicit-curve',
    ])
    expect(told([leaf, int, fakeCa({ subject: 'Root', publicKey })])).toEqual(['2 fatal explicit-curve'])
  })

  it('refuses the RSA exponent 1', () => {
    const [problem] = judge([fake({ subject: 'leaf', issuer: 'Int', publicKey: rsa(2048, 1) }), int, root])
    expect(problem).toMatchObject({ code: 'weak-key', actual: 'exponent 1' })
  })

  it('refuses SHA-1 signatures except on the self-signed end', () => {
    const old = fakeCa({ subject: 'Int', issuer: 'Root', signatureAlgorithm: sha1 })
    const oldRoot = fakeCa({ subject: 'Root', signatureAlgorithm: sha1 })
    expect(told([leaf, old, root])).toEqual(['1 fatal weak-digest'])
    expect(told([leaf, int, oldRoot])).toEqual([])
    expect(told([leaf, int, oldRoot], { end: 'self-signed' })).toEqual(['2 fatal untrusted-root'])
    expect(told([leaf, old], { end: 'no-issuer' })).toEqual(['1 fatal issuer-not-found', '1 fatal weak-digest'])
  })

  it('refuses two different algorithm fields, and only notes them on the anchor', () => {
    const mixed = { tbsSignatureAlgorithm: sha1 }
    expect(told([fake({ subject: 'leaf', issuer: 'Int', ...mixed }), int, root])).toEqual([
      '0 fatal algorithm-mismatch',
    ])
    expect(told([leaf, int, fakeCa({ subject: 'Root', ...mixed })])).toEqual(['2 note algorithm-mismatch'])
  })
})
