import { describe, expect, it } from 'vitest'
import { names, printName } from '../testing/names.ts'
import { failedVerify } from '../testing/other-tools.ts'
import { at, read, readOne } from '../testing/reading.ts'

describe('verify: a failure of each generation', () => {
  for (const generation of ['1.0.2', '1.1.1', '3.5', 'libressl'] as const) {
    it(generation, () => {
      const text = failedVerify(generation, 'shop.pem', 20, 'unable to get local issuer certificate')
      const capture = readOne(text)
      expect(capture.tool).toBe('verify')
      expect(capture.verifyErrors).toMatchObject([{ code: 20, text: 'unable to get local issuer certificate' }])
      expect(at(text, capture.verifyErrors[0]?.span)).toContain('20')
      expect(capture.verifyResult).toMatchObject({ code: 20, ok: false })
      if (generation === 'libressl') return
      expect(capture.verifyErrors[0]?.depth).toBe(0)
      expect(capture.printed[0]?.subject?.name.rdns.flat().at(-1)?.value).toBe('shop.harbour.example')
      expect(at(text, capture.printed[0]?.subject?.span)).toBe(
        printName(names.leaf, generation === '3.5' ? 'tight' : 'spaced'),
      )
    })
  }

  it('0.9.8 prints names with slashes', () => {
    const text = `shop.pem: ${printName(names.leaf, 'slash')}\nerror 18 at 0 depth lookup:self signed certificate\nOK\n`
    const capture = readOne(text)
    expect(capture.verifyResult).toMatchObject({ code: 18, ok: false })
    expect(at(text, capture.printed[0]?.subject?.span)).toBe(printName(names.leaf, 'slash'))
  })

  it('"OK" behind an error does not undo it', () => {
    expect(
      readOne('shop.pem: CN = a\nerror 10 at 0 depth lookup:certificate has expired\nshop.pem: OK\n').verifyResult,
    ).toMatchObject({ code: 10, ok: false })
  })

  it('several errors of one run stay together', () => {
    const text =
      'CN = a\nerror 10 at 0 depth lookup: certificate has expired\nCN = b\nerror 19 at 2 depth lookup: self-signed certificate in certificate chain\nerror a.pem: verification failed\n'
    const capture = readOne(text)
    expect(capture.verifyErrors.map((error) => [error.code, error.depth])).toEqual([
      [10, 0],
      [19, 2],
    ])
  })
})

describe('verify: success', () => {
  it('is read from its line', () => {
    const text = 'chain/shop.pem: OK\n'
    expect(readOne(text).verifyResult).toMatchObject({ code: 0, ok: true })
    expect(at(text, readOne(text).verifyResult?.span)).toBe('chain/shop.pem: OK')
  })

  it('with -show_chain has the path', () => {
    const text = `shop.pem: OK\nChain:\ndepth=0: ${printName(names.leaf, 'tight')} (untrusted)\ndepth=1: ${printName(names.issuing, 'tight')} (untrusted)\ndepth=2: ${printName(names.root, 'tight')}\n`
    const capture = readOne(text)
    expect(capture.verifyPath.map((entry) => [entry.depth, at(text, entry.subject.span)])).toEqual([
      [0, printName(names.leaf, 'tight')],
      [1, printName(names.issuing, 'tight')],
      [2, printName(names.root, 'tight')],
    ])
    expect(capture.verifyResult?.ok).toBe(true)
  })

  it('of a file whose name says nothing needs the command', () => {
    expect(readOne('$ openssl verify -CAfile root shop\nshop: OK\n').verifyResult?.ok).toBe(true)
    expect(read('self test: OK\nbuild: OK\n').captures).toEqual([])
  })

  it('on Windows has a drive letter', () => {
    expect(readOne('C:\\certs\\shop.pem: OK\n').verifyResult?.ok).toBe(true)
  })
})

describe('verify: several runs', () => {
  const missing =
    'Could not open file or uri for loading certificate file from no.pem\n40B7:error:80000002:system library:file_open:No such file or directory:x.c:266:calling stat(no.pem)\nUnable to load certificate file\n'

  it('are captures of their own, in order', () => {
    const text = `a.pem: OK\n${failedVerify('3.5', 'b.pem', 20, 'unable to get local issuer certificate')}${missing}c.pem: OK\n`
    const { captures } = read(text)
    expect(captures.map((capture) => capture.verifyResult?.ok)).toEqual([true, false, undefined, true])
    expect(captures[2]?.failures.map((failure) => at(text, failure.span))).toEqual(missing.trimEnd().split('\n'))
    expect(captures[3]?.failures).toEqual([])
  })

  it('know their command when their number is that of its files', () => {
    const { captures } = read(`$ openssl verify a.pem b.pem\na.pem: OK\nb.pem: OK\n`)
    expect(captures.map((capture) => capture.command?.operands)).toEqual([
      ['a.pem', 'b.pem'],
      ['a.pem', 'b.pem'],
    ])
  })

  it('of several commands on one line do not claim the first', () => {
    const { captures } = read(`$ openssl verify a.pem; openssl verify b.pem\na.pem: OK\nb.pem: OK\n`)
    expect(captures.map((capture) => capture.command)).toEqual([undefined, undefined])
  })

  it('a file that cannot be read is a failure, not nothing', () => {
    for (const text of [
      missing,
      'Error loading file no.pem\n',
      "Can't open no.pem for reading, No such file or directory\n140:error:02001002:system library:fopen:No such file or directory:bss_file.c:69:fopen('no.pem','r')\nunable to load certificate\n",
    ]) {
      const capture = readOne(`$ openssl verify no.pem\n${text}`)
      expect(capture.tool).toBe('verify')
      expect(capture.failures.length).toBeGreaterThan(0)
      expect(capture.verifyResult).toBeUndefined()
    }
  })
})
