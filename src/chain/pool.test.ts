import { describe, expect, it } from 'vitest'
import { createPool } from './pool.ts'
import { fake, fakeCa, keyIds, now } from './testing/fake.ts'

const leaf = fake({ subject: 'leaf', issuer: 'CA', ...keyIds('leaf', 'CA') })
const names = (pool: ReturnType<typeof createPool>, certificate = leaf) =>
  pool.issuersOf(certificate, now).map(({ members }) => members.map((entry) => entry.certificate))

describe('pool', () => {
  it('holds each certificate once, with its best source, and remembers that it is an anchor', () => {
    const root = fakeCa({ subject: 'Root' })
    const pool = createPool()
    pool.add([root], 'imported-root')
    pool.add([root, root], 'served')
    pool.add([root], 'supplied')
    expect(pool.size).toBe(1)
    expect(pool.get(root.sha256)).toMatchObject({ source: 'served', trustedBy: 'imported-root' })
    expect(pool.anchorKind(root)).toBe('identity')
  })

  it('finds certificates by subject and by subject key identifier', () => {
    const ca = fakeCa({ subject: 'CA', ...keyIds('CA') })
    const pool = createPool()
    pool.add([ca], 'served')
    expect(pool.bySubject(ca.subject.key).map((entry) => entry.certificate)).toEqual([ca])
    expect(pool.bySubjectKeyId('KEY CA').map((entry) => entry.certificate)).toEqual([ca])
    expect(pool.bySubject('nobody')).toEqual([])
  })

  it('ranks issuers by key identifier, then by date, then anchors first', () => {
    const other = fakeCa({ subject: 'CA', key: 'other', ...keyIds('other') })
    const silent = fakeCa({
      subject: 'CA',
      key: 'silent',
      publicKey: { ...leaf.publicKey, spkiSha256: 's', keyId: 's' },
    })
    const stale = fakeCa({ subject: 'CA', to: -1, ...keyIds('CA') })
    const good = fakeCa({ subject: 'CA', ...keyIds('CA') })
    const anchor = fakeCa({ subject: 'CA', copy: 1, ...keyIds('CA') })
    const pool = createPool()
    pool.add([other, silent, stale, good], 'served')
    pool.add([anchor], 'imported-root')
    expect(names(pool)).toEqual([[anchor, good, stale], [silent], [other]])
  })

  it('takes a candidate without key identifier by the hash of its key', () => {
    const without = fakeCa({ subject: 'CA' })
    const other = fakeCa({ subject: 'CA', key: 'other', ...keyIds('other') })
    const pool = createPool()
    pool.add([other, without], 'served')
    expect(names(pool)).toEqual([[without], [other]])
  })

  it('never takes an issuer of another name, even when the root lookup offers one', () => {
    const stranger = fakeCa({ subject: 'Stranger', key: 'CA', ...keyIds('CA') })
    const pool = createPool(() => [stranger])
    expect(names(pool)).toEqual([])
  })

  it('knows a re-issued anchor by subject and key', () => {
    const root = fakeCa({ subject: 'Root' })
    const cross = fakeCa({ subject: 'Root', issuer: 'Old root' })
    const pool = createPool((certificate) => (certificate.issuer.key === root.subject.key ? [root] : []))
    pool.add([cross], 'served')
    expect(pool.anchorKind(cross)).toBeUndefined()
    pool.issuersOf(fake({ subject: 'leaf', issuer: 'Root' }), now)
    expect(pool.anchorKind(cross)).toBe('key')
    expect(pool.anchorKind(fakeCa({ subject: 'Root', key: 'another' }))).toBeUndefined()
  })
})
