/** The families of scenarios, by the names of their files in `data`. */
import { algorithmsFamily } from './families/algorithms.ts'
import { basicConstraintsFamily } from './families/basic-constraints.ts'
import { dates } from './families/dates.ts'
import { encoding } from './families/encoding.ts'
import { extensions } from './families/extensions.ts'
import { hosts } from './families/hosts.ts'
import { knownShapes } from './families/known-shapes.ts'
import { dnsConstraints, otherConstraints } from './families/name-constraints.ts'
import { nameStrings } from './families/name-strings.ts'
import { paths } from './families/paths.ts'
import { policiesFamily } from './families/policies.ts'
import { postQuantum } from './families/post-quantum.ts'
import { recentShapes } from './families/recent-shapes.ts'
import { signatures } from './families/signatures.ts'
import { usage } from './families/usage.ts'
import type { Family } from './make/workshop.ts'

export const families: Readonly<Record<string, Family>> = {
  algorithms: algorithmsFamily,
  'basic-constraints': basicConstraintsFamily,
  dates,
  'dns-constraints': dnsConstraints,
  encoding,
  extensions,
  hosts,
  'known-shapes': knownShapes,
  'name-strings': nameStrings,
  'other-constraints': otherConstraints,
  paths,
  policies: policiesFamily,
  'post-quantum': postQuantum,
  'recent-shapes': recentShapes,
  signatures,
  usage,
}
