/** The certificates and servers that the scenarios run against. Names are made up, or facts of public products. */
import { Pki, withBrokenSignature } from './pki.ts'
import { connectProxy } from './proxy.ts'
import {
  closedPort,
  closingServer,
  type Listening,
  mailServer,
  plainHttpServer,
  serve,
  strictServer,
  tlsServer,
} from './server.ts'

/** The name clients ask for. */
export const host = 'api.shop.example'
const otherHost = 'www.unrelated.example'

const org = '/C=GB/O=Shop Lab'

async function makeAuthorities(pki: Pki) {
  const root = await pki.issue({ subject: `${org}/CN=Shop Lab Root CA`, ca: true, from: -400, until: 3000 })
  const [policy, corporate, zscalerRoot, cloudflare, unrelated, rsaRoot] = await Promise.all([
    pki.issue({ subject: `${org}/CN=Shop Lab Policy CA`, ca: 1, issuer: root, from: -300, until: 2000 }),
    pki.issue({ subject: '/C=GB/O=Example Corp/OU=IT Security/CN=Example Corp Proxy CA', ca: true, until: 2000 }),
    pki.issue({
      subject: '/C=US/ST=California/L=San Jose/O=Zscaler Inc./OU=Zscaler Inc./CN=Zscaler Root CA',
      ca: true,
    }),
    pki.issue({
      subject: '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL Certificate Authority/L=San Francisco/ST=California',
      ca: true,
      until: 2000,
    }),
    pki.issue({ subject: '/C=FR/O=Unrelated/CN=Unrelated Issuing CA', ca: 0, until: 2000 }),
    pki.issue({ subject: `${org}/CN=Shop Lab RSA Root CA`, ca: true, key: 'rsa2048', until: 3000 }),
  ])
  const zscalerUnit = '/C=US/ST=California/O=Zscaler Inc./OU=Zscaler Inc.'
  const [issuing, expired, zscaler, rsaIssuing] = await Promise.all([
    pki.issue({ subject: `${org}/CN=Shop Lab Issuing CA 1`, ca: 0, issuer: policy, from: -200, until: 1000 }),
    pki.issue({ subject: `${org}/CN=Shop Lab Issuing CA 0`, ca: 0, issuer: policy, from: -700, until: -3 }),
    pki.issue({
      subject: `${zscalerUnit}/CN=Zscaler Intermediate Root CA (zscaler.net) (t)`,
      ca: 0,
      issuer: zscalerRoot,
      until: 14,
    }),
    pki.issue({ subject: `${org}/CN=Shop Lab RSA Issuing CA`, ca: 0, key: 'rsa2048', issuer: rsaRoot, until: 1000 }),
  ])
  return { root, policy, issuing, expired, corporate, zscaler, cloudflare, unrelated, rsaRoot, rsaIssuing }
}

type Authorities = Awaited<ReturnType<typeof makeAuthorities>>

async function makeLeaves(pki: Pki, ca: Authorities) {
  const subject = `/CN=${host}`
  const names = [host]
  const issuer = ca.issuing
  const [good, other, expired, early, underExpired, selfSigned, cloudflare, weakKey, weakDigest, rsa, clientCa, subCa] =
    await Promise.all([
      pki.issue({ subject, names, issuer }),
      pki.issue({ subject: `/CN=${otherHost}`, names: [otherHost, 'unrelated.example'], issuer }),
      pki.issue({ subject, names, issuer, from: -90, until: -2 }),
      pki.issue({ subject, names, issuer, from: 3, until: 90 }),
      pki.issue({ subject, names, issuer: ca.expired }),
      pki.issue({ subject, names }),
      pki.issue({
        subject: '/O=CloudFlare, Inc./OU=CloudFlare Origin CA/CN=CloudFlare Origin Certificate',
        names: ['*.shop.example', 'shop.example'],
        issuer: ca.cloudflare,
        until: 1900,
      }),
      pki.issue({ subject, names, issuer, key: 'rsa1024' }),
      pki.issue({ subject, names, issuer: ca.rsaIssuing, digest: 'sha1' }),
      pki.issue({ subject, names, issuer: ca.rsaIssuing, key: 'rsa2048' }),
      pki.issue({ subject: '/O=Shop Lab/CN=Shop Lab Client CA', ca: 0, until: 1000 }),
      pki.issue({ subject: `${org}/CN=Shop Lab Team CA`, ca: true, issuer }),
    ])
  const [byLeaf, bySubCa, strangeClient] = await Promise.all([
    pki.issue({ subject, names, issuer: good }),
    pki.issue({ subject, names, issuer: subCa }),
    pki.issue({ subject: '/O=Somebody Else/CN=batch-job-7', issuer: ca.unrelated, usage: 'clientAuth' }),
  ])
  const badSignature = withBrokenSignature(good)
  return {
    ...{ good, other, expired, early, underExpired, selfSigned, cloudflare, weakKey, weakDigest, rsa },
    ...{ clientCa, subCa, byLeaf, bySubCa, strangeClient, badSignature },
  }
}

