import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeCrl } from './crl.ts'
import { crlEntries, findRevoked } from './crl-entries.ts'
import type { Crl } from './crl-model.ts'
import { decodeCertificate } from './decode.ts'

const folder = mkdtempSync(join(tmpdir(), 'weaklink-crl-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (file: string) => join(folder, file)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })

openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ca.key')
writeFileSync(
  at('ca.cnf'),
  '[req]\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\n[v3]\nbasicConstraints=CA:true\nsubjectKeyIdentifier=hash\n',
)
openssl('req', '-x509', '-new', '-config', 'ca.cnf', '-key', 'ca.key', '-subj', '/O=Lab/CN=CRL CA', '-out', 'ca.pem')

interface Order {
  /** Lines of OpenSSL's index: serial, and what follows the time of revocation there (`,keyCompromise`). */
  readonly revoked?: readonly (readonly [serial: string, reason: string])[]
  readonly extensions?: readonly string[]
  readonly number?: string
  readonly sections?: readonly string[]
}

const rootName = '/O=Lab/CN=x'
const revokedAt = '240102030405Z'

/** A CRL in DER as `openssl ca -gencrl` makes it. */
function make(name: string, { revoked = [], extensions = [], number = '1001', sections = [] }: Order = {}): Uint8Array {
  const index = revoked.map(
    ([serial, reason]) => `R\t491231235959Z\t${revokedAt}${reason}\t${serial}\tunknown\t${rootName}`,
  )
  writeFileSync(at(`${name}.index`), index.map((line) => `${line}\n`).join(''))
  writeFileSync(at(`${name}.number`), `${number}\n`)
  const config = [
    `[ca]\ndefault_ca=lab\n[lab]\ndatabase=${name}.index\ncrlnumber=${name}.number\ndefault_md=sha256`,
    `unique_subject=no\ndefault_crl_days=30\ncrl_extensions=crl\n[crl]`,
    ...extensions,
    ...sections,
    '',
  ]
  writeFileSync(at(`${name}.cnf`), config.join('\n'))
  openssl('ca', '-gencrl', '-config', `${name}.cnf`, '-cert', 'ca.pem', '-keyfile', 'ca.key', '-out', `${name}.pem`)
  openssl('crl', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
  return new Uint8Array(readFileSync(at(`${name}.der`)))
}

function decoded(der: Uint8Array): Crl {
  const result = decodeCrl(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const full = make('full', {
  number: '0A2B',
  revoked: [
    ['01', ''],
    ['02', ',keyCompromise'],
    ['03', ',keyTime,20230102030405Z'],
    ['0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', ',certificateHold'],
    ['80', ',superseded'],
  ],
  extensions: [
    'authorityKeyIdentifier=keyid',
    'issuingDistributionPoint=critical,@point',
    'freshestCRL=URI:http://crl.example/delta.crl',
  ],
  sections: [
    '[point]',
    'fullname=URI:http://crl.example/a.crl,dirName:dir',
    'onlyuser=TRUE',
    'onlysomereasons=keyCompromise,superseded',
    'indirectCRL=TRUE',
    '[dir]',
    'O=Lab',
    'CN=Point',
  ],
})

describe('decodeCrl', () => {
  it('reads what OpenSSL wrote', () => {
    const crl = decoded(full)
    expect(crl).toMatchObject({
      version: 2,
      crlNumber: 0x0a2bn,
      entryCount: 5,
      signatureWhole: true,
      unknownCriticalInEntries: [],
      problems: [],
    })
    expect(crl.issuer.rdns.flat().map(({ type, value }) => `${type}=${value}`)).toEqual(['O=Lab', 'CN=CRL CA'])
    expect(crl.nextUpdate).toBe(crl.thisUpdate + 30 * 86_400_000)
    expect(crl.signatureAlgorithm.name).toBe('ecdsa-with-SHA256')
    const ca = decodeCertificate(new Uint8Array(openssl('x509', '-in', 'ca.pem', '-outform', 'DER')))
    expect(ca.ok && crl.authorityKeyId?.keyId).toBe(ca.ok && ca.value.subjectKeyId)
  })

  it('reads the scope of a CRL', () => {
    const { issuingPoint, freshest } = decoded(full)
    expect(issuingPoint).toMatchObject({
      onlyUserCerts: true,
      onlyCaCerts: false,
      onlyAttributeCerts: false,
      indirect: true,
      onlySomeReasons: ['keyCompromise', 'superseded'],
      name: { fullName: [{ type: 'URI', value: 'http://crl.example/a.crl' }, { type: 'directory' }] },
    })
    expect(freshest).toMatchObject([{ name: { fullName: [{ value: 'http://crl.example/delta.crl' }] } }])
  })

  it('keeps a relative distribution point name as attributes', () => {
    const der = make('relative', {
      extensions: ['issuingDistributionPoint=critical,@point'],
      sections: ['[point]', 'relativename=rdn', '[rdn]', 'CN=Part 7'],
    })
    expect(decoded(der).issuingPoint?.name).toMatchObject({ relativeName: [{ type: 'CN', value: 'Part 7' }] })
  })

  it('finds an entry by serial number with its reason and dates', () => {
    const crl = decoded(full)
    const find = (serial: string) => findRevoked(crl, serial, crl.issuer.key)
    expect(find('01')).toMatchObject({ serial: '01', revocationDate: Date.UTC(2024, 0, 2, 3, 4, 5) })
    expect(find('01')?.reason).toBeUndefined()
    expect(find('02')?.reason).toBe('keyCompromise')
    expect(find('03')).toMatchObject({ reason: 'keyCompromise', invalidityDate: Date.UTC(2023, 0, 2, 3, 4, 5) })
    expect(find('0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF')?.reason).toBe('certificateHold')
    expect(find('0080')?.reason).toBe('superseded')
  })

  it('takes serial numbers by value: padding is nothing, the sign is', () => {
    const crl = decoded(full)
    expect(findRevoked(crl, '000001', crl.issuer.key)?.serial).toBe('01')
    expect(findRevoked(crl, '80', crl.issuer.key)).toBeUndefined()
    expect(findRevoked(crl, '04', crl.issuer.key)).toBeUndefined()
    expect(findRevoked(crl, '', crl.issuer.key)).toBeUndefined()
  })

  it('does not find certificates of another issuer', () => {
    const crl = decoded(full)
    expect(findRevoked(crl, '01', 'another')).toBeUndefined()
  })

  it('reads a CRL without entries', () => {
    const crl = decoded(make('empty'))
    expect(crl.entryCount).toBe(0)
    expect([...crlEntries(crl)]).toEqual([])
    expect(findRevoked(crl, '01', crl.issuer.key)).toBeUndefined()
  })

  it('reads the base of a delta CRL', () => {
    const crl = decoded(make('delta', { number: '07', extensions: ['2.5.29.27=critical,ASN1:INTEGER:5'] }))
    expect(crl).toMatchObject({ crlNumber: 7n, baseCrlNumber: 5n })
  })

  it('keeps critical extensions that are unknown and those that are broken', () => {
    const extensions = ['1.2.3.4=critical,ASN1:NULL', '2.5.29.28=critical,ASN1:NULL']
    const crl = decoded(make('odd', { extensions }))
    const odd = crl.extensions.map(({ oid, critical, error }) => [oid, critical, error !== undefined])
    expect(odd).toContainEqual(['1.2.3.4', true, false])
    expect(odd).toContainEqual(['2.5.29.28', true, true])
    expect(crl.problems).not.toEqual([])
  })

  it('is frozen plain data with its own bytes', () => {
    const bytes = new Uint8Array(full)
    const crl = decoded(bytes)
    bytes.fill(0)
    expect(crl.der).toEqual(full)
    expect(Object.isFrozen(crl)).toBe(true)
    const copy = structuredClone(crl)
    expect(findRevoked(copy, '02', copy.issuer.key)?.reason).toBe('keyCompromise')
  })

  it('notes bytes that follow', () => {
    expect(decoded(Uint8Array.of(...full, 0, 0)).problems).toContain('2 bytes follow the CRL')
  })

  it('says what bytes are that are no CRL', () => {
    const certificate = new Uint8Array(openssl('x509', '-in', 'ca.pem', '-outform', 'DER'))
    expect(decodeCrl(certificate)).toMatchObject({ ok: false, error: { looksLike: 'certificate' } })
    expect(decodeCrl(new Uint8Array())).toMatchObject({ ok: false, error: { code: 'empty' } })
    expect(decodeCrl(Uint8Array.of(1, 2, 3))).toMatchObject({ ok: false, error: { code: 'not-der' } })
    expect(decodeCrl(full, 10)).toMatchObject({ ok: false, error: { code: 'too-large' } })
  })

  it('refuses every CRL that is cut short', () => {
    for (let length = 0; length < full.length; length++) expect(decodeCrl(full.subarray(0, length)).ok).toBe(false)
  })

  it('survives every change of one byte', () => {
    for (let offset = 0; offset < full.length; offset++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const bytes = new Uint8Array(full)
        bytes[offset] = (bytes[offset] as number) ^ change
        const result = decodeCrl(bytes)
        if (!result.ok) continue
        findRevoked(result.value, '02', result.value.issuer.key)
        expect([...crlEntries(result.value)].length).toBe(result.value.entryCount)
      }
    }
  })

  it('decodes and searches 50,000 entries, in which no two are the same', () => {
    const serials = Array.from({ length: 50_000 }, (_, number) => (0x10_0000 + number * 7).toString(16).toUpperCase())
    const even = (serial: string) => (serial.length % 2 === 0 ? serial : `0${serial}`)
    const crl = decoded(make('huge', { revoked: serials.map((serial) => [even(serial), ',keyCompromise']) }))
    expect(crl.entryCount).toBe(50_000)
    const missing = serials.filter((serial) => findRevoked(crl, even(serial), crl.issuer.key) === undefined)
    expect(missing).toEqual([])
    expect(findRevoked(crl, '100001', crl.issuer.key)).toBeUndefined()
  })
})
