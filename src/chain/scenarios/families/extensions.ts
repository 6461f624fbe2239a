import { explicit, implicit, integer, join, none, octets, oid, sequence } from '../make/der.ts'
import {
  authorityKeyId,
  basicConstraints,
  extension,
  keyUsage,
  subjectAltName,
  subjectKeyId,
} from '../make/extensions.ts'
import { dns } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

const unknown = '1.3.6.1.4.1.99999.7'

export const extensions: Family = {
  title: 'Extensions: unknown, twice, broken, and in the wrong version',
  source: 'RFC 5280 sections 4.1.2.1, 4.1.2.9, 4.2 and 6.1.4 (o)',
  make(shop) {
    const root = shop.ca('root')
    const int = shop.ca('int', { by: root })
    const leaf = (label: string, order: Parameters<typeof shop.leaf>[1]) => shop.leaf(label, { by: int, ...order })

    leaf('unknown', { more: [extension(unknown, none)] })
    shop.expect('an unknown extension', 'unknown int root')
    leaf('critical', { more: [extension(unknown, none, true)] })
    shop.expect('an unknown critical extension', 'critical int root', '0 unknown-critical-extension')
    const oddCa = shop.ca('odd-ca', { by: root, more: [extension(unknown, none, true)] })
    shop.leaf('below-odd-ca', { by: oddCa })
    shop.expect(
      'an unknown critical extension of an issuer',
      'below-odd-ca odd-ca root',
      '1 unknown-critical-extension',
    )
    const oddRoot = shop.ca('odd-root', { more: [extension(unknown, none, true)] })
    shop.leaf('below-odd-root', { by: oddRoot })
    shop.expect('an unknown critical extension of a root', 'below-odd-root odd-root', '1 unknown-critical-extension')
    leaf('poison', { more: [extension('1.3.6.1.4.1.11129.2.4.3', none, true)] })
    shop.expect('a precertificate', 'poison int root', '0 unknown-critical-extension')
    leaf('critical-san', { names: subjectAltName([dns('www.lab.example')], true) })
    shop.expect('critical alternative names', 'critical-san int root')
    leaf('critical-own-id', { ownId: subjectKeyId([1, 2, 3], true) })
    shop.expect('a critical subject key identifier', 'critical-own-id int root', '0 unknown-critical-extension')
    leaf('critical-issuer-id', { issuerId: authorityKeyId(int.key.id, {}, true) })
    shop.expect('a critical authority key identifier', 'critical-issuer-id int root', '0 unknown-critical-extension')
    leaf('critical-access', {
      more: [extension('1.3.6.1.5.5.7.1.1', sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), [0x86, 1, 0x78])), true)],
    })
    shop.expect('a critical authority information access', 'critical-access int root', '0 unknown-critical-extension')

    leaf('twice-unknown', { more: [extension(unknown, none), extension(unknown, none)] })
    shop.expect('an unknown extension twice', 'twice-unknown int root', '0 duplicate-extension', {
      differs: 'OpenSSL looks for duplicates only among the extensions it knows',
    })
    leaf('twice-names', { more: [subjectAltName([dns('www.evil.example')])] })
    shop.expect('alternative names twice, and only the first count', 'twice-names int root', '0 duplicate-extension', {
      hosts: { 'www.lab.example': 'matches', 'www.evil.example': 'no-match' },
    })
    const twiceCa = shop.ca('twice-ca', {
      by: root,
      basic: basicConstraints({ ca: false }),
      more: [basicConstraints()],
    })
    shop.leaf('below-twice-ca', { by: twiceCa })
    shop.expect(
      'basic constraints twice, first CA:FALSE',
      'below-twice-ca twice-ca root',
      '1 not-a-ca, 1 duplicate-extension, 1 note profile',
    )
    const twiceRoot = shop.ca('twice-root', { more: [keyUsage('keyCertSign')] })
    shop.leaf('below-twice-root', { by: twiceRoot })
    shop.expect('key usage of a root twice', 'below-twice-root twice-root', '1 duplicate-extension')

    const broken = (label: string, order: Parameters<typeof shop.leaf>[1]) => leaf(label, order)
    broken('broken-names', { names: extension('2.5.29.17', integer(1)) })
    shop.expect(
      'alternative names that cannot be decoded',
      'broken-names int root',
      '0 malformed-extension, 0 note profile',
      {
        hosts: { 'www.lab.example': 'no-san' },
      },
    )
    broken('broken-access', { more: [extension('1.3.6.1.5.5.7.1.1', integer(1))] })
    shop.expect('broken authority information access harms nobody', 'broken-access int root')
    broken('broken-critical', { more: [extension('2.5.29.31', integer(1), true)] })
    shop.expect('a broken critical extension', 'broken-critical int root', '0 malformed-extension')
    broken('broken-purpose', { purpose: extension('2.5.29.37', none) })
    shop.expect('an extended key usage that cannot be decoded', 'broken-purpose int root', '0 malformed-extension')
    broken('broken-own-id', { ownId: extension('2.5.29.14', none) })
    shop.expect('a subject key identifier that cannot be decoded', 'broken-own-id int root', '0 malformed-extension')
    broken('broken-issuer-id', { issuerId: extension('2.5.29.35', none) })
    shop.expect(
      'an authority key identifier that cannot be decoded',
      'broken-issuer-id int root',
      '0 malformed-extension, 0 note profile',
    )
    broken('trailing', { names: extension('2.5.29.17', join(sequence(dns('www.lab.example')), [5, 0])) })
    shop.expect('bytes after the alternative names', 'trailing int root', '0 malformed-extension, 0 note profile', {
      differs: 'OpenSSL passes over bytes after the value of an extension; Go and browsers do not',
    })
    const trailingCa = shop.ca('trailing-ca', {
      by: root,
      basic: extension('2.5.29.19', join(sequence([1, 1, 0xff]), [5, 0]), true),
    })
    shop.leaf('below-trailing-ca', { by: trailingCa })
    shop.expect(
      'bytes after basic constraints',
      'below-trailing-ca trailing-ca root',
      '1 not-a-ca, 1 malformed-extension, 1 note profile',
      { differs: 'OpenSSL passes over bytes after the value of an extension; Go and browsers do not' },
    )
    const extraCa = shop.ca('extra-ca', {
      by: root,
      basic: extension('2.5.29.19', sequence([1, 1, 0xff], integer(3), integer(4)), true),
    })
    shop.leaf('below-extra-ca', { by: extraCa })
    shop.expect(
      'basic constraints with a third field',
      'below-extra-ca extra-ca root',
      '1 not-a-ca, 1 malformed-extension, 1 note profile',
    )
    leaf('empty-san', { names: subjectAltName([]) })
    shop.expect('an empty list of alternative names is a note', 'empty-san int root', '0 note profile', {
      hosts: { 'www.lab.example': 'no-san' },
    })
    leaf('broken-points', { more: [extension('2.5.29.31', integer(1))] })
    shop.expect('CRL distribution points that cannot be decoded', 'broken-points int root', '0 malformed-extension')
    leaf('broken-netscape', { more: [extension('2.16.840.1.113730.1.1', integer(1))] })
    shop.expect('a Netscape type that cannot be decoded', 'broken-netscape int root', '0 malformed-extension')
    leaf('point-of-nothing', { more: [extension('2.5.29.31', sequence(sequence(implicit(1, [0, 0x80]))))] })
    shop.expect('a CRL distribution point that names nothing', 'point-of-nothing int root', '0 malformed-extension')
    leaf('issuer-id-extra', { issuerId: extension('2.5.29.35', sequence(implicit(0, int.key.id), implicit(3, [1]))) })
    shop.expect(
      'an authority key identifier with a field that it does not have',
      'issuer-id-extra int root',
      '0 malformed-extension, 0 note profile',
    )
    leaf('issuer-id-turned', {
      issuerId: extension('2.5.29.35', sequence(implicit(2, [1]), implicit(0, int.key.id))),
    })
    shop.expect(
      'an authority key identifier in another order',
      'issuer-id-turned int root',
      '0 malformed-extension, 0 note profile',
    )
    leaf('other-name-bare', { names: subjectAltName([explicit(0, oid('1.3.6.1.4.1.311.20.2.3'), integer(5))]) })
    shop.expect(
      'an otherName without the tag of its value',
      'other-name-bare int root',
      '0 malformed-extension, 0 note profile',
    )
    leaf('broken-freshest', { more: [extension('2.5.29.46', integer(1))] })
    shop.expect('delta CRL distribution points that cannot be decoded harm nobody', 'broken-freshest int root')

    leaf('version-1', { version: null })
    shop.expect('a version 1 leaf with extensions', 'version-1 int root', '0 note profile')
    leaf('version-1-bare', { version: null, extensions: null })
    shop.expect('a version 1 leaf', 'version-1-bare int root', '', { hosts: { 'www.lab.example': 'no-san' } })
    leaf('version-1-stated', { version: 1, extensions: null })
    shop.expect('a version 1 that is written out', 'version-1-stated int root', '0 note encoding')
    leaf('version-2', { version: 2 })
    shop.expect('a version 2 leaf with extensions', 'version-2 int root', '0 note profile')
    const twoCa = shop.ca('version-2-ca', { by: root, version: 2 })
    shop.leaf('below-version-2-ca', { by: twoCa })
    shop.expect('a version 2 issuer with basic constraints', 'below-version-2-ca version-2-ca root', '1 note profile')
    leaf('version-4', { version: 4 })
    shop.expect('a version 4 leaf', 'version-4 int root', '0 unsupported-version', {
      differs: 'OpenSSL does not look at versions it does not know',
    })
    leaf('version-3-bare', { extensions: null })
    shop.expect('a version 3 leaf without extensions', 'version-3-bare int root', '0 note profile')
    leaf('no-list', { extensions: [] })
    shop.expect('an empty list of extensions', 'no-list int root', '0 note profile')
    leaf('unique-id', { version: null, extensions: null, between: [[0x81, 2, 0, 1]] })
    shop.expect('a unique identifier in version 1', 'unique-id int root', '0 note profile')
    leaf('unique-id-2', { version: 2, extensions: null, between: [[0x81, 2, 0, 1]] })
    shop.expect('a unique identifier in version 2', 'unique-id-2 int root')
    leaf('unique-ids', {
      between: [
        [0x81, 2, 0, 1],
        [0x82, 2, 0, 2],
      ],
    })
    shop.expect('unique identifiers of issuer and subject in version 3', 'unique-ids int root')
    leaf('bare-value', { more: [sequence(oid(unknown), octets())] })
    shop.expect('an unknown extension of no bytes', 'bare-value int root')
  },
}
