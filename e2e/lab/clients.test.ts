import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/inspect.ts'
import { type Aim, needsProxy, programs, run } from '../clients/programs.ts'
import { type Situation, situations } from '../clients/situations.ts'
import { opensslVersion } from './pki.ts'
import { type Lab, startLab } from './scenarios.ts'

const exec = promisify(execFile)
const openssl = await opensslVersion()
const found = await Promise.all(programs.map(async (program) => ({ program, answer: await program.available() })))
for (const { program, answer } of found)
  if ('reason' in answer) console.warn(`clients: ${program.name} skipped, ${answer.reason}`)

/** What `situations` need beside the lab: client certificates, and trust stores in the forms that clients take. */
async function makeMaterial(lab: Lab, folder: string) {
  const { pki, ca, leaf } = lab.world
  const clientUse = { usage: 'clientAuth', issuer: leaf.clientCa }
  const [good, expired] = await Promise.all([
    pki.issue({ subject: '/O=Shop Lab/CN=orders-client', ...clientUse }),
    pki.issue({ subject: '/O=Shop Lab/CN=old-client', ...clientUse, from: -90, until: -2 }),
  ])
  const certificates = { good, expired, strange: leaf.strangeClient }
  const client = Object.fromEntries(
    await Promise.all(
      Object.entries(certificates).map(async ([name, { certFile, keyFile }]) => {
        const p12File = path.join(folder, `${name}.p12`)
        await exec('openssl', [
          'pkcs12',
          '-export',
          '-in',
          certFile,
          '-inkey',
          keyFile,
          '-out',
          p12File,
          '-passout',
          'pass:changeit',
        ])
        return [name, { certFile, keyFile, p12File }] as const
      }),
    ),
  ) as Record<keyof typeof certificates, NonNullable<Aim['clientCertificate']>>
  const caFile = path.join(folder, 'root.pem')
  await writeFile(caFile, ca.root.cert)
  // Only keytool marks certificates as trusted in a PKCS#12 file.
  await exec('keytool', [
    '-importcert',
    '-noprompt',
    '-file',
    caFile,
    '-alias',
    'root',
    '-storetype',
    'PKCS12',
    '-keystore',
    path.join(folder, 'root-trust.p12'),
    '-storepass',
    'changeit',
  ]).catch(() => {})
  return { caFile, client }
}

describe.skipIf(openssl === undefined)('real clients', () => {
  let lab: Lab
  let folder: string
  let material: Awaited<ReturnType<typeof makeMaterial>>

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'weaklink-clients-'))
    lab = await startLab()
    material = await makeMaterial(lab, folder)
  })

  afterAll(async () => {
    await lab?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  function aimOf(situation: Situation, name: string): Aim {
    const { servers } = lab.world
    const port = situation.server === 'nobody' ? lab.world.closedPort : servers[situation.server].port
    const proxy = situation.proxy ?? (needsProxy.has(name) ? 'tunnel' : undefined)
    return {
      port,
      ...(proxy === undefined ? {} : { proxy: servers[proxy].port }),
      ...(situation.trusting ? { caFile: material.caFile } : {}),
      ...(situation.client === undefined ? {} : { clientCertificate: material.client[situation.client] }),
    }
  }

  for (const { program, answer } of found) {
    describe.skipIf('reason' in answer)(`${program.name}${'version' in answer ? `, ${answer.version}` : ''}`, () => {
      beforeAll(async () => {
        await program.prepare?.(folder)
      }, 60_000)

      for (const situation of situations) {
        const expected = program.name in situation.expect ? situation.expect[program.name] : situation.expect.others
        if (expected === undefined) continue
        test.concurrent(`${situation.title}: ${expected}`, async ({ expect: check }) => {
          const text = await run(program, aimOf(situation, program.name), folder)
          if (process.env.WEAKLINK_LAB_OUT)
            await writeFile(
              `${process.env.WEAKLINK_LAB_OUT}/${program.name}-${situation.title.replaceAll(' ', '-')}.txt`,
              text,
            )
          const report = await inspect({ documents: [{ name: 'paste', text }] })
          const { status, cause, headline } = report.verdict
          check(`${status} ${cause}`, `${headline}\n${text.slice(0, 2_000)}`).toBe(expected)
          // Nothing is proven without a place that shows it.
          for (const finding of report.findings)
            if (finding.confidence === 'certain' && finding.severity === 'error')
              check(finding.evidence.length, finding.title).toBeGreaterThan(0)
        }, 60_000)
      }
    })
  }

  test('are at least curl and Node', () => {
    expect(found.filter(({ answer }) => 'version' in answer).map(({ program }) => program.name)).toEqual(
      expect.arrayContaining(['node']),
    )
  })
})
