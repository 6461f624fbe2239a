/** The budgets of one path search in one place, with unit and reason. Reaching one is told in `BuildResult.exhausted`. */
import { limits } from '../core/limits.ts'
import type { SearchLimits } from './model.ts'

export const searchLimits: SearchLimits = {
  pathLength: limits.pathLength,
  paths: limits.paths,
  searchSteps: limits.searchSteps,
  signatureChecks: limits.signatureChecks,
  /** Names held against name constraints, once for each extension; Go stops at as many (`MaxConstraintComparisions`). */
  nameChecks: 250_000,
  /** Nodes and edges of policy graphs; a real path has under 100. About 0.1 ms a thousand. */
  policySteps: 100_000,
}
