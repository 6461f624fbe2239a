import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { decodeCertificate } from '../x509/decode.ts'
import { parseNameText } from '../x509/name.ts'
import { publicIntermediateLines } from './data/public-intermediates.ts'
import { publicRootStores } from './data/public-roots.ts'
import {
  downloadUrlsOf,
  isPublicCaOrganisation,
  issuerIsPublic,
  knownIntermediates,
  knownIntermediatesByKeyId,
  knownIntermediatesByName,
  knownIssuerOf,
  knownRoots,
  knownRootsByKeyId,
  knownRootsByName,
  publicRootFor,
  storesOf,
} from './public-cas.ts'
import { storeSnapshots } from './stores.ts'

const nodeRoots = rootCertificates.map((pem) => {
  const decoded = decodeCertificate(new Uint8Array(new X509Certificate(pem).raw))
  if (!decoded.ok) throw new Error(decoded.error.message)
  return decoded.value
})
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

describe('the tables of public CAs', () => {
  it('describe every store in the order of the bits', () => {
    expect(storeSnapshots.map((store) => store.name)).toEqual([...publicRootStores])
  })

  it('hold as many roots per store as the snapshot says', () => {
    for (const store of storeSnapshots) {
      expect(knownRoots().filter((root) => root.stores.includes(store.name)).length, store.name).toBe(store.roots)
    }
  })

  it('decode every row completely', () => {
    expect(knownRoots().filter((root) => root.status === 'listed').length).toBe(406)
    expect(knownIntermediates().length).toBe(
      publicIntermediateLines.split('\n').filter((line) => !line.startsWith('=')).length,
    )
    for (const root of knownRoots()) {
      expect(root.keyId, root.cn).toMatch(/^[0-9a-f]{16}$/)
      expect(root.spkiSha256, root.cn).toMatch(/^[0-9a-f]{16}$/)
      expect(root.cn).not.toBe('')
      expect(root.keyType, root.cn).not.toBe('unknown')
      expect(day(root.expires), root.cn).toMatch(/^(199|20)\d/)
      expect(root.status === 'listed', root.cn).toBe(root.sha256 !== undefined && root.stores.length > 0)
    }
    for (const ca of knownIntermediates()) {
      expect(ca.keyId, ca.cn).toMatch(/^[0-9a-f]{16}$/)
      expect(ca.cn).not.toBe('')
      expect(day(ca.expires) >= '2025-08-24', ca.cn).toBe(true)
      if (ca.issuerUrl !== undefined) expect(ca.issuerUrl).toMatch(/^https?:\/\/[^\s]+$/i)
    }
  })

  it('lead from nearly every intermediate step by step to a root', () => {
    const lost = knownIntermediates().filter((ca) => {
      let step = knownIssuerOf(ca)
      for (let count = 0; count < 6 && step?.kind === 'intermediate'; count++) step = knownIssuerOf(step.entry)
      return step?.kind !== 'root'
    })
    expect(lost.map((ca) => ca.cn).length).toBeLessThan(knownIntermediates().length / 50)
  })
})

describe('known names', () => {
  it.each([
    ...['R10', 'R11', 'R12', 'R13', 'R14', 'E5', 'E6', 'E7', 'E8', 'E9', 'YR1', 'YR2', 'YR3', 'YE1', 'YE2', 'YE3'].map(
      (cn) => ({ cn, o: "Let's Encrypt", root: /^ISRG Root X[12]$/ }),
    ),
    { cn: 'WR1', o: 'Google Trust Services', root: /^GTS Root R1$/ },
    { cn: 'WE1', o: 'Google Trust Services', root: /^GTS Root R4$/ },
    { cn: 'DigiCert TLS RSA SHA256 2020 CA1', o: 'DigiCert Inc', root: /^DigiCert Global Root CA$/ },
    { cn: 'DigiCert Global G2 TLS RSA SHA256 2020 CA1', o: 'DigiCert Inc', root: /^DigiCert Global Root G2$/ },
    { cn: 'Amazon RSA 2048 M02', o: 'Amazon', root: /^Amazon Root CA 1$/ },
    { cn: 'Sectigo RSA Domain Validation Secure Server CA', o: 'Sectigo Limited', root: /^USERTrust RSA/ },
  ])('the intermediate $cn is found by name', ({ cn, o, root }) => {
    const [found] = knownIntermediatesByName({ cn: cn.toLowerCase(), o: `  ${o.toUpperCase()} ` })
    expect(found?.cn).toBe(cn)
    expect(found?.root.cn).toMatch(root)
    expect(knownIntermediatesByKeyId(found?.keyId ?? '')).toContain(found)
  })

  it('an organisation must agree', () => {
    expect(knownIntermediatesByName({ cn: 'R10', o: 'Example Corp' })).toEqual([])
    expect(knownIntermediatesByName({ cn: 'R10' })).toEqual([])
    expect(knownRootsByName({ cn: 'ISRG Root X1', o: 'Internet Security Research Group' })[0]?.stores).toContain(
      'mozilla',
    )
  })

  it('a root without a common name goes by its organisational unit', () => {
    const name = parseNameText('C=US, O=Starfield Technologies, Inc., OU=Starfield Class 2 Certification Authority')
    expect(issuerIsPublic(name)?.entry.cn).toBe('Starfield Class 2 Certification Authority')
  })

  it('tells where to fetch the issuer of an intermediate', () => {
    const [r10] = knownIntermediatesByName({ cn: 'R10', o: "Let's Encrypt" })
    expect(r10?.issuerUrl).toBe('http://x1.i.lencr.org/')
    expect(downloadUrlsOf(r10?.issuerKeyId ?? '')).toContain('http://x1.i.lencr.org/')
    expect(downloadUrlsOf('00')).toEqual([])
  })
})

