import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeCertificate } from '../../x509/decode.ts'
import type { Certificate } from '../../x509/model.ts'
import type { PathProblem } from '../model.ts'
import { type FakeFacts, fake, fakeCa, generalName, keyIds, now } from '../testing/fake.ts'
import { createWork } from '../work.ts'
import type { Check } from './check.ts'
import { checkEncoding, checkProfile } from './profile.ts'

function run(check: Check, certificates: readonly Certificate[]): PathProblem[] {
  const path = {
    certificates,
    signatures: certificates.map(() => 'valid' as const),
    end: 'anchor',
    namesakes: [],
  } as const
  return check(path, { at: now, purpose: 'any' }, createWork())
}

const root = fakeCa({ subject: 'Root', ...keyIds('Root') })
const told = (facts: Partial<FakeFacts>) => {
  const leaf = fake({ subject: 'leaf', issuer: 'Root', ...keyIds('leaf', 'Root'), ...facts })
  return run(checkProfile, [leaf, root]).map(({ message }) => message)
}

describe('checkProfile', () => {
  it('has nothing to say of a plain chain', () => {
    expect(told({})).toEqual([])
    expect(run(checkProfile, [root])).toEqual([])
  })

  it('tells what strict clients refuse in one note a certificate', () => {
    const bare = fakeCa({ subject: 'Int', issuer: 'Root' })
    expect(run(checkProfile, [fake({ subject: 'leaf', issuer: 'Int', ...keyIds('leaf', 'Int') }), bare, root])).toEqual(
      [
        {
          code: 'profile',
          certificate: bare.sha256,
          index: 1,
          severity: 'note',
          message:
            '"Int" has no authority key identifier (RFC 5280, 4.2.1.1); it is a CA without subject key identifier (RFC 5280, 4.2.1.2). Strict clients refuse that: Python since 3.13, "openssl verify -x509_strict".',
        },
      ],
    )
  })

  it.each<[string, Partial<FakeFacts>, string | undefined]>([
    ['a negative serial number', { serial: 'FF', serialNegative: true }, 'negative serial number'],
    ['the serial number zero', { serial: '00' }, 'serial number zero'],
    ['a serial number of 20 octets', { serial: '7F'.repeat(20) }, undefined],
    ['a serial number of 21 octets', { serial: '7F'.repeat(21) }, 'more than 20 octets'],
    ['a validity turned round', { from: 2, to: 1 }, 'ends before it begins'],
    [
      'an issuer without serial number',
      { authorityKeyId: { keyId: 'key Root', issuer: [generalName('directory', 'CN=Root')] } },
      'only one of issuer and serial number',
    ],
    [
      'both issuer and serial number',
      { authorityKeyId: { keyId: 'key Root', issuer: [generalName('directory', 'CN=Root')], serial: '01' } },
      undefined,
    ],
    ['name constraints of no CA', { nameConstraints: { permitted: [], excluded: [] } }, 'name constraints although'],
    [
      'a unique identifier in version 1',
      { problems: ['A version 1 certificate with a unique identifier'] },
      'version 1',
    ],
  ])('on %s', (_, facts, text) => {
    const messages = told(facts)
    expect(messages).toHaveLength(text === undefined ? 0 : 1)
    if (text !== undefined) expect(messages[0]).toContain(text)
    expect(messages.join()).not.toContain('Strict clients')
  })
})

