/** What is odd about an encoding is said with the byte where it stands. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithms, host, type Key, make, type Order } from '../chain/scenarios/make/certificate.ts'
import {
  type Bytes,
  bits,
  boolean,
  explicit,
  fromHex,
  generalizedTime,
  ia5,
  implicit,
  integer,
  longTlv,
  none,
  octets,
  oid,
  sequence,
  set,
  tlv,
  utcTime,
  utf8,
} from '../chain/scenarios/make/der.ts'
import { extension, keyUsage, nameConstraints, subjectAltName } from '../chain/scenarios/make/extensions.ts'
import { attribute, dns, name, subtree } from '../chain/scenarios/make/names.ts'
import { decodeCertificate } from './decode.ts'
import type { Certificate } from './model.ts'
import { collectNotes } from './notes.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'named' })
const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
const key: Key = {
  spki,
  id: createHash('sha1').update(spki).digest(),
  algorithm: algorithms['ecdsa-with-SHA256'],
  sign: (message) => sign('sha256', message, privateKey),
}

function certificate(order: Partial<Order>): Certificate {
  const result = decodeCertificate(make({ subject: 'O=Lab, CN=x', issuer: 'CN=Issuer', key, ...order }).der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const cn = '2.5.4.3'
const short = 'A length is not in its shortest form, which is not DER'
const explicitKey = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey
const explicitSpki = new Uint8Array(explicitKey.export({ type: 'spki', format: 'der' }))

/** What is made, the element at fault as it stands in the DER, and what is said of it. */
const cases: readonly (readonly [title: string, order: Partial<Order>, element: Bytes, said: string])[] = [
  [
    'a long length in a name',
    { subject: sequence(set(sequence(oid(cn), longTlv(0x0c, [0x78])))) },
    longTlv(0x0c, [0x78]),
    short,
  ],
  [
    'a long length in an extension',
    { names: extension('2.5.29.17', sequence(longTlv(0x82, [0x61]))) },
    longTlv(0x82, [0x61]),
    short,
  ],
  [
    'a long length around an extension',
    { more: [longTlv(0x30, oid('1.2.3'), octets())] },
    longTlv(0x30, oid('1.2.3'), octets()),
    short,
  ],
  [
    'a critical flag of 01',
    { usage: keyUsage('digitalSignature', 1) },
    boolean(1),
    'The critical flag of X509v3 Key Usage is encoded as 0x01, which is not DER',
  ],
  [
    'a CA flag of FALSE',
    { basic: extension('2.5.29.19', sequence(boolean(false))) },
    boolean(false),
    'The CA flag states its default, which DER leaves out',
  ],
  [
    'a version of 1',
    { version: 1, extensions: null },
    explicit(0, integer(0)),
    'The version states its default, which DER leaves out',
  ],
  [
    'a minimum of 0',
    { constraints: nameConstraints({ permitted: [subtree(dns('a'), implicit(0, [0]))] }) },
    implicit(0, [0]),
    'The minimum of a subtree states its default, which DER leaves out',
  ],
  [
    'a set bit that is unused',
    { usage: extension('2.5.29.15', bits([0x81], 7)) },
    bits([0x81], 7),
    'A BIT STRING has bits set among its unused ones, which is not DER',
  ],
  [
    'a key usage that ends in zeros',
    { usage: extension('2.5.29.15', bits([0x80, 0])) },
    bits([0x80, 0]),
    'Key Usage ends in zero bits, which DER leaves out',
  ],
  ['a serial number of zero', { serial: [0] }, integer([0]), 'The serial number is zero'],
  ['a negative serial number', { serial: [0x80, 1] }, integer([0x80, 1]), 'The serial number is negative'],
  ['a serial number without digits', { serial: [] }, integer([]), 'The serial number has no digits'],
  ['a padded serial number', { serial: [0, 5] }, integer([0, 5]), 'The serial number has superfluous leading octets'],
  [
    'a serial number of 21 octets',
    { serial: fromHex('11'.repeat(21)) },
    integer(fromHex('11'.repeat(21))),
    'The serial number has 21 octets; RFC 5280 allows 20',
  ],
  [
    'a spelt-out curve',
    { key: { ...key, spki: explicitSpki } },
    explicitSpki.subarray(17, 34) as Bytes,
    "The public key spells out its curve in place of the curve's name",
  ],
  [
    'a GeneralizedTime before 2050',
    { to: generalizedTime('20400101000000Z') },
    generalizedTime('20400101000000Z'),
    'notAfter is a GeneralizedTime although the year is before 2050',
  ],
  [
    'a UTCTime without seconds',
    { from: utcTime('2001010000Z') },
    utcTime('2001010000Z'),
    'notBefore is not in the form RFC 5280 asks for',
  ],
  [
    'a time that is none',
    { to: utcTime('soon') },
    utcTime('soon'),
    'notAfter is no readable time; the certificate counts as never valid',
  ],
  [
    'a country as UTF8String',
    { subject: name([{ type: '2.5.4.6', value: utf8('NL') }]) },
    utf8('NL'),
    'A UTF8String stands where RFC 5280 has a PrintableString (the subject, C)',
  ],
  [
    'a common name as IA5String',
    { issuer: name([{ type: cn, value: ia5('x') }]) },
    ia5('x'),
    'An IA5String stands where RFC 5280 has a UTF8String, PrintableString, BMPString, UniversalString or TeletexString (the issuer, CN)',
  ],
  [
    'a common name that is a number',
    { subject: name([{ type: cn, value: integer(77) }]) },
    integer(77),
    'A value is of a type that names do not have (the subject, CN)',
  ],
  [
    'a PrintableString with an asterisk',
    { subject: name([{ type: cn, value: tlv(0x13, [0x2a]) }]) },
    tlv(0x13, [0x2a]),
    'A PrintableString holds characters that its type does not have (the subject, CN)',
  ],
  [
    'a UTF8String that is none',
    { subject: name([{ type: cn, value: tlv(0x0c, [0xff]) }]) },
    tlv(0x0c, [0xff]),
    'A UTF8String is not valid UTF-8 (the subject, CN)',
  ],
  [
    'a BMPString of three octets',
    { subject: name([{ type: cn, value: tlv(0x1e, [0, 65, 0]) }]) },
    tlv(0x1e, [0, 65, 0]),
    'A BMPString has an odd number of bytes (the subject, CN)',
  ],
  [
    'a DNS name beyond ASCII',
    { names: subjectAltName([dns('l\u00f6b.example')]) },
    dns('l\u00f6b.example'),
    'A DNS name holds characters that its type does not have',
  ],
  [
    'an address of five octets',
    { names: subjectAltName([implicit(7, [1, 2, 3, 4, 5])]) },
    implicit(7, [1, 2, 3, 4, 5]),
    'An IP address of 5 bytes among the names',
  ],
  [
    'a unique identifier in version 1',
    { version: null, extensions: null, between: [implicit(1, [0, 77])] },
    implicit(1, [0, 77]),
    'A version 1 certificate with a unique identifier',
  ],
  [
    'parameters of ECDSA',
    { algorithm: sequence(oid('1.2.840.10045.4.3.2'), none) },
    none,
    'The parameters of the signature algorithm are there, and ECDSA has none',
  ],
]

