/**
 * Measures decoding of certificates on the built-in roots, in time of the processor: the first pass, as a page that was
 * just opened does it, and the best of many, when the engine's compiler has warmed up. Names are remembered from one pass
 * to the next, as in a bundle of one CA's certificates; the last figure is of names that were never seen before.
 * Usage: node bench/decode.bench.mjs [--runs N] [--src DIR]   (DIR: another `src` to compare with)
 */
import path from 'node:path'
import { openSources, root } from '../scripts/source-server.mjs'

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name)
  return at === -1 ? otherwise : process.argv[at + 1]
}
const runs = Number(option('--runs', 60))
const src = path.resolve(option('--src', path.join(root, 'src')))

const sources = await openSources()
const { decodeCertificate } = await sources.load(path.join(src, 'x509/decode.ts'))
const { mozillaRootsDer } = await sources.load(path.join(src, 'trust/data/mozilla-roots.ts'))
await sources.close()

/** Each certificate of the concatenated DER; roots have lengths of two octets. */
function cut(all) {
  const list = []
  for (let at = 0; at < all.length; ) {
    const end = at + 4 + all[at + 2] * 256 + all[at + 3]
    list.push(new Uint8Array(all.subarray(at, end)))
    at = end
  }
  return list
}

const ders = cut(Buffer.from(mozillaRootsDer, 'base64'))

/** Milliseconds of the processor for each certificate. */
function pass(list) {
  const start = process.cpuUsage()
  for (const der of list) if (!decodeCertificate(der).ok) throw new Error('a root does not decode')
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / list.length
}

/** The same certificates with another last character in both names. */
function renamed(run) {
  return ders.map((der) => {
    const { ranges } = decodeCertificate(der).value
    const copy = new Uint8Array(der)
    for (const { end } of [ranges.issuer, ranges.subject]) copy[end - 1] = 0x41 + (run % 26)
    return copy
  })
}

const first = pass(ders)
const [same, fresh] = [[], []]
for (let run = 0; run < runs; run++) {
  same.push(pass(ders))
  fresh.push(pass(renamed(run)))
}
const text = (milliseconds) => `${milliseconds.toFixed(3)} ms a certificate`
console.log(`${ders.length} roots, ${runs} passes`)
console.log(`first pass             ${text(first)}`)
console.log(`best pass              ${text(Math.min(...same))}`)
console.log(`best pass, new names   ${text(Math.min(...fresh))}`)
