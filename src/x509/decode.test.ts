import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeCertificate, serialAsPrinted, unreadableNotAfter } from './decode.ts'
import { distributionPoints } from './extension-access.ts'
import { inhibitAnyPolicy, policyConstraints, policyMappings } from './extension-policy.ts'
import type { Certificate } from './model.ts'
import { parseNameText } from './name.ts'
import { toPem } from './pem.ts'

const folder = mkdtempSync(join(tmpdir(), 'weaklink-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (file: string) => join(folder, file)
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
const fromHex = (digits: string) => Uint8Array.from(Buffer.from(digits.replace(/\s/g, ''), 'hex'))

openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem')

/** Makes a self-signed certificate with the extensions that `config` lists. */
function make(name: string, config: string, args: string[] = [], subject = '/C=NL/O=Lab/CN=x'): Uint8Array {
  writeFileSync(at(`${name}.cnf`), `[req]\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\n[v3]\n${config}\n`)
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    'key.pem',
    '-config',
    `${name}.cnf`,
    '-subj',
    subject,
    '-utf8',
    '-multivalue-rdn',
    '-days',
    '30',
    '-outform',
    'DER',
    '-out',
    `${name}.der`,
    ...args,
  )
  return readFileSync(at(`${name}.der`))
}

function decoded(der: Uint8Array): Certificate {
  const result = decodeCertificate(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const linesOf = (certificate: Certificate, oid: string) =>
  certificate.extensions.find((extension) => extension.oid === oid)?.lines

const full = make(
  'full',
  `basicConstraints=critical,CA:TRUE,pathlen:2
keyUsage=critical,digitalSignature,keyCertSign,cRLSign
extendedKeyUsage=serverAuth,clientAuth,1.2.3.4
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid:always,issuer:always
subjectAltName=DNS:a.example,DNS:*.b.example,IP:192.0.2.1,IP:2001:db8::1,email:x@y.nl,URI:https://u.example/,RID:1.2.3,dirName:dir,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:me@corp
nameConstraints=critical,permitted;DNS:.example.com,permitted;IP:10.0.0.0/255.0.0.0,excluded;email:bad.example,excluded;IP:2001:db8::/ffff:ffff::
authorityInfoAccess=OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/ca.crt
crlDistributionPoints=point
certificatePolicies=1.2.3.4,2.23.140.1.2.1,@policy
policyMappings=1.2.3:1.2.4
policyConstraints=requireExplicitPolicy:1,inhibitPolicyMapping:0
inhibitAnyPolicy=2
tlsfeature=status_request
noCheck=ignored
nsComment="made for a test"
1.2.3.4.5=DER:0102030405060708090a0b0c0d0e0f1011
[dir]
C=NL
O=Lab, B.V.
[point]
fullname=URI:http://crl.example/a.crl,URI:http://crl.example/b.crl
CRLissuer=dirName:dir
reasons=keyCompromise,CACompromise
[policy]
policyIdentifier=1.3.5.8
CPS.1=http://cps.example/
userNotice.1=@notice
[notice]
explicitText=Read this`,
  ['-set_serial', '0xe5a1b2c3d4e5f60718293a4b5c6d7e8f'],
  '/C=NL/O=Lab Trust, B.V./OU=PKI+CN=Löb "Root"/emailAddress=ca@lab.nl/serialNumber=12',
)
const certificate = decoded(full)

describe('decodeCertificate', () => {
  it('agrees with openssl on the fields it prints', () => {
    const text = openssl(
      'x509',
      '-in',
      'full.der',
      '-noout',
      '-serial',
      '-fingerprint',
      '-sha256',
      '-startdate',
      '-enddate',
      '-subject',
      '-nameopt',
      'oneline,utf8,-esc_msb',
    ).toString()
    const field = (name: string) => new RegExp(`^${name}\\s*=\\s*(.*)$`, 'im').exec(text)?.[1] ?? ''
    expect(serialAsPrinted(certificate.serial)).toBe(field('serial'))
    expect(certificate.sha256).toBe(field('sha256 Fingerprint').replaceAll(':', '').toLowerCase())
    expect(certificate.notBefore).toBe(Date.parse(field('notBefore')))
    expect(certificate.notAfter).toBe(Date.parse(field('notAfter')))
    expect(parseNameText(field('subject'))).toEqual(certificate.subject)
    const slash = openssl('x509', '-in', 'full.der', '-noout', '-subject', '-nameopt', 'compat').toString()
    expect(parseNameText(slash.trim().replace('subject=', '')).rdns.flat()).toEqual(certificate.subject.rdns.flat())
    const rfc2253 = openssl('x509', '-in', 'full.der', '-noout', '-subject', '-nameopt', 'RFC2253').toString()
    expect(parseNameText(rfc2253.trim().replace('subject=', ''), { reversed: true })).toEqual(certificate.subject)
    const multiline = openssl('x509', '-in', 'full.der', '-noout', '-subject', '-nameopt', 'multiline,utf8').toString()
    expect(parseNameText(multiline.replace('subject=', ''))).toEqual(certificate.subject)
  })

  it('fills the fields of the extensions', () => {
    expect(certificate.version).toBe(3)
    expect(certificate.basicConstraints).toEqual({ ca: true, pathLength: 2 })
    expect(certificate.isCa).toBe(true)
    expect(certificate.selfIssued).toBe(true)
    expect(certificate.keyUsage).toEqual(['digitalSignature', 'keyCertSign', 'cRLSign'])
    expect(certificate.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '1.2.3.4'])
    expect(certificate.subjectKeyId).toBe(certificate.publicKey.keyId)
    expect(certificate.authorityKeyId).toMatchObject({ keyId: certificate.publicKey.keyId, serial: certificate.serial })
    expect(certificate.authorityKeyId?.issuer?.[0]?.name?.key).toBe(certificate.issuer.key)
    expect(certificate.subjectAltNames.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'DNS a.example',
      'DNS *.b.example',
      'IP 192.0.2.1',
      'IP 2001:db8::1',
      'email x@y.nl',
      'URI https://u.example/',
      'registeredId 1.2.3',
      'directory O=Lab\\, B.V.,C=NL',
      'otherName UPN:me@corp',
    ])
    expect(certificate.nameConstraints?.permitted.map(({ base }) => base.value)).toEqual(['.example.com', '10.0.0.0/8'])
    expect(certificate.nameConstraints?.excluded.map(({ base }) => base.value)).toEqual([
      'bad.example',
      '2001:db8::/32',
    ])
    expect(certificate.ocsp).toEqual(['http://ocsp.example/'])
    expect(certificate.caIssuers).toEqual(['http://ca.example/ca.crt'])
    expect(certificate.crlUrls).toEqual(['http://crl.example/a.crl', 'http://crl.example/b.crl'])
    expect(certificate.policies).toEqual(['1.2.3.4', '2.23.140.1.2.1', '1.3.5.8'])
    expect(certificate.publicKey).toMatchObject({ algorithm: 'EC', curve: 'P-256', bits: 256 })
    expect(certificate.problems).toEqual([])
  })

  it('gives what the model has no field for on request', () => {
    expect(policyMappings(certificate)).toEqual([{ issuerDomain: '1.2.3', subjectDomain: '1.2.4' }])
    expect(policyConstraints(certificate)).toEqual({ requireExplicitPolicy: 1, inhibitPolicyMapping: 0 })
    expect(inhibitAnyPolicy(certificate)).toBe(2)
    expect(distributionPoints(certificate)).toMatchObject([
      { reasons: ['Key Compromise', 'CA Compromise'], crlIssuer: [{ value: 'O=Lab\\, B.V.,C=NL' }] },
    ])
  })

  it('shows extensions in the words of OpenSSL', () => {
    const printed = openssl('x509', '-in', 'full.der', '-noout', '-text').toString()
    for (const { name, critical } of certificate.extensions)
      expect(printed).toContain(`${name}: ${critical ? 'critical' : ''}`)
    for (const oid of [
      '2.5.29.14',
      '2.5.29.15',
      '2.5.29.19',
      '2.5.29.37',
      '1.3.6.1.5.5.7.1.1',
      '2.5.29.33',
      '1.3.6.1.5.5.7.1.24',
    ]) {
      for (const line of linesOf(certificate, oid) ?? ['none']) expect(printed).toContain(line)
    }
    expect(linesOf(certificate, '2.5.29.17')?.slice(0, 3)).toEqual([
      'DNS:a.example',
      'DNS:*.b.example',
      'IP Address:192.0.2.1',
    ])
    expect(linesOf(certificate, '2.5.29.30')).toEqual([
      'Permitted:',
      '  DNS:.example.com',
      '  IP Address:10.0.0.0/8',
      'Excluded:',
      '  email:bad.example',
      '  IP Address:2001:db8::/32',
    ])
    expect(linesOf(certificate, '2.5.29.32')).toEqual([
      'Policy: 1.2.3.4',
      'Policy: 2.23.140.1.2.1 (CA/Browser Forum domain validated)',
      'Policy: 1.3.5.8',
      '  CPS: http://cps.example/',
      '  User Notice: Read this',
    ])
    expect(linesOf(certificate, '1.2.3.4.5')).toEqual(['01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10', '11'])
    expect(linesOf(certificate, '2.16.840.1.113730.1.13')).toEqual(['made for a test'])
  })

  it('reads embedded timestamps and the poison of a precertificate', () => {
    const sct = `00${'ab'.repeat(32)}0000018bcfe56800${'0000'}0403${'0002'}0000`
    const list = `${(sct.length / 2 + 2).toString(16).padStart(4, '0')}${(sct.length / 2).toString(16).padStart(4, '0')}${sct}`
    const value = `04${(list.length / 2).toString(16)}${list}`
    const config = `1.3.6.1.4.1.11129.2.4.2=DER:${value}\n1.3.6.1.4.1.11129.2.4.3=critical,DER:0500`
    const logged = decoded(make('sct', config))
    const logId = Buffer.from('ab'.repeat(32), 'hex').toString('base64')
    expect(logged.scts).toEqual([{ version: 0, logId, time: Date.parse('2023-11-14T22:13:20Z') }])
    expect(linesOf(logged, '1.3.6.1.4.1.11129.2.4.2')).toEqual([
      `v1, log ${logId}, 2023-11-14T22:13:20.000Z, ecdsa-with-SHA256`,
    ])
    expect(logged.precertificate).toBe(true)
    expect(certificate.precertificate).toBe(false)
    const cut = decoded(make('sctcut', `1.3.6.1.4.1.11129.2.4.2=DER:${value.replace('0000018b', 'ffffffff')}`))
    expect(cut.scts).toEqual([])
    expect(cut.extensions[0]?.error).toBe('The time of an SCT is out of range')
  })

  it('gives byte ranges into the DER', () => {
    const { ranges, der } = certificate
    expect(der.subarray(ranges.tbs.start, ranges.tbs.end)).toEqual(certificate.tbs)
    expect(der.subarray(ranges.spki.start, ranges.spki.end)).toEqual(certificate.publicKey.spki)
    expect([...der.subarray(ranges.serial.start, ranges.serial.start + 3)]).toEqual([2, 17, 0])
    for (const { range, value } of certificate.extensions) {
      expect(der.subarray(range.end - value.length, range.end)).toEqual(value)
    }
  })

  it('freezes the result and copies the bytes', () => {
    const source = Uint8Array.from(full)
    const copy = decoded(source)
    source.fill(0)
    expect(copy.der).toEqual(certificate.der)
    for (const value of [
      copy,
      copy.extensions,
      copy.extensions[0]?.lines,
      copy.subject,
      copy.subject.rdns,
      copy.subjectAltNames,
      copy.problems,
      copy.ranges,
      copy.policies,
    ]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
    expect(structuredClone(copy)).toEqual(copy)
  })

  it('writes the PEM that openssl writes', () => {
    expect(toPem(certificate.der)).toBe(openssl('x509', '-in', 'full.der').toString())
  })

  it('decodes certificates that openssl signed long ago, without extensions', () => {
    openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=v1', '-config', 'full.cnf', '-out', 'v1.csr')
    openssl(
      'x509',
      '-req',
      '-in',
      'v1.csr',
      '-signkey',
      'key.pem',
      '-days',
      '40000',
      '-outform',
      'DER',
      '-out',
      'v1.der',
    )
    const v1 = decoded(readFileSync(at('v1.der')))
    expect(v1).toMatchObject({ version: 1, isCa: true, extensions: [], problems: [] })
    expect(v1.notAfter - v1.notBefore).toBe(40000 * 86_400_000)
  })

  it('ignores what follows the certificate and says so', () => {
    openssl('x509', '-in', 'full.der', '-addtrust', 'serverAuth', '-trustout', '-out', 'trusted.pem')
    const body = readFileSync(at('trusted.pem'), 'latin1').replace(/-----[^-]+-----|\s/g, '')
    const trusted = decoded(Buffer.from(body, 'base64'))
    expect(trusted.sha256).toBe(certificate.sha256)
    expect(trusted.problems[0]).toMatch(/^\d+ bytes follow the certificate$/)
  })
})

/** Replaces the one place where `from` stands by `to`, of the same length. */
function patched(der: Uint8Array, from: string, to: string): Uint8Array {
  const digits = Buffer.from(der).toString('hex')
  expect(digits.split(from)).toHaveLength(2)
  return fromHex(digits.replace(from, to))
}

/** Where an element stands in the DER, by its first bytes. */
const place = (der: Uint8Array, element: string): number => Buffer.from(der).indexOf(Buffer.from(element, 'hex'))

describe('oddities that do not stop decoding', () => {
  const small = make('small', 'basicConstraints=critical,CA:TRUE\nsubjectAltName=DNS:aa', ['-set_serial', '0x11223344'])

  it('keeps a certificate whose extension is broken', () => {
    const broken = decoded(patched(small, '300482026161', '300482096161'))
    expect(broken.subjectAltNames).toEqual([])
    expect(broken.extensions[1]?.error).toBe('An element is longer than what holds it')
    expect(broken.extensions[1]?.lines).toEqual(['30:04:82:09:61:61'])
    expect(broken.problems[0]).toContain('X509v3 Subject Alternative Name cannot be decoded')
    expect(broken.isCa).toBe(true)
  })

  it('notes serial numbers that RFC 5280 forbids', () => {
    const negative = decoded(patched(small, '020411223344', '0204ff223344'))
    expect(negative.serialNegative).toBe(true)
    const serial = place(small, '020411223344')
    expect(negative.problems).toEqual([`The serial number is negative (at byte ${serial})`])
    const zero = decoded(patched(small, '020411223344', '020400000000'))
    expect(zero.problems).toContain(`The serial number is zero (at byte ${serial})`)
    const long = decoded(make('long', 'subjectAltName=DNS:aa', ['-set_serial', `0x11${'22'.repeat(20)}`]))
    expect(long.problems).toEqual([`The serial number has 21 octets; RFC 5280 allows 20 (at byte ${serial})`])
  })

  it('notes booleans, versions, algorithms and times that are not as they should be', () => {
    const flag = place(small, '0603551d130101ff') + 5
    expect(decoded(patched(small, '0603551d130101ff', '0603551d13010101')).problems).toEqual([
      `The critical flag of X509v3 Basic Constraints is encoded as 0x01, which is not DER (at byte ${flag})`,
    ])
    expect(decoded(patched(small, 'a003020102', 'a003020101')).problems).toEqual([
      `A version 2 certificate with extensions (at byte ${flag - 11})`,
    ])
    const algorithm = '06082a8648ce3d040302'
    const digits = Buffer.from(small).toString('hex')
    const mismatch = decoded(fromHex(digits.replace(algorithm, '06082a8648ce3d040303')))
    expect(mismatch.problems[0]).toContain('The signature algorithm differs inside and outside of the signed part')
    expect(mismatch.signatureAlgorithm.hash).toBe('SHA-256')
    const end = /170d(\d+)5a170d(\d+)5a/.exec(digits)
    const badTime = decoded(fromHex(digits.replace(`170d${end?.[2]}5a`, '170d3939393939393939393939395a')))
    expect(badTime.notAfter).toBe(unreadableNotAfter)
    expect(badTime.problems).toEqual([
      `notAfter is no readable time; the certificate counts as never valid (at byte ${place(small, `170d${end?.[2]}`)})`,
    ])
  })

  it('keeps an algorithm and a curve that it does not know under their OIDs', () => {
    const digits = Buffer.from(small).toString('hex').replaceAll('06082a8648ce3d040302', '06082a8648ce3d04037f')
    const unknown = decoded(fromHex(digits.replace('06082a8648ce3d030107', '06082a8648ce3d03017f')))
    expect(unknown.signatureAlgorithm).toMatchObject({ oid: '1.2.840.10045.4.3.127', name: '1.2.840.10045.4.3.127' })
    expect(unknown.signatureAlgorithm.hash).toBeUndefined()
    expect(unknown.publicKey).toMatchObject({ algorithm: 'EC', curve: '1.2.840.10045.3.1.127' })
  })

  it('takes the first of duplicate extensions', () => {
    const twice = decoded(
      patched(make('twice', 'issuerAltName=DNS:bb\nsubjectAltName=DNS:aa'), '0603551d12', '0603551d11'),
    )
    expect(twice.extensions.map(({ lines }) => lines)).toMatchObject([['DNS:bb'], ['DNS:aa'], {}])
    expect(twice.subjectAltNames.map(({ value }) => value)).toEqual(['bb'])
    expect(twice.problems[0]).toMatch(
      /^The extension X509v3 Subject Alternative Name is there more than once \(at byte/,
    )
  })
})

describe('bytes that are no certificate', () => {
  const outcome = (der: Uint8Array, max?: number) => {
    const result = decodeCertificate(der, max)
    return result.ok ? 'certificate' : `${result.error.code} ${result.error.looksLike ?? ''}`.trim()
  }

  it('tells the ways of not being one apart', () => {
    expect(outcome(new Uint8Array())).toBe('empty')
    expect(outcome(full, 100)).toBe('too-large')
    expect(outcome(new TextEncoder().encode('-----BEGIN CERTIFICATE-----'))).toBe('not-der')
    expect(outcome(full.subarray(0, 300))).toBe('truncated')
    for (let length = 1; length < 4; length++) expect(outcome(full.subarray(0, length))).toBe('truncated')
    expect(outcome(fromHex('3080020101'))).toBe('not-der')
    expect(outcome(fromHex('3003020101'))).toBe('not-a-certificate')
    expect(outcome(fromHex('30030205ff'))).toBe('not-der')
  })

  it('recognises what else comes in PEM and DER files', () => {
    const der = (file: string, ...args: string[]) => {
      openssl(...args, '-out', file)
      return readFileSync(at(file))
    }
    expect(
      outcome(
        der('r.der', 'req', '-new', '-key', 'key.pem', '-subj', '/CN=r', '-config', 'full.cnf', '-outform', 'DER'),
      ),
    ).toBe('not-a-certificate certificate request')
    expect(outcome(der('p8.der', 'pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER'))).toBe(
      'not-a-certificate private key',
    )
    expect(outcome(der('p8e.der', 'pkcs8', '-topk8', '-passout', 'pass:x', '-in', 'key.pem', '-outform', 'DER'))).toBe(
      'not-a-certificate private key',
    )
    expect(outcome(der('ec.der', 'ec', '-in', 'key.pem', '-outform', 'DER'))).toBe('not-a-certificate private key')
    expect(outcome(der('pub.der', 'pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER'))).toBe(
      'not-a-certificate public key',
    )
    openssl('genrsa', '-traditional', '-out', 'rsa.pem', '2048')
    expect(outcome(der('rsa.der', 'rsa', '-in', 'rsa.pem', '-traditional', '-outform', 'DER'))).toBe(
      'not-a-certificate private key',
    )
    expect(outcome(der('rsapub.der', 'rsa', '-in', 'rsa.pem', '-RSAPublicKey_out', '-outform', 'DER'))).toBe(
      'not-a-certificate public key',
    )
    openssl('x509', '-in', 'full.der', '-out', 'full.pem')
    expect(outcome(der('p7.der', 'crl2pkcs7', '-nocrl', '-certfile', 'full.pem', '-outform', 'DER'))).toBe(
      'not-a-certificate PKCS#7',
    )
    expect(
      outcome(der('p12.der', 'pkcs12', '-export', '-inkey', 'key.pem', '-in', 'full.pem', '-passout', 'pass:x')),
    ).toBe('not-a-certificate PKCS#12')
    writeFileSync(at('index.txt'), '')
    writeFileSync(at('ca.cnf'), '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=1\n')
    openssl('ca', '-gencrl', '-config', 'ca.cnf', '-keyfile', 'key.pem', '-cert', 'full.pem', '-out', 'crl.pem')
    expect(outcome(der('crl.der', 'crl', '-in', 'crl.pem', '-outform', 'DER'))).toBe('not-a-certificate CRL')
  })

  it('survives every truncation and every single-byte change', () => {
    for (let length = 0; length < full.length; length++)
      expect(outcome(full.subarray(0, length))).not.toBe('certificate')
    for (let index = 0; index < full.length; index++) {
      for (const change of [0x01, 0x80, 0xff, full[index] ?? 0]) {
        const mutant = Uint8Array.from(full)
        mutant[index] = (mutant[index] ?? 0) ^ change
        decodeCertificate(mutant)
      }
    }
  })

  it('survives deep nesting and endless lists', () => {
    const deep = new Uint8Array(900_000)
    for (let index = 0, left = deep.length - 6; index + 6 < deep.length; index += 6, left -= 6) {
      deep.set([0x30, 0x84, left >>> 24, (left >>> 16) & 255, (left >>> 8) & 255, left & 255], index)
    }
    expect(outcome(deep)).toMatch(/^not-/)
    const flat = new Uint8Array(900_000).fill(0)
    flat.set([0x30, 0x83, (flat.length - 5) >>> 16, ((flat.length - 5) >>> 8) & 255, (flat.length - 5) & 255])
    expect(outcome(flat)).toMatch(/^not-/)
  })
})
