import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkSignature, createVerifier } from './crypto.ts'
import type { SubtleLike } from './crypto-subtle.ts'
import { decodeCertificate } from './decode.ts'
import type { Certificate, SignatureStatus } from './model.ts'

const folder = mkdtempSync(join(tmpdir(), 'weaklink-'))
afterAll(() => rmSync(folder, { recursive: true }))
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })

/** Makes a key and a certificate that it signs itself. */
function make(name: string, keyArgs: string[], signArgs: string[] = []): Certificate {
  openssl('genpkey', ...keyArgs, '-out', `${name}.pem`)
  return sign(name, signArgs)
}

function sign(name: string, signArgs: string[], file = name): Certificate {
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    `${name}.pem`,
    '-subj',
    `/CN=${name}`,
    '-outform',
    'DER',
    '-out',
    `${file}.der`,
    ...signArgs,
  )
  return decoded(readFileSync(join(folder, `${file}.der`)))
}

function decoded(der: Uint8Array): Certificate {
  const result = decodeCertificate(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`]
const pss = (hash: string, ...more: string[]) => [
  `-${hash}`,
  '-sigopt',
  'rsa_padding_mode:pss',
  ...more.flatMap((option) => ['-sigopt', option]),
]

const base = make('rsa', rsa, ['-sha256'])
openssl(
  'genpkey',
  '-genparam',
  '-algorithm',
  'DSA',
  '-pkeyopt',
  'dsa_paramgen_bits:2048',
  '-pkeyopt',
  'dsa_paramgen_q_bits:256',
  '-out',
  'dsaparam.pem',
)

const cases: readonly (readonly [string, Certificate, string])[] = [
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(
    (hash) => [`RSA with ${hash}`, sign('rsa', [`-${hash}`], hash), `${hash}WithRSAEncryption`] as const,
  ),
  ['RSA with SHA-512/224', sign('rsa', ['-sha512-224'], 'sha512-224'), 'sha512-224WithRSAEncryption'],
  ['RSA with SHA-512/256', sign('rsa', ['-sha512-256'], 'sha512-256'), 'sha512-256WithRSAEncryption'],
  ...['224', '256', '384', '512'].map(
    (bits) => [`RSA with SHA3-${bits}`, sign('rsa', [`-sha3-${bits}`], `rsa3-${bits}`), `RSA-SHA3-${bits}`] as const,
  ),
  [
    'RSA of odd size',
    make('rsa2049', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2049']),
    'sha256WithRSAEncryption',
  ],
  ['RSA-PSS', sign('rsa', pss('sha256', 'rsa_pss_saltlen:32'), 'pss'), 'RSASSA-PSS'],
  ['RSA-PSS with SHA-1', sign('rsa', pss('sha1', 'rsa_pss_saltlen:20'), 'pss1'), 'RSASSA-PSS'],
  ['RSA-PSS with SHA-512 and no salt', sign('rsa', pss('sha512', 'rsa_pss_saltlen:0'), 'pss0'), 'RSASSA-PSS'],
  [
    'RSA-PSS with another mask digest',
    sign('rsa', pss('sha256', 'rsa_pss_saltlen:11', 'rsa_mgf1_md:sha1'), 'pssmgf'),
    'RSASSA-PSS',
  ],
  ['RSA-PSS with the longest salt', sign('rsa', pss('sha256', 'rsa_pss_saltlen:222'), 'psslong'), 'RSASSA-PSS'],
  ['RSA-PSS of a key of odd size', sign('rsa2049', pss('sha384', 'rsa_pss_saltlen:48'), 'pssodd'), 'RSASSA-PSS'],
  [
    'a key for RSA-PSS alone',
    make('psskey', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048']),
    'RSASSA-PSS',
  ],
  ['P-256', make('p256', curve('P-256'), ['-sha256']), 'ecdsa-with-SHA256'],
  ['P-256 with a longer digest', sign('p256', ['-sha512'], 'p256long'), 'ecdsa-with-SHA512'],
  ['P-384', make('p384', curve('P-384'), ['-sha384']), 'ecdsa-with-SHA384'],
  ['P-384 with a shorter digest', sign('p384', ['-sha1'], 'p384short'), 'ecdsa-with-SHA1'],
  ['P-521', make('p521', curve('P-521'), ['-sha512']), 'ecdsa-with-SHA512'],
  ['P-256 with SHA-224', sign('p256', ['-sha224'], 'p256odd'), 'ecdsa-with-SHA224'],
  ['P-224', make('p224', curve('P-224'), ['-sha256']), 'ecdsa-with-SHA256'],
  ['secp256k1', make('k1', curve('secp256k1')), 'ecdsa-with-SHA256'],
  ['brainpoolP256r1', make('bp', curve('brainpoolP256r1')), 'ecdsa-with-SHA256'],
  ['brainpoolP384r1', make('bp384', curve('brainpoolP384r1'), ['-sha384']), 'ecdsa-with-SHA384'],
  ['brainpoolP512r1', make('bp512', curve('brainpoolP512r1'), ['-sha512']), 'ecdsa-with-SHA512'],
  ['P-256 with SHA3-256', sign('p256', ['-sha3-256'], 'p256sha3'), 'ecdsa_with_SHA3-256'],
  ['Ed25519', make('ed25519', ['-algorithm', 'ED25519']), 'Ed25519'],
  ['Ed448', make('ed448', ['-algorithm', 'ED448']), 'Ed448'],
  ['DSA', make('dsa', ['-paramfile', 'dsaparam.pem'], ['-sha256']), 'dsa_with_SHA256'],
  ['DSA with SHA-1', sign('dsa', ['-sha1'], 'dsa1'), 'dsaWithSHA1'],
  ['DSA with a longer digest', sign('dsa', ['-sha384'], 'dsa384'), 'dsa_with_SHA384'],
]

const subtle: SubtleLike = crypto.subtle
const refusing: SubtleLike = {
  importKey: () => Promise.reject(new Error('NotSupportedError')),
  verify: () => Promise.reject(new Error('NotSupportedError')),
}
const throwing: SubtleLike = {
  importKey: () => {
    throw new Error('no crypto here')
  },
  verify: () => {
    throw new Error('no crypto here')
  },
}
const ways: readonly (readonly [string, SubtleLike | undefined])[] = [
  ['WebCrypto', subtle],
  ['no WebCrypto', undefined],
  ['a WebCrypto that refuses', refusing],
  ['a WebCrypto that throws', throwing],
]

/** The same certificate with one bit of the named bytes turned. */
function spoilt(certificate: Certificate, field: 'tbs' | 'signature'): Certificate {
  const bytes = new Uint8Array(certificate[field])
  const place = field === 'tbs' ? bytes.length - 5 : Math.floor(bytes.length / 2)
  bytes[place] = (bytes[place] ?? 0) ^ 1
  return { ...certificate, [field]: bytes }
}

describe.each(ways)('checkSignature with %s', (_, way) => {
  it.each(cases)('accepts %s and refuses it when spoilt', async (_name, certificate, algorithm) => {
    expect(certificate.signatureAlgorithm.name).toBe(algorithm)
    const key = certificate.publicKey
    expect(await checkSignature(certificate, key, way)).toBe('valid')
    expect(await checkSignature(spoilt(certificate, 'tbs'), key, way)).toBe('invalid')
    expect(await checkSignature(spoilt(certificate, 'signature'), key, way)).toBe('invalid')
    const other = cases.find(
      ([, { publicKey }]) => publicKey.algorithm === key.algorithm && publicKey.spkiSha256 !== key.spkiSha256,
    )
    if (other !== undefined) expect(await checkSignature(certificate, other[1].publicKey, way)).toBe('invalid')
  })

  it('accepts ECDSA signatures with a high s', async () => {
    const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
    const { signature, publicKey } = (cases.find(([name]) => name === 'P-256') as (typeof cases)[number])[1]
    const certificate = (cases.find(([name]) => name === 'P-256') as (typeof cases)[number])[1]
    const size = signature[3] ?? 0
    const r = signature.subarray(4, 4 + size)
    const s = BigInt(`0x${Buffer.from(signature.subarray(6 + size)).toString('hex')}`)
    const digits = (order - s).toString(16).padStart(64, '0')
    const flipped = Buffer.from(/^[89a-f]/.test(digits) ? `00${digits}` : digits, 'hex')
    const der = Uint8Array.from([0x30, r.length + flipped.length + 4, 2, r.length, ...r, 2, flipped.length, ...flipped])
    expect(await checkSignature({ ...certificate, signature: der }, publicKey, way)).toBe('valid')
  })

  it('calls a key of another kind invalid and an unknown algorithm unverified', async () => {
    const p256 = (cases.find(([name]) => name === 'P-256') as (typeof cases)[number])[1]
    expect(await checkSignature(base, p256.publicKey, way)).toBe('invalid')
    const unknown = { ...base.signatureAlgorithm, oid: '1.2.3' as never }
    expect(await checkSignature({ ...base, signatureAlgorithm: unknown }, base.publicKey, way)).toBe('unverified')
    const md2 = { ...base.signatureAlgorithm, oid: '1.2.840.113549.1.1.2' as never, hash: 'MD2' }
    expect(await checkSignature({ ...base, signatureAlgorithm: md2 }, base.publicKey, way)).toBe('unverified')
  })

  it('settles on every spoilt byte of key, algorithm and signature without throwing', async () => {
    const outcomes = new Set<SignatureStatus>()
    for (const name of ['P-256', 'RSA-PSS', 'Ed25519', 'DSA']) {
      const certificate = (cases.find(([known]) => known === name) as (typeof cases)[number])[1]
      const { spki, signature } = certificate.ranges
      const places = [...Array(40).keys()].flatMap((step) => [
        spki.start + step,
        signature.start + step,
        signature.start - step,
      ])
      for (const place of places) {
        const der = new Uint8Array(certificate.der)
        der[place] = (der[place] ?? 0) ^ 0x41
        const mutant = decodeCertificate(der)
        if (!mutant.ok) continue
        const status = await createVerifier({ subtle: way }).verify(mutant.value, mutant.value)
        const mismatch = mutant.value.problems.some((problem) => problem.includes('differs inside and outside'))
        if (!mismatch) outcomes.add(status)
      }
    }
    expect([...outcomes].sort()).toEqual(['invalid', 'unverified'])
  })
})

describe('createVerifier', () => {
  it('asks once for each subject and issuer key', async () => {
    let asked = 0
    const counting: SubtleLike = {
      importKey: (...args) => {
        asked++
        return subtle.importKey(...args)
      },
      verify: (...args) => subtle.verify(...args),
    }
    const verifier = createVerifier({ subtle: counting })
    const answers = await Promise.all([
      verifier.verify(base, base),
      verifier.verify(base, base),
      verifier.verify(base, base),
    ])
    expect(answers).toEqual(['valid', 'valid', 'valid'])
    expect(asked).toBe(1)
  })
})

describe('a signature with unused bits', () => {
  it('is invalid whatever its bytes are', async () => {
    const der = new Uint8Array(base.der)
    const { start } = base.ranges.signature
    expect(der[start + 4]).toBe(0)
    der[start + 4] = 1
    const odd = decoded(der)
    expect(odd.problems).toEqual([`The signature is not a whole number of bytes (at byte ${start})`])
    expect(await createVerifier().verify(odd, base)).toBe('invalid')
    expect(await createVerifier().verify(base, base)).toBe('valid')
  })
})

describe('numbers made to take long', () => {
  it('are not tried', async () => {
    const huge = new Uint8Array(4096).fill(0xff)
    const length = (bytes: number) => [0x82, bytes >> 8, bytes & 255]
    const key = [0x30, ...length(4096 * 2 + 8), 2, ...length(4096), ...huge, 2, ...length(4096), ...huge]
    const algorithm = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1, 5, 0]
    const bits = [3, ...length(key.length + 1), 0, ...key]
    const spki = Uint8Array.from([0x30, ...length(algorithm.length + bits.length), ...algorithm, ...bits])
    expect(await checkSignature(base, { ...base.publicKey, bits: 32768, spki })).toBe('unverified')
  })
})
