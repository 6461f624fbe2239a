/** OCSP responses that the `openssl` command line made, judged here. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unixMs } from '../../core/brand.ts'
import { createVerifier } from '../../x509/crypto.ts'
import { decodeCertificate } from '../../x509/decode.ts'
import type { Certificate } from '../../x509/model.ts'
import { decodeOcspResponse } from '../../x509/ocsp.ts'
import type { OcspResponse } from '../../x509/ocsp-model.ts'
import type { BuiltPath } from '../model.ts'
import { createPool } from '../pool.ts'
import { buildPaths } from '../search.ts'
import type { CertificateRevocation, RevocationContext } from './model.ts'
import { checkOcsp } from './ocsp.ts'

const folder = mkdtempSync(join(tmpdir(), 'revocation-ocsp-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })

const minute = 60_000
const day = 1_440 * minute

function issue(name: string, serial: string, by: string, extensions: readonly string[], days = 300) {
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
  writeFileSync(
    join(folder, `${name}.cnf`),
    ['[req]', 'distinguished_name=dn', '[dn]', '[ext]', ...extensions, ''].join('\n'),
  )
  openssl('req', '-new', '-config', `${name}.cnf`, '-subj', `/CN=${name}`, '-key', `${name}.key`, '-out', `${name}.csr`)
  const signer = by === name ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]
  const shape = ['-extfile', `${name}.cnf`, '-extensions', 'ext', '-set_serial', `0x${serial}`, '-days', String(days)]
  openssl('x509', '-req', '-in', `${name}.csr`, ...signer, ...shape, '-out', `${name}.pem`)
}

const ca = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash']
const responder = [
  'extendedKeyUsage=critical,OCSPSigning',
  'keyUsage=critical,digitalSignature',
  'subjectKeyIdentifier=hash',
]
issue('root', '01', 'root', ca)
issue('int', '10', 'root', ca)
issue('leaf', '21', 'int', ['subjectAltName=DNS:www.lab.example'])
issue('delegate', '31', 'int', [...responder, 'noCheck=yes'])
issue('unchecked', '32', 'int', responder)
issue('plain', '33', 'int', ['subjectKeyIdentifier=hash'])
issue('foreign', '34', 'root', [...responder, 'noCheck=yes'])
issue('brief', '35', 'int', [...responder, 'noCheck=yes'], 1)

function load(name: string): Certificate {
  const result = decodeCertificate(new Uint8Array(openssl('x509', '-in', `${name}.pem`, '-outform', 'DER')))
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const revokedFor = (reason: string) => `R\t491231235959Z\t240102030405Z${reason}\t21\tunknown\t/CN=leaf\n`
const valid = 'V\t491231235959Z\t\t21\tunknown\t/CN=leaf\n'

interface Order {
  readonly index?: string
  readonly signer?: string
  readonly of?: readonly [certificate: string, issuer: string]
  readonly request?: readonly string[]
  readonly options?: readonly string[]
}

function bytesOf({
  index = valid,
  signer = 'int',
  of = ['leaf', 'int'],
  request = [],
  options = [],
}: Order): Uint8Array {
  writeFileSync(join(folder, 'index.txt'), index)
  const [certificate, issuer] = of
  openssl('ocsp', ...request, '-issuer', `${issuer}.pem`, '-cert', `${certificate}.pem`, '-reqout', 'request.der')
  const signing = ['-index', 'index.txt', '-CA', `${issuer}.pem`, '-rsigner', `${signer}.pem`, '-rkey', `${signer}.key`]
  openssl('ocsp', ...signing, '-reqin', 'request.der', '-respout', 'response.der', '-ndays', '7', ...options)
  return new Uint8Array(readFileSync(join(folder, 'response.der')))
}

function decoded(bytes: Uint8Array): OcspResponse {
  const result = decodeOcspResponse(bytes)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const respond = (order: Order = {}): OcspResponse => decoded(bytesOf(order))

const pool = createPool()
pool.add([load('int')], 'served')
pool.add([load('root')], 'imported-root')

const verifier = createVerifier()
const options = { at: unixMs(Date.now() + minute), purpose: 'any' } as const
const path = (await buildPaths(load('leaf'), pool, verifier, options)).paths[0] as BuiltPath

/** Judges some minutes after the responses were made. */
async function judge(responses: readonly OcspResponse[], context: Partial<RevocationContext> = {}, after = minute) {
  const at = unixMs(Date.now() + after)
  return checkOcsp(path, responses, { at, pool, verifier, ...context })
}

function first(results: readonly CertificateRevocation[]): string {
  const outcome = results.find(({ index }) => index === 0)?.outcome
  if (outcome === undefined) return 'not judged'
  if (outcome.status === 'good') return `good ${outcome.objections.map(({ code }) => code).join()}`.trim()
  return `${outcome.status} ${outcome.status === 'revoked' ? outcome.reason : outcome.objections[0]?.code}`
}

const leafStatus = async (...responses: readonly OcspResponse[]) => first(await judge(responses))

