import { host } from '../make/certificate.ts'
import {
  type Bytes,
  bits,
  boolean,
  explicit,
  integer,
  join,
  longTlv,
  oid,
  type Part,
  sequence,
  set,
  tlv,
  utf8,
} from '../make/der.ts'
import { basicConstraints, extension, keyUsage, subjectAltName } from '../make/extensions.ts'
import { attribute, dns, name } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

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
    shop.expect('a length inside an extension that is not the shortest', 'long-extension int root', '0 note encoding')
    const longNames = extension(
      '2.5.29.17',
      longTlv(
        0x30,
        longTlv(
          0x82,
          [...host].map((one) => one.charCodeAt(0)),
        ),
      ),
    )
    leaf('long-names', { names: longNames })
    shop.expect(
      'lengths inside the value of an extension that are not the shortest',
      'long-names int root',
      '0 note encoding',
      {
        hosts: { [host]: 'matches' },
      },
    )
    const longBasic = extension('2.5.29.19', longTlv(0x30, longTlv(1, [0xff])), true)
    shop.leaf('below-long-ca', { by: shop.ca('long-ca', { by: root, basic: longBasic }) })
    shop.expect('the same in basic constraints', 'below-long-ca long-ca root', '1 note encoding')
    const longPurpose = extension('2.5.29.37', sequence(longTlv(6, oid('1.3.6.1.5.5.7.3.1').subarray(2))))
    leaf('long-purpose', { purpose: longPurpose })
    shop.expect('the same in an extended key usage', 'long-purpose int root', '0 note encoding')
    leaf('long-directory', {
      names: subjectAltName([explicit(4, longTlv(0x30, set(sequence(oid('2.5.4.3'), utf8('x'))))), dns(host)]),
    })
    shop.expect(
      'the same in a directory name among the alternative names',
      'long-directory int root',
      '0 note encoding',
    )
    const rsa = shop.key('RSA-2048')
    leaf('long-key', { key: { ...rsa, spki: withLongModulus(rsa.spki) } })
    shop.expect('the same in an RSA key', 'long-key int root', '0 note encoding')
    leaf('long-unknown', { more: [extension('1.3.6.1.4.1.99999.7', longTlv(4, [1]))] })
    shop.expect('what an unknown extension holds is not looked at', 'long-unknown int root')
    leaf('long-algorithm', { algorithm: longTlv(0x30, oid('1.2.840.10045.4.3.2')) })
    shop.expect('a length in the algorithm identifiers', 'long-algorithm int root', '0 note encoding')
    leaf('long-name', { subject: sequence(tlv(0x31, sequence(oid('2.5.4.3'), longTlv(0x0c, [0x78])))) })
    shop.expect('a length inside a name that is not the shortest', 'long-name int root', '0 note encoding')
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
    shop.unreadable('an element after the signature', 'trailing-inside', 'not-a-certificate')
    leaf('after-extensions', { reshape: (tbs) => lengthened(tbs, [0xa4, 2, 5, 0]) })
    shop.unreadable('an element after the extensions', 'after-extensions', 'not-a-certificate')
    leaf('extensions-twice', { reshape: (tbs) => lengthened(tbs, explicit(3, sequence(basicConstraints()))) })
    shop.unreadable('two lists of extensions', 'extensions-twice', 'not-a-certificate')
    leaf('third-time', { reshape: withThirdTime })
    shop.unreadable('a third time in the validity', 'third-time', 'not-a-certificate')
    leaf('extension-tail', { more: [sequence(oid('1.2.3'), tlv(4, []), [5, 0])] })
    shop.unreadable('an element after the value of an extension', 'extension-tail', 'not-a-certificate')
    leaf('two-lists', { reshape: (tbs) => withinExtensions(tbs, sequence(basicConstraints())) })
    shop.unreadable('two lists of extensions in one field', 'two-lists', 'not-a-certificate')
    leaf('two-versions', { reshape: (tbs) => tlv(0x30, [0xa0, 6, 2, 1, 2, 2, 1, 2], tbs.subarray(9)) })
    shop.unreadable('two versions in one field', 'two-versions', 'not-a-certificate')
    leaf('algorithm-tail', { algorithm: sequence(oid('1.2.840.10045.4.3.2'), [5, 0], [5, 0]) })
    shop.unreadable('an element after the parameters of an algorithm', 'algorithm-tail', 'not-a-certificate')
    const key = shop.key()
    leaf('key-tail', { key: { ...key, spki: sequence(join(key.spki).subarray(2), [5, 0]) } })
    shop.unreadable('an element after the public key', 'key-tail', 'not-a-certificate')
    leaf('padded-oid', { more: [sequence([6, 4, 0x55, 0x1d, 0x80, 0x11], tlv(4, sequence(dns('www.evil.example'))))] })
    shop.unreadable('an object identifier with superfluous octets', 'padded-oid', 'not-a-certificate')
    leaf('unique-id-bits', { version: 2, extensions: null, between: [[0x81, 2, 9, 1]] })
    shop.unreadable('a unique identifier with nine unused bits', 'unique-id-bits', 'not-a-certificate')
    leaf('unique-ids-swapped', {
      version: 2,
      extensions: null,
      between: [
        [0x82, 2, 0, 1],
        [0x81, 2, 0, 1],
      ],
    })
    shop.unreadable('unique identifiers in the wrong order', 'unique-ids-swapped', 'not-a-certificate')
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
    shop.expect('a set bit among the unused ones', 'unused-key-bit int root', '0 note encoding')
    leaf('integer-ca', { basic: extension('2.5.29.19', sequence(integer(1)), true) })
    shop.expect('a path length where the CA flag is missing', 'integer-ca int root', '0 note profile')
  },
}

/** The same RSA key with the length of its modulus written in three octets; lengths of a key of 2,048 bits. */
function withLongModulus(spki: Part): Bytes {
  const numbers = join(spki).subarray(28)
  const modulus = numbers.subarray(4, 4 + 257)
  return sequence(
    sequence(oid('1.2.840.113549.1.1.1'), [5, 0]),
    bits(sequence(longTlv(2, modulus), numbers.subarray(261))),
  )
}

/** A signed part with one more element inside the field of its extensions. */
function withinExtensions(tbs: Bytes, more: Bytes): Bytes {
  const at = tbs.findIndex((byte, index) => byte === 0xa3 && tbs[index + 3] === 0x30 && index > 150)
  return tlv(0x30, tbs.subarray(4, at), explicit(3, tbs.subarray(at + 3), more))
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
