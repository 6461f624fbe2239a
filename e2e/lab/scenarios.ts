/** What goes wrong, as real tools print it, and what Weaklink must conclude. One entry per story. */
import { type Scenario, toolsOf } from './scenario.ts'
import { chainRows } from './scenarios-chain.ts'
import { connectionRows } from './scenarios-connection.ts'
import { trustRows } from './scenarios-trust.ts'
import { startWorld } from './world.ts'

export const scenarios: readonly Scenario[] = Object.entries({ ...chainRows, ...trustRows, ...connectionRows }).map(
  ([name, row]) => ({ name, ...row }),
)

/** Makes certificates and starts all servers; ports are ephemeral. Always `stop` it. */
export async function startLab() {
  const world = await startWorld()
  const tools = toolsOf(world)
  return {
    world,
    stop: world.stop,
    /** Runs the tool of a scenario and returns what it printed. */
    capture: (scenario: Scenario) => scenario.capture(tools),
    /** What `inspect` is told beside the capture. */
    inspectOptions: ({ roots = [], host }: Scenario) => ({
      trustedRoots: roots.map((name) => world.ca[name].der),
      ...(host === undefined ? {} : { host }),
    }),
  }
}

export type Lab = Awaited<ReturnType<typeof startLab>>

/** The scenario of this name. */
export function scenarioOf(name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name)
  if (!scenario) throw new Error(`no scenario is called ${name}`)
  return scenario
}
