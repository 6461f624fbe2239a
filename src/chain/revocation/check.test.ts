/** CRLs of certificates that the `openssl` command line made, judged here and by `openssl verify` beside us. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, sign as cryptoSign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unixMs } from '../../core/brand.ts'
import { decodeCrl } from '../../x509/crl.ts'
import type { Crl } from '../../x509/crl-model.ts'
import { createVerifier } from '../../x509/crypto.ts'
import { decodeCertificate } from '../../x509/decode.ts'
import type { Certificate } from '../../x509/model.ts'
import type { BuiltPath } from '../model.ts'
import { createPool } from '../pool.ts'
import { buildPaths } from '../search.ts'
import { checkRevocation } from './check.ts'
import type { CertificateRevocation, RevocationContext } from './model.ts'
import { type CrlOrder, makeCrl } from './testing/crl-der.ts'

const folder = mkdtempSync(join(tmpdir(), 'revocation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString()
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
const read = (file: string): string => readFileSync(join(folder, file), 'latin1')

const day = 86_400_000
/** To the second, as certificates are. */
const now = Math.floor(Date.now() / 1000) * 1000 + day

/** Makes `name.pem` and `name.key`; the subject is `CN=common`. Its CN is `name` unless told. */
function issue(name: string, serial: string, by: string | undefined, extensions: readonly string[], common = name) {
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
  write(`${name}.cnf`, ['[req]', 'distinguished_name=dn', 'utf8=yes', '[dn]', '[ext]', ...extensions, ''].join('\n'))
  const subject = ['-config', `${name}.cnf`, '-utf8', '-subj', `/CN=${common}`]
  openssl('req', '-new', ...subject, '-key', `${name}.key`, '-out', `${name}.csr`)
  const signer = by === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]
  const shape = ['-extfile', `${name}.cnf`, '-extensions', 'ext', '-set_serial', `0x${serial}`, '-days', '300']
  openssl('x509', '-req', '-sha256', '-in', `${name}.csr`, ...signer, ...shape, '-out', `${name}.pem`)
}

const caExtensions = (usage = 'keyCertSign,cRLSign') => [
  'basicConstraints=critical,CA:true',
  `keyUsage=critical,${usage}`,
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
]
const leafExtensions = (...more: string[]) => [
  'subjectAltName=DNS:www.lab.example',
  'keyUsage=critical,digitalSignature',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
  ...more,
]
const crlSigner = ['keyUsage=critical,cRLSign', 'subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid']

issue('root', '01', undefined, caExtensions())
issue('int', '10', 'root', caExtensions())
issue('leaf', '21', 'int', leafExtensions())
issue('pointed', '22', 'int', leafExtensions('crlDistributionPoints=URI:http://crl.example/a.crl'))
const several = ['c', 'b', 'a'].map((letter) => `URI:http://crl.example/${letter}.crl`).join(',')
issue('several', '27', 'int', leafExtensions(`crlDistributionPoints=${several}`))
const partly = ['[point]', 'fullname=URI:http://crl.example/a.crl', 'reasons=keyCompromise,CACompromise']
issue('partly', '23', 'int', leafExtensions('crlDistributionPoints=point', ...partly))
const elsewhere = ['[point]', 'CRLissuer=dirName:who', '[who]', 'CN=signer']
issue('elsewhere', '24', 'int', leafExtensions('crlDistributionPoints=point', ...elsewhere))
const related = ['[point]', 'relativename=part', '[part]', 'CN=Part 7']
issue('related', '25', 'int', leafExtensions('crlDistributionPoints=point', ...related))
issue('signer', '11', 'root', crlSigner)
issue('stranger', '12', undefined, caExtensions(), 'int')
issue('second', '13', 'root', crlSigner, 'int')
issue('noSign', '14', 'root', caExtensions('keyCertSign'))
issue('under', '26', 'noSign', leafExtensions())

