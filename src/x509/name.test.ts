import { describe, expect, it } from 'vitest'
import { nameFromRdns, opensslOneLine, parseNameText, rfc4514, sameNameLoosely, shortName } from './name.ts'

const lab = parseNameText('C = NL, O = "Lab Trust, B.V.", CN = Lab Root')
const multi = parseNameText('C = NL, OU = PKI + CN = X')
const shown = (text: string) =>
  parseNameText(text).rdns.map((rdn) => rdn.map(({ type, value }) => `${type}|${value}`).join(' & '))

describe('parseNameText', () => {
  it.each([
    ['OpenSSL slash form', '/C=NL/O=Lab Trust, B.V./CN=Lab Root'],
    ['OpenSSL 1.1 to 3.1', 'C = NL, O = "Lab Trust, B.V.", CN = Lab Root'],
    ['OpenSSL 3.2 and later', 'C=NL, O=Lab Trust, B.V., CN=Lab Root'],
    ['curl', 'C=NL; O=Lab Trust, B.V.; CN=Lab Root'],
    [
      'OpenSSL -nameopt multiline',
      'countryName               = NL\n    organizationName          = Lab Trust, B.V.\n    commonName                = Lab Root',
    ],
    ['dotted types', '2.5.4.6=NL, OID.2.5.4.10=Lab Trust\\, B.V., 2.5.4.3=#0c084c616220526f6f74'],
    ['odd blanks around it', '  C=NL ,O=Lab Trust, B.V. ,  CN=Lab Root  '],
  ])('reads the %s', (_, text) => {
    expect(parseNameText(text)).toEqual(lab)
  })

  it.each([
    ['Java', 'CN=Lab Root, O="Lab Trust, B.V.", C=NL'],
    ['Go and GnuTLS', 'CN=Lab Root,O=Lab Trust\\, B.V.,C=NL'],
  ])('reads the reversed order of %s', (_, text) => {
    expect(parseNameText(text, { reversed: true })).toEqual(lab)
    expect(sameNameLoosely(parseNameText(text), lab)).toBe(true)
    expect(parseNameText(text).key).not.toBe(lab.key)
  })

  it('keeps the attributes of a multi-valued RDN together', () => {
    expect(multi.rdns.map((rdn) => rdn.length)).toEqual([1, 2])
    for (const text of ['/C=NL/OU=PKI+CN=X', 'C=NL, CN=X + OU=PKI', 'C=NL; OU=PKI + CN=X']) {
      expect(parseNameText(text).key).toBe(multi.key)
    }
    expect(parseNameText('C=NL, O=Research + Development').rdns).toHaveLength(2)
  })

  it('decodes the escapes of every style', () => {
    expect(shown('/CN=M\\xC3\\xBCnchen')).toEqual(['CN|München'])
    expect(shown('CN = M\\C3\\BCnchen')).toEqual(['CN|München'])
    expect(shown('CN = M\\FCnchen')).toEqual(['CN|München'])
    expect(shown('CN = "a \\"quoted\\" name, \\C3\\BC"')).toEqual(['CN|a "quoted" name, ü'])
    expect(shown('CN="say ""hi"", you", C=NL')).toEqual(['CN|say "hi", you', 'C|NL'])
    expect(shown('CN=\\ lead and trail\\ ,O=x')).toEqual(['CN| lead and trail ', 'O|x'])
  })

  it('leaves a backslash that is no escape', () => {
    expect(shown('CN=CORP\\admin')).toEqual(['CN|CORP\\admin'])
    expect(shown('/CN=CORP\\user')).toEqual(['CN|CORP\\user'])
  })

  it('does not split at separators inside of values', () => {
    expect(shown('/C=US/OU=www.entrust.net/CPS incorp. by ref./CN=a/b')).toEqual([
      'C|US',
      'OU|www.entrust.net/CPS incorp. by ref.',
      'CN|a/b',
    ])
    expect(shown('O=Foo, Bar; Baz, CN=1+1=2')).toEqual(['O|Foo, Bar; Baz', 'CN|1+1=2'])
    expect(shown('O="Unclosed, CN=x')).toEqual(['O|"Unclosed', 'CN|x'])
  })

  it('knows the spellings of other tools', () => {
    expect(shown('E=a@b.nl, S=ZH, G=Jan, SERIALNUMBER=1, STREET=s')).toEqual([
      'emailAddress|a@b.nl',
      'ST|ZH',
      'GN|Jan',
      'serialNumber|1',
      'street|s',
    ])
    expect(shown('C=NL, CN=x/emailAddress=a@b.nl')).toEqual(['C|NL', 'CN|x', 'emailAddress|a@b.nl'])
    expect(shown('CN=x,1.3.6.1.4.1.311.60.2.1.3=#13024e4c')).toEqual(['CN|x', 'jurisdictionC|NL'])
    expect(shown('CN=x,constructor=y')).toEqual(['CN|x,constructor=y'])
  })

  it('takes anything for plain characters', () => {
    expect(shown('CN=<script>\u202e\0</script>')).toEqual(['CN|<script>\u202e\0</script>'])
    expect(shown('O=, CN=')).toEqual(['O|', 'CN|'])
    for (const text of ['', '/', '=', 'no name at all', '/ /', '"', '\\', '/=/=', '__proto__']) {
      expect(parseNameText(text).rdns).toEqual([])
    }
    expect(parseNameText('__proto__=x, CN=y').rdns).toEqual([])
  })

  it('reads long hostile text in linear time', () => {
    for (const part of ['CN="', '/CN=', ', ', '+', '\\', 'CN=""x', '1.', 'a', ' ', '\\C3', '",CN="', '#']) {
      expect(() => parseNameText(`CN=${part.repeat(200_000)}`)).not.toThrow()
    }
  })
})

describe('comparison', () => {
  it('ignores case and extra white space but not order', () => {
    expect(parseNameText('C=nl, O=lab  TRUST,  b.v., CN=LAB root').key).toBe(lab.key)
    expect(parseNameText('O=Lab Trust, B.V., C=NL, CN=Lab Root').key).not.toBe(lab.key)
  })

  it('is not fooled by separators in values', () => {
    const attribute = (type: string, value: string) => ({ oid: type, type, value }) as never
    const one = nameFromRdns([[attribute('2.5.4.3', 'a,2.5.4.3=b')]])
    const two = nameFromRdns([[attribute('2.5.4.3', 'a')], [attribute('2.5.4.3', 'b')]])
    expect(one.key).not.toBe(two.key)
    expect(parseNameText('CN=a').key).not.toBe(parseNameText('CN=a\0').key)
  })
})

describe('formatting', () => {
  it('prints what it parses back', () => {
    expect(opensslOneLine(lab)).toBe('C=NL, O=Lab Trust, B.V., CN=Lab Root')
    expect(opensslOneLine(multi)).toBe('C=NL, OU=PKI + CN=X')
    expect(rfc4514(lab)).toBe('CN=Lab Root,O=Lab Trust\\, B.V.,C=NL')
    const odd = parseNameText('CN = "#a <b>; \\"c\\" \\\\ ", O = x')
    expect(parseNameText(rfc4514(odd), { reversed: true })).toEqual(odd)
  })

  it('names a certificate by its last CN, else by the next best', () => {
    expect(shortName(parseNameText('CN=a, CN=b, O=c'))).toBe('b')
    expect(shortName(parseNameText('O=c, OU=d'))).toBe('d')
    expect(shortName(parseNameText('C=NL, ST=ZH'))).toBe('ZH')
    expect(shortName(nameFromRdns([]))).toBe('(empty name)')
  })
})
