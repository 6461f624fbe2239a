/** Paths of real certificates, made and judged by the `openssl` command line beside us. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unixMs } from '../core/brand.ts'
import { createVerifier } from '../x509/crypto.ts'
import { decodeCertificate } from '../x509/decode.ts'
import type { Certificate } from '../x509/model.ts'
import type { BuildResult } from './model.ts'
import { createPool } from './pool.ts'
import { buildPaths } from './search.ts'

const folder = mkdtempSync(join(tmpdir(), 'chain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString()

interface Order {
  readonly subject: string
  /** File name of the key; made when new. */
  readonly key: string
  /** File names of the issuer's certificate and key; self-signed without. */
  readonly by?: readonly [certificate: string, key: string]
  readonly days?: number
  readonly extensions: readonly string[]
  readonly digest?: string
}

const keys = new Set<string>()

/** Makes `name.pem`, in which `name` is also the certificate's name here. */
function issue(name: string, { subject, key, by, days = 100, extensions, digest = 'sha256' }: Order): string {
  if (!keys.has(key)) openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${key}.key`)
  keys.add(key)
  writeFileSync(
    join(folder, `${name}.cnf`),
    ['[ext]', ...extensions, '[req]', 'distinguished_name=dn', '[dn]', ''].join('\n'),
  )
  openssl('req', '-new', '-config', `${name}.cnf`, '-subj', subject, '-key', `${key}.key`, '-out', `${name}.csr`)
  const signer = by === undefined ? ['-signkey', `${key}.key`] : ['-CA', `${by[0]}.pem`, '-CAkey', `${by[1]}.key`]
  const serial = `0x${Buffer.from(name).toString('hex').slice(0, 30)}`
  const shape = [
    '-extfile',
    `${name}.cnf`,
    '-extensions',
    'ext',
    '-set_serial',
    serial,
    '-days',
    String(days),
    `-${digest}`,
  ]
  openssl('x509', '-req', '-in', `${name}.csr`, ...signer, ...shape, '-out', `${name}.pem`)
  return name
}

const ca = (...more: string[]): string[] => [
  'basicConstraints=critical,CA:true',
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
  ...more,
]
const server = (...more: string[]): string[] => [
  'subjectAltName=DNS:www.lab.example',
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=serverAuth',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
  ...more,
]

function derOf(name: string): Uint8Array {
  const pem = readFileSync(join(folder, `${name}.pem`), 'latin1')
  return Uint8Array.from(Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'))
}

function load(name: string): Certificate {
  const result = decodeCertificate(derOf(name))
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const at = (days: number) => unixMs(Date.now() + days * 86_400_000)

async function build(
  leaf: string,
  served: readonly string[],
  roots: readonly string[],
  days = 1,
): Promise<BuildResult> {
  const pool = createPool()
  pool.add(served.map(load), 'served')
  pool.add(roots.map(load), 'imported-root')
  return buildPaths(load(leaf), pool, createVerifier(), { at: at(days), purpose: 'server' })
}

/** Does `openssl verify` accept it? Never with the machine's own roots. */
function opensslAccepts(
  leaf: string,
  served: readonly string[],
  roots: readonly string[],
  days = 1,
  more: readonly string[] = [],
): boolean {
  const bundle = (file: string, names: readonly string[]) => {
    writeFileSync(join(folder, file), names.map((name) => readFileSync(join(folder, `${name}.pem`), 'latin1')).join(''))
    return file
  }
  const trust = ['-no-CApath', '-no-CAstore', '-CAfile', bundle('roots.bundle', roots)]
  const chain = served.length === 0 ? [] : ['-untrusted', bundle('served.bundle', served)]
  const time = String(Math.floor(at(days) / 1000))
  const args = [
    'verify',
    '-purpose',
    'sslserver',
    '-auth_level',
    '2',
    '-attime',
    time,
    ...more,
    ...trust,
    ...chain,
    `${leaf}.pem`,
  ]
  return spawnSync('openssl', args, { cwd: folder }).status === 0
}

/** Our verdict, after making sure that OpenSSL comes to the same. */
async function judge(leaf: string, served: readonly string[], roots: readonly string[], days = 1) {
  const { paths } = await build(leaf, served, roots, days)
  expect(paths[0]?.valid).toBe(opensslAccepts(leaf, served, roots, days))
  return paths.map((path) => ({
    valid: path.valid,
    anchored: path.anchored,
    names: path.certificates.map((certificate) => certificate.subject.rdns.flat().at(-1)?.value),
    problems: path.problems.map(({ code, severity, index }) => `${index} ${severity} ${code}`),
  }))
}

describe('buildPaths on certificates made by OpenSSL', () => {
  const root = issue('root', { subject: '/O=Lab/CN=Root', key: 'root', extensions: ca() })
  const int = issue('int', { subject: '/O=Lab/CN=Int', key: 'int', by: [root, 'root'], extensions: ca() })
  const leaf = issue('leaf', { subject: '/CN=www.lab.example', key: 'leaf', by: [int, 'int'], extensions: server() })

  it('accepts a plain chain', async () => {
    expect(await judge(leaf, [int], [root])).toEqual([
      { valid: true, anchored: true, names: ['www.lab.example', 'Int', 'Root'], problems: [] },
    ])
  })

  it('tells a missing intermediate', async () => {
    expect(await judge(leaf, [], [root])).toMatchObject([{ problems: ['0 fatal issuer-not-found'] }])
  })

  it('tells an untrusted root', async () => {
    const stranger = issue('stranger', { subject: '/CN=Stranger', key: 'stranger', extensions: ca() })
    expect(await judge(leaf, [int, root], [stranger])).toMatchObject([{ problems: ['2 fatal untrusted-root'] }])
  })

  it('tells an expired intermediate', async () => {
    const short = issue('short', {
      subject: '/O=Lab/CN=Int',
      key: 'int',
      by: [root, 'root'],
      days: 10,
      extensions: ca(),
    })
    expect(await judge(leaf, [short], [root], 50)).toMatchObject([{ anchored: true, problems: ['1 fatal expired'] }])
  })

  it('tells an expired anchor', async () => {
    const old = issue('old', { subject: '/O=Lab/CN=Root', key: 'root', days: 10, extensions: ca() })
    expect(await judge(leaf, [int], [old], 50)).toMatchObject([{ anchored: true, problems: ['2 fatal expired'] }])
  })

  it('finds both ways of a cross-sign, and the one that works when a root is gone', async () => {
    const other = issue('other', { subject: '/O=Other/CN=Other Root', key: 'other', extensions: ca() })
    const cross = issue('cross', { subject: '/O=Lab/CN=Int', key: 'int', by: [other, 'other'], extensions: ca() })
    const both = await judge(leaf, [int, cross], [root, other])
    expect(both.map(({ names, valid }) => [names.at(-1), valid])).toEqual([
      ['Root', true],
      ['Other Root', true],
    ])
    const { paths } = await build(leaf, [int, cross], [other])
    expect(paths.map((path) => [path.certificates.at(-1)?.sha256, path.valid])).toEqual([
      [load(other).sha256, true],
      [load(int).sha256, false],
    ])
    // OpenSSL takes the first issuer that fits and never goes back on it.
    expect(opensslAccepts(leaf, [int, cross], [other])).toBe(false)
    expect(opensslAccepts(leaf, [cross, int], [other])).toBe(true)
  })

  it('tells a path length that is exceeded', async () => {
    const tight = issue('tight', {
      subject: '/O=Lab/CN=Tight',
      key: 'tight',
      by: [root, 'root'],
      extensions: ['basicConstraints=critical,CA:true,pathlen:0', ...ca().slice(1)],
    })
    const sub = issue('sub', { subject: '/O=Lab/CN=Sub', key: 'sub', by: [tight, 'tight'], extensions: ca() })
    const deep = issue('deep', { subject: '/CN=www.lab.example', key: 'leaf', by: [sub, 'sub'], extensions: server() })
    expect(await judge(deep, [sub, tight], [root])).toMatchObject([{ problems: ['2 fatal path-length-exceeded'] }])
    const near = issue('near', {
      subject: '/CN=www.lab.example',
      key: 'leaf',
      by: [tight, 'tight'],
      extensions: server(),
    })
    expect(await judge(near, [tight], [root])).toMatchObject([{ valid: true }])
  })

  it('holds names against the name constraints of an intermediate', async () => {
    const constraints =
      'nameConstraints=critical,permitted;DNS:lab.example,permitted;IP:192.0.2.0/255.255.255.0,excluded;DNS:no.lab.example'
    const narrow = issue('narrow', {
      subject: '/O=Lab/CN=Narrow',
      key: 'narrow',
      by: [root, 'root'],
      extensions: ca(constraints),
    })
    const verdictOf = async (name: string, san: string) => {
      const extensions = [`subjectAltName=${san}`, ...server().slice(1)]
      const one = issue(name, { subject: '/O=Lab', key: 'leaf', by: [narrow, 'narrow'], extensions })
      return (await judge(one, [narrow], [root]))[0]?.problems
    }
    expect(await verdictOf('nc-in', 'DNS:www.lab.example,IP:192.0.2.9')).toEqual([])
    expect(await verdictOf('nc-out', 'DNS:www.lab.example,DNS:www.evil.example')).toEqual(['0 fatal name-constraints'])
    expect(await verdictOf('nc-no', 'DNS:a.no.lab.example')).toEqual(['0 fatal name-constraints'])
    expect(await verdictOf('nc-ip', 'IP:198.51.100.1')).toEqual(['0 fatal name-constraints'])
    expect(await verdictOf('nc-ip6', 'IP:2001:db8::1')).toEqual(['0 fatal name-constraints'])
    expect(await verdictOf('nc-mail', 'email:ann@elsewhere.example')).toEqual([])
  })

  it('nests extended key usage', async () => {
    const clients = issue('clients', {
      subject: '/O=Lab/CN=Clients',
      key: 'clients',
      by: [root, 'root'],
      extensions: ca('extendedKeyUsage=clientAuth'),
    })
    const below = issue('below', { subject: '/CN=x', key: 'leaf', by: [clients, 'clients'], extensions: server() })
    expect(await judge(below, [clients], [root])).toMatchObject([{ problems: ['1 fatal extended-key-usage'] }])
  })

  it('tells apart issuers of the same name by their keys', async () => {
    const twin = issue('twin', { subject: '/O=Lab/CN=Int', key: 'twin', by: [root, 'root'], extensions: ca() })
    expect(await judge(leaf, [twin, int], [root])).toMatchObject([
      { valid: true, names: ['www.lab.example', 'Int', 'Root'] },
    ])
    expect(await judge(leaf, [twin], [root])).toMatchObject([
      { anchored: false, problems: ['0 fatal issuer-not-found', '0 note key-id-mismatch'] },
    ])
  })

  it('tells apart issuers of the same name without any key identifier', async () => {
    const bare = ca().slice(0, 2)
    const one = issue('bare-one', { subject: '/O=Lab/CN=Bare', key: 'bare-one', by: [root, 'root'], extensions: bare })
    const two = issue('bare-two', { subject: '/O=Lab/CN=Bare', key: 'bare-two', by: [root, 'root'], extensions: bare })
    const below = issue('bare-leaf', {
      subject: '/CN=x',
      key: 'leaf',
      by: [two, 'bare-two'],
      extensions: server().slice(0, 3),
    })
    // OpenSSL is not asked: without identifiers it takes the first of the name and gives up.
    const { paths } = await build(below, [one, two], [root])
    expect(paths.map((path) => path.valid)).toEqual([true])
    expect(paths[0]?.certificates[1]?.sha256).toBe(load(two).sha256)
  })

  it('tells a tampered certificate', async () => {
    const der = derOf(leaf)
    const place = Buffer.from(der).lastIndexOf('www.lab.example')
    der[place] = 'v'.charCodeAt(0)
    const pem = openssl('base64', '-A', '-in', writeDer('tampered.der', der))
    writeFileSync(
      join(folder, 'tampered.pem'),
      `-----BEGIN CERTIFICATE-----\n${wrap(pem)}\n-----END CERTIFICATE-----\n`,
    )
    expect(await judge('tampered', [int], [root])).toMatchObject([
      { anchored: true, names: ['www.lab.example', 'Int', 'Root'], problems: ['0 fatal signature-invalid'] },
    ])
  })

  it('tells an unknown critical extension', async () => {
    const odd = issue('odd', {
      subject: '/CN=www.lab.example',
      key: 'leaf',
      by: [int, 'int'],
      extensions: server('1.2.3.4.5=critical,ASN1:UTF8String:odd'),
    })
    expect(await judge(odd, [int], [root])).toMatchObject([{ problems: ['0 fatal unknown-critical-extension'] }])
  })

  it('tells an issuer that is no CA and may not sign', async () => {
    const no = issue('no', { subject: '/CN=No CA', key: 'no', by: [int, 'int'], extensions: server() })
    const below = issue('below-no', { subject: '/CN=x', key: 'leaf', by: [no, 'no'], extensions: server() })
    expect(await judge(below, [no, int], [root])).toMatchObject([
      { problems: ['1 fatal not-a-ca', '1 fatal key-usage-no-cert-sign'] },
    ])
  })

  it('tells a SHA-1 signature', async () => {
    const weak = issue('weak', {
      subject: '/CN=www.lab.example',
      key: 'leaf',
      by: [int, 'int'],
      digest: 'sha1',
      extensions: server(),
    })
    expect(await judge(weak, [int], [root])).toMatchObject([{ problems: ['0 fatal weak-digest'] }])
  })
})

describe('buildPaths on policies made by OpenSSL', () => {
  const root = issue('p-root', { subject: '/O=Lab/CN=Policy Root', key: 'root', extensions: ca() })
  const int = issue('p-int', {
    subject: '/O=Lab/CN=Policy Int',
    key: 'int',
    by: [root, 'root'],
    extensions: ca(
      'certificatePolicies=1.2.3.1,1.2.3.4',
      'policyMappings=1.2.3.1:1.2.3.2',
      'policyConstraints=critical,requireExplicitPolicy:0',
    ),
  })
  const verdicts = async (name: string, ...extensions: string[]) => {
    const subject = '/CN=www.lab.example'
    const leaf = issue(name, { subject, key: 'leaf', by: [int, 'int'], extensions: server(...extensions) })
    const [path] = (await build(leaf, [int], [root])).paths
    expect(path?.valid).toBe(opensslAccepts(leaf, [int], [root], 1, ['-policy_check', '-policy', '2.5.29.32.0']))
    return path?.problems.map(({ code, index }) => `${index} ${code}`)
  }

  it('requires one that holds for the whole path, through mappings', async () => {
    expect(await verdicts('p-mapped', 'certificatePolicies=1.2.3.2')).toEqual([])
    expect(await verdicts('p-same', 'certificatePolicies=1.2.3.4')).toEqual([])
    expect(await verdicts('p-any', 'certificatePolicies=2.5.29.32.0')).toEqual([])
    expect(await verdicts('p-unmapped', 'certificatePolicies=1.2.3.1')).toEqual(['0 policy'])
    expect(await verdicts('p-none')).toEqual(['0 policy'])
  })
})

function writeDer(name: string, der: Uint8Array): string {
  writeFileSync(join(folder, name), der)
  return name
}

const wrap = (base64: string): string => (base64.trim().match(/.{1,64}/g) ?? []).join('\n')
