import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { parseNameText } from '../x509/name.ts'
import { mozillaRootLines, mozillaRootsInfo } from './data/mozilla-roots.ts'
import {
  builtInRoots,
  findRoots,
  isBuiltInRoot,
  rootBySha256,
  rootsByKeyId,
  rootsBySubject,
  rootsInfo,
} from './roots.ts'

const ofThisNode = mozillaRootsInfo.source.endsWith(` ${process.versions.node}`)

describe('the built-in roots', () => {
  it('are looked up by subject without decoding them all', () => {
    const [root] = rootsBySubject(parseNameText('C=US, O=Internet Security Research Group, CN=ISRG Root X1'))
    expect(root?.sha256).toBe('96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6')
  })

  it('all decode, and the index agrees with them', () => {
    expect(builtInRoots().length).toBe(mozillaRootsInfo.count)
    expect(mozillaRootLines.split('\n').length).toBe(mozillaRootsInfo.count)
    for (const root of builtInRoots()) {
      expect(
        root.problems.filter((problem) => problem.includes('decode')),
        root.subject.key,
      ).toEqual([])
      expect(rootBySha256(root.sha256), root.subject.key).toBe(root)
      expect(rootsByKeyId(root.subjectKeyId ?? root.publicKey.keyId), root.subject.key).toContain(root)
      expect(rootsBySubject(root.subject), root.subject.key).toContain(root)
      expect(findRoots(root), root.subject.key).toContain(root)
    }
  })

  it('are the same certificates as in the Node they come from', ({ skip }) => {
    skip(!ofThisNode, `made with ${mozillaRootsInfo.source}, this is ${process.versions.node}`)
    const expected = rootCertificates.map((pem) =>
      new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase(),
    )
    expect(
      builtInRoots()
        .map((root) => root.sha256)
        .sort(),
    ).toEqual(expected.sort())
  })

  it('are current in the generated module', async ({ skip }) => {
    skip(!ofThisNode, `made with ${mozillaRootsInfo.source}, this is ${process.versions.node}`)
    const script = new URL('../../scripts/trust/generate-roots.mjs', import.meta.url).href
    const { generate } = (await import(/* @vite-ignore */ script)) as {
      generate(pems: readonly string[], version: string, date: string): string
    }
    const text = readFileSync(new URL('./data/mozilla-roots.ts', import.meta.url), 'utf8')
    expect(generate(rootCertificates, process.versions.node, mozillaRootsInfo.date) === text).toBe(true)
  })

  it('say where they come from', () => {
    expect(rootsInfo).toMatch(/^Mozilla roots of Node \d+\.\d+\.\d+, \d+ certificates, taken \d{4}-\d{2}-\d{2}$/)
  })
})

describe('root lookups', () => {
  const x1 = rootBySha256(
    '96:BC:EC:06:26:49:76:F3:74:60:77:9A:CF:28:C5:A7:CF:E8:A3:C0:AA:E1:1A:8F:FC:EE:05:C0:BD:DF:08:C6',
  )
  const r10Issuer = parseNameText('C=US, O=Internet Security Research Group, CN=ISRG Root X1')
  const x1KeyId = '79b459e67bb6e5e40173800888c81a58f6e99b6e'

  it('find the issuer by key id, and list it once when the name fits too', () => {
    expect(findRoots({ issuer: r10Issuer, authorityKeyId: { keyId: x1KeyId } })).toEqual([x1])
  })

  it('find the issuer by name when there is no key id, or another one', () => {
    expect(findRoots({ issuer: r10Issuer })).toEqual([x1])
    expect(findRoots({ issuer: r10Issuer, authorityKeyId: { keyId: '00'.repeat(20) } })).toEqual([x1])
  })

  it('find nothing for an unknown issuer', () => {
    expect(findRoots({ issuer: parseNameText('CN=Example CA'), authorityKeyId: { keyId: '00'.repeat(20) } })).toEqual(
      [],
    )
    expect(findRoots({ issuer: parseNameText('') })).toEqual([])
  })

  it('compare whole ids, not just the part that is indexed', () => {
    expect(rootsByKeyId(`${x1KeyId.slice(0, 16)}${'0'.repeat(24)}`)).toEqual([])
    expect(isBuiltInRoot(`${x1?.sha256.slice(0, 16)}${'0'.repeat(48)}`)).toBe(false)
    expect(isBuiltInRoot(x1?.sha256 ?? '')).toBe(true)
    expect(isBuiltInRoot('')).toBe(false)
  })
})