describe('checkOcsp', () => {
  it('believes the issuer itself, by name, by key and with either digest', async () => {
    expect(await leafStatus(respond())).toBe('good')
    expect(await leafStatus(respond({ options: ['-resp_key_id', '-resp_no_certs'] }))).toBe('good')
    expect(await leafStatus(respond({ request: ['-sha256'] }))).toBe('good')
  })

  it('tells a revoked certificate with reason and date', async () => {
    const [result] = await judge([respond({ index: revokedFor(',keyCompromise') })])
    expect(result?.outcome).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
      date: Date.UTC(2024, 0, 2, 3, 4, 5),
      source: { kind: 'ocsp' },
      message: '"leaf" was revoked by its CA on 2024-01-02T03:04:05Z, for the reason keyCompromise.',
    })
  })

  it('believes a delegate of the same issuer, and notes that it could be revoked unless it says otherwise', async () => {
    expect(await leafStatus(respond({ signer: 'delegate' }))).toBe('good')
    expect(await leafStatus(respond({ signer: 'unchecked' }))).toBe('good signer-status-unknown')
  })

  it('finds a delegate in the pool when the response does not bring it', async () => {
    const bare = respond({ signer: 'delegate', options: ['-resp_no_certs'] })
    expect(await leafStatus(bare)).toBe('unknown signer-not-found')
    const more = createPool()
    more.add([load('delegate')], 'supplied')
    expect(first(await judge([bare], { pool: more }))).toBe('good')
  })

  it('does not believe whom the issuer did not appoint', async () => {
    expect(await leafStatus(respond({ signer: 'plain' }))).toBe('unknown signer-not-allowed')
    expect(await leafStatus(respond({ signer: 'foreign' }))).toBe('unknown signer-not-allowed')
    expect(await leafStatus(respond({ signer: 'leaf' }))).toBe('unknown signer-not-allowed')
    expect(first(await judge([respond({ signer: 'brief' })], {}, 2 * day))).toBe('unknown signer-not-allowed')
  })

  it('does not believe a wrong signature', async () => {
    expect(await leafStatus(respond({ options: ['-badsig'] }))).toBe('unknown signature-invalid')
    const bytes = bytesOf({ index: revokedFor('') })
    const place = Buffer.from(bytes).indexOf('20240102030405Z')
    bytes[place + 3] = 0x35
    expect(await leafStatus(decoded(bytes))).toBe('unknown signature-invalid')
  })

  it('never takes a certificate for good after one byte of the response that revokes it was changed', async () => {
    const bytes = bytesOf({ index: revokedFor(',keyCompromise'), options: ['-resp_no_certs'] })
    for (let offset = 0; offset < bytes.length; offset++) {
      const changed = new Uint8Array(bytes)
      changed[offset] = (changed[offset] as number) ^ (1 << (offset % 8))
      const result = decodeOcspResponse(changed)
      if (result.ok) expect(await leafStatus(result.value)).not.toMatch(/^good/)
    }
  })

  it('does not believe an answer out of its time, give or take five minutes', async () => {
    expect(first(await judge([respond()], {}, 8 * day))).toBe('unknown stale')
    expect(first(await judge([respond()], {}, 7 * day + 3 * minute))).toBe('good')
    expect(first(await judge([respond()], {}, -10 * minute))).toBe('unknown not-yet-valid')
    expect(first(await judge([respond()], {}, -3 * minute))).toBe('good')
  })

  it('holds to a final revocation that is out of date, but not to a hold', async () => {
    const [result] = await judge([respond({ index: revokedFor(',superseded') })], {}, 8 * day)
    expect(result?.outcome).toMatchObject({ status: 'revoked', stale: true })
    expect(first(await judge([respond({ index: revokedFor(',certificateHold') })], {}, 8 * day))).toBe('unknown stale')
  })

  it('passes on that the responder does not know the certificate', async () => {
    expect(await leafStatus(respond({ index: '' }))).toBe('unknown responder-says-unknown')
  })

  it('passes on that the responder failed', async () => {
    expect(await leafStatus(decoded(Uint8Array.of(0x30, 3, 0x0a, 1, 3)))).toBe('unknown response-failed')
    expect(await leafStatus(decoded(Uint8Array.of(0x30, 3, 0x0a, 1, 3)), respond())).toBe('good response-failed')
  })

  it('judges only what responses are about, unless all is required', async () => {
    const about = respond({ of: ['int', 'root'], signer: 'root', index: 'V\t491231235959Z\t\t10\tunknown\t/CN=int\n' })
    const shown = (results: readonly CertificateRevocation[]) =>
      results.map(({ index, outcome }) => `${index} ${outcome.status}`)
    expect(shown(await judge([about]))).toEqual(['1 good'])
    expect(shown(await judge([about], { required: true }))).toEqual(['0 unknown', '1 good'])
    expect(await judge([])).toEqual([])
  })

  it('stops at its budget and says so', async () => {
    expect(first(await judge([respond()], { limits: { signatureChecks: 0 } }))).toBe('unknown limit')
  })
})
