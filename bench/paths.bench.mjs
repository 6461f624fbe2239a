/**
 * Measures path search and validation, and shows what remembering saves: edges tried beside signatures computed.
 * Usage: node bench/paths.bench.mjs [--runs N]
 */
import { createHash, generateKeyPairSync, sign, webcrypto } from 'node:crypto'
import { openSources } from '../scripts/source-server.mjs'

const at = process.argv.indexOf('--runs')
const runs = at === -1 ? 20 : Number(process.argv[at + 1])

const sources = await openSources()
const { load } = sources
const { make, algorithms } = await load('chain/scenarios/make/certificate.ts')
const { decodeCertificate } = await load('x509/decode.ts')
const { createVerifier } = await load('x509/crypto.ts')
const { createPool } = await load('chain/pool.ts')
const { buildPaths } = await load('chain/search.ts')
await sources.close()

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  return {
    spki,
    // The point of a P-256 key is the last 65 octets.
    id: new Uint8Array(createHash('sha1').update(spki.subarray(-65)).digest()),
    algorithm: algorithms['ecdsa-with-SHA256'],
    sign: (message) => new Uint8Array(sign('sha256', message, privateKey)),
  }
}
const ca = (subject, by, key = newKey()) => make({ subject: `CN=${subject}`, key, kind: 'ca', ...(by && { by }) })
const leafBelow = (by, order = {}) => make({ subject: 'CN=Leaf', key: newKey(), by, ...order })

function chain() {
  const top = ca('Root')
  const int = ca('Int', top)
  return { leaf: leafBelow(int), served: [int], roots: [top] }
}

/** Three CAs on each of three levels, each certified by all three above, under three roots. */
function mesh() {
  let above = [0, 1, 2].map((number) => ca(`Root ${number}`))
  const roots = above
  const served = []
  for (let level = 3; level > 0; level--) {
    const cas = [0, 1, 2].map((number) => {
      const key = newKey()
      return above.map((by) => ca(`Level ${level} ${number}`, by, key))
    })
    served.push(...cas.flat())
    above = cas.map(([first]) => first)
  }
  return { leaf: leafBelow(above[0]), served, roots }
}

function strangers() {
  const plain = chain()
  return { ...plain, served: [...Array.from({ length: 997 }, (_, at) => ca(`Stranger ${at}`)), ...plain.served] }
}

function reissued() {
  const top = ca('Root')
  const key = newKey()
  const served = Array.from({ length: 998 }, () => ca('Int', top, key))
  return { leaf: leafBelow(served[0]), served, roots: [top] }
}

/** As many keys under one name, and no key identifier to choose by. */
function namesakes() {
  const top = ca('Root')
  const served = Array.from({ length: 998 }, () => ca('Int', top))
  return { leaf: leafBelow(served.at(-1), { issuerId: null }), served, roots: [top] }
}

function decode({ der }) {
  const result = decodeCertificate(der)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** One search over a fresh pool; `checks` are the signatures that the verifier was asked for. */
async function search({ leaf, served, roots }, verifier) {
  const started = performance.now()
  const pool = createPool()
  pool.add(served, 'served')
  pool.add(roots, 'imported-root')
  const result = await buildPaths(leaf, pool, verifier, { at: Date.UTC(2030, 5, 15), purpose: 'server' })
  return { time: performance.now() - started, result }
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]

async function measure(made, subtle) {
  const decoded = { leaf: decode(made.leaf), served: made.served.map(decode), roots: made.roots.map(decode) }
  const cold = []
  let result
  for (let run = 0; run < runs; run++) {
    const one = await search(decoded, createVerifier({ subtle }))
    cold.push(one.time)
    result = one.result
  }
  const remembering = createVerifier({ subtle })
  await search(decoded, remembering)
  const warm = []
  for (let run = 0; run < runs; run++) warm.push((await search(decoded, remembering)).time)
  return { result, cold: median(cold), warm: median(warm) }
}

const cases = [
  ['3 certificates', chain()],
  ['30 certificates, cross-signed in a mesh', mesh()],
  ['1,000 certificates, 997 of them strangers', strangers()],
  ['1,000 certificates, 998 issues of one CA', reissued()],
  ['1,000 certificates, 998 keys of one name', namesakes()],
]
const columns = ['case', 'signatures by', 'first', 'again', 'signature checks', 'edges', 'paths', 'valid', 'budget']
const rows = []
for (const [title, made] of cases) {
  for (const [by, subtle] of [
    ['WebCrypto', webcrypto.subtle],
    ['TypeScript', undefined],
  ]) {
    const { result, cold, warm } = await measure(made, subtle)
    const { work, paths, exhausted } = result
    const valid = paths.filter((one) => one.valid).length
    const cells = [work.signatureChecks, work.steps, paths.length, valid, exhausted.join(' ') || '-']
    rows.push([title, by, `${cold.toFixed(1)} ms`, `${warm.toFixed(1)} ms`, ...cells.map(String)])
  }
}
const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at].length)))
const print = (row) =>
  console.log(
    row
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd(),
  )
console.log(`median of ${runs} searches; "again" with a verifier that remembers the signatures`)
print(columns)
for (const row of rows) print(row)
