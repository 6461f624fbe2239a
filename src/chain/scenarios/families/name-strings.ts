import { bits, ia5, integer, latin1, octets, oid, type Part, sequence, set, tlv, utf8 } from '../make/der.ts'
import { nameConstraints, subjectAltName } from '../make/extensions.ts'
import { attribute, dns, email, name } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

const [cn, country, mail, serialNumber] = ['2.5.4.3', '2.5.4.6', '1.2.840.113549.1.9.1', '2.5.4.5']
const printable = (text: string) => tlv(0x13, latin1(text))
const unloaded = '0 encoding'

export const nameStrings: Family = {
  title: 'String types and shapes of names',
  source: 'RFC 5280 section 4.1.2.4 and appendix A.1; X.680 section 41; X.690 section 8.23',
  make(shop) {
    const root = shop.ca('root')
    let count = 0
    const subject = (title: string, type: string, value: Part, problems = '') => {
      const label = `name-${++count}`
      shop.leaf(label, { by: root, subject: name([attribute('O', 'Lab'), { type, value }]) })
      shop.expect(title, `${label} root`, problems)
    }
    subject('a common name as PrintableString', cn, printable('Lab server 1'))
    subject('a common name as TeletexString', cn, tlv(0x14, latin1('L\u00f6b')))
    subject('a common name as BMPString', cn, tlv(0x1e, [0, 0x4c, 0, 0x62]))
    subject('a common name as UniversalString', cn, tlv(0x1c, [0, 0, 0, 0x4c]))
    subject('a common name as IA5String', cn, ia5('www.lab.example'), '0 note profile')
    subject('a common name as NumericString', cn, tlv(0x12, latin1('12 34')), '0 note profile')
    subject('a country as UTF8String', country, utf8('NL'), '0 note profile')
    subject('a serial number as UTF8String', serialNumber, utf8('12'), '0 note profile')
    subject('a mail address as UTF8String', mail, utf8('ann@lab.example'), '0 note profile')
    subject('an attribute nobody knows in any string', '1.3.6.1.4.1.99999.5', ia5('x'))

    subject('a PrintableString with an asterisk', cn, printable('*.lab.example'), '0 note encoding')
    subject('a PrintableString with an at sign', cn, printable('ann@lab'), '0 note encoding')
    subject('a NumericString with letters', '1.3.6.1.4.1.99999.5', tlv(0x12, latin1('1a')), '0 note encoding')
    subject('an IA5String beyond ASCII', mail, tlv(0x16, latin1('\u00e4@lab.example')), '0 note encoding')
    subject('a UTF8String that is none', cn, tlv(0x0c, [0xff, 0xfe]), unloaded)
    subject('a BMPString of an odd number of octets', cn, tlv(0x1e, [0, 0x4c, 0]), unloaded)
    subject('a UniversalString of five octets', cn, tlv(0x1c, [0, 0, 0, 0x4c, 0]), unloaded)
    subject('a common name that is a number', cn, integer(5), unloaded)
    subject('a common name of octets', cn, octets([5]), unloaded)
    subject('a common name as VisibleString', cn, tlv(0x1a, latin1('x')), unloaded)
    subject('an attribute nobody knows that is a number', '1.3.6.1.4.1.99999.5', integer(5), unloaded)
    subject('a common name that is a BIT STRING', cn, bits([5]), '0 note profile')
    subject('a common name that is a SEQUENCE', cn, sequence(utf8('x')), '0 note profile')

    const shaped = (label: string, value: Part, title: string) => {
      shop.leaf(label, { by: root, subject: sequence(set(value)) })
      shop.unreadable(title, label, 'not-a-certificate')
    }
    shaped('no-value', sequence(oid(cn)), 'an attribute without a value')
    shaped('two-values', sequence(oid(cn), utf8('a'), utf8('b')), 'an attribute with two values')
    shaped('no-type', sequence(utf8('a')), 'an attribute without a type')
    shaped('bare', utf8('a'), 'a value without its attribute')
    shop.leaf('no-set', { by: root, subject: sequence(sequence(oid(cn), utf8('a'))) })
    shop.unreadable('a part of a name that is no SET', 'no-set', 'not-a-certificate')
    const multi = set(sequence(oid(cn), utf8('Both')), sequence(oid('2.5.4.10'), utf8('Lab')))
    shop.leaf('multi', { by: root, subject: sequence(multi) })
    shop.expect('two attributes in one part', 'multi root')

    shop.leaf('san-latin', { by: root, names: subjectAltName([dns('l\u00f6b.example'), dns('www.lab.example')]) })
    shop.expect('a DNS name beyond ASCII', 'san-latin root', '0 note encoding', {
      hosts: { 'www.lab.example': 'matches' },
    })
    const narrow = shop.ca('narrow', { by: root, constraints: nameConstraints({ permitted: [email('lab.example')] }) })
    const withMail = (value: Part) => name([attribute('O', 'Lab'), { type: mail, value }])
    shop.leaf('mail-utf8', { by: narrow, subject: withMail(utf8('ann@lab.example')) })
    shop.expect('a permitted mail address as UTF8String', 'mail-utf8 narrow root', '0 note profile', {
      differs: 'OpenSSL refuses such an address wherever there are name constraints',
    })
    shop.leaf('mail-utf8-out', { by: narrow, subject: withMail(utf8('ann@evil.example')) })
    shop.expect(
      'a forbidden mail address as UTF8String',
      'mail-utf8-out narrow root',
      '0 name-constraints, 0 note profile',
    )
  },
}
