import { bits } from '../make/der.ts'
import { extendedKeyUsage, extension, keyUsage } from '../make/extensions.ts'
import type { Family } from '../make/workshop.ts'

export const usage: Family = {
  title: 'Key usage and extended key usage, of leaves and of issuers',
  source: 'RFC 5280 sections 4.2.1.3, 4.2.1.12 and 6.1.4 (n)',
  make(shop) {
    const root = shop.ca('root')
    const int = shop.ca('int', { by: root })
    const leaf = (label: string, order: Parameters<typeof shop.leaf>[1]) => shop.leaf(label, { by: int, ...order })
    const under = (label: string, order: Parameters<typeof shop.ca>[1]) => {
      const ca = shop.ca(label, { by: root, ...order })
      shop.leaf(`below-${label}`, { by: ca })
    }

    leaf('plain', {})
    shop.expect('a leaf for servers', 'plain int root')
    shop.expect('the same for clients', 'plain int root', '0 extended-key-usage', { purpose: 'client' })
    shop.expect('the same for any purpose', 'plain int root', '', { purpose: 'any' })
    leaf('no-usage', { usage: null })
    shop.expect('a leaf without key usage', 'no-usage int root')
    leaf('encipher', { usage: keyUsage('keyEncipherment') })
    shop.expect(
      'a leaf for the RSA key exchange alone is a note',
      'encipher int root',
      '0 note key-usage-no-digital-signature',
    )
    shop.expect(
      'a client that cannot sign',
      'encipher int root',
      '0 extended-key-usage, 0 key-usage-no-digital-signature',
      { purpose: 'client' },
    )
    leaf('repudiate', { usage: keyUsage('nonRepudiation') })
    shop.expect('a leaf that serves no handshake', 'repudiate int root', '0 key-usage-no-digital-signature')
    leaf('cert-sign', { usage: keyUsage('keyCertSign') })
    shop.expect(
      'a leaf that may only sign certificates',
      'cert-sign int root',
      '0 key-usage-no-digital-signature, 0 note profile',
    )
    leaf('empty-usage', { usage: keyUsage('') })
    shop.expect('a leaf whose key usage allows nothing', 'empty-usage int root', '0 key-usage-no-digital-signature')
    leaf('soft-usage', { usage: keyUsage('digitalSignature', false) })
    shop.expect('a key usage that is not critical counts', 'soft-usage int root')
    leaf('broken-usage', { usage: extension('2.5.29.15', [0x05, 0x00], true) })
    shop.expect('a key usage that is no BIT STRING', 'broken-usage int root', '0 malformed-extension')
    leaf('long-usage', { usage: extension('2.5.29.15', bits([0x80, 0x00]), true) })
    shop.expect('a key usage with trailing zero bits', 'long-usage int root', '0 note encoding')

    const netscape = (...list: readonly number[]) =>
      extension(
        '2.16.840.1.113730.1.1',
        bits(
          list.reduce((octet, bit) => [(octet[0] ?? 0) | (0x80 >> bit)], [0]),
          7 - Math.max(0, ...list),
        ),
      )
    leaf('ns-client', { purpose: null, more: [netscape(0)] })
    shop.expect('a Netscape type for clients alone', 'ns-client int root', '0 netscape-cert-type')
    shop.expect('the same as a client', 'ns-client int root', '', { purpose: 'client' })
    shop.expect('a Netscape type for clients, for any purpose', 'ns-client int root', '', { purpose: 'any' })
    leaf('ns-server', { purpose: null, more: [netscape(1)] })
    shop.expect('a Netscape type for servers', 'ns-server int root')
    shop.expect('the same as one of clients', 'ns-server int root', '0 netscape-cert-type', { purpose: 'client' })
    leaf('ns-mail', { more: [netscape(2)] })
    shop.expect('a Netscape type for mail beside a purpose for servers', 'ns-mail int root', '0 netscape-cert-type')
    leaf('ns-both', { more: [netscape(0, 1)] })
    shop.expect('a Netscape type for clients and servers', 'ns-both int root')
    leaf('ns-nothing', { more: [extension('2.16.840.1.113730.1.1', bits([]))] })
    shop.expect('a Netscape type that allows nothing', 'ns-nothing int root', '0 netscape-cert-type')
    under('ns-mail-ca', { more: [netscape(6)] })
    shop.expect(
      'a Netscape type of an issuer for mail does not count beside basic constraints',
      'below-ns-mail-ca ns-mail-ca root',
    )
    under('ns-ca', { basic: null, usage: null, more: [netscape(5)] })
    shop.expect('a Netscape type makes no CA', 'below-ns-ca ns-ca root', '1 not-a-ca')

    under('no-sign', { usage: keyUsage('cRLSign') })
    shop.expect('an issuer that may only sign CRLs', 'below-no-sign no-sign root', '1 key-usage-no-cert-sign')
    under('usage-less', { usage: null })
    shop.expect('an issuer without key usage is a note', 'below-usage-less usage-less root', '1 note profile')
    const rootNoSign = shop.ca('root-no-sign', { usage: keyUsage('digitalSignature') })
    shop.leaf('below-root-no-sign', { by: rootNoSign })
    shop.expect('a root that may not sign certificates', 'below-root-no-sign root-no-sign', '1 key-usage-no-cert-sign')

    leaf('no-purpose', { purpose: null })
    shop.expect('a leaf without extended key usage', 'no-purpose int root')
    leaf('client', { purpose: extendedKeyUsage('client') })
    shop.expect('a leaf for clients alone', 'client int root', '0 extended-key-usage')
    shop.expect('a leaf for clients as a client', 'client int root', '', { purpose: 'client' })
    leaf('both', { purpose: extendedKeyUsage('client server') })
    shop.expect('a leaf for clients and servers', 'both int root')
    leaf('any', { purpose: extendedKeyUsage('any') })
    shop.expect('a leaf for any purpose alone is a note', 'any int root', '0 note extended-key-usage', {
      differs: 'OpenSSL refuses anyExtendedKeyUsage on its own; Go and Windows accept it',
    })
    leaf('any-and-server', { purpose: extendedKeyUsage('any server') })
    shop.expect('a leaf for any purpose and servers', 'any-and-server int root')
    leaf('empty-purpose', { purpose: extendedKeyUsage('') })
    shop.expect('a leaf with an empty extended key usage', 'empty-purpose int root', '0 extended-key-usage')
    leaf('critical-purpose', { purpose: extendedKeyUsage('server', true) })
    shop.expect('a critical extended key usage', 'critical-purpose int root')
    leaf('microsoft-gated', { purpose: extendedKeyUsage('microsoftGated') })
    shop.expect('an old leaf for Server Gated Cryptography', 'microsoft-gated int root')
    leaf('netscape-gated', { purpose: extendedKeyUsage('netscapeGated') })
    shop.expect("the same in Netscape's form", 'netscape-gated int root')
    leaf('unknown-purpose', { purpose: extendedKeyUsage('1.3.6.1.4.1.99999.1') })
    shop.expect('a leaf with a purpose nobody knows', 'unknown-purpose int root', '0 extended-key-usage')

    under('server-ca', { purpose: extendedKeyUsage('server') })
    shop.expect('an issuer for servers', 'below-server-ca server-ca root')
    under('client-ca', { purpose: extendedKeyUsage('client') })
    shop.expect('an issuer for clients alone', 'below-client-ca client-ca root', '1 extended-key-usage')
    under('mail-ca', { purpose: extendedKeyUsage('email client') })
    shop.expect('an issuer for mail and clients', 'below-mail-ca mail-ca root', '1 extended-key-usage')
    under('any-ca', { purpose: extendedKeyUsage('any') })
    shop.expect('an issuer for any purpose is a note', 'below-any-ca any-ca root', '1 note extended-key-usage', {
      differs: 'OpenSSL refuses anyExtendedKeyUsage on its own; Go and Windows accept it',
    })
    const rootClient = shop.ca('root-client', { purpose: extendedKeyUsage('client') })
    shop.leaf('below-root-client', { by: rootClient })
    shop.expect('a root for clients alone', 'below-root-client root-client', '1 extended-key-usage')
  },
}