type Leaves = Awaited<ReturnType<typeof makeLeaves>>

async function startServers(pki: Pki, ca: Authorities, leaf: Leaves) {
  const { issuing, policy, root, unrelated, rsaIssuing } = ca
  const weak = { ciphers: 'DEFAULT@SECLEVEL=0' }
  const full = serve(leaf.good, issuing, policy)
  const bundle = await pki.file('strict-chain.pem', issuing.cert + policy.cert)
  const strict = { leaf: leaf.good, chainFile: bundle, clientCaFile: leaf.clientCa.certFile }
  const starts = {
    full: tlsServer(full),
    leafOnly: tlsServer(serve(leaf.good)),
    oneMissing: tlsServer(serve(leaf.good, issuing)),
    wrongOrder: tlsServer(serve(leaf.good, policy, issuing)),
    extra: tlsServer(serve(leaf.good, issuing, policy, unrelated)),
    withRoot: tlsServer(serve(leaf.good, issuing, policy, root)),
    duplicate: tlsServer(serve(leaf.good, issuing, issuing, policy)),
    other: tlsServer(serve(leaf.other, issuing, policy)),
    byName: tlsServer(serve(leaf.other, issuing, policy), { named: { [host]: full } }),
    expired: tlsServer(serve(leaf.expired, issuing, policy)),
    early: tlsServer(serve(leaf.early, issuing, policy)),
    underExpired: tlsServer(serve(leaf.underExpired, ca.expired, policy)),
    selfSigned: tlsServer(serve(leaf.selfSigned)),
    cloudflare: tlsServer(serve(leaf.cloudflare)),
    badSignature: tlsServer(serve(leaf.badSignature, issuing, policy)),
    weakKey: tlsServer(serve(leaf.weakKey, issuing, policy), weak),
    weakDigest: tlsServer(serve(leaf.weakDigest, rsaIssuing), weak),
    rsa: tlsServer(serve(leaf.rsa, rsaIssuing)),
    byLeaf: tlsServer(serve(leaf.byLeaf, leaf.good, issuing, policy)),
    bySubCa: tlsServer(serve(leaf.bySubCa, leaf.subCa, issuing, policy)),
    onlyTls13: tlsServer(full, { minVersion: 'TLSv1.3' }),
    onlyTls10: tlsServer(full, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ...weak }),
    mutual12: tlsServer(full, { maxVersion: 'TLSv1.2', clientCa: leaf.clientCa.cert }),
    mutual13: tlsServer(full, { minVersion: 'TLSv1.3', clientCa: leaf.clientCa.cert }),
    strict12: strictServer({ ...strict, version: 'tls1_2' }),
    strict13: strictServer({ ...strict, version: 'tls1_3' }),
    plainHttp: plainHttpServer(),
    closing: closingServer(),
    mail: mailServer(full, true),
    mailLeafOnly: mailServer(serve(leaf.good), true),
    mailWithoutTls: mailServer(full, false),
    tunnel: connectProxy({ kind: 'tunnel' }),
    zscaler: connectProxy({ kind: 'intercept', authority: ca.zscaler, pki }),
    corporate: connectProxy({ kind: 'intercept', authority: ca.corporate, pki }),
    forbidding: connectProxy({ kind: 'refuse', status: 403 }),
    demanding: connectProxy({ kind: 'refuse', status: 407 }),
  }
  const started = await Promise.all(Object.entries(starts).map(async ([name, server]) => [name, await server] as const))
  return Object.fromEntries(started) as Record<keyof typeof starts, Listening>
}

/** Everything the scenarios use, running. */
export interface World {
  readonly pki: Pki
  readonly ca: Authorities
  readonly leaf: Leaves
  readonly servers: Awaited<ReturnType<typeof startServers>>
  readonly closedPort: number
  readonly stop: () => Promise<void>
}

/** Makes the certificates (about a second) and starts the servers. */
export async function startWorld(): Promise<World> {
  const pki = await Pki.create()
  try {
    const ca = await makeAuthorities(pki)
    const leaf = await makeLeaves(pki, ca)
    const servers = await startServers(pki, ca, leaf)
    const stop = async () => {
      await Promise.all(Object.values(servers).map((server) => server.stop()))
      await pki.remove()
    }
    return { pki, ca, leaf, servers, closedPort: await closedPort(), stop }
  } catch (error) {
    await pki.remove()
    throw error
  }
}
