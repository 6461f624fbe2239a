/**
 * Makes the data files of the scenarios anew: certificates with fresh keys, which are thrown away, and what is expected.
 *
 * Usage: node src/chain/scenarios/generate.mjs [FAMILY]...   (all when none is named)
 */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const folder = path.dirname(fileURLToPath(import.meta.url))

const kinds = {
  'P-256': ['ec', { namedCurve: 'P-256' }, 'ecdsa-with-SHA256'],
  'P-384': ['ec', { namedCurve: 'P-384' }, 'ecdsa-with-SHA256'],
  'P-192': ['ec', { namedCurve: 'prime192v1' }, 'ecdsa-with-SHA256'],
  'P-224': ['ec', { namedCurve: 'secp224r1' }, 'ecdsa-with-SHA256'],
  'explicit P-256': ['ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }, 'ecdsa-with-SHA256'],
  'RSA-1024': ['rsa', { modulusLength: 1024 }, 'sha256WithRSAEncryption'],
  'RSA-2048': ['rsa', { modulusLength: 2048 }, 'sha256WithRSAEncryption'],
  'DSA-2048': ['dsa', { modulusLength: 2048, divisorLength: 256 }, 'dsa-with-SHA256'],
  Ed25519: ['ed25519', {}, 'Ed25519'],
}
const otherDigests = {
  ec: { sha1: 'ecdsa-with-SHA1', sha384: 'ecdsa-with-SHA384' },
  rsa: { md5: 'md5WithRSAEncryption', sha1: 'sha1WithRSAEncryption' },
}

/** Makes a key as `make/workshop.ts` wants them. */
const keyMaker = (algorithms) => (kind) => {
  const [type, options, algorithm] = kinds[kind]
  const { privateKey, publicKey } = generateKeyPairSync(type, options)
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const signing = (digest, name) => ({
    spki,
    id: new Uint8Array(createHash('sha1').update(bitsOf(spki)).digest()),
    algorithm: algorithms[name],
    sign: (message) => new Uint8Array(sign(digest, message, privateKey)),
  })
  return {
    ...signing(type === 'ed25519' ? null : 'sha256', algorithm),
    with: (digest) => signing(digest, otherDigests[type][digest]),
  }
}

/** The content of the BIT STRING at the end of a SubjectPublicKeyInfo. */
function bitsOf(spki) {
  const skip = (at) => {
    const first = spki[at + 1]
    const size = first < 0x80 ? 0 : first & 0x7f
    const length = size === 0 ? first : spki.slice(at + 2, at + 2 + size).reduce((sum, byte) => sum * 256 + byte, 0)
    return { body: at + 2 + size, end: at + 2 + size + length }
  }
  return spki.slice(skip(skip(skip(0).body).end).body + 1)
}

const pem = (der) => {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,76}/g)
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')
}

function scenarioText({ title, leaf, served, roots, at, purpose, policy, hosts, paths, differs, todo }) {
  const fields = { leaf, served, roots, at, purpose, policy, differs, todo }
  return [
    `scenario: ${title}`,
    ...Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])),
    ...Object.entries(hosts ?? {}).map(([host, outcome]) => `host: ${host} | ${outcome}`),
    ...paths.map((one) => `path: ${one}`),
  ].join('\n')
}

const server = await createServer({
  root: path.join(folder, '../../..'),
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
})
try {
  const load = (file) => server.ssrLoadModule(path.join(folder, file))
  const { families } = await load('families.ts')
  const { openWorkshop } = await load('make/workshop.ts')
  const { algorithms } = await load('make/certificate.ts')
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(families)
  for (const name of wanted) {
    const shop = openWorkshop(keyMaker(algorithms))
    families[name].make(shop)
    const text = [
      `# ${families[name].title}`,
      `# Source: ${families[name].source}`,
      `# Made by src/chain/scenarios/generate.mjs from families; the keys were thrown away.`,
      '',
      ...shop.scenarios.map((one) => `${scenarioText(one)}\n`),
      ...[...shop.certificates].map(([label, der]) => `certificate: ${label}\n${pem(der)}`),
      '',
    ].join('\n')
    writeFileSync(path.join(folder, 'data', `${name}.txt`), text)
    console.log(`${name}: ${shop.scenarios.length} scenarios, ${shop.certificates.size} certificates`)
  }
} finally {
  await server.close()
}