const folder = mkdtempSync(join(tmpdir(), 'profile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })

interface Made {
  readonly subject?: string
  readonly extensions: readonly string[]
  readonly by?: string
}

function issue(name: string, { subject = `/CN=${name}`, extensions, by }: Made): void {
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
  const config = ['[ext]', ...extensions, '[req]', 'distinguished_name=dn', '[dn]', '']
  writeFileSync(join(folder, `${name}.cnf`), config.join('\n'))
  openssl('req', '-new', '-config', `${name}.cnf`, '-subj', subject, '-key', `${name}.key`, '-out', `${name}.csr`)
  const signer = by === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]
  const shape = ['-extfile', `${name}.cnf`, '-extensions', 'ext', '-set_serial', '5', '-days', '9']
  openssl('x509', '-req', '-in', `${name}.csr`, ...signer, ...shape, '-out', `${name}.pem`)
  openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
}

function load(name: string, change: (der: Uint8Array) => Uint8Array = (der) => der): Certificate {
  const result = decodeCertificate(change(new Uint8Array(readFileSync(join(folder, `${name}.der`)))))
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const accepts = (...args: string[]): boolean => {
  const trust = ['-no-CApath', '-no-CAstore', '-CAfile', 'root.pem', '-untrusted', 'int.pem']
  return spawnSync('openssl', ['verify', ...args, ...trust, 'leaf.pem'], { cwd: folder }).status === 0
}

const basic = 'basicConstraints=critical,CA:true'
const usage = 'keyUsage=critical,keyCertSign,cRLSign'
const own = 'subjectKeyIdentifier=hash'
const above = 'authorityKeyIdentifier=keyid'
// OpenSSL adds the two by itself unless told not to.
const noOwn = 'subjectKeyIdentifier=none'
const noAbove = 'authorityKeyIdentifier=none'
const names = 'subjectAltName=DNS:www.lab.example'
const signing = 'keyUsage=digitalSignature'
const soundCa = [basic, usage, own, above]
const soundLeaf = [names, signing, own, above]

describe('checkProfile beside openssl verify -x509_strict', () => {
  it.each<[string, { root?: Made; int?: Made; leaf?: Made }, string | undefined]>([
    ['a sound chain', {}, undefined],
    ['a leaf without key usage', { leaf: { extensions: [names, own, above] } }, undefined],
    ['a root without authority key identifier', { root: { extensions: [basic, usage, own, noAbove] } }, undefined],
    ['a leaf without authority key identifier', { leaf: { extensions: [names, own, noAbove] } }, '4.2.1.1'],
    ['a leaf without subject key identifier', { leaf: { extensions: [names, signing, noOwn, above] } }, undefined],
    [
      'a CA without subject key identifier',
      { root: { extensions: [basic, usage, noOwn, noAbove] }, int: { extensions: [basic, usage, own, noAbove] } },
      '4.2.1.2',
    ],
    ['a CA without key usage', { int: { extensions: [basic, own, above] } }, '4.2.1.3'],
    [
      'a CA whose basic constraints are not critical',
      { int: { extensions: ['basicConstraints=CA:true', usage, own, above] } },
      '4.2.1.9',
    ],
    [
      'a path length without the right to sign',
      { root: { extensions: ['basicConstraints=critical,CA:true,pathlen:1', own] } },
      '4.2.1.3',
    ],
    [
      'a leaf that may sign certificates',
      { leaf: { extensions: [names, 'keyUsage=digitalSignature,keyCertSign', own, above] } },
      '4.2.1.3',
    ],
    ['an empty subject with names that are not critical', { leaf: { subject: '/', extensions: soundLeaf } }, '4.2.1.6'],
    [
      'an empty subject with critical names',
      { leaf: { subject: '/', extensions: [`subjectAltName=critical,DNS:a.example`, signing, own, above] } },
      undefined,
    ],
    ['an empty subject without names', { leaf: { subject: '/', extensions: [signing, own, above] } }, '4.1.2.6'],
  ])('on %s', (_, made, section) => {
    issue('root', { extensions: soundCa, ...made.root })
    issue('int', { by: 'root', extensions: soundCa, ...made.int })
    issue('leaf', { by: 'int', extensions: soundLeaf, ...made.leaf })
    const problems = run(checkProfile, [load('leaf'), load('int'), load('root')])
    expect(accepts()).toBe(true)
    expect(problems.length === 0).toBe(accepts('-x509_strict'))
    expect(problems.map(({ message }) => message).join()).toContain(section ?? '')
    expect(problems.length > 0).toBe(section !== undefined)
  })
})

describe('checkEncoding', () => {
  /** Replaces bytes; the lengths around them stay right because as many take their place. */
  const turned = (from: readonly number[], to: readonly number[]) => (der: Uint8Array) => {
    const at = Buffer.from(der).indexOf(Uint8Array.from(from))
    expect(at).toBeGreaterThan(0)
    der.set(to, at)
    return der
  }

  it('tells encodings that are not DER, and no sound one', () => {
    issue('odd', { extensions: soundCa })
    expect(run(checkEncoding, [load('odd')])).toEqual([])
    const flag = turned([0x55, 0x1d, 0x13, 1, 1, 0xff], [0x55, 0x1d, 0x13, 1, 1, 1])
    expect(run(checkEncoding, [load('odd', flag)])).toMatchObject([
      {
        code: 'encoding',
        severity: 'note',
        actual: expect.stringContaining('X509v3 Basic Constraints is encoded as 0x01, which is not DER'),
      },
    ])
    const stated = turned([0x55, 0x1d, 0x13, 1, 1, 0xff], [0x55, 0x1d, 0x13, 1, 1, 0])
    expect(run(checkEncoding, [load('odd', stated)])[0]?.actual).toContain('states its default')
  })

  it('tells lengths that are not in the shortest form', () => {
    issue('odd', { extensions: soundCa })
    const long = (der: Uint8Array) => {
      const size = ((der[2] ?? 0) << 8) | (der[3] ?? 0)
      return Uint8Array.from([0x30, 0x83, 0, size >> 8, size & 255, ...der.subarray(4)])
    }
    expect(run(checkEncoding, [load('odd', long)])[0]?.actual).toContain('not in its shortest form')
  })

  it('tells times of another form than the year asks for', () => {
    const old = fake({ subject: 'leaf', problems: ['notAfter is a GeneralizedTime although the year is before 2050'] })
    expect(run(checkEncoding, [old])[0]?.message).toContain('GeneralizedTime although')
  })

  it('leaves what other checks tell to them', () => {
    const odd = fake({
      subject: 'leaf',
      problems: ['The extension X is there more than once', '3 bytes follow the certificate'],
    })
    expect(run(checkEncoding, [odd])).toEqual([])
  })
})
