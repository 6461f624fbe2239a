import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeCertificate } from './decode.ts'
import { keyBits } from './key.ts'
import type { Certificate } from './model.ts'
import { decodeOcspResponse } from './ocsp.ts'
import { isCertId, isResponder } from './ocsp-id.ts'
import type { OcspBasic, OcspResponse } from './ocsp-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'weaklink-ocsp-'))
afterAll(() => rmSync(folder, { recursive: true }))
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })

writeFileSync(join(folder, 'x.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n')
for (const name of ['ca', 'leaf']) {
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
  openssl('req', '-new', '-config', 'x.cnf', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`)
}
openssl('x509', '-req', '-in', 'ca.csr', '-signkey', 'ca.key', '-out', 'ca.pem')
openssl(
  'x509',
  '-req',
  '-in',
  'leaf.csr',
  '-CA',
  'ca.pem',
  '-CAkey',
  'ca.key',
  '-set_serial',
  '0x21',
  '-out',
  'leaf.pem',
)
const revokedLine = 'R\t491231235959Z\t240102030405Z,keyCompromise\t21\tunknown\t/CN=leaf\n'

/** A response as `openssl ocsp` makes it from an index. */
function respond(index: string, request: readonly string[] = [], response: readonly string[] = []): Uint8Array {
  writeFileSync(join(folder, 'index.txt'), index)
  openssl('ocsp', ...request, '-issuer', 'ca.pem', '-cert', 'leaf.pem', '-reqout', 'request.der')
  const signer = ['-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key']
  openssl('ocsp', ...signer, '-reqin', 'request.der', '-respout', 'response.der', '-ndays', '7', ...response)
  return new Uint8Array(readFileSync(join(folder, 'response.der')))
}

function load(name: string): Certificate {
  const result = decodeCertificate(new Uint8Array(openssl('x509', '-in', `${name}.pem`, '-outform', 'DER')))
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

function decoded(der: Uint8Array): OcspResponse & { readonly basic: OcspBasic } {
  const result = decodeOcspResponse(der)
  if (!result.ok) throw new Error(result.error.message)
  const { basic } = result.value
  if (basic === undefined) throw new Error('no basic response')
  return { ...result.value, basic }
}

const full = respond(revokedLine)

describe('decodeOcspResponse', () => {
  it('reads what OpenSSL wrote', () => {
    const { status, basic, problems } = decoded(full)
    expect(status).toBe('successful')
    expect(problems).toEqual([])
    expect(basic.responder).toMatchObject({ name: { key: load('ca').subject.key } })
    expect(basic.certificates.map(({ sha256 }) => sha256)).toEqual([load('ca').sha256])
    expect(basic.nonce).toMatch(/^[0-9a-f]{32,64}$/)
    const [single] = basic.responses
    expect(single?.certStatus).toEqual({
      status: 'revoked',
      date: Date.UTC(2024, 0, 2, 3, 4, 5),
      reason: 'keyCompromise',
    })
    expect(single?.nextUpdate).toBe((single?.thisUpdate ?? 0) + 7 * 86_400_000)
    expect(basic.producedAt).toBe(single?.thisUpdate)
  })

  it('reads the other states of a certificate, and responders by key', () => {
    expect(decoded(respond('')).basic.responses[0]?.certStatus).toEqual({ status: 'unknown' })
    const good = decoded(
      respond('V\t491231235959Z\t\t21\tunknown\t/CN=leaf\n', ['-no_nonce'], ['-resp_key_id', '-resp_no_certs']),
    )
    expect(good.basic.responses[0]?.certStatus).toEqual({ status: 'good' })
    expect(good.basic.nonce).toBeUndefined()
    expect(good.basic.responder).toEqual({ keyId: load('ca').publicKey.keyId })
    expect(isResponder(good.basic.responder, load('ca'))).toBe(true)
    expect(isResponder(good.basic.responder, load('leaf'))).toBe(false)
  })

  it('reads a failure', () => {
    const unauthorized = Uint8Array.of(0x30, 3, 0x0a, 1, 6)
    expect(decodeOcspResponse(unauthorized)).toMatchObject({ ok: true, value: { status: 'unauthorized' } })
    expect(decodeOcspResponse(Uint8Array.of(0x30, 3, 0x0a, 1, 4))).toMatchObject({ ok: false })
  })

  it('says what bytes are that are no response', () => {
    expect(decodeOcspResponse(load('ca').der)).toMatchObject({ ok: false, error: { looksLike: 'certificate' } })
    expect(decodeOcspResponse(new Uint8Array())).toMatchObject({ ok: false, error: { code: 'empty' } })
  })

  it('refuses every response that is cut short', () => {
    for (let length = 0; length < full.length; length++)
      expect(decodeOcspResponse(full.subarray(0, length)).ok).toBe(false)
  })

  it('survives every change of one byte', () => {
    for (let offset = 0; offset < full.length; offset++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const bytes = new Uint8Array(full)
        bytes[offset] = (bytes[offset] as number) ^ change
        expect(typeof decodeOcspResponse(bytes).ok).toBe('boolean')
      }
    }
  })
})

describe('isCertId', () => {
  it('knows a certificate by SHA-1 and SHA-256 of its issuer', () => {
    const [leaf, ca] = [load('leaf'), load('ca')]
    for (const digest of ['-sha1', '-sha256']) {
      const [single] = decoded(respond(revokedLine, [digest])).basic.responses
      expect(single && isCertId(single.certId, leaf, ca)).toBe(true)
      expect(single && isCertId(single.certId, ca, ca)).toBe(false)
      expect(single && isCertId(single.certId, leaf, leaf)).toBe(false)
    }
  })

  it('cannot tell with a digest that it does not know', () => {
    const [leaf, ca] = [load('leaf'), load('ca')]
    const hash = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')
    const id = {
      issuerNameHash: hash(leaf.der.subarray(leaf.ranges.issuer.start, leaf.ranges.issuer.end)),
      issuerKeyHash: hash(keyBits(ca.publicKey.spki)),
      serial: '0021',
    }
    expect(isCertId({ hash: 'SHA-1', ...id }, leaf, ca)).toBe(true)
    expect(isCertId({ hash: '1.2.3', ...id }, leaf, ca)).toBeUndefined()
    expect(isCertId({ hash: '1.2.3', ...id, serial: '22' }, leaf, ca)).toBe(false)
  })
})