function load(name: string): Certificate {
  const bytes = Uint8Array.from(Buffer.from(read(`${name}.pem`).replace(/-----[^-]+-----/g, ''), 'base64'))
  const result = decodeCertificate(bytes)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

function decoded(der: Uint8Array): Crl {
  const result = decodeCrl(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const base = { thisUpdate: now - day, nextUpdate: now + 20 * day, number: '05' }

/** A CRL signed with the key of one certificate, in the name of `order.issuer`, which by default is its own. */
function crl(key: string, order: Partial<CrlOrder> = {}): Crl {
  const signingKey = createPrivateKey(read(`${key}.key`))
  const keyId = load(key).subjectKeyId ?? ''
  const whole: CrlOrder = { issuer: key, keyId, ...base, ...order }
  return decoded(makeCrl(whole, (tbs) => new Uint8Array(cryptoSign('sha256', tbs, signingKey))))
}

interface Scene {
  readonly leaf?: string
  /** Certificates beside the path. */
  readonly also?: readonly string[]
  readonly context?: Partial<RevocationContext>
}

const makePool = (also: readonly string[]) => {
  const pool = createPool()
  pool.add([load('int'), load('noSign'), ...also.map(load)], 'served')
  pool.add([load('root')], 'imported-root')
  return pool
}

async function pathOf(leaf: string): Promise<BuiltPath> {
  const options = { at: unixMs(now), purpose: 'any' } as const
  const [path] = (await buildPaths(load(leaf), makePool([]), createVerifier(), options)).paths
  if (path?.valid !== true) throw new Error(`no valid path for ${leaf}`)
  return path
}

async function judge(crls: readonly Crl[], { leaf = 'leaf', also = [], context }: Scene = {}) {
  const full: RevocationContext = { at: unixMs(now), pool: makePool(also), verifier: createVerifier(), ...context }
  return checkRevocation(await pathOf(leaf), crls, full)
}

/** Status of the leaf, with the reason or the first objection. */
function first(results: readonly CertificateRevocation[]): string {
  const outcome = results.find(({ index }) => index === 0)?.outcome
  if (outcome === undefined) return 'not judged'
  if (outcome.status === 'good') return 'good'
  return `${outcome.status} ${outcome.status === 'revoked' ? outcome.reason : outcome.objections[0]?.code}`
}
const leafStatus = async (crls: readonly Crl[], scene: Scene = {}) => first(await judge(crls, scene))

/** What `openssl verify` says of the leaf alone: `ok`, or the number of its error. */
function opensslSays(crls: readonly Crl[], { leaf = 'leaf', also = [] }: Scene = {}, ...flags: string[]): string {
  const pem = (der: Uint8Array) =>
    Buffer.from(der)
      .toString('base64')
      .replace(/.{1,64}/g, '$&\n')
  write('all.crl', crls.map(({ der }) => `-----BEGIN X509 CRL-----\n${pem(der)}-----END X509 CRL-----\n`).join(''))
  write('untrusted.pem', ['int', 'noSign', ...also].map((name) => read(`${name}.pem`)).join(''))
  const trust = ['-no-CApath', '-no-CAstore', '-CAfile', 'root.pem', '-untrusted', 'untrusted.pem']
  const how = ['-crl_check', '-CRLfile', 'all.crl', '-attime', String(now / 1000), ...flags]
  const { status, stderr } = spawnSync('openssl', ['verify', ...trust, ...how, `${leaf}.pem`], { cwd: folder })
  return status === 0 ? 'ok' : (/error (\d+) at 0/.exec(stderr.toString())?.[1] ?? stderr.toString())
}

describe('checkRevocation', () => {
  it('takes a certificate that its CRL does not list for good, as OpenSSL does', async () => {
    const crls = [crl('int', { entries: [{ serial: '20' }] })]
    expect(await leafStatus(crls)).toBe('good')
    expect(opensslSays(crls)).toBe('ok')
  })

  it('tells a revoked certificate with reason, date and CRL, as OpenSSL does', async () => {
    const list = crl('int', { entries: [{ serial: '21', reason: 1 }] })
    const [result] = await judge([list])
    expect(result?.outcome).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
      date: now - day,
      stale: false,
      source: { kind: 'crl', crl: { sha256: list.sha256 } },
    })
    expect(opensslSays([list])).toBe('23')
  })

  it('reads CRLs of openssl ca', async () => {
    write('index.txt', 'R\t491231235959Z\t240102030405Z,superseded\t21\tunknown\t/CN=leaf\n')
    write('number.txt', '01\n')
    write(
      'ca.cnf',
      '[ca]\ndefault_ca=lab\n[lab]\ndatabase=index.txt\ncrlnumber=number.txt\ndefault_md=sha256\ndefault_crl_days=30\n',
    )
    const signer = ['-cert', 'int.pem', '-keyfile', 'int.key']
    openssl('ca', '-gencrl', '-config', 'ca.cnf', ...signer, '-out', 'ca.crl')
    openssl('crl', '-in', 'ca.crl', '-outform', 'DER', '-out', 'ca.der')
    const list = decoded(new Uint8Array(readFileSync(join(folder, 'ca.der'))))
    expect(await leafStatus([list])).toBe('revoked superseded')
    expect(await leafStatus([list], { leaf: 'pointed' })).toBe('good')
  })

  it('judges only what CRLs are there for, unless all is required', async () => {
    const crls = [crl('root')]
    expect((await judge(crls)).map(({ index, outcome }) => `${index} ${outcome.status}`)).toEqual(['1 good'])
    const all = await judge(crls, { context: { required: true } })
    expect(all.map(({ index, outcome }) => `${index} ${outcome.status}`)).toEqual(['0 unknown', '1 good'])
    expect(first(all)).toBe('unknown none-at-hand')
    expect(await judge([])).toEqual([])
  })

  it('tells a revoked intermediate', async () => {
    const results = await judge([crl('root', { entries: [{ serial: '10', reason: 2 }] })])
    expect(results).toMatchObject([{ index: 1, outcome: { status: 'revoked', reason: 'cACompromise' } }])
  })

  it('does not rely on a CRL that is out of date or not in force yet', async () => {
    const old = crl('int', { thisUpdate: now - 9 * day, nextUpdate: now - 1000 })
    expect(await leafStatus([old])).toBe('unknown stale')
    expect(opensslSays([old])).toBe('12')
    const early = crl('int', { thisUpdate: now + 1000 })
    expect(await leafStatus([early])).toBe('unknown not-yet-valid')
    expect(opensslSays([early])).toBe('11')
  })

  it('counts both dates as part of the period', async () => {
    expect(await leafStatus([crl('int', { thisUpdate: now, nextUpdate: now })])).toBe('good')
  })

  it('holds to a final revocation in a CRL that is out of date, but not to a hold', async () => {
    const old = { thisUpdate: now - 9 * day, nextUpdate: now - day }
    const [result] = await judge([crl('int', { ...old, entries: [{ serial: '21', reason: 1 }] })])
    expect(result?.outcome).toMatchObject({ status: 'revoked', stale: true })
    const held = await judge([crl('int', { ...old, entries: [{ serial: '21', reason: 6 }] })])
    expect(first(held)).toBe('unknown stale')
    expect(held[0]?.outcome).toMatchObject({ why: expect.stringContaining('It lists "leaf" as revoked.') })
  })

  it('takes the newest CRL that can be relied on', async () => {
    const older = crl('int', { thisUpdate: now - 3 * day, number: '04', entries: [{ serial: '21', reason: 6 }] })
    expect(await leafStatus([older])).toBe('revoked certificateHold')
    expect(await leafStatus([older, crl('int')])).toBe('good')
    const broken = crl('stranger', { issuer: 'int', keyId: load('int').subjectKeyId ?? '' })
    expect(await leafStatus([older, broken])).toBe('revoked certificateHold')
  })

  it('does not rely on a CRL with a wrong signature', async () => {
    const forged = crl('stranger', { issuer: 'int', keyId: load('int').subjectKeyId ?? '' })
    expect(await leafStatus([forged])).toBe('unknown signature-invalid')
    expect(opensslSays([forged])).toBe('8')
    const good = crl('int', { entries: [{ serial: '21' }] })
    const bytes = new Uint8Array(good.der)
    const place = Buffer.from(bytes).indexOf(Buffer.from('020121', 'hex')) + 2
    bytes[place] = 0x20
    expect(await leafStatus([decoded(bytes)])).toBe('unknown signature-invalid')
  })

  it('says that the signer is missing where the key identifier points elsewhere', async () => {
    expect(await leafStatus([crl('stranger', { issuer: 'int' })])).toBe('unknown signer-not-found')
  })

  it('wants the key usage to allow the signing of CRLs', async () => {
    const scene = { leaf: 'under' }
    expect(await leafStatus([crl('noSign')], scene)).toBe('unknown signer-not-allowed')
    expect(opensslSays([crl('noSign')], scene)).toBe('35')
  })

  it('does not use a CRL with critical extensions that are unknown', async () => {
    expect(await leafStatus([crl('int', { oddity: true })])).toBe('unknown critical-extension')
    const inEntry = crl('int', { entries: [{ serial: '99', oddity: true }] })
    expect(await leafStatus([inEntry])).toBe('unknown critical-extension')
    expect(opensslSays([crl('int', { oddity: true })])).toBe('36')
  })

  it('matches the scope of a CRL to the kind of certificate', async () => {
    expect(await leafStatus([crl('int', { scope: { only: 'user' } })])).toBe('good')
    expect(await leafStatus([crl('int', { scope: { only: 'ca' } })])).toBe('unknown out-of-scope')
    expect(await leafStatus([crl('int', { scope: { only: 'attribute' } })])).toBe('unknown out-of-scope')
    const [intermediate] = await judge([crl('root', { scope: { only: 'user' } })])
    expect(intermediate?.outcome.status).toBe('unknown')
  })

  it('matches distribution points in full and relative to the issuer', async () => {
    const here = crl('int', { scope: { url: 'http://crl.example/a.crl' } })
    const there = crl('int', { scope: { url: 'http://crl.example/b.crl' } })
    expect(await leafStatus([here], { leaf: 'pointed' })).toBe('good')
    expect(await leafStatus([there], { leaf: 'pointed' })).toBe('unknown out-of-scope')
    expect(opensslSays([there], { leaf: 'pointed' })).toBe('44')
    expect(await leafStatus([here])).toBe('unknown out-of-scope')
    const part = crl('int', { scope: { relative: 'Part 7' } })
    expect(await leafStatus([part], { leaf: 'related' })).toBe('good')
    const other = crl('int', { scope: { relative: 'Part 8' } })
    expect(await leafStatus([other], { leaf: 'related' })).toBe('unknown out-of-scope')
    expect(await leafStatus([crl('int', { scope: { directory: 'int' } })])).toBe('good')
  })

  it('matches any of several distribution points, not the first alone (RUSTSEC-2026-0049)', async () => {
    const at = (letter: string, entries: CrlOrder['entries'] = []) =>
      crl('int', { scope: { url: `http://crl.example/${letter}.crl` }, entries })
    const scene = { leaf: 'several' }
    const revoked = [{ serial: '27', reason: 1 }]
    for (const letter of ['a', 'b', 'c']) {
      expect(await leafStatus([at(letter)], scene)).toBe('good')
      expect(await leafStatus([at(letter, revoked)], scene)).toBe('revoked keyCompromise')
      expect(opensslSays([at(letter, revoked)], scene)).toBe('23')
    }
    expect(await leafStatus([at('d')], scene)).toBe('unknown out-of-scope')
  })

  it('asks on until every reason is covered', async () => {
    // Key compromise and CA compromise; then the six others.
    const some = crl('int', { scope: { url: 'http://crl.example/a.crl', reasons: '0560' } })
    const rest = crl('int', { scope: { url: 'http://crl.example/a.crl', reasons: '071f80' } })
    const scene = { leaf: 'pointed' }
    const half = await judge([some], scene)
    expect(first(half)).toBe('unknown reasons-not-covered')
    expect(half[0]?.outcome).toMatchObject({ why: expect.stringContaining('affiliationChanged, superseded') })
    expect(await leafStatus([some, rest], scene)).toBe('good')
    expect(opensslSays([some, rest], scene, '-extended_crl')).toBe('ok')
    const bad = crl('int', {
      scope: { url: 'http://crl.example/a.crl', reasons: '071f80' },
      entries: [{ serial: '22', reason: 4 }],
    })
    expect(await leafStatus([some, bad], scene)).toBe('revoked superseded')
  })

  it('counts only the reasons of the distribution point', async () => {
    const atPoint = crl('int', { scope: { url: 'http://crl.example/a.crl' } })
    expect(await leafStatus([atPoint], { leaf: 'partly' })).toBe('unknown reasons-not-covered')
    expect(await leafStatus([atPoint, crl('int')], { leaf: 'partly' })).toBe('good')
  })

  it('takes an indirect CRL of the issuer that the distribution point names', async () => {
    const scene = { leaf: 'elsewhere', also: ['signer'] }
    const scope = { indirect: true }
    expect(await leafStatus([crl('signer', { scope })], scene)).toBe('good')
    expect(opensslSays([crl('signer', { scope })], scene, '-extended_crl')).toBe('ok')
    expect(await leafStatus([crl('signer')], scene)).toBe('unknown out-of-scope')
    const listed = crl('signer', { scope, entries: [{ serial: '24', issuer: 'int', reason: 1 }] })
    expect(await leafStatus([listed], scene)).toBe('revoked keyCompromise')
    expect(opensslSays([listed], scene, '-extended_crl')).toBe('23')
  })

  it('reads the certificate issuer of an indirect CRL on from entry to entry', async () => {
    const scene = { leaf: 'elsewhere', also: ['signer'] }
    const listedAfter = (issuer: string) => {
      const entries = [{ serial: '24' }, { serial: '77', issuer }, { serial: '24', reason: 5 }]
      return leafStatus([crl('signer', { scope: { indirect: true }, entries })], scene)
    }
    expect(await listedAfter('int')).toBe('revoked cessationOfOperation')
    expect(await listedAfter('another')).toBe('good')
  })

  it('does not rely on a CRL signer that leads nowhere or is revoked', async () => {
    const list = crl('signer', { scope: { indirect: true } })
    expect(await leafStatus([list], { leaf: 'elsewhere' })).toBe('unknown signer-not-found')
    const scene = { leaf: 'elsewhere', also: ['signer'] }
    const revoking = crl('root', { entries: [{ serial: '11', reason: 1 }] })
    expect(await leafStatus([list, revoking], scene)).toBe('unknown signer-revoked')
    const required = { ...scene, context: { required: true } }
    expect(await leafStatus([list], required)).toBe('unknown signer-status-unknown')
    expect(await leafStatus([list, crl('root')], required)).toBe('good')
  })

  it('takes a CRL signed with another key of the CA, when its certificate leads to the same root', async () => {
    const list = crl('second', { issuer: 'int', entries: [{ serial: '21' }] })
    expect(await leafStatus([list], { also: ['second'] })).toBe('revoked unspecified')
    const strange = crl('stranger', { issuer: 'int' })
    expect(await leafStatus([strange], { also: ['stranger'] })).toBe('unknown signer-untrusted')
  })

  it('adds a delta CRL to the complete one that it builds on', async () => {
    const freshest = 'http://crl.example/delta.crl'
    const complete = crl('int', { freshest, entries: [{ serial: '22', reason: 6 }] })
    const delta = crl('int', {
      number: '07',
      base: '05',
      entries: [
        { serial: '21', reason: 1 },
        { serial: '22', reason: 8 },
      ],
    })
    const [result] = await judge([complete, delta])
    expect(result?.outcome).toMatchObject({ status: 'revoked', source: { crl: { baseCrlNumber: 5n } } })
    expect(opensslSays([complete, delta], {}, '-use_deltas')).toBe('23')
    expect(await leafStatus([complete], { leaf: 'pointed' })).toBe('revoked certificateHold')
    expect(await leafStatus([complete, delta], { leaf: 'pointed' })).toBe('good')
    expect(opensslSays([complete, delta], { leaf: 'pointed' }, '-use_deltas')).toBe('ok')
  })

  it('leaves a delta CRL aside that does not fit', async () => {
    const entries = [{ serial: '21', reason: 1 }]
    const deltas: readonly Partial<CrlOrder>[] = [
      { number: '08', base: '06', entries },
      { number: '05', base: '04', entries },
      { number: '07', base: '05', entries, scope: { only: 'user' } },
      { number: '07', base: '05', entries, keyId: '00' },
      { number: '07', base: '05', entries, oddity: true },
      { number: '07', base: '05', entries, thisUpdate: now - 9 * day, nextUpdate: now - day },
    ]
    for (const delta of deltas) expect(await leafStatus([crl('int'), crl('int', delta)])).toBe('good')
    const forged = crl('stranger', {
      issuer: 'int',
      keyId: load('int').subjectKeyId ?? '',
      number: '07',
      base: '05',
      entries,
    })
    const [result] = await judge([crl('int'), forged])
    expect(result?.outcome).toMatchObject({ status: 'good', objections: [{ code: 'signature-invalid' }] })
  })

  it('lets a delta CRL in force make up for a complete one out of date', async () => {
    const complete = crl('int', { thisUpdate: now - 9 * day, nextUpdate: now - day })
    expect(await leafStatus([complete, crl('int', { number: '07', base: '04' })])).toBe('good')
  })

  it('says that a delta CRL alone settles nothing', async () => {
    expect(await leafStatus([crl('int', { number: '07', base: '05' })])).toBe('unknown delta-without-base')
  })

  it('never takes a certificate for good after one byte of the CRL that lists it was changed', async () => {
    const { der } = crl('int', { entries: [{ serial: '21', reason: 1 }], scope: { only: 'user' } })
    const path = await pathOf('leaf')
    const context = { at: unixMs(now), pool: makePool([]), verifier: createVerifier(), required: true }
    for (let offset = 0; offset < der.length; offset++) {
      const bytes = new Uint8Array(der)
      bytes[offset] = (bytes[offset] as number) ^ (1 << (offset % 8))
      const changed = decodeCrl(bytes)
      if (changed.ok) expect(first(await checkRevocation(path, [changed.value], context))).not.toBe('good')
    }
  })

  it('stops at its budget and says so', async () => {
    const spent = { context: { limits: { signatureChecks: 0 } } }
    expect(await leafStatus([crl('int')], spent)).toBe('unknown limit')
    const searches = { leaf: 'elsewhere', also: ['signer'], context: { limits: { signerPaths: 0 } } }
    expect(await leafStatus([crl('signer', { scope: { indirect: true } })], searches)).toBe('unknown limit')
    expect(await leafStatus([crl('int')], { context: { limits: { judgements: 0 } } })).toBe('unknown limit')
  })
})