describe('issuerIsPublic', () => {
  const r10 = parseNameText("C=US, O=Let's Encrypt, CN=R10")
  const r10KeyId = 'BB:BC:C3:47:A5:E4:BC:A9:C6:C3:A4:72:0C:10:8D:A2:35:E1:C8:E8'

  it('finds an issuer by key id and name', () => {
    expect(issuerIsPublic(r10, r10KeyId)).toMatchObject({ kind: 'intermediate', by: 'key-id', entry: { cn: 'R10' } })
    expect(issuerIsPublic(r10, r10KeyId)).not.toHaveProperty('conflict')
  })

  it('finds an issuer by name alone', () => {
    expect(issuerIsPublic(r10)).toMatchObject({ kind: 'intermediate', by: 'name' })
    expect(issuerIsPublic(r10)).not.toHaveProperty('conflict')
  })

  it('says when a known name comes with an unknown key id', () => {
    expect(issuerIsPublic(r10, '00'.repeat(20))).toMatchObject({ by: 'name', conflict: 'key-id', entry: { cn: 'R10' } })
  })

  it('says when a known key id comes with another name', () => {
    const copied = issuerIsPublic(parseNameText('O=Example Corp, CN=Example Proxy CA'), r10KeyId)
    expect(copied).toMatchObject({ by: 'key-id', conflict: 'name', entry: { cn: 'R10' } })
  })

  it('knows nothing of a private issuer', () => {
    expect(issuerIsPublic(parseNameText('O=Example Corp, CN=Example Issuing CA'), '11'.repeat(20))).toBeUndefined()
    expect(issuerIsPublic(parseNameText('CN=Root CA'))).toBeUndefined()
    expect(issuerIsPublic(parseNameText(''), '11'.repeat(20))).toBeUndefined()
  })

  it('prefers the cross-signed copy of a root that is still pending', () => {
    expect(issuerIsPublic(parseNameText('C=US, O=ISRG, CN=Root YR'))).toMatchObject({
      kind: 'intermediate',
      entry: { crossSignedRoot: true, revoked: false, root: { cn: 'ISRG Root X1' } },
    })
  })

  it('knows roots that were dropped as former', () => {
    expect(
      issuerIsPublic(parseNameText('C=CN, O=WoSign CA Limited, CN=Certification Authority of WoSign')),
    ).toMatchObject({
      kind: 'root',
      entry: { status: 'former', stores: [] },
    })
  })
})

describe('isPublicCaOrganisation', () => {
  it('knows the organisation of an intermediate newer than the tables', () => {
    expect(isPublicCaOrganisation(parseNameText('C=US, O=Amazon, CN=Amazon RSA 2048 M99'))).toBe(true)
    expect(isPublicCaOrganisation(parseNameText("C=US, O=Let's Encrypt, CN=R99"))).toBe(true)
    expect(isPublicCaOrganisation(parseNameText('O=Example Corp, CN=Example CA'))).toBe(false)
    expect(isPublicCaOrganisation(parseNameText('CN=Example CA'))).toBe(false)
  })
})

describe('root certificates in the tables', () => {
  it('every root of this Node is found by fingerprint, key id and name', () => {
    for (const root of nodeRoots) {
      const found = publicRootFor(root)
      expect(found?.by, root.subject.key).toBe('certificate')
      expect(found?.root.stores, root.subject.key).toContain('node20')
      expect(storesOf(root), root.subject.key).toContain('node20')
      expect(knownRootsByKeyId(root.subjectKeyId ?? root.publicKey.keyId)).toContain(found?.root)
      expect(issuerIsPublic(root.subject, root.subjectKeyId ?? root.publicKey.keyId)).toMatchObject({
        kind: 'root',
        by: 'key-id',
      })
      expect(day(found?.root.expires ?? 0)).toBe(day(root.notAfter))
    }
  })

  it('a copied key id earns no store membership', () => {
    const [root, other] = nodeRoots
    if (root === undefined || other === undefined) throw new Error('Node has no roots')
    const forged = { ...root, publicKey: { ...root.publicKey, spkiSha256: '00'.repeat(32) } }
    expect(storesOf(forged)).toEqual([])
    expect(publicRootFor(forged)).toBeUndefined()
    expect(storesOf({ ...root, subject: other.subject })).toEqual([])
  })
})
