import { describe, expect, it } from 'vitest'
import { oid } from '../../core/brand.ts'
import type { BuildOptions } from '../model.ts'
import { type FakeFacts, fake, fakeCa, generalName } from '../testing/fake.ts'
import { build, codes, int, root } from '../testing/scene.ts'

const serverAuth = oid('1.3.6.1.5.5.7.3.1')
const clientAuth = oid('1.3.6.1.5.5.7.3.2')
const emailProtection = oid('1.3.6.1.5.5.7.3.4')
const anyUsage = oid('2.5.29.37.0')
const serverGated = oid('2.16.840.1.113730.4.1')

const till = { subject: 'O=Shops, CN=till 17', issuer: 'Int', extendedKeyUsage: [clientAuth] } as const

/** What is said of a client's certificate under a sound chain, or under the issuer that is given. */
async function told(facts: Partial<FakeFacts>, issuer = int, purpose: BuildOptions['purpose'] = 'client') {
  const leaf = fake({ ...till, ...facts })
  const { paths } = await build(leaf, { served: [issuer], imported: [root], options: { purpose } })
  return codes(paths[0])
}

describe('the certificate of a TLS client', () => {
  it('is valid with clientAuth, and needs no host name', async () => {
    expect(await told({})).toEqual([])
    expect(await told({ extendedKeyUsage: [serverAuth, clientAuth] })).toEqual([])
    expect(await told({ subject: 'CN=till 17' })).toEqual([])
  })

  it('is valid without any extended key usage, as RFC 5280 section 4.2.1.12 has it', async () => {
    const leaf = fake({ subject: 'till 17', issuer: 'Int' })
    const { paths } = await build(leaf, { served: [int], imported: [root], options: { purpose: 'client' } })
    expect(codes(paths[0])).toEqual([])
  })

  it('is refused when its purposes leave out clientAuth', async () => {
    for (const usage of [serverAuth, emailProtection, serverGated])
      expect(await told({ extendedKeyUsage: [usage] }), usage).toEqual(['fatal extended-key-usage'])
    expect(await told({ extendedKeyUsage: [] })).toEqual(['fatal extended-key-usage'])
    expect(await told({ extendedKeyUsage: [anyUsage] })).toEqual(['note extended-key-usage'])
  })

  it('is no certificate of a server, and the other way round', async () => {
    expect(await told({}, int, 'server')).toEqual(['fatal extended-key-usage'])
    expect(await told({ extendedKeyUsage: [serverAuth] }, int, 'server')).toEqual([])
    expect(await told({}, int, 'any')).toEqual([])
  })

  it('needs issuers that may issue for clients, where they say for what', async () => {
    const narrow = fakeCa({ subject: 'Int', issuer: 'Root', extendedKeyUsage: [serverAuth] })
    expect(await told({}, narrow)).toEqual(['fatal extended-key-usage'])
    const wide = fakeCa({ subject: 'Int', issuer: 'Root', extendedKeyUsage: [serverAuth, clientAuth] })
    expect(await told({}, wide)).toEqual([])
    // Server Gated Cryptography stands for server authentication alone.
    const gated = fakeCa({ subject: 'Int', issuer: 'Root', extendedKeyUsage: [serverGated] })
    expect(await told({}, gated)).toEqual(['fatal extended-key-usage'])
  })

  it('has to sign the handshake: RFC 8446 section 4.4.3', async () => {
    expect(await told({ keyUsage: ['digitalSignature'] })).toEqual([])
    expect(await told({ keyUsage: ['keyAgreement'] })).toEqual(['note key-usage-no-digital-signature'])
    for (const usage of ['keyEncipherment', 'nonRepudiation', 'keyCertSign'] as const)
      expect(await told({ keyUsage: [usage] }), usage).toEqual(['fatal key-usage-no-digital-signature'])
    expect(await told({ keyUsage: ['keyEncipherment'] }, int, 'server')).toContain('fatal extended-key-usage')
  })

  it('is held to the name constraints above it: names, mailboxes, and a common name like a host', async () => {
    const constrained = fakeCa({
      subject: 'Int',
      issuer: 'Root',
      nameConstraints: {
        permitted: [
          { base: generalName('directory', 'O=Shops'), minimum: 0 },
          { base: generalName('email', 'shops.example'), minimum: 0 },
          { base: generalName('DNS', 'shops.example'), minimum: 0 },
        ],
        excluded: [],
      },
    })
    expect(await told({}, constrained)).toEqual([])
    expect(await told({ subject: 'O=Other, CN=till 17' }, constrained)).toEqual(['fatal name-constraints'])
    const mailbox = (value: string) => ({ subjectAltNames: [generalName('email', value)] })
    expect(await told(mailbox('till17@shops.example'), constrained)).toEqual([])
    expect(await told(mailbox('till17@other.example'), constrained)).toEqual(['fatal name-constraints'])
    expect(await told({ subject: 'O=Shops, CN=till17.other.example' }, constrained)).toEqual(['fatal name-constraints'])
  })

  it('is judged by dates, keys and anchors as any other', async () => {
    expect(await told({ to: -1 })).toEqual(['fatal expired'])
    const leaf = fake(till)
    const { paths } = await build(leaf, { served: [int, root], options: { purpose: 'client' } })
    expect(codes(paths[0])).toEqual(['fatal untrusted-root'])
  })
})