describe('oddities of the encoding', () => {
  it.each(cases)('%s is told with its offset', (_, order, element, said) => {
    const { der, problems } = certificate(order)
    const offset = Buffer.from(der).indexOf(Buffer.from(element))
    expect(offset).toBeGreaterThan(0)
    const found = problems.find((problem) => problem.endsWith(` (at byte ${offset})`) && problem.startsWith(said))
    expect({ problems, found }).toMatchObject({ found: expect.any(String) })
  })

  it('are none in a sound certificate', () => {
    expect(certificate({}).problems).toEqual([])
    expect(certificate({ subject: name([attribute('C', 'NL'), attribute('CN', host)]) }).problems).toEqual([])
  })

  it('are not looked for inside of what nobody decodes', () => {
    const broken = [0xa3, 4, 0x30, 0x85, 1, 0]
    expect(certificate({ names: subjectAltName([broken, dns(host)]) }).problems).toEqual([])
    expect(certificate({ more: [extension('1.2.3.4', [0x30, 0x81, 1, 0])] }).problems).toEqual([])
  })
})

describe('unique identifiers', () => {
  it('are part of the certificate', () => {
    const both = certificate({
      version: 2,
      extensions: null,
      between: [implicit(1, [0, 1, 2]), implicit(2, [4, 0xf0])],
    })
    expect(both).toMatchObject({ issuerUniqueId: '0102', subjectUniqueId: 'f0', problems: [] })
    expect(certificate({}).issuerUniqueId).toBeUndefined()
  })
})

describe('collectNotes', () => {
  it('tells each oddity once, with three places and how many more', () => {
    const { note, sentences } = collectNotes()
    for (const offset of [7, 7, 9, 11, 13, 15]) note('odd', offset)
    note('plain')
    note('plain')
    expect(sentences()).toEqual(['odd (at byte 7, 9, 11 and 2 more)', 'plain'])
  })

  it('keeps at most as many as the limit allows', () => {
    const { note, sentences } = collectNotes()
    for (let at = 0; at < 1000; at++) note(`number ${at}`, at)
    expect(sentences()).toHaveLength(50)
  })
})
