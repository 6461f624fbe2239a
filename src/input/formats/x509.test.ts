import { describe, expect, it } from 'vitest'
import { names, printName } from '../testing/names.ts'
import { nooutFacts, textDump } from '../testing/other-tools.ts'
import { issuingPem, leafPem } from '../testing/pki.ts'
import { at, certificateIn, read, readOne } from '../testing/reading.ts'

describe('x509 -noout', () => {
  for (const generation of ['old', 'new'] as const) {
    it(`${generation} style: all facts with their places`, () => {
      const text = nooutFacts(generation, names.leaf, names.issuing)
      const capture = readOne(text)
      const style = generation === 'old' ? 'slash' : 'tight'
      expect(capture.tool).toBe('x509')
      expect(capture.printed).toHaveLength(1)
      const [facts] = capture.printed
      expect(at(text, facts?.subject?.span)).toBe(printName(names.leaf, style))
      expect(at(text, facts?.issuer?.span)).toBe(printName(names.issuing, style))
      expect(facts?.notBefore?.value).toBe(Date.UTC(2026, 10, 24, 18, 20))
      expect(facts?.notAfter?.value).toBe(Date.UTC(2027, 10, 4, 18, 20))
      expect(at(text, facts?.notAfter?.span)).toBe('notAfter=Nov  4 18:20:00 2027 GMT')
      expect(facts?.serial?.value).toBe('0F11')
      expect(facts?.sha256?.value).toBe('ab'.repeat(32))
    })
  }

  it('dates may be ISO 8601', () => {
    expect(readOne('notBefore=2026-11-24 18:20:00Z\nnotAfter=2027-11-04 18:20:00Z\n').printed[0]?.notAfter?.value).toBe(
      Date.UTC(2027, 10, 4, 18, 20),
    )
  })

  it('a SHA-1 fingerprint is no SHA-256', () => {
    expect(readOne(`subject=CN=a\nSHA1 Fingerprint=${'AB:'.repeat(19)}AB\n`).printed[0]?.sha256).toBeUndefined()
  })

  it('several certificates are told apart by a repeated line', () => {
    const text = nooutFacts('new', names.leaf, names.issuing) + nooutFacts('new', names.issuing, names.root)
    expect(readOne(text).printed.map((facts) => facts.subject?.name.rdns.flat().at(-1)?.value)).toEqual([
      'shop.harbour.example',
      'Harbour TLS CA 2',
    ])
  })

  it('names around PEM belong to the same capture', () => {
    const text = `subject=${printName(names.leaf, 'tight')}\nissuer=${printName(names.issuing, 'tight')}\n${leafPem}\nsubject=${printName(names.issuing, 'tight')}\nissuer=${printName(names.root, 'tight')}\n${issuingPem}`
    const capture = readOne(text)
    expect(capture.blocks.map(certificateIn)).toEqual(['shop.harbour.example', 'Harbour TLS CA 2'])
    expect(capture.printed).toHaveLength(2)
  })

  it('bag attributes say that pkcs12 printed it', () => {
    const text = `Bag Attributes\n    localKeyID: D4 5D\n    friendlyName: shop\nsubject=${printName(names.leaf, 'spaced')}\nissuer=${printName(names.issuing, 'spaced')}\n${leafPem}`
    const capture = readOne(text)
    expect(capture.toolLabel).toBe('openssl pkcs12')
    expect(capture.blocks.map(certificateIn)).toEqual(['shop.harbour.example'])
  })

  it('an answer about expiry or a name is kept as a capture', () => {
    for (const text of ['Certificate will expire\n', 'Hostname a.example does NOT match certificate\n']) {
      expect(readOne(text).tool).toBe('x509')
    }
  })

  it('what cannot be loaded is a failure', () => {
    for (const line of [
      'unable to load certificate',
      'Could not read certificate from <stdin>',
      'Could not find certificate from no.pem',
      'Mac verify error: invalid password?',
    ]) {
      const text = `$ openssl x509 -in no.pem -noout -dates\n${line}\n`
      const capture = readOne(text)
      expect(capture.tool).toBe('x509')
      expect(capture.failures.map((failure) => [failure.kind, at(text, failure.span)])).toEqual([['other', line]])
      expect(readOne(`${line}\n`).failures.map((failure) => failure.text)).toEqual([line])
    }
  })
})

describe('x509 -text', () => {
  for (const generation of ['old', 'new'] as const) {
    it(`${generation} style: names, dates, serial number, alternative names`, () => {
      const text = textDump(generation, names.leaf, names.issuing)
      const capture = readOne(text)
      expect(capture.printed).toHaveLength(1)
      const [facts] = capture.printed
      expect(at(text, facts?.subject?.span)).toBe(printName(names.leaf, generation === 'old' ? 'spaced' : 'tight'))
      expect(facts?.issuer?.name.rdns.flat().map(({ value }) => value)).toEqual([
        'NL',
        'Harbour Trust, N.V.',
        'Harbour TLS CA 2',
      ])
      expect(facts?.notBefore?.value).toBe(Date.UTC(2026, 10, 24, 18, 20))
      expect(facts?.notAfter?.value).toBe(Date.UTC(2027, 10, 4, 18, 20))
      expect(facts?.serial?.value).toBe(generation === 'old' ? '0F11' : '0A1B2C3D4E5F607182')
      expect(facts?.names?.value).toEqual([
        { type: 'DNS', value: 'shop.harbour.example' },
        { type: 'DNS', value: '*.harbour.example' },
        { type: 'IP', value: '192.0.2.7' },
      ])
      expect(at(text, facts?.names?.span)).toContain('DNS:shop.harbour.example')
      expect(facts?.isCa).toBe(false)
    })
  }

  it('may begin anywhere', () => {
    const text = textDump('new', names.leaf, names.issuing)
    expect(readOne(text.slice(text.indexOf('        Issuer:'))).printed[0]?.subject?.text).toBe(
      printName(names.leaf, 'tight'),
    )
  })

  it('is followed by its PEM', () => {
    const capture = readOne(textDump('new', names.leaf, names.issuing) + leafPem)
    expect(capture.blocks.map(certificateIn)).toEqual(['shop.harbour.example'])
    expect(capture.printed).toHaveLength(1)
  })

  it('of a request or a CRL is no certificate', () => {
    const crl =
      'Certificate Revocation List (CRL):\n        Version 2 (0x1)\n        Signature Algorithm: ecdsa-with-SHA256\n        Issuer: CN=ca\n'
    expect(read(crl).captures.flatMap((capture) => capture.printed)).toEqual([])
  })
})
