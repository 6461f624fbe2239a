import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificatesInPkcs7 } from './pkcs7.ts'

describe('certificatesInPkcs7', () => {
  let directory: string
  const at = (name: string) => path.join(directory, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'weaklink-p7-'))
    for (const name of ['a', 'b']) {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(`${name}.key`)]
      openssl('req', '-x509', ...key, '-subj', `/CN=${name}.shop.example`, '-days', '30', '-out', at(`${name}.pem`))
      openssl('x509', '-in', at(`${name}.pem`), '-outform', 'DER', '-out', at(`${name}.der`))
    }
    const both = ['-certfile', at('a.pem'), '-certfile', at('b.pem')]
    openssl('crl2pkcs7', '-nocrl', ...both, '-outform', 'DER', '-out', at('both.p7b'))
    const signer = ['-signer', at('a.pem'), '-inkey', at('a.key')]
    openssl(
      'cms',
      '-sign',
      '-stream',
      '-nodetach',
      '-in',
      at('a.pem'),
      ...signer,
      '-outform',
      'DER',
      '-out',
      at('ber.p7b'),
    )
  })

  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const read = (name: string) => new Uint8Array(readFileSync(at(name)))

  it('gives every certificate byte for byte', () => {
    const found = certificatesInPkcs7(read('both.p7b'))
    expect(found).toEqual({ ok: true, value: [read('a.der'), read('b.der')] })
  })

  it('reads BER with indefinite lengths', () => {
    const bytes = read('ber.p7b')
    expect(bytes[1]).toBe(0x80)
    expect(certificatesInPkcs7(bytes)).toEqual({ ok: true, value: [read('a.der')] })
  })

  it('names what cannot be read and never throws', () => {
    const whole = read('both.p7b')
    for (let length = 0; length < whole.length; length += 7) {
      expect(certificatesInPkcs7(whole.subarray(0, length))).toMatchObject({ ok: false })
    }
  })

  it('refuses other ASN.1', () => {
    expect(certificatesInPkcs7(read('a.der'))).toMatchObject({ ok: false, error: { code: 'not-a-certificate' } })
  })
})
