/** The repaired chain of every scenario, judged by the real `openssl verify`. */
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainToRepair } from '../../src/fixes/repair.ts'
import { inspect } from '../../src/inspect.ts'
import { buildCommand } from './command.ts'
import { opensslVersion } from './pki.ts'
import type { Scenario } from './scenario.ts'
import { type Lab, scenarios, startLab } from './scenarios.ts'

const openssl = await opensslVersion()

/** What stays wrong with a chain in perfect order, as openssl says it, and what it is told to overlook. Weak keys and digests it lets pass here. */
const faults: Readonly<Record<string, { readonly says?: RegExp; readonly overlook?: readonly string[] }>> = {
  'expired-leaf': { says: /error 10 at 0 depth/, overlook: ['-no_check_time'] },
  'not-yet-valid': { says: /error 9 at 0 depth/, overlook: ['-no_check_time'] },
  'expired-intermediate': { says: /error 10 at 1 depth/, overlook: ['-no_check_time'] },
  'issued-by-leaf': { says: /error 79 at 1 depth/ },
  'path-too-long': { says: /error 25 at 2 depth/ },
  // The proxy's root is nowhere: its intermediate is trusted in its place.
  'interception-known-product': { overlook: ['-partial_chain'] },
}

/** Scenarios whose capture shows no certificate of the server, or a leaf that no issuer's key verifies. */
const withoutChain = new Set([
  ...[
    'bad-signature',
    'proxy-refuses',
    'proxy-wants-credentials',
    'connection-refused',
    'plain-http',
    'closed-at-once',
  ],
  ...['starttls-not-offered', 'forgotten-starttls', 'protocol-mismatch-old-client', 'protocol-mismatch-old-server'],
  'cut-by-head',
])

const certificates = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n/g) ?? []).map(
    (block) => new X509Certificate(block),
  )

describe.skipIf(openssl === undefined)(`the repaired chain, with ${openssl}`, () => {
  let lab: Lab
  let directory: string
  let command: string
  let bundle: string
  const at = (name: string) => path.join(directory, name)

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'weaklink-repair-'))
    command = buildCommand(directory)
    lab = await startLab()
    const { ca, leaf } = lab.world
    const roots = [ca.root, ca.rsaRoot, ca.corporate, ca.cloudflare, ca.zscaler, leaf.selfSigned]
    writeFileSync(at('root.pem'), roots.map(({ cert }) => cert).join(''))
    // Roots, namesakes and strangers among them, upside down: what somebody drops who takes the whole folder.
    bundle = [...Object.values(ca), leaf.subCa].map(({ cert }) => cert).join('')
    writeFileSync(at('bundle.pem'), bundle)
  })

  afterAll(async () => {
    await lab?.stop()
    if (directory) rmSync(directory, { recursive: true, force: true })
  })

  const verify = (...more: readonly string[]) => {
    const files = ['-CAfile', at('root.pem'), '-untrusted', at('fullchain.pem'), at('leaf.pem')]
    const { stdout, stderr } = spawnSync('openssl', ['verify', ...more, ...files], { encoding: 'utf8' })
    return `${stdout}${stderr}`
  }

  const inputOf = async (scenario: Scenario) => {
    const text = await lab.capture(scenario)
    const documents = [
      { name: 'paste', text },
      { name: 'bundle.pem', text: bundle },
    ]
    return { text, documents }
  }

  test.for(scenarios.filter(({ name }) => !withoutChain.has(name)))('$name', async (scenario) => {
    const { text, documents } = await inputOf(scenario)
    const chain = chainToRepair(await inspect({ documents }, lab.inspectOptions(scenario)))
    expect(chain).toMatchObject({ missing: [] })
    const pem = chain?.pem ?? ''
    const [leaf, ...issuers] = certificates(pem)
    writeFileSync(at('fullchain.pem'), pem)
    writeFileSync(at('leaf.pem'), leaf?.toString() ?? '')

    const { says, overlook } = faults[scenario.name] ?? {}
    if (says) expect(verify()).toMatch(says)
    if (!says || overlook) expect(verify(...(overlook ?? []))).toBe(`${at('leaf.pem')}: OK\n`)

    expect(text, 'the leaf is the first that the server sent').toContain(leaf?.toString().trim())
    for (const [index, issuer] of issuers.entries()) {
      const below = [leaf, ...issuers][index] as X509Certificate
      expect(below.verify(issuer.publicKey), `${issuer.subject} signed the one before it`).toBe(true)
      expect(issuer.verify(issuer.publicKey), `${issuer.subject} is no root`).toBe(false)
    }

    writeFileSync(at('capture.txt'), text)
    const run = spawnSync(process.execPath, [command, '--repair', 'capture.txt', 'bundle.pem'], {
      cwd: directory,
      encoding: 'utf8',
    })
    expect([run.stdout, run.stderr]).toEqual([pem, ''])
  })

  test.for(scenarios.filter(({ name }) => withoutChain.has(name)))('$name has none', async (scenario) => {
    const { documents } = await inputOf(scenario)
    expect(chainToRepair(await inspect({ documents }, lab.inspectOptions(scenario)))).toBeUndefined()
  })
})
