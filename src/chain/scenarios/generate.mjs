/**
 * Makes the data files of the scenarios anew: certificates with fresh keys, which are thrown away, and what is expected.
 *
 * Usage: node src/chain/scenarios/generate.mjs [FAMILY]...   (all when none is named)
 */
import { constants, createHash, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { slh_dsa_sha2_128f } from '@noble/post-quantum/slh-dsa.js'
import { createServer } from 'vite'

const folder = path.dirname(fileURLToPath(import.meta.url))

const kinds = {
  'P-256': ['ec', { namedCurve: 'P-256' }, 'ecdsa-with-SHA256'],
  'P-384': ['ec', { namedCurve: 'P-384' }, 'ecdsa-with-SHA256'],
  'P-521': ['ec', { namedCurve: 'P-521' }, 'ecdsa-with-SHA256'],
  'P-192': ['ec', { namedCurve: 'prime192v1' }, 'ecdsa-with-SHA256'],
  'P-224': ['ec', { namedCurve: 'secp224r1' }, 'ecdsa-with-SHA256'],
  'explicit P-256': ['ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }, 'ecdsa-with-SHA256'],
  secp256k1: ['ec', { namedCurve: 'secp256k1' }, 'ecdsa-with-SHA256'],
  brainpoolP256r1: ['ec', { namedCurve: 'brainpoolP256r1' }, 'ecdsa-with-SHA256'],
  brainpoolP384r1: ['ec', { namedCurve: 'brainpoolP384r1' }, 'ecdsa-with-SHA256'],
  brainpoolP512r1: ['ec', { namedCurve: 'brainpoolP512r1' }, 'ecdsa-with-SHA256'],
  'RSA-1024': ['rsa', { modulusLength: 1024 }, 'sha256WithRSAEncryption'],
  'RSA-2048': ['rsa', { modulusLength: 2048 }, 'sha256WithRSAEncryption'],
  'RSA-2048 e=3': ['rsa', { modulusLength: 2048, publicExponent: 3 }, 'sha256WithRSAEncryption'],
  'DSA-2048': ['dsa', { modulusLength: 2048, divisorLength: 256 }, 'dsa-with-SHA256'],
  Ed25519: ['ed25519', {}, 'Ed25519'],
  Ed448: ['ed448', {}, 'Ed448'],
}
const otherDigests = {
  ec: { sha1: 'ecdsa-with-SHA1', sha384: 'ecdsa-with-SHA384' },
  rsa: { md5: 'md5WithRSAEncryption', sha1: 'sha1WithRSAEncryption' },
}
/** Node makes no such keys before version 24. */
const postQuantum = {
  'ML-DSA-44': ml_dsa44,
  'ML-DSA-65': ml_dsa65,
  'ML-DSA-87': ml_dsa87,
  'SLH-DSA-SHA2-128f': slh_dsa_sha2_128f,
}

const idOf = (bits) => new Uint8Array(createHash('sha1').update(bits).digest())

/** Makes a key as `make/workshop.ts` wants them. */
const keyMaker = (algorithms, der) => (kind) => {
  const library = postQuantum[kind]
  if (library !== undefined) {
    const { publicKey, secretKey } = library.keygen()
    const algorithm = algorithms[kind]
    const spki = der.sequence(algorithm, der.bits(publicKey))
    return { spki, id: idOf(publicKey), algorithm, sign: (message) => library.sign(message, secretKey) }
  }
  const [type, options, algorithm] = kinds[kind]
  const { privateKey, publicKey } = generateKeyPairSync(type, options)
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const base = { spki, id: idOf(bitsOf(spki)) }
  const signing = (digest, name) => ({
    ...base,
    algorithm: algorithms[name],
    sign: (message) => new Uint8Array(sign(digest, message, privateKey)),
  })
  return {
    ...signing(type.startsWith('ed') ? null : 'sha256', algorithm),
    with: (digest) => signing(digest, otherDigests[type][digest]),
    pss: (saltLength, written) => ({
      ...base,
      algorithm: written,
      sign: (message) =>
        new Uint8Array(
          sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
        ),
    }),
    padding: (info) => ({
      ...base,
      algorithm: algorithms[algorithm],
      sign: (message) => {
        const digest = new Uint8Array(createHash('sha256').update(message).digest())
        const padded = { key: privateKey, padding: constants.RSA_PKCS1_PADDING }
        return new Uint8Array(privateEncrypt(padded, Uint8Array.from(info(digest))))
      },
    }),
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

function scenarioText({ title, leaf, served, roots, at, purpose, policy, hosts, paths, differs }) {
  const fields = { leaf, served, roots, at, purpose, policy, differs }
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
  const der = await load('make/der.ts')
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(families)
  for (const name of wanted) {
    const shop = openWorkshop(keyMaker(algorithms, der))
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
