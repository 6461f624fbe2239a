/** DSA keys without parameters, out of certificates made by the `openssl` command line beside us. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unixMs } from '../core/brand.ts'
import { createVerifier } from '../x509/crypto.ts'
import { lacksParameters, withParametersOf } from '../x509/crypto-dsa.ts'
import { decodeCertificate } from '../x509/decode.ts'
import type { Certificate, PublicKey, SignatureVerifier } from '../x509/model.ts'
import { createPool } from './pool.ts'
import { buildPaths } from './search.ts'
import { workingKeys } from './working-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'inherited-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })

function parameters(name: string): void {
  const size = ['-pkeyopt', 'dsa_paramgen_bits:1024', '-pkeyopt', 'dsa_paramgen_q_bits:160']
  openssl('genpkey', '-genparam', '-algorithm', 'DSA', ...size, '-out', `${name}.params`)
}

function issue(name: string, params: string, by?: string): Certificate {
  const isCa = name !== 'leaf'
  openssl('genpkey', '-paramfile', `${params}.params`, '-out', `${name}.key`)
  writeFileSync(join(folder, 'extensions'), `basicConstraints=critical,CA:${isCa}\n`)
  openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`)
  const signer = by === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]
  const serial = ['-set_serial', '7', '-days', '30', '-sha256', '-extfile', 'extensions']
  openssl('x509', '-req', '-in', `${name}.csr`, ...signer, ...serial, '-out', `${name}.pem`)
  openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
  const result = decodeCertificate(readFileSync(join(folder, `${name}.der`)))
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** The key without its parameters: the algorithm's OBJECT IDENTIFIER alone, then the same bits. */
function stripped(key: PublicKey): PublicKey {
  const type = [6, 7, 0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1]
  const length = ((key.spki[6] ?? 0) << 8) | (key.spki[7] ?? 0)
  expect([...key.spki.subarray(8, 17)]).toEqual(type)
  const bits = key.spki.subarray(8 + length)
  const size = bits.length + type.length + 2
  const spki = Uint8Array.from([0x30, 0x81, size, 0x30, type.length, ...type, ...bits])
  const { bits: _, ...rest } = key
  return { ...rest, spki, spkiSha256: `${key.spkiSha256} stripped` }
}

parameters('one')
parameters('two')
const root = issue('root', 'one')
const other = issue('other', 'two')
const full = issue('int', 'one', 'root')
const leaf = issue('leaf', 'one', 'int')
const int: Certificate = { ...full, publicKey: stripped(full.publicKey) }

async function build(above: readonly Certificate[], verifier: SignatureVerifier = createVerifier()) {
  const pool = createPool()
  pool.add([int], 'served')
  pool.add(above, 'imported-root')
  const ignore = new Set(['weak-key', 'profile'] as const)
  return buildPaths(leaf, pool, verifier, { at: unixMs(Date.now() + 60_000), purpose: 'any', ignore })
}

describe('withParametersOf', () => {
  it('completes a key with the parameters of another', () => {
    expect(lacksParameters(full.publicKey)).toBe(false)
    expect(lacksParameters(int.publicKey)).toBe(true)
    expect(withParametersOf(int.publicKey, root.publicKey)).toEqual(full.publicKey)
  })

  it('leaves a key alone that needs nothing or is given nothing', () => {
    expect(withParametersOf(full.publicKey, other.publicKey)).toBe(full.publicKey)
    expect(withParametersOf(int.publicKey, int.publicKey)).toBe(int.publicKey)
    const foreign: PublicKey = { ...root.publicKey, algorithm: 'RSA' }
    expect(withParametersOf(int.publicKey, foreign)).toBe(int.publicKey)
  })
})

describe('workingKeys', () => {
  it('hands parameters down through several certificates', () => {
    const keys = workingKeys([leaf, int, int, root])
    expect(keys.map(lacksParameters)).toEqual([false, false, false, false])
    expect(workingKeys([leaf, int]).map(lacksParameters)).toEqual([false, true])
  })
})

describe('buildPaths over a DSA key without parameters', () => {
  it('verifies what it signed with the parameters of the certificate above', async () => {
    const { paths } = await build([root])
    expect(paths.map(({ valid, signatures }) => [valid, signatures])).toEqual([[true, ['valid', 'valid', 'valid']]])
  })

  it('leaves the signature unverified where nothing is above', async () => {
    const { paths } = await build([])
    expect(paths[0]?.signatures).toEqual(['unverified', 'unverified'])
  })

  it('takes the parameters of each path, and remembers one answer for each', async () => {
    // A namesake of the root with the parameters of another key: a verifier that accepts it as issuer of the CA.
    const twin: Certificate = { ...root, sha256: other.sha256, publicKey: other.publicKey }
    const real = createVerifier()
    const asked: string[] = []
    const verifier: SignatureVerifier = {
      verify: async (subject, issuer) => {
        if (subject.sha256 !== leaf.sha256) return 'unverified'
        asked.push(issuer.publicKey.spkiSha256)
        return real.verify(subject, issuer)
      },
    }
    const { paths } = await build([root, twin], verifier)
    expect(paths.map(({ signatures }) => signatures[0]).sort()).toEqual(['invalid', 'valid'])
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).toContain(full.publicKey.spkiSha256)
  })
})
