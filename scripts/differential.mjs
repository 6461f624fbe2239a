/**
 * Compares the path engine with the installed `openssl verify` and with Node's X509Certificate on many random infrastructures.
 *
 * Usage: node scripts/differential.mjs [--count N] [--seeds A,B,...]
 *
 * `--count` infrastructures of each seed, 20,000 unless told; the seeds are 1 to 3 unless told. A failure names its seed and the
 * smallest infrastructure that still differs; docs/decisions/0009-differential-test.md explains the differences let pass.
 * Exit status: 0 all agree, 1 some differ, 2 usage.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const usage = 'usage: node scripts/differential.mjs [--count N] [--seeds A,B,...]'

function readArguments() {
  try {
    const options = { count: { type: 'string', default: '20000' }, seeds: { type: 'string', default: '1,2,3' } }
    const { values } = parseArgs({ options })
    const [count, ...seeds] = [values.count, ...values.seeds.split(',')].map(Number)
    return [count, ...seeds].every((number) => Number.isInteger(number) && number > 0) ? { count, seeds } : undefined
  } catch {
    return undefined
  }
}

const wanted = readArguments()
if (wanted === undefined) {
  console.error(usage)
  process.exit(2)
}
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const words = ['run', 'src/chain/differential', '-t', 'random']
let failed = false
for (const seed of wanted.seeds) {
  console.log(`seed ${seed}: ${wanted.count} infrastructures`)
  const env = { ...process.env, WEAKLINK_DIFFERENTIAL: String(wanted.count), WEAKLINK_SEED: String(seed) }
  const { status } = spawnSync(process.execPath, [vitest, ...words], { cwd: root, env, stdio: 'inherit' })
  failed ||= status !== 0
}
process.exitCode = failed ? 1 : 0
