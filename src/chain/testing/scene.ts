/** One path search over fakes, for tests. */
import type { Certificate } from '../../x509/model.ts'
import type { BuildOptions, BuildResult, BuiltPath } from '../model.ts'
import { createPool } from '../pool.ts'
import { buildPaths } from '../search.ts'
import { besidesProfile, type FakeVerifier, fake, fakeCa, fakeVerifier, now } from './fake.ts'

export interface Scene {
  readonly served?: readonly Certificate[]
  /** Built-in roots, found by subject. */
  readonly roots?: readonly Certificate[]
  readonly imported?: readonly Certificate[]
  readonly verifier?: FakeVerifier
  readonly options?: Partial<BuildOptions>
}

export const leaf = fake({ subject: 'leaf', issuer: 'Int', dns: ['leaf.example'] })
export const int = fakeCa({ subject: 'Int', issuer: 'Root' })
export const root = fakeCa({ subject: 'Root' })

export function build(
  from: Certificate,
  { served = [], roots = [], imported = [], verifier = fakeVerifier(), options }: Scene,
): Promise<BuildResult> {
  const pool = createPool((certificate) => roots.filter((one) => one.subject.key === certificate.issuer.key))
  pool.add(served, 'served')
  pool.add(imported, 'imported-root')
  return buildPaths(from, pool, verifier, { at: now, purpose: 'server', ignore: besidesProfile, ...options })
}

/** Problems in short, as `fatal expired`. */
export const codes = (path: BuiltPath | undefined): string[] | undefined =>
  path?.problems.map(({ code, severity }) => `${severity} ${code}`)
