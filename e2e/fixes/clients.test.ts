import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Fix } from '../../src/core/finding.ts'
import { opensslVersion } from '../lab/pki.ts'
import { type Listening, serve, tlsServer } from '../lab/server.ts'
import { available } from './tools.ts'
import { Bench, fixOf, type Judged, judge, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const openssl = await opensslVersion()
if (openssl === undefined) console.warn('fixes of clients: skipped, they need OpenSSL 1.1.1 or later as `openssl`')

/** Reasons for which a client cannot be tried here. */
const needs: Readonly<Record<string, () => boolean>> = {
  curl: () => available('curl'),
  wget: () => available('wget'),
  node: () => true,
  python: () => available('python3', '-c', 'import requests, certifi'),
  java: () => available('keytool', '-help') && available('java', '-version'),
  go: () => existsSync('/etc/ssl/certs/ca-certificates.crt') && available('curl'),
  openssl: () => true,
  debian: () => existsSync('/usr/sbin/update-ca-certificates'),
}
const able = (slug: string): boolean => {
  const can = needs[slug]?.() ?? false
  if (!can) console.warn(`fixes of ${slug}: skipped, the program is not installed`)
  return can
}

/** Folders that a store of the system is kept in, and their stand-ins. */
const storePaths = [
  ['/usr/local/share/ca-certificates', 'local'],
  ['/etc/ssl/certs', 'certs'],
] as const

describe.skipIf(openssl === undefined)('fixes of clients', () => {
  let world: World
  let full: Listening
  let leafOnly: Listening
  let mutual: Listening
  let privateCa: Judged
  let incomplete: Judged
  let clientless: Judged

  beforeAll(async () => {
    world = await startWorld()
    full = await tlsServer(serve(world.leaf, world.issuing))
    leafOnly = await tlsServer(serve(world.leaf))
    mutual = await tlsServer(serve(world.leaf, world.issuing), { clientCa: world.clientCa.cert, maxVersion: 'TLSv1.2' })
    privateCa = await judge(full.port, 'private-ca')
    incomplete = await judge(leafOnly.port, 'missing-intermediate', ['-CAfile', world.root.certFile], [world.root])
    clientless = await judge(mutual.port, 'client-certificate-missing', ['-CAfile', world.root.certFile], [world.root])
  })
  afterAll(async () => {
    await Promise.all([full, leafOnly, mutual].map((server) => server?.stop()))
    await world?.stop()
  })

  /** A bench with the store of the system, and the tool that rebuilds it, in its own folder. */
  async function benchFor(slug: string): Promise<Bench> {
    const bench = await Bench.create(world, {}, slug === 'debian' ? storePaths : [])
    if (slug !== 'debian') return bench
    await Promise.all(['local', 'certs', 'hooks', 'share'].map((name) => mkdir(bench.at(name))))
    await bench.write('ca-certificates.conf', '')
    await bench.write('certs/ca-certificates.crt', '')
    const options = [
      ['--certsconf', 'ca-certificates.conf'],
      ['--certsdir', 'share'],
      ['--localcertsdir', 'local'],
      ['--etccertsdir', 'certs'],
      ['--hooksdir', 'hooks'],
    ]
    const words = options.map(([option, name]) => `${option} '${bench.at(name ?? '')}'`).join(' ')
    await bench.stub('update-ca-certificates', `exec /usr/sbin/update-ca-certificates ${words}`)
    return bench
  }

  /** Shows that the check fails, applies the fix, and shows that it succeeds. */
  async function apply(bench: Bench, fix: Fix, between?: () => Promise<void>): Promise<void> {
    expect((await bench.run(fix.verify)).status, 'the check fails before the fix').not.toBe(0)
    const prepared = await bench.run(fix.prepare)
    expect(prepared, prepared.output).toMatchObject({ status: 0 })
    await between?.()
    if (fix.language === undefined && fix.command !== undefined) {
      const applied = await bench.run(fix.command)
      expect(applied, applied.output).toMatchObject({ status: 0 })
    }
    const check = await bench.run(fix.verify)
    expect(check, check.output).toMatchObject({ status: 0 })
  }

  test.each(['curl', 'wget', 'node', 'python', 'java', 'go', 'openssl', 'debian'])(
    '%s trusts the private CA after the fix',
    async (slug) => {
      if (!able(slug)) return
      const bench = await benchFor(slug)
      const fix = fixOf(privateCa, slug, 'trust-ca', 'client', slug === 'java' || slug === 'go' ? 'one' : '')
      // The root file of the bench is what the owner of the CA hands over; without it the check has to fail.
      const root = readFileSync(bench.at('fix-lab-root-ca.pem'), 'utf8')
      await bench.write('fix-lab-root-ca.pem', world.clientCa.cert)
      expect((await bench.run(fix.verify)).status).not.toBe(0)
      expect((await bench.run(fix.prepare)).output, 'another certificate is told apart').not.toContain('same')
      await bench.write('fix-lab-root-ca.pem', root)
      if (slug === 'curl' || slug === 'wget' || slug === 'openssl' || slug === 'node') {
        expect(await bench.run(fix.verify)).toMatchObject({ status: 0 })
        expect((await bench.run(fix.command)).status).toBe(0)
      } else await apply(bench, fix)
    },
  )

  test.each(['curl', 'node', 'python', 'java', 'go'])(
    '%s gets by with the intermediate that it was given',
    async (slug) => {
      if (!able(slug)) return
      const bench = await benchFor(slug)
      const fix = fixOf(
        incomplete,
        slug,
        'supply-intermediate',
        'client',
        slug === 'java' || slug === 'go' ? 'one' : '',
      )
      expect(fix.workaround).toBe(true)
      // The root of the lab is in no public store, so that the step about it applies.
      await apply(bench, fix, async () => {
        if (slug === 'java') return
        const file = 'fix-lab-issuing-ca-1.pem'
        await bench.write(file, readFileSync(bench.at(file), 'utf8') + world.root.cert)
      })
    },
  )

  test.each(['curl', 'wget', 'node', 'python', 'java', 'openssl'])(
    '%s presents its certificate after the fix',
    async (slug) => {
      if (!able(slug)) return
      const bench = await benchFor(slug)
      const fix = fixOf(clientless, slug, 'client-certificate', 'client')
      const without = await Bench.create(world, {
        CLIENT_CERT_FILE: world.leaf.certFile,
        CLIENT_KEY_FILE: world.leaf.keyFile,
      })
      if (slug === 'java') {
        const { makeTrustStore } = await import('../../src/fixes/java-code.ts')
        const facts = (await import('../../src/fixes/facts.ts')).factsOf(
          privateCa.finding,
          privateCa.report,
          'trust-ca',
          'client',
        )
        for (const folder of [bench, without]) expect((await folder.run(makeTrustStore(facts))).status).toBe(0)
        await without.run(fix.prepare)
      }
      expect((await without.run(fix.verify)).status, 'a certificate of another CA is refused').not.toBe(0)
      if (fix.prepare) expect((await bench.run(fix.prepare)).status).toBe(0)
      const check = await bench.run(fix.verify)
      expect(check, check.output).toMatchObject({ status: 0 })
    },
  )

  test('openssl verify finds the chain when the files are told apart', async () => {
    const bench = await Bench.create(world, {
      INTERMEDIATES_FILE: world.issuing.certFile,
      LEAF_FILE: world.leaf.certFile,
    })
    const misused = await bench.run(
      `cat ${world.leaf.certFile} ${world.issuing.certFile} > bundle.pem; openssl verify -CAfile ${world.root.certFile} bundle.pem`,
    )
    expect(misused.status).not.toBe(0)
    const fix = fixOf(
      { ...privateCa, finding: { ...privateCa.finding, rule: 'verification-misused' } },
      'openssl',
      'verify-right',
      'client',
    )
    expect(await bench.run(fix.verify)).toMatchObject({ status: 0, output: expect.stringContaining(': OK') })
  })
})
