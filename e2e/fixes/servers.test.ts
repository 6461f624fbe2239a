import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { opensslVersion } from '../lab/pki.ts'
import { type Listening, serve, tlsServer } from '../lab/server.ts'
import { type Files, missing, type Product, products, Running } from './products.ts'
import { Bench, fixOf, host, judge, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const openssl = await opensslVersion()
if (openssl === undefined) console.warn('fixes of servers: skipped, they need OpenSSL 1.1.1 or later as `openssl`')

describe.skipIf(openssl === undefined)('fixes of servers', () => {
  let world: World
  let upstream: Listening
  let mutual: Listening

  beforeAll(async () => {
    world = await startWorld()
    upstream = await tlsServer(serve(world.leaf, world.issuing))
    mutual = await tlsServer(serve(world.leaf, world.issuing), { clientCa: world.clientCa.cert, maxVersion: 'TLSv1.2' })
  })
  afterAll(async () => {
    await Promise.all([upstream?.stop(), mutual?.stop()])
    await world?.stop()
  })

  /** A server of the product that presents this certificate alone. */
  async function faultyServer(
    product: Product,
    which: 'leaf' | 'expired',
    more: Readonly<Record<string, string>> = {},
  ) {
    const { certFile: certificate, keyFile: key, cert } = world[which]
    const both = await world.pki.file(`${product.slug}-${which}.pem`, cert + world[which].key)
    const files: Files = { certificate, key, both }
    const values = {
      SERVER_CERT_FILE: certificate,
      SERVER_KEY_FILE: which === 'expired' ? world.leaf.keyFile : key,
      NEW_CERT_FILE: world.leaf.certFile,
      INTERMEDIATE_FILE: world.issuing.certFile,
      INTERMEDIATES_FILE: world.issuing.certFile,
      ...more,
    }
    return Running.start(product, world, values, (bench, port) =>
      product.server(bench, port, product.faulty.server(files)),
    )
  }

  const trusting = () => ['-CAfile', world.root.certFile]

  describe.each(products.map((product) => [product.slug, product] as const))('%s', (slug, product) => {
    const reason = missing(product)
    if (reason !== undefined) console.warn(`fixes of ${slug}: skipped, ${reason}`)

    test.skipIf(reason !== undefined)('serves the full chain after the fix for a missing intermediate', async () => {
      const running = await faultyServer(product, 'leaf')
      try {
        const judged = await judge(running.port, 'missing-intermediate', trusting(), [world.root])
        const fix = fixOf(judged, slug, 'serve-chain', 'server')
        expect((await running.bench.run(fix.verify)).status, 'the check fails before the fix').not.toBe(0)
        expect(await running.bench.run(fix.prepare)).toMatchObject({ status: 0 })
        await product.server(running.bench, running.port, running.bench.fill(fix.command))
        await running.reload(fix.reload)
        const check = await running.bench.run(fix.verify)
        expect(check.output).toContain('Verification: OK')
        expect(check.status).toBe(0)
      } finally {
        await running.stop()
      }
    })

    test.skipIf(reason !== undefined)('presents a current certificate after the fix for an expired one', async () => {
      const running = await faultyServer(product, 'expired')
      try {
        const judged = await judge(running.port, 'expired-leaf', trusting(), [world.root])
        const fix = fixOf(judged, slug, 'replace-certificate', 'server')
        expect((await running.bench.run(fix.verify)).status).not.toBe(0)
        const prepared = await running.bench.run(fix.prepare)
        expect(prepared.status).toBe(0)
        const hashes = prepared.output.match(/[0-9a-f]{64}/g) ?? []
        expect(hashes[0], 'key and certificate fit').toBe(hashes[1])
        await product.server(running.bench, running.port, running.bench.fill(fix.command))
        await running.reload(fix.reload)
        expect(await running.bench.run(fix.verify)).toMatchObject({ status: 0 })
      } finally {
        await running.stop()
      }
    })

    test.skipIf(reason !== undefined)('verifies its upstream by the private CA after the fix', async () => {
      const target = `${host}:${upstream.port}`
      const running = await Running.start(product, world, { UPSTREAM_NAME: 'app' }, (bench, port) =>
        product.gateway(bench, port, target, product.faulty.gateway(target)),
      )
      try {
        const judged = await judge(upstream.port, 'private-ca')
        const fix = fixOf(judged, slug, 'trust-ca', 'gateway')
        expect((await running.bench.run(fix.verify)).status, 'the gateway answers with an error before').not.toBe(0)
        expect(await running.bench.run(fix.prepare)).toMatchObject({ status: 0 })
        await product.gateway(running.bench, running.port, target, running.bench.fill(fix.command))
        await running.reload(fix.reload)
        expect(await running.bench.run(fix.verify)).toMatchObject({ status: 0, output: expect.stringMatching(/^20\d/) })
      } finally {
        await running.stop()
      }
    })

    test.skipIf(reason !== undefined)('presents a client certificate to its upstream after the fix', async () => {
      const target = `${host}:${mutual.port}`
      const root = `${product.gatewayTrust(world)}\n`
      const values = { UPSTREAM_NAME: 'app', CLIENT_INTERMEDIATES_FILE: world.clientCa.certFile }
      const running = await Running.start(product, world, values, async (bench, port) => {
        const before =
          slug === 'haproxy'
            ? `server app ${target} ssl verify required ca-file ${world.root.certFile} sni str(${host})`
            : root
        await product.gateway(bench, port, target, before)
      })
      try {
        const judged = await judge(mutual.port, 'client-certificate-missing', trusting(), [world.root])
        const fix = fixOf(judged, slug, 'client-certificate', 'gateway')
        expect((await running.bench.run(fix.verify)).status, 'the gateway has no certificate to show').not.toBe(0)
        expect(await running.bench.run(fix.prepare)).toMatchObject({ status: 0 })
        await product.gateway(running.bench, running.port, target, `${root}${running.bench.fill(fix.command)}`)
        await running.reload(fix.reload)
        expect(await running.bench.run(fix.verify)).toMatchObject({ status: 0, output: expect.stringMatching(/^20\d/) })
      } finally {
        await running.stop()
      }
    })

    test.skipIf(reason !== undefined)('accepts the client certificates after the fix', async () => {
      const running = await faultyServer(product, 'leaf')
      try {
        // The CA that is named is another one than that of the client: it is refused.
        const wrong = fixOf(await refused(world), slug, 'accept-client', 'server')
        const bench = await Bench.create(
          world,
          { ...serverFiles(world, running.bench), CLIENT_CA_FILE: world.root.certFile },
          product.paths,
        )
        const serving = serverLines(product, world)
        await running.bench.write(`${host}.pem`, world.leaf.cert + world.issuing.cert + world.leaf.key)
        const configure = (lines: string) =>
          product.server(running.bench, running.port, slug === 'haproxy' ? lines : `${serving}\n${lines}`)
        await configure(bench.fill(wrong.command).replaceAll(bench.dir, running.bench.dir))
        await running.reload(wrong.reload)
        const target = { ...wrong, verify: wrong.verify?.replace(/localhost:\d+/g, `${host}:${running.port}`) }
        expect((await running.bench.run(target.verify)).status, 'refused before').not.toBe(0)
        await configure(running.bench.fill(wrong.command))
        await running.reload(wrong.reload)
        expect(await running.bench.run(target.verify)).toMatchObject({
          status: 0,
          output: expect.stringMatching(/^20\d/),
        })
      } finally {
        await running.stop()
      }
    })
  })

  const serverFiles = (of: World, bench: Bench) => ({
    SERVER_KEY_FILE: of.leaf.keyFile,
    FULL_CHAIN_FILE: bench.at('fullchain.pem'),
  })

  /** Lines by which nginx and Apache serve the whole chain, which is not what is tried here. */
  function serverLines(product: Product, { leaf, issuing, pki }: World): string {
    const chain = `${pki.dir}/served.pem`
    void pki.file('served.pem', leaf.cert + issuing.cert)
    return product.faulty.server({ certificate: chain, key: leaf.keyFile, both: chain })
  }

  /** A real refusal, as OpenSSL's own server gives it: nginx answers by HTTP, which no TLS capture shows. */
  async function refused(of: World) {
    const { strictServer } = await import('../lab/server.ts')
    const chainFile = await of.pki.file('strict-chain.pem', of.issuing.cert)
    const strict = await strictServer({ leaf: of.leaf, chainFile, clientCaFile: of.root.certFile, version: 'tls1_2' })
    try {
      return await judge(strict.port, 'client-certificate-rejected', [
        ...trusting(),
        '-cert',
        of.client.certFile,
        '-key',
        of.client.keyFile,
      ])
    } finally {
      await strict.stop()
    }
  }
})
