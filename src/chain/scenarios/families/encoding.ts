import { type Bytes, bits, boolean, explicit, integer, join, longTlv, oid, sequence, tlv, utf8 } from '../make/der.ts'
import { basicConstraints, extension, keyUsage } from '../make/extensions.ts'
import { attribute, name } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

/** Elements that ASN.1 does not have; OpenSSL, Go and browsers refuse the whole certificate. */
const tooMuch = { todo: 'src/x509 passes over elements that should not be there' }

export const encoding: Family = {
  title: 'Serial numbers, and bytes that are not DER',
  source: 'RFC 5280 sections 4.1 and 4.1.2.2; X.690 sections 10 and 11',
  make(shop) {
    const root = shop.ca('root')
    const int = shop.ca('int', { by: root })
    const leaf = (label: string, order: Parameters<typeof shop.leaf>[1]) => shop.leaf(label, { by: int, ...order })
    const serial = (label: string, value: readonly number[], title: string, problems = '') => {
      leaf(label, { serial: value })
      shop.expect(title, `${label} int root`, problems)
    }
    serial('serial-0', [0], 'the serial number zero', '0 note profile')
    serial('serial-1', [1], 'the serial number one')
    serial('serial-negative', [0x80, 1], 'a negative serial number', '0 note profile')
    serial('serial-20', [0x7f, ...Array<number>(19).fill(0xff)], 'a serial number of 20 octets')
    serial(
      'serial-20-sign',
      [0, ...Array<number>(20).fill(0xff)],
      'a serial number of 20 octets and one for the sign',
      '0 note profile',
    )
    serial('serial-21', [0x7f, ...Array<number>(20).fill(0xff)], 'a serial number of 21 octets', '0 note profile')
    serial('serial-padded', [0, 5], 'a serial number with a superfluous zero', '0 encoding')
    serial(
      'serial-padded-minus',
      [0xff, 0x85],
      'a negative serial number with a superfluous octet',
      '0 encoding, 0 note profile',
    )
    leaf('serial-same-a', { serial: 77n })
    leaf('serial-same-b', { serial: 77n })
    shop.expect('two certificates with one serial number of one issuer', 'serial-same-a int root', '', {
      served: 'serial-same-b int',
    })

    const plain = leaf('plain', {})
    const inner = (certificate: Bytes) => certificate.subarray(4)
    shop.expect('a sound certificate', 'plain int root')
    shop.keep('long-outer', longTlv(0x30, inner(plain.der)))
    shop.expect('an outer length that is not the shortest', 'long-outer int root', '0 note encoding')
    leaf('long-inner', { reshape: (tbs) => longTlv(0x30, tbs.subarray(4)) })
    shop.expect('a length of the signed part that is not the shortest', 'long-inner int root', '0 note encoding')
    leaf('long-extension', { more: [sequence(longTlv(0x06, [0x2a, 0x03]), tlv(4, []))] })
    shop.expect('a length inside an extension that is not the shortest', 'long-extension int root')
    leaf('long-name', { subject: sequence(tlv(0x31, sequence(oid('2.5.4.3'), longTlv(0x0c, [0x78])))) })
    shop.expect('a length inside a name that is not the shortest', 'long-name int root')
    leaf('critical-1', { usage: keyUsage('digitalSignature', 1) })
    shop.expect('a critical flag of 01', 'critical-1 int root', '0 note encoding')
    leaf('critical-0', { usage: sequence(oid('2.5.29.15'), boolean(false), tlv(4, bits([0x80], 7))) })
    shop.expect('a critical flag of 00 written out', 'critical-0 int root', '0 note encoding')
    leaf('critical-long', { usage: sequence(oid('2.5.29.15'), tlv(1, [0xff, 0xff]), tlv(4, bits([0x80], 7))) })
    shop.unreadable('a critical flag of two octets', 'critical-long', 'not-a-certificate')
    const seven = shop.ca('ca-7', { by: root, basic: extension('2.5.29.19', sequence(boolean(7)), true) })
    shop.leaf('below-ca-7', { by: seven })
    shop.expect('a CA flag of 07', 'below-ca-7 ca-7 root', '1 note encoding')

    shop.keep('trailing', join(plain.der, [0x30, 0]))
    shop.expect('bytes after the certificate are left out', 'trailing int root', '', {
      paths: ['trailing int root'],
    })
    shop.keep('trailing-inside', join([0x30, 0x82], twoOctets(plain.der.length - 4 + 2), inner(plain.der), [5, 0]))
    shop.unreadable('an element after the signature', 'trailing-inside', 'not-a-certificate', tooMuch)
    leaf('after-extensions', { reshape: (tbs) => lengthened(tbs, [0xa4, 2, 5, 0]) })
    shop.unreadable('an element after the extensions', 'after-extensions', 'not-a-certificate', tooMuch)
    leaf('extensions-twice', { reshape: (tbs) => lengthened(tbs, explicit(3, sequence(basicConstraints()))) })
    shop.unreadable('two lists of extensions', 'extensions-twice', 'not-a-certificate', tooMuch)
    leaf('third-time', { reshape: withThirdTime })
    shop.unreadable('a third time in the validity', 'third-time', 'not-a-certificate', tooMuch)
    leaf('extension-tail', { more: [sequence(oid('1.2.3'), tlv(4, []), [5, 0])] })
    shop.unreadable('an element after the value of an extension', 'extension-tail', 'not-a-certificate', tooMuch)
    shop.keep('indefinite', join([0x30, 0x80], inner(plain.der), [0, 0]))
    shop.unreadable('an indefinite length', 'indefinite', 'not-der')
    shop.keep('cut', plain.der.slice(0, -1))
    shop.unreadable('a certificate without its last byte', 'cut', 'truncated')
    leaf('bad-version', { reshape: (tbs) => tlv(0x30, [0xa0, 4, 2, 2, 0, 2], tbs.subarray(9)) })
    shop.expect('a version with a superfluous zero', 'bad-version int root', '0 unsupported-version')

    leaf('utf8-broken', { subject: name([{ type: '2.5.4.3', value: tlv(0x0c, [0xc3, 0x28]) }]) })
    shop.expect('a name that is no UTF-8', 'utf8-broken int root', '0 encoding')
    leaf('empty-rdn', { subject: sequence(tlv(0x31)) })
    shop.expect('a name with an empty part', 'empty-rdn int root', '0 note profile')
    const printableInt = shop.ca('printable-int', {
      by: root,
      subject: name([
        {
          type: '2.5.4.3',
          value: tlv(
            0x13,
            [...'Printable  CA'].map((one) => one.charCodeAt(0)),
          ),
        },
      ]),
    })
    shop.leaf('utf8-issuer', {
      by: printableInt,
      issuer: name([{ type: '2.5.4.3', value: utf8('printable ca') }]),
    })
    shop.expect('an issuer name in other case, spacing and string type', 'utf8-issuer printable-int root')
    const swapped = shop.ca('swapped', {
      by: root,
      subject: name([attribute('O', 'Lab'), attribute('CN', 'Swapped')]),
    })
    shop.leaf('below-swapped', { by: swapped, issuer: name([attribute('CN', 'Swapped'), attribute('O', 'Lab')]) })
    shop.expect('an issuer name in another order is another name', 'below-swapped swapped root', '', {
      paths: ['below-swapped | 0 issuer-not-found'],
    })
    leaf('unused-key-bit', { usage: extension('2.5.29.15', bits([0x81], 7), true) })
    shop.expect('a set bit among the unused ones', 'unused-key-bit int root')
    leaf('integer-ca', { basic: extension('2.5.29.19', sequence(integer(1)), true) })
    shop.expect('a path length where the CA flag is missing', 'integer-ca int root', '0 note profile')
  },
}

const twoOctets = (length: number): number[] => [length >> 8, length & 255]

/** A signed part with something after its last element. */
const lengthened = (tbs: Bytes, more: Uint8Array | number[]): Bytes => tlv(0x30, tbs.subarray(4), more)

/** A signed part whose validity holds its first time twice. */
function withThirdTime(tbs: Bytes): Bytes {
  const at = tbs.findIndex((byte, index) => byte === 0x17 && tbs[index + 1] === 13)
  const validity = tlv(0x30, tbs.subarray(at, at + 15), tbs.subarray(at, at + 30))
  return tlv(0x30, tbs.subarray(4, at - 2), validity, tbs.subarray(at + 30))
}
