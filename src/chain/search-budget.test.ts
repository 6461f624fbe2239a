import { describe, expect, it } from 'vitest'
import { limits } from '../core/limits.ts'
import type { Certificate } from '../x509/model.ts'
import { fake, fakeCa, fakeVerifier, generalName, keyIds } from './testing/fake.ts'
import { build, codes, int, leaf, root } from './testing/scene.ts'

describe('buildPaths within its budgets', () => {
  it('stops at certificates that certify each other in a circle', async () => {
    const a = fakeCa({ subject: 'Int', issuer: 'B' })
    const b = fakeCa({ subject: 'B', issuer: 'Int' })
    const { paths, work, budgetExhausted } = await build(leaf, { served: [a, b] })
    expect(paths.map((path) => path.certificates)).toEqual([[leaf, a, b]])
    expect(paths[0]?.problems).toMatchObject([{ code: 'issuer-not-found', index: 2 }])
    expect(paths[0]?.problems[0]?.message).toContain('circle')
    expect(work.steps).toBeLessThan(10)
    expect(budgetExhausted).toBe(false)
  })

  it('checks one signature for 2,000 re-issues of one CA and keeps the best paths', async () => {
    const copies = Array.from({ length: 2000 }, (_, copy) => fakeCa({ subject: 'Int', issuer: 'Gone', copy }))
    const result = await build(leaf, { served: copies })
    expect(result.work.signatureChecks).toBe(1)
    expect(result.work.steps).toBe(2000)
    expect(result.paths).toHaveLength(limits.paths)
    expect(result.exhausted).toEqual(['paths'])
  })

  it('finds the valid path among 2,000 re-issues and then stops', async () => {
    const copies = Array.from({ length: 2000 }, (_, copy) => fakeCa({ subject: 'Int', issuer: 'Root', copy }))
    const result = await build(leaf, { served: copies, roots: [root] })
    expect(result.paths[0]?.valid).toBe(true)
    expect(result.work.steps).toBeLessThan(200)
    expect(result.exhausted).toEqual(['paths'])
  })

  it('spends no more than its signature checks on 2,000 namesakes', async () => {
    const namesakes = Array.from({ length: 2000 }, (_, copy) =>
      fakeCa({ subject: 'Int', issuer: 'Root', key: `k${copy}` }),
    )
    const verifier = fakeVerifier()
    const result = await build(leaf, { served: namesakes, roots: [root], verifier })
    expect(verifier.calls).toBeLessThanOrEqual(limits.signatureChecks)
    expect(result.exhausted).toContain('signatureChecks')
    expect(result.budgetExhausted).toBe(true)
    expect(result.paths.length).toBeGreaterThan(0)
  })

  it('finds the namesake that signed at once when a key identifier points at it', async () => {
    const keyed = fake({ subject: 'leaf', issuer: 'Int', signedBy: 'k1999', ...keyIds('leaf', 'k1999') })
    const namesakes = Array.from({ length: 2000 }, (_, copy) =>
      fakeCa({ subject: 'Int', issuer: 'Root', key: `k${copy}`, ...keyIds(`k${copy}`) }),
    )
    const result = await build(keyed, { served: namesakes, roots: [root] })
    expect(result.paths.map((path) => path.valid)).toEqual([true])
    expect(result.work.signatureChecks).toBeLessThan(5)
    expect(result.budgetExhausted).toBe(false)
  })

  it('ends in a mesh of 12 levels, fully cross-signed, that leads nowhere', async () => {
    const result = await build(meshLeaf, { served: mesh(12, 3) })
    expect(result.work.steps).toBeLessThanOrEqual(limits.searchSteps)
    expect(result.work.signatureChecks).toBeLessThanOrEqual(limits.signatureChecks)
    expect(result.exhausted).toContain('searchSteps')
    expect(result.paths).toHaveLength(limits.paths)
    expect(result.paths[0]?.certificates).toHaveLength(13)
  })

  it('finds the trusted root through the same mesh before the budget ends', async () => {
    const top = fakeCa({ subject: 'L12-0' })
    const result = await build(meshLeaf, { served: mesh(12, 3), roots: [top] })
    expect(result.paths[0]).toMatchObject({ valid: true })
    expect(result.paths[0]?.certificates.at(-1)).toBe(top)
    expect(result.work.steps).toBeLessThan(limits.searchSteps)
  })

  it('ends in a mesh whose every CA certifies every other', async () => {
    const names = ['Int', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']
    const clique = names.flatMap((subject) =>
      names.filter((issuer) => issuer !== subject).map((issuer) => fakeCa({ subject, issuer })),
    )
    const result = await build(leaf, { served: clique })
    expect(result.work.steps).toBeLessThanOrEqual(limits.searchSteps)
    expect(result.exhausted).toContain('searchSteps')
    expect(result.paths.length).toBeGreaterThan(0)
  })

  it('ends a path at the greatest length and says so', async () => {
    const line = Array.from({ length: 40 }, (_, at) => fakeCa({ subject: `L${at}`, issuer: `L${at + 1}` }))
    const start = fake({ subject: 'leaf', issuer: 'L0' })
    const result = await build(start, { served: line })
    expect(result.exhausted).toEqual(['pathLength'])
    expect(result.paths[0]?.certificates).toHaveLength(limits.pathLength)
    expect(codes(result.paths[0])).toEqual(['fatal search-limit'])
  })

  it('yields a path even when no step is allowed', async () => {
    const result = await build(leaf, { served: [int], roots: [root], options: { limits: { searchSteps: 0 } } })
    expect(result.paths.map((path) => path.certificates)).toEqual([[leaf]])
    expect(codes(result.paths[0])).toEqual(['fatal search-limit'])
    expect(result.exhausted).toEqual(['searchSteps'])
  })

  it('stops at its names under name constraints, says which are left, and makes no path valid', async () => {
    const permitted = [{ base: generalName('DNS', 'example'), minimum: 0 }]
    const narrow = fakeCa({ subject: 'Int', issuer: 'Root', nameConstraints: { permitted, excluded: [] } })
    const many = fake({
      subject: 'leaf',
      issuer: 'Int',
      dns: Array.from({ length: 50 }, (_, at) => `${at}.example`),
    })
    const scene = { served: [narrow], roots: [root] }
    const enough = await build(many, { ...scene, options: { limits: { nameChecks: 51 } } })
    expect(enough.paths[0]).toMatchObject({ valid: true })
    expect(enough.work.nameChecks).toBe(51)
    const short = await build(many, { ...scene, options: { limits: { nameChecks: 50 } } })
    expect(short.exhausted).toEqual(['nameChecks'])
    expect(codes(short.paths[0])).toEqual(['fatal search-limit'])
    expect(short.paths[0]?.problems[0]?.message).toBe(
      'Not all of the names of "leaf" were held against the name constraints of "Int": the limit is 50 names in one search.',
    )
  })

  it('pays once a search for names under the same constraints', async () => {
    const permitted = [{ base: generalName('DNS', 'example'), minimum: 0 }]
    const narrow = fakeCa({ subject: 'Int', issuer: 'Root', nameConstraints: { permitted, excluded: [] } })
    const roots = Array.from({ length: 20 }, (_, copy) => fakeCa({ subject: 'Root', copy }))
    const { work, paths } = await build(leaf, { served: [narrow], roots })
    expect(paths.length).toBe(20)
    expect(work.nameChecks).toBe(2)
  })
})

const meshLeaf = fake({ subject: 'leaf', issuer: 'L0-0' })

/** Every CA of a level is certified by every CA of the next. */
function mesh(levels: number, width: number): Certificate[] {
  const certificates: Certificate[] = []
  for (let level = 0; level < levels; level++) {
    for (let at = 0; at < width; at++) {
      for (let above = 0; above < width; above++) {
        certificates.push(fakeCa({ subject: `L${level}-${at}`, issuer: `L${level + 1}-${above}` }))
      }
    }
  }
  return certificates
}
