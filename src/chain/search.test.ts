import { describe, expect, it } from 'vitest'
import type { Certificate } from '../x509/model.ts'
import { algorithm, fake, fakeCa, fakeVerifier, keyIds } from './testing/fake.ts'
import { build, codes, int, leaf, root } from './testing/scene.ts'

describe('buildPaths', () => {
  it('finds the chain to a built-in root whatever order it was served in', async () => {
    const { paths, budgetExhausted, exhausted } = await build(leaf, { served: [root, leaf, int], roots: [root] })
    expect(paths).toHaveLength(1)
    expect(paths[0]).toMatchObject({ certificates: [leaf, int, root], anchored: true, valid: true, problems: [] })
    expect(paths[0]?.sources).toEqual(['served', 'served', 'served'])
    expect(paths[0]?.signatures).toEqual(['valid', 'valid', 'valid'])
    expect(budgetExhausted).toBe(false)
    expect(exhausted).toEqual([])
  })

  it('reports the missing issuer by name when the intermediate was left out', async () => {
    const { paths } = await build(leaf, { served: [leaf], roots: [root] })
    expect(paths).toHaveLength(1)
    expect(paths[0]).toMatchObject({ certificates: [leaf], anchored: false, valid: false })
    expect(paths[0]?.problems).toMatchObject([{ code: 'issuer-not-found', index: 0, expected: 'Int' }])
  })

  it('reports a self-signed root that nobody trusts', async () => {
    const { paths } = await build(leaf, { served: [leaf, int, root] })
    expect(codes(paths[0])).toEqual(['fatal untrusted-root'])
    expect(paths[0]?.problems[0]).toMatchObject({ index: 2, certificate: root.sha256 })
  })

  it('puts the path to a trusted root before the cross-signed way to an unknown one', async () => {
    const cross = fakeCa({ subject: 'Root', issuer: 'Older root' })
    const { paths } = await build(leaf, { served: [leaf, int, cross], roots: [root] })
    expect(paths.map((path) => path.certificates)).toEqual([
      [leaf, int, root],
      [leaf, int, cross],
    ])
    expect(paths.map((path) => path.valid)).toEqual([true, true])
  })

  it('follows a cross-sign on to a second trusted root, and judges that path by its own dates', async () => {
    const cross = fakeCa({ subject: 'Root', issuer: 'Older root' })
    const older = fakeCa({ subject: 'Older root', to: -1 })
    const { paths } = await build(leaf, { served: [leaf, int, cross], roots: [root, older] })
    expect(paths.map((path) => [path.certificates.at(-1), path.valid])).toEqual([
      [root, true],
      [cross, true],
      [older, false],
    ])
    expect(codes(paths[2])).toEqual(['fatal expired'])
  })

  it('ends at an imported intermediate, and still finds the imported root above it', async () => {
    const { paths } = await build(leaf, { served: [leaf], imported: [int, root] })
    expect(paths.map((path) => path.certificates)).toEqual([
      [leaf, int],
      [leaf, int, root],
    ])
    expect(paths.every((path) => path.valid)).toBe(true)
  })

  it('takes a leaf for trusted only when this very certificate is', async () => {
    const own = fake({ subject: 'own' })
    const renewed = fake({ subject: 'own', copy: 1 })
    expect((await build(own, { imported: [own] })).paths[0]).toMatchObject({ anchored: true, valid: true })
    const { paths } = await build(renewed, { imported: [own] })
    expect(codes(paths[0])).toEqual(['fatal untrusted-root'])
  })

  it('keeps the path over a bad signature, on to the root, when nobody else signed', async () => {
    const tampered = fake({ subject: 'leaf', issuer: 'Int', signedBy: 'nobody', ...keyIds('leaf', 'Int') })
    const { paths } = await build(tampered, { served: [fakeCa({ ...facts(int), ...keyIds('Int') })], roots: [root] })
    expect(paths).toHaveLength(1)
    expect(paths[0]).toMatchObject({ anchored: true, valid: false, signatures: ['invalid', 'valid', 'valid'] })
    expect(codes(paths[0])).toEqual(['fatal signature-invalid'])
    expect(paths[0]?.problems[0]?.message).toContain('key identifiers agree')
  })

  it('follows the namesake that signed and says nothing of the one that did not', async () => {
    const namesake = fakeCa({ subject: 'Int', issuer: 'Root', key: 'other' })
    const { paths } = await build(leaf, { served: [namesake, int], roots: [root] })
    expect(paths.map((path) => path.certificates)).toEqual([[leaf, int, root]])
    expect(paths[0]?.problems).toEqual([])
  })

  it('notes a namesake with another key instead of a bad signature when the issuer is missing', async () => {
    const keyed = fake({ subject: 'leaf', issuer: 'Int', ...keyIds('leaf', 'Int') })
    const namesake = fakeCa({ subject: 'Int', issuer: 'Root', key: 'other', ...keyIds('other') })
    const { paths } = await build(keyed, { served: [namesake], roots: [root] })
    expect(paths[0]?.certificates).toEqual([keyed])
    expect(codes(paths[0])).toEqual(['fatal issuer-not-found', 'note key-id-mismatch'])
    expect(paths[0]?.problems[1]).toMatchObject({ actual: 'key other', expected: 'key Int' })
  })

  it('goes by the signature when the key identifier points elsewhere, with a note', async () => {
    const keyed = fake({ subject: 'leaf', issuer: 'Int', ...keyIds('leaf', 'stale') })
    const issuer = fakeCa({ subject: 'Int', issuer: 'Root', ...keyIds('Int') })
    const { paths } = await build(keyed, { served: [issuer], roots: [root] })
    expect(paths[0]).toMatchObject({ valid: true, certificates: [keyed, issuer, root] })
    expect(codes(paths[0])).toEqual(['note key-id-mismatch'])
  })

  it('follows an unverified signature without ever calling the path valid', async () => {
    const odd = fakeCa({ ...facts(int), signatureAlgorithm: algorithm('odd') })
    const { paths } = await build(leaf, { served: [odd], roots: [root], verifier: fakeVerifier(['odd']) })
    expect(paths[0]).toMatchObject({ anchored: true, valid: false, signatures: ['valid', 'unverified', 'valid'] })
    expect(codes(paths[0])).toEqual(['fatal signature-unverified'])
  })

  it('tells a self-issued certificate whose own signature is broken', async () => {
    const broken = fake({ subject: 'own', signedBy: 'nobody' })
    const { paths } = await build(broken, {})
    expect(codes(paths[0])).toEqual(['fatal untrusted-root', 'fatal signature-invalid'])
  })

  it('chains a self-issued key rollover to the older key', async () => {
    const rollover = fakeCa({ subject: 'Root', key: 'new', signedBy: 'Root' })
    const fresh = fake({ subject: 'leaf', issuer: 'Root', signedBy: 'new' })
    const { paths } = await build(fresh, { served: [rollover], roots: [root] })
    expect(paths[0]).toMatchObject({ certificates: [fresh, rollover, root], valid: true })
  })

  it('prefers the in-date one of two certificates of the same issuer', async () => {
    const stale = fakeCa({ ...facts(int), to: -2 })
    const { paths } = await build(leaf, { served: [stale, int], roots: [root] })
    expect(paths.map((path) => path.valid)).toEqual([true, false])
    expect(paths[0]?.certificates[1]).toBe(int)
    expect(codes(paths[1])).toEqual(['fatal expired'])
  })
})

/** The names of a fake, to make another of the same CA. */
function facts(certificate: Certificate): { subject: string; issuer: string } {
  const text = (name: Certificate['subject']) => name.rdns.flat()[0]?.value ?? ''
  return { subject: text(certificate.subject), issuer: text(certificate.issuer) }
}
