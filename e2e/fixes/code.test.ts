import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { FixJob } from '../../src/core/finding.ts'
import { opensslVersion } from '../lab/pki.ts'
import { type Listening, serve, tlsServer } from '../lab/server.ts'
import { available } from './tools.ts'
import { Bench, fixOf, type Judged, judge, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const openssl = await opensslVersion()
if (openssl === undefined) console.warn('code of fixes: skipped, it needs OpenSSL 1.1.1 or later as `openssl`')

const jars = '/usr/share/java'
/** Libraries of Java, and the files of Debian's packages that they are tried with. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  'java-httpclient': [],
  'java-okhttp': ['okhttp.jar', 'okio.jar'],
  'java-apache': ['httpclient5.jar', 'httpcore5.jar', 'httpcore5-h2.jar', 'slf4j-api.jar'],
}

describe.skipIf(openssl === undefined)('code of fixes', () => {
  let world: World
  let full: Listening
  let mutual: Listening
  let privateCa: Judged
  let clientless: Judged

  beforeAll(async () => {
    world = await startWorld()
    full = await tlsServer(serve(world.leaf, world.issuing))
    mutual = await tlsServer(serve(world.leaf, world.issuing), { clientCa: world.clientCa.cert, maxVersion: 'TLSv1.2' })
    privateCa = await judge(full.port, 'private-ca')
    clientless = await judge(mutual.port, 'client-certificate-missing', ['-CAfile', world.root.certFile], [world.root])
  })
  afterAll(async () => {
    await Promise.all([full, mutual].map((server) => server?.stop()))
    await world?.stop()
  })

  /** Statements as a program: the imports stay on top. */
  function javaProgram(code: string): string {
    const lines = code.split('\n')
    const imports = lines.filter((line) => line.startsWith('import '))
    const body = lines.filter((line) => !line.startsWith('import '))
    return `${imports.join('\n')}\npublic class Main { public static void main(String[] words) throws Exception {\n${body.join('\n')}\n} }\n`
  }

  const cases = Object.keys(libraries).flatMap((slug) =>
    (['trust-ca', 'client-certificate'] as const).map((job) => [slug, job] as const),
  )

  test.each(cases)('%s, %s: compiles, and reaches the server', async (slug, job: FixJob) => {
    const files = (libraries[slug] ?? []).map((name) => `${jars}/${name}`)
    const absent = files.find((file) => !existsSync(file))
    if (absent !== undefined || !available('javac', '-version') || !available('keytool', '-help')) {
      console.warn(`code of ${slug}: skipped, ${absent ?? 'a JDK'} is not installed`)
      return
    }
    const bench = await Bench.create(world)
    const fix = fixOf(job === 'trust-ca' ? privateCa : clientless, slug, job, 'client')
    const trust = fixOf(privateCa, slug, 'trust-ca', 'client')
    for (const text of job === 'trust-ca' ? [fix.prepare] : [trust.prepare, fix.prepare]) {
      const prepared = await bench.run(text)
      expect(prepared, prepared.output).toMatchObject({ status: 0 })
    }
    await bench.write('Main.java', javaProgram(bench.fill(fix.command)))
    const classPath = ['.', ...files].join(':')
    const options =
      job === 'trust-ca' ? '' : '-Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit'
    const run = await bench.run(`javac -nowarn -cp '${classPath}' Main.java && java ${options} -cp '${classPath}' Main`)
    expect(run.output).toMatch(/^200$/m)
    expect(run.status).toBe(0)
  })

  test.each([
    ['node', 'client-certificate', 'cjs'],
    ['python', 'client-certificate', 'py'],
  ] as const)('%s, %s: runs, and reaches the server', async (slug, job, ending) => {
    if (slug === 'python' && !available('python3', '-c', 'import requests')) {
      console.warn('code of python: skipped, requests is not installed')
      return
    }
    const bench = await Bench.create(world)
    await bench.write(`program.${ending}`, bench.fill(fixOf(clientless, slug, job, 'client').command))
    const root = { NODE_EXTRA_CA_CERTS: world.root.certFile, REQUESTS_CA_BUNDLE: world.root.certFile }
    const run = await bench.run(`${slug === 'node' ? `'${process.execPath}'` : 'python3'} program.${ending}`, root)
    expect(run).toMatchObject({ status: 0, output: '200\n' })
  })

  test.each([
    ['node', 'cjs', '200'],
    ['python', 'py', 'localhost'],
  ] as const)('%s, sni-name: sends and checks the name', async (slug, ending, shown) => {
    const bench = await Bench.create(world)
    const mismatch: Judged = { ...privateCa, finding: { ...privateCa.finding, rule: 'hostname-mismatch' } }
    await bench.write(`program.${ending}`, bench.fill(fixOf(mismatch, slug, 'sni-name', 'client').command))
    const root = { NODE_EXTRA_CA_CERTS: world.root.certFile, SSL_CERT_FILE: world.root.certFile }
    const run = await bench.run(`${slug === 'node' ? `'${process.execPath}'` : 'python3'} program.${ending}`, root)
    expect(run).toMatchObject({ status: 0, output: expect.stringContaining(shown) })
  })

  test.skipIf(!available('go', 'version'))('go: compiles, and reaches the server', async () => {
    const bench = await Bench.create(world)
    const trust = bench.fill(fixOf(privateCa, 'go', 'trust-ca', 'client', 'code').command)
    const client = bench.fill(fixOf(clientless, 'go', 'client-certificate', 'client').command)
    const named = bench.fill(
      fixOf({ ...privateCa, finding: { ...privateCa.finding, rule: 'hostname-mismatch' } }, 'go', 'sni-name', 'client')
        .command,
    )
    const finish = '\nif err != nil {\nlog.Fatal(err)\n}\nfmt.Println(response.StatusCode)\n'
    await bench.write('go.mod', 'module check\n\ngo 1.19\n')
    await bench.write(
      'main.go',
      `package main\n\nimport (\n"crypto/tls"\n"crypto/x509"\n"fmt"\n"log"\n"net/http"\n"os"\n)\n
func trust() {\n${trust}${finish}}\n
func client() {\n${client}${finish}}\n
func named() {\n${named}\nif err != nil {\nlog.Fatal(err)\n}\nfmt.Println(connection.ConnectionState().ServerName)\n}\n
func main() {\nswitch os.Args[1] {\ncase "trust":\ntrust()\ncase "client":\nclient()\ndefault:\nnamed()\n}\n}\n`,
    )
    const built = await bench.run('go build -o check .', {
      GOFLAGS: '-mod=mod',
      GOCACHE: bench.at('cache'),
      GOPATH: bench.at('path'),
    })
    expect(built, built.output).toMatchObject({ status: 0 })
    expect(await bench.run('./check trust')).toMatchObject({ status: 0, output: '200\n' })
    expect(await bench.run('./check client', { SSL_CERT_FILE: world.root.certFile })).toMatchObject({
      status: 0,
      output: '200\n',
    })
    expect(await bench.run('./check named', { SSL_CERT_FILE: world.root.certFile })).toMatchObject({
      status: 0,
      output: 'localhost\n',
    })
  })
})
