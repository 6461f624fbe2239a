import { describe, expect, it } from 'vitest'
import { distrusts, inOldAndroid, isKnownRoot, javaAdditions, oldAndroids } from './milestones.ts'
import { knownRoots } from './public-cas.ts'
import { builtInRoots, rootBySha256 } from './roots.ts'

const isrgX1 = rootBySha256('96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6')

describe('milestones', () => {
  it('name keys in full and a day that can be read', () => {
    for (const { roots, until, source } of distrusts) {
      for (const key of roots) expect(key).toMatch(/^[0-9a-f]{16}$/)
      expect(Number.isNaN(Date.parse(until))).toBe(false)
      expect(source).not.toBe('')
    }
    for (const { key } of javaAdditions) expect(key).toMatch(/^[0-9a-f]{16}$/)
  })

  it('name keys of roots that the tables know', () => {
    const known = new Set(knownRoots().map(({ spkiSha256 }) => spkiSha256))
    for (const { key, root } of javaAdditions) expect(known.has(key), root).toBe(true)
    const current = distrusts.filter(({ ca }) => ca !== 'Symantec').flatMap(({ roots }) => roots)
    expect(current.filter((key) => !known.has(key))).toEqual([])
  })
})

describe('old Android versions', () => {
  it('have ISRG Root X1 from 7.1.1 on', () => {
    const key = isrgX1?.publicKey.spkiSha256 ?? ''
    expect(oldAndroids.filter((version) => inOldAndroid(key, version))).toEqual(['7.1.1', '10', '14'])
  })

  it('have as many roots as their lists, of those that are built in here', () => {
    const held = (version: (typeof oldAndroids)[number]) =>
      builtInRoots().filter(({ publicKey }) => inOldAndroid(publicKey.spkiSha256, version)).length
    expect(held('14')).toBeGreaterThan(held('7.0'))
    expect(held('7.0')).toBeGreaterThan(50)
  })

  it('do not hold a key of nobody', () => {
    expect(inOldAndroid('00'.repeat(32), '10')).toBe(false)
  })
})

describe('isKnownRoot', () => {
  it('goes by key and name', () => {
    if (isrgX1 === undefined) throw new Error('ISRG Root X1 is not built in')
    expect(isKnownRoot(isrgX1)).toBe(true)
    expect(isKnownRoot({ ...isrgX1, publicKey: { ...isrgX1.publicKey, spkiSha256: '00'.repeat(32) } })).toBe(false)
  })
})
