/**
 * Our verdicts beside those of the installed `openssl verify`, on the scenarios and on random infrastructures.
 * `random.ts` says how many of these, and which. docs/decisions/0009-differential-test.md explains every difference that is let
 * pass here.
 */
import { execFile } from 'node:child_process'
import { createHash, generateKeyPairSync, sign, webcrypto } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createVerifier } from '../../x509/crypto.ts'
import type { SignatureVerifier } from '../../x509/model.ts'
import { checkHost } from '../hostname.ts'
import type { BuiltPath } from '../model.ts'
import { createPool } from '../pool.ts'
import { judge } from '../scenarios/judge.ts'
import { host } from '../scenarios/make/certificate.ts'
import { derOf, readFamily, type Scenario } from '../scenarios/read.ts'
import { buildPaths } from '../search.ts'
import { differences, type OpensslVerdict, type Ours } from './compare.ts'
import { type Built, build, type Pki, type Role } from './pki.ts'
import { arbitraryPki, at, type KeyMaker, load, makeKeys, settingsOf } from './random.ts'

const folder = mkdtempSync(join(tmpdir(), 'differential-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { count, seed } = settingsOf(process.env)

const maker: KeyMaker = {
  pair(weak) {
    const { privateKey, publicKey } = weak
      ? generateKeyPairSync('rsa', { modulusLength: 1024 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    return { spki, sign: (digest, message) => sign(digest, message, privateKey) }
  },
  sha1: (bytes) => createHash('sha1').update(bytes).digest(),
}

/** Infrastructures in one call of `openssl verify`. */
const batchSize = 50
let files = 0

function write(pems: readonly string[]): string {
  const name = `${files++}.pem`
  writeFileSync(join(folder, name), pems.join('\n'))
  return name
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

interface Question {
  readonly leaves: readonly string[]
  readonly served: readonly string[]
  readonly trusted: readonly string[]
  readonly arguments: readonly string[]
}

/** Verdicts on several leaves, PEM in, with what OpenSSL says first against each. */
async function openssl(question: Question): Promise<OpensslVerdict[]> {
  const names = question.leaves.map((leaf) => write([leaf]))
  const trust = question.trusted.length === 0 ? ['-no-CAfile'] : ['-CAfile', write(question.trusted)]
  const chain = question.served.length === 0 ? [] : ['-untrusted', write(question.served)]
  const args = [
    'verify',
    '-auth_level',
    '2',
    '-no-CApath',
    '-no-CAstore',
    ...trust,
    ...chain,
    ...question.arguments,
    ...names,
  ]
  const output = await new Promise<string>((resolve) => {
    execFile('openssl', args, { cwd: folder, maxBuffer: 1e8 }, (_, out, err) => resolve(`${out}\n${err}`))
  })
  const accepted = new Set([...output.matchAll(/^(\S+): OK$/gm)].map(([, name]) => name))
  const refused = new Map<string, { error: number; depth: number }>()
  let first: { error: number; depth: number } | undefined
  for (const line of output.split('\n')) {
    const [, error, depth] = /^error (\d+) at (\d+) depth lookup/.exec(line) ?? []
    if (error !== undefined) first ??= { error: Number(error), depth: Number(depth) }
    const [, name] = /^error (\S+): verification failed/.exec(line) ?? []
    if (name === undefined) continue
    if (first !== undefined) refused.set(name, first)
    first = undefined
  }
  return names.map((name) => ({ accepted: accepted.has(name), ...refused.get(name) }))
}

const when = (time: number): string[] => ['-attime', String(Math.floor(time / 1000))]

describe('OpenSSL on the scenarios', () => {
  const data = join(import.meta.dirname, '../scenarios/data')
  it.each(readdirSync(data))('agrees on %s, but where a scenario says why not', async (file) => {
    const { scenarios, certificates } = readFamily(readFileSync(join(data, file), 'utf8'))
    const ders = new Map([...certificates].map(([label, text]) => [label, derOf(text)]))
    const ask = async (scenario: Scenario): Promise<string[]> => {
      const { valid, strict } = await judge(scenario, ders, createVerifier())
      const pems = (labels: readonly string[]) => labels.map((label) => `${certificates.get(label)}\n`)
      const purpose = { server: ['-purpose', 'sslserver'], client: ['-purpose', 'sslclient'], any: [] }[
        scenario.purpose
      ]
      const accepted = scenario.policy.find((word) => /^[\d.]+$/.test(word)) ?? '2.5.29.32.0'
      const policy = ['-policy_check', '-explicit_policy', '-policy', accepted]
      const says = async (...more: string[]): Promise<boolean> => {
        const [theirs] = await openssl({
          leaves: pems([scenario.leaf]),
          served: pems(scenario.served),
          trusted: pems(scenario.roots),
          arguments: [
            ...purpose,
            ...when(scenario.at),
            ...(scenario.policy.includes('explicit') ? policy : []),
            ...more,
          ],
        })
        return theirs?.accepted === true
      }
      const [lax, firm] = await Promise.all([says(), says('-x509_strict')])
      return [
        ...(lax === valid ? [] : [`"${scenario.title}": we say ${valid}`]),
        ...(firm === strict ? [] : [`"${scenario.title}", strictly: we say ${strict}`]),
      ]
    }
    const undecided = scenarios.filter(({ differs }) => differs === undefined)
    expect((await inTurn(undecided, ask)).flat()).toEqual([])
  })
})

/** Both ways of checking signatures take part. */
const verifiers: Readonly<Record<Role, () => SignatureVerifier>> = {
  server: () => createVerifier({ subtle: webcrypto.subtle }),
  client: () => createVerifier(),
}

const questions: Readonly<Record<Role, readonly string[]>> = {
  server: ['-purpose', 'sslserver', '-verify_hostname', host],
  client: ['-purpose', 'sslclient'],
}

describe.each([
  ['server', count],
  ['client', Math.ceil(count / 4)],
] as const)('OpenSSL on random infrastructures, for a %s', (role, numRuns) => {
  const keys = makeKeys(maker)

  it(`agrees on ${numRuns} of them, strictly and not`, { timeout: 20_000 + numRuns * 100 }, async () => {
    const pkis = fc.sample(arbitraryPki, { seed, numRuns })
    const found: { readonly index: number; readonly texts: readonly string[] }[] = []
    for (let start = 0; start < pkis.length; start += batchSize) {
      const batch = await compare(pkis.slice(start, start + batchSize))
      found.push(...batch.flatMap((texts, index) => (texts.length === 0 ? [] : [{ index: start + index, texts }])))
    }
    const [worst] = found
    if (worst === undefined) return
    // Runs the first one again by itself, and down to the smallest that still differs.
    const property = fc.asyncProperty(arbitraryPki, async (pki) => {
      const [texts = []] = await compare([pki])
      if (texts.length > 0) throw new Error(texts.join('\n'))
    })
    const { counterexample, errorInstance } = await fc.check(property, { seed, path: String(worst.index), numRuns: 1 })
    const all = found.map(({ index, texts }) => `${index}: ${texts.join('; ')} ${JSON.stringify(pkis[index])}`)
    const least = `${JSON.stringify(counterexample?.[0])}\n${String(errorInstance)}`
    expect.fail(
      `${found.length} of ${numRuns} differ (seed ${seed}):\n${all.slice(0, 20).join('\n')}\nsmallest: ${least}`,
    )
  })

  /** What differs, for each of them. */
  async function compare(pkis: readonly Pki[]): Promise<string[][]> {
    const built = pkis.map((pki, index) => build(pki, index, keys, role))
    const [ours, lax, strict] = await Promise.all([
      Promise.all(built.map((one) => judgeBuilt(one, role))),
      askAll(built, []),
      askAll(built, ['-x509_strict']),
    ])
    return inTurn(pkis, async (_, index) => {
      const [mine, one] = [ours[index], built[index]]
      if (mine === undefined || one === undefined) return []
      const alone = async (path: BuiltPath, more: readonly string[]) =>
        (await askAlone(path, more))[0]?.accepted === true
      return [
        ...(await differences(mine, lax[index], false, (path) => alone(path, []))),
        ...(await differences(mine, strict[index], true, (path) => alone(path, ['-x509_strict']))),
      ]
    })
  }

  const usual = [...questions[role], ...when(at)]

  const askAll = (built: readonly Built[], more: readonly string[]) =>
    openssl({
      leaves: built.map(({ leaf }) => pem(leaf)),
      served: built.flatMap(({ served }) => served.map(pem)),
      trusted: built.flatMap(({ trusted }) => trusted.map(pem)),
      arguments: [...usual, ...more],
    })

  /** Only the certificates of one path, so that OpenSSL has no choice; an anchor need not be self-signed. */
  const askAlone = ({ certificates }: BuiltPath, more: readonly string[]) =>
    openssl({
      leaves: certificates.slice(0, 1).map(({ der }) => pem(der)),
      served: certificates.slice(1, -1).map(({ der }) => pem(der)),
      trusted: certificates.slice(-1).map(({ der }) => pem(der)),
      arguments: [...usual, ...more, ...(certificates.at(-1)?.selfIssued === true ? [] : ['-partial_chain'])],
    })
})

async function judgeBuilt({ leaf, served, trusted }: Built, purpose: Role): Promise<Ours> {
  const pool = createPool()
  pool.add(served.map(load), 'served')
  pool.add(trusted.map(load), 'imported-root')
  const certificate = load(leaf)
  const { paths } = await buildPaths(certificate, pool, verifiers[purpose](), { at, purpose })
  // Nobody asks a client for a host name.
  return { paths, host: purpose === 'client' || checkHost(certificate, host).matches }
}

/** Calls at most a few at a time, in order. */
async function inTurn<T, R>(list: readonly T[], call: (one: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < list.length; start += 4) {
    const some = list.slice(start, start + 4)
    results.push(...(await Promise.all(some.map((one, offset) => call(one, start + offset)))))
  }
  return results
}
