import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { opensslVersion } from '../lab/pki.ts'
import { closedPort } from '../lab/server.ts'
import { available } from './tools.ts'
import { Bench, fixOf, host, judge, listening, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const home = '/usr/share/tomcat10'
const openssl = await opensslVersion()
const reason =
  openssl === undefined
    ? 'it needs OpenSSL 1.1.1 or later as `openssl`'
    : existsSync(`${home}/bin/bootstrap.jar`) && available('java', '-version')
      ? undefined
      : `Tomcat is not installed (${home})`
if (reason !== undefined) console.warn(`fixes of tomcat: skipped, ${reason}`)

/** A Tomcat without applications: it answers everything with 404, by TLS. */
const serverXml = (connector: string) =>
  `<Server port="-1"><Service name="Catalina">${connector}<Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps" /></Engine></Service></Server>`

describe.skipIf(reason !== undefined)('fixes of Tomcat', () => {
  let world: World
  let child: ChildProcess | undefined

  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(async () => {
    child?.kill()
    await world?.stop()
  })

  async function start(bench: Bench, port: number, connector: string): Promise<void> {
    const ended = child && new Promise((resolve) => child?.once('exit', resolve))
    child?.kill()
    await ended
    await mkdir(bench.at('conf'), { recursive: true })
    await bench.write('conf/server.xml', serverXml(connector.replaceAll('port="8443"', `port="${port}"`)))
    const jars = [`${home}/bin/bootstrap.jar`, `${home}/bin/tomcat-juli.jar`].join(':')
    const folders = [`-Dcatalina.home=${home}`, `-Dcatalina.base=${bench.dir}`, `-Djava.io.tmpdir=${bench.dir}`]
    child = spawn('java', [...folders, '-cp', jars, 'org.apache.catalina.startup.Bootstrap', 'start'], {
      stdio: 'ignore',
    })
    await listening(port)
  }

  test('serves the full chain after the fix for a missing intermediate', async () => {
    const port = await closedPort()
    const bench = await Bench.create(world, {
      SERVER_CERT_FILE: world.leaf.certFile,
      SERVER_KEY_FILE: world.leaf.keyFile,
      INTERMEDIATES_FILE: `${world.pki.dir}/intermediates.pem`,
    })
    const alone = `<Connector port="8443" protocol="org.apache.coyote.http11.Http11NioProtocol" SSLEnabled="true" defaultSSLHostConfigName="${host}"><SSLHostConfig hostName="${host}"><Certificate certificateFile="${world.leaf.certFile}" certificateKeyFile="${world.leaf.keyFile}" /></SSLHostConfig></Connector>`
    await start(bench, port, alone)
    const judged = await judge(port, 'missing-intermediate', ['-CAfile', world.root.certFile], [world.root])
    const fix = fixOf(judged, 'tomcat', 'serve-chain', 'server')
    expect((await bench.run(fix.verify)).status).not.toBe(0)
    expect(await bench.run(fix.prepare)).toMatchObject({ status: 0 })
    await start(bench, port, bench.fill(fix.command))
    const check = await bench.run(fix.verify)
    expect(check, check.output).toMatchObject({ status: 0 })
  })
})
