/**
 * Runs a public conformance suite through the engine and compares the verdicts.
 *
 * Usage: npm run conformance -- pkits DIR [--verbose]
 *
 * DIR holds `tests.json`, `certs/NAME.crt` and `crls/NAME.crl` (DER): the suite's own files, which are not part of this
 * project. Every test names its certificates (trust anchor first, end entity last), its CRLs, the policy inputs that
 * differ from the defaults, and what has to come out. `--verbose` also prints why each test that must be refused was.
 * Exit status: 0 all passed, 1 some failed, 2 usage.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const usage =
  'usage: npm run conformance -- pkits DIR [--verbose]\n  DIR holds tests.json, certs/ and crls/ of NIST PKITS in DER'

/** PKITS is of 2011: SHA-1 and 1,024-bit keys are not what it tests, nor how its certificates are profiled. */
const ignored = ['weak-key', 'weak-digest', 'profile', 'encoding']

const policyArc = '2.16.840.1.101.3.2.1.48'
const policyOid = (name) =>
  name === 'anyPolicy' ? '2.5.29.32.0' : name.replace(/^NIST-test-policy-(\d+)$/, `${policyArc}.$1`)

/** The file of a folder with this name, whatever its ending. */
function reader(folder) {
  const files = new Map(existsSync(folder) ? readdirSync(folder).map((file) => [path.parse(file).name, file]) : [])
  return (name) => {
    const file = files.get(name)
    if (file === undefined) throw new Error(`${folder} has no ${name}`)
    return new Uint8Array(readFileSync(path.join(folder, file)))
  }
}

/** Loads the engine's TypeScript as it is. */
async function loadEngine() {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  const load = (file) => server.ssrLoadModule(path.join(root, 'src', file))
  const modules = {
    ...(await load('x509/decode.ts')),
    ...(await load('x509/crypto.ts')),
    ...(await load('chain/pool.ts')),
    ...(await load('chain/search.ts')),
    ...(await load('chain/policies/process.ts')),
    ...(await load('chain/work.ts')),
  }
  const revocation = existsSync(path.join(root, 'src/chain/revocation/check.ts'))
    ? { ...(await load('x509/crl.ts')), ...(await load('chain/revocation/check.ts')) }
    : undefined
  return { engine: modules, revocation, close: () => server.close() }
}

/** `failure`: why a test failed, else undefined; `refusal`: why no path was accepted. */
async function runTest(test, suite, { engine, revocation }, read) {
  const decode = (name) => {
    const result = engine.decodeCertificate(read.certificate(name))
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value
  }
  const [anchor, ...others] = test.certs.map(decode)
  const leaf = others.at(-1) ?? anchor
  const pool = engine.createPool()
  pool.add(others.slice(0, -1), 'served')
  pool.add([anchor], 'imported-root')
  const inputs = {
    ...(test.initialPolicySet && { initialPolicySet: new Set(test.initialPolicySet.map(policyOid)) }),
    requireExplicitPolicy: test.initialExplicitPolicy === true,
    inhibitPolicyMapping: test.initialPolicyMappingInhibit === true,
    inhibitAnyPolicy: test.initialInhibitAnyPolicy === true,
  }
  const options = { at: Date.parse(suite.time), purpose: 'any', ignore: new Set(ignored), ...inputs }
  const verifier = engine.createVerifier({ subtle: globalThis.crypto?.subtle })
  const { paths } = await engine.buildPaths(leaf, pool, verifier, options)
  const reasons = []
  for (const candidate of paths) {
    const problems = candidate.problems.filter(({ severity }) => severity === 'fatal')
    if (candidate.anchored && problems.length === 0 && revocation !== undefined) {
      problems.push(...(await revoked(candidate, test, { ...options, pool, verifier }, revocation, read)))
    }
    if (candidate.anchored && problems.length === 0) {
      if (!test.shouldValidate) return { failure: 'accepted, but it must be refused' }
      return { failure: policyDifference(candidate, test, suite, inputs, engine) }
    }
    reasons.push(problems.map(({ code, message }) => `${code}: ${message}`).join(' | '))
  }
  const refusal = reasons.join(' || ')
  return { refusal, failure: test.shouldValidate ? `refused, but it must be accepted: ${refusal}` : undefined }
}

/** What keeps a path from being unrevoked: as PKITS has it, a status that cannot be told counts too. */
async function revoked(candidate, test, context, revocation, read) {
  const crls = test.crls.map((name) => {
    const result = revocation.decodeCrl(read.crl(name))
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value
  })
  const { at, pool, verifier, ignore } = context
  const subtle = globalThis.crypto?.subtle
  const results = await revocation.checkRevocation(candidate, crls, {
    at,
    pool,
    verifier,
    subtle,
    ignore,
    required: true,
  })
  return results.flatMap(({ outcome }) =>
    outcome.status === 'good' ? [] : [{ code: outcome.status, message: outcome.message ?? outcome.why }],
  )
}

/** Does the user-constrained policy set differ from the published one? */
function policyDifference(candidate, test, suite, inputs, engine) {
  const judged = candidate.certificates.slice(0, -1)
  const { policies } = engine.processPolicies(judged, inputs, engine.createWork())
  const wanted = (test.userConstrainedPolicySet ?? suite.defaultUserConstrainedPolicySet).map(policyOid).sort()
  const actual = [...policies].sort()
  if (actual.join() === wanted.join()) return undefined
  return `valid for the policies [${actual.join(', ')}] in place of [${wanted.join(', ')}]`
}

async function main([suiteName, folder, flag]) {
  if (
    suiteName !== 'pkits' ||
    folder === undefined ||
    !existsSync(path.join(folder, 'tests.json')) ||
    ![undefined, '--verbose'].includes(flag)
  ) {
    console.error(usage)
    return 2
  }
  const suite = JSON.parse(readFileSync(path.join(folder, 'tests.json'), 'utf8'))
  const read = { certificate: reader(path.join(folder, 'certs')), crl: reader(path.join(folder, 'crls')) }
  const loaded = await loadEngine()
  let failed = 0
  try {
    if (loaded.revocation === undefined) console.log('conformance: CRLs are not looked at in this build')
    for (const test of suite.tests) {
      const { failure, refusal } = await runTest(test, suite, loaded, read).catch((error) => ({
        failure: `could not run: ${error.message}`,
      }))
      if (failure !== undefined) {
        failed++
        console.log(`${test.number} ${test.id}: ${failure}`)
      } else if (flag !== undefined && refusal !== undefined) console.log(`${test.number} ${test.id}: ${refusal}`)
    }
  } finally {
    await loaded.close()
  }
  console.log(`conformance: ${suite.tests.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
