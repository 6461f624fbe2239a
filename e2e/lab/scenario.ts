/** What a scenario is, and the words its table is written in. */
import type { Cause, RuleSlug, VerdictStatus } from '../../src/core/finding.ts'
import { type SClientOptions, sClient } from './capture.ts'
import type { Listening } from './server.ts'
import { host, type World } from './world.ts'

export interface Expectation {
  readonly cause: Cause
  readonly status?: VerdictStatus
  /** Rules that must have a finding, beside the cause. */
  readonly rules?: readonly RuleSlug[]
}

export interface Row {
  /** What happens, as a sentence of a test. */
  readonly title: string
  readonly capture: (lab: Tools) => Promise<string>
  /** What the capture holds when the scenario really happened: checked before anything is judged. */
  readonly shows: readonly RegExp[]
  /** How many certificates s_client lists as sent. */
  readonly sends?: number
  /** What it must not hold. */
  readonly lacks?: readonly RegExp[]
  readonly expect: Expectation
  /** Roots of the lab that `inspect` is told to trust. */
  readonly roots?: readonly (keyof World['ca'])[]
  /** The name that `inspect` is told the client wanted. */
  readonly host?: string
}

export interface Scenario extends Row {
  readonly name: string
}

export type Tools = ReturnType<typeof toolsOf>

/** The last line of s_client's judgement. */
export const code = (number: number) => new RegExp(`Verify return code: ${number} `)

/** The world, with the usual ways to look at its servers. */
export function toolsOf(world: World) {
  const { servers, ca } = world
  const trust = ['-CAfile', ca.root.certFile]
  const from = ({ port }: Listening, more: readonly string[] = [], options: Partial<SClientOptions> = {}) =>
    sClient({ args: ['-connect', `127.0.0.1:${port}`, '-servername', host, ...more], ...options })
  return {
    ...world,
    /** Arguments that make the client trust the lab's root. */
    trust,
    from,
    /** `-showcerts` with the name as server name, trusting nothing of the lab. */
    seen: (server: Listening, ...more: string[]) => from(server, ['-showcerts', ...more]),
    /** The same by a client that trusts the lab's root. */
    trusting: (server: Listening, ...more: string[]) => from(server, ['-showcerts', ...trust, ...more]),
    /** Through a proxy, to the server that sends a complete chain. */
    through: (proxy: Listening, ...more: string[]) =>
      from(servers.full, ['-proxy', `127.0.0.1:${proxy.port}`, '-showcerts', ...more]),
  }
}
