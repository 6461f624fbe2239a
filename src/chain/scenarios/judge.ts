/** Puts a scenario to the engine and writes down what it says in the form of the data files. */
import { oid } from '../../core/brand.ts'
import { decodeCertificate } from '../../x509/decode.ts'
import type { Certificate, SignatureVerifier } from '../../x509/model.ts'
import { checkHost } from '../hostname.ts'
import type { BuiltPath, PolicyInputs } from '../model.ts'
import { createPool } from '../pool.ts'
import { buildPaths } from '../search.ts'
import type { Scenario } from './read.ts'

export interface Outcome {
  /** As `Scenario.paths`. */
  readonly paths: readonly string[]
  readonly hosts: readonly { readonly host: string; readonly outcome: string }[]
  readonly valid: boolean
  /** Valid for clients that are as strict as `openssl verify -x509_strict`. */
  readonly strict: boolean
}

/**
 * Judges a scenario.
 *
 * @param certificates DER by label
 */
export async function judge(
  scenario: Scenario,
  certificates: ReadonlyMap<string, Uint8Array>,
  verifier: SignatureVerifier,
): Promise<Outcome> {
  const labels = new Map<string, string>()
  const load = (label: string): Certificate[] => {
    const result = decodeCertificate(certificates.get(label) ?? new Uint8Array())
    if (!result.ok) return []
    labels.set(result.value.sha256, labels.get(result.value.sha256) ?? label)
    return [result.value]
  }
  const read = decodeCertificate(certificates.get(scenario.leaf) ?? new Uint8Array())
  if (!read.ok)
    return { paths: [`${scenario.leaf} | unreadable ${read.error.code}`], hosts: [], valid: false, strict: false }
  const [leaf] = load(scenario.leaf)
  if (leaf === undefined) throw new Error(`${scenario.leaf} cannot be read twice`)
  const pool = createPool()
  pool.add(scenario.served.flatMap(load), 'served')
  pool.add(scenario.roots.flatMap(load), 'imported-root')
  const { at, purpose } = scenario
  const { paths } = await buildPaths(leaf, pool, verifier, { at, purpose, ...policyInputs(scenario.policy) })
  return {
    paths: paths.map((path) => line(path, labels)),
    hosts: scenario.hosts.map(({ host }) => {
      const { matches, reason } = checkHost(leaf, host)
      return { host, outcome: matches ? 'matches' : (reason ?? '') }
    }),
    valid: paths[0]?.valid === true,
    strict: paths.some(
      ({ valid, problems }) => valid && !problems.some(({ message }) => message.includes('-x509_strict')),
    ),
  }
}

function line(path: BuiltPath, labels: ReadonlyMap<string, string>): string {
  const names = path.certificates.map(({ sha256 }) => labels.get(sha256) ?? sha256).join(' ')
  const problems = path.problems.map(
    ({ index, severity, code }) => `${index} ${severity === 'note' ? 'note ' : ''}${code}`,
  )
  if (path.valid !== (path.anchored && path.problems.every(({ severity }) => severity === 'note')))
    return `${names} | valid is ${path.valid} against its own problems`
  return problems.length === 0 ? names : `${names} | ${[...new Set(problems)].join(', ')}`
}

function policyInputs(words: readonly string[]): PolicyInputs {
  const accepted = words.filter((word) => /^[\d.]+$/.test(word))
  return {
    ...(accepted.length === 0 ? {} : { initialPolicySet: new Set(accepted.map(oid)) }),
    requireExplicitPolicy: words.includes('explicit'),
    inhibitPolicyMapping: words.includes('no-mapping'),
    inhibitAnyPolicy: words.includes('no-any'),
  }
}
