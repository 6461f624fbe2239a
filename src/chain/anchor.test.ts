import { describe, expect, it } from 'vitest'
import { oid } from '../core/brand.ts'
import type { Certificate } from '../x509/model.ts'
import { type AnchorCheck, nameAndKeyOnly, opensslAnchorChecks } from './anchor.ts'
import type { PathProblemCode } from './model.ts'
import { extension, type FakeFacts, fakeCa, generalName } from './testing/fake.ts'
import { build, codes, int, leaf } from './testing/scene.ts'

const root = (facts: Partial<FakeFacts>): Certificate => fakeCa({ subject: 'Root', ...facts })
const otherNames: Certificate['nameConstraints'] = {
  permitted: [{ base: generalName('DNS', 'other.example'), minimum: 0 }],
  excluded: [],
}

/** A root for each check that only this check has something against, and where the problem is told. */
const cases: readonly (readonly [AnchorCheck, Certificate, PathProblemCode, number])[] = [
  ['dates', root({ to: -1 }), 'expired', 2],
  ['dates', root({ from: 1 }), 'not-yet-valid', 2],
  ['basicConstraints', root({ basicConstraints: { ca: false } }), 'not-a-ca', 2],
  ['pathLength', root({ basicConstraints: { ca: true, pathLength: 0 } }), 'path-length-exceeded', 2],
  ['keyUsage', root({ keyUsage: ['cRLSign'] }), 'key-usage-no-cert-sign', 2],
  ['extendedKeyUsage', root({ extendedKeyUsage: [oid('1.3.6.1.5.5.7.3.2')] }), 'extended-key-usage', 2],
  ['nameConstraints', root({ nameConstraints: otherNames }), 'name-constraints', 0],
  ['criticalExtensions', root({ extensions: [extension('1.2.3.4', true)] }), 'unknown-critical-extension', 2],
]

const judge = async (anchor: Certificate, checks?: Parameters<typeof build>[1]['options']) => {
  const { paths } = await build(leaf, { served: [int], imported: [anchor], ...(checks ? { options: checks } : {}) })
  return paths[0]
}

describe('the checks of an anchor', () => {
  it.each(cases)('%s: refuses the root by default, as OpenSSL does', async (check, anchor, code, index) => {
    expect(opensslAnchorChecks[check]).toBe(true)
    for (const path of [await judge(anchor), await judge(anchor, { anchor: { [check]: true } })]) {
      expect(path?.valid).toBe(false)
      expect(path?.problems).toMatchObject([{ code, index, severity: 'fatal' }])
    }
  })

  it.each(cases)('%s: accepts the root with this check off, and with no other', async (check, anchor) => {
    const off = await judge(anchor, { anchor: { [check]: false } })
    expect([off?.valid, codes(off)]).toEqual([true, []])
    const others = await judge(anchor, { anchor: { ...nameAndKeyOnly, [check]: true } })
    expect(others?.valid).toBe(false)
  })

  it('names the anchor whose constraints are broken', async () => {
    const path = await judge(root({ nameConstraints: otherNames }))
    expect(path?.problems).toMatchObject([{ code: 'name-constraints', index: 0, by: 2 }])
  })

  it('are all off by the letter of RFC 5280', async () => {
    const odd = root({
      to: -1,
      keyUsage: ['cRLSign'],
      basicConstraints: { ca: true, pathLength: 0 },
      extendedKeyUsage: [oid('1.3.6.1.5.5.7.3.2')],
      nameConstraints: otherNames,
      extensions: [extension('1.2.3.4', true)],
    })
    expect((await judge(odd))?.problems).toHaveLength(6)
    expect(codes(await judge(odd, { anchor: nameAndKeyOnly }))).toEqual([])
  })

  it('are about anchors alone: an intermediate is judged in full', async () => {
    const old = fakeCa({ subject: 'Int', issuer: 'Root', to: -1, basicConstraints: { ca: true, pathLength: 0 } })
    const { paths } = await build(leaf, { served: [old], imported: [root({})], options: { anchor: nameAndKeyOnly } })
    expect(codes(paths[0])).toEqual(['fatal expired'])
    const untrusted = await build(leaf, { served: [int, root({ to: -1 })], options: { anchor: nameAndKeyOnly } })
    expect(codes(untrusted.paths[0])).toEqual(['fatal untrusted-root', 'fatal expired'])
  })

  it('leave a leaf alone that is an anchor itself', async () => {
    const own = { ...fakeCa({ subject: 'leaf', to: -1 }) }
    const { paths } = await build(own, { imported: [own], options: { anchor: nameAndKeyOnly } })
    expect(codes(paths[0])).toContain('fatal expired')
  })
})
