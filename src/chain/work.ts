/** What the checks of one search have cost so far, and what they remember so that nothing is paid for twice. */
import type { Certificate } from '../x509/model.ts'
import { searchLimits } from './limits.ts'
import type { SearchLimits } from './model.ts'

/** Budgets that the checks of paths draw on; the search itself keeps the others. */
export type CheckBudget = 'nameChecks' | 'policySteps'

export interface Work {
  readonly spent: Readonly<Record<CheckBudget, number>>
  /** Budgets that were reached. */
  readonly exhausted: ReadonlySet<CheckBudget>
  /** The whole of a budget, for messages. */
  limit(budget: CheckBudget): number
  /** Takes from a budget; false, and nothing is taken, when less is left. */
  spend(budget: CheckBudget, amount: number): boolean
  /** A store of answers about certificates, empty at first, one per owner. */
  memo<T>(owner: object): WeakMap<Certificate, T>
}

/** @param limits replaces single budgets of `limits.ts` */
export function createWork(limits: Partial<SearchLimits> = {}): Work {
  const whole = { ...searchLimits, ...limits }
  const spent = { nameChecks: 0, policySteps: 0 }
  const exhausted = new Set<CheckBudget>()
  const memos = new WeakMap<object, WeakMap<Certificate, unknown>>()
  return {
    spent,
    exhausted,
    limit: (budget) => whole[budget],
    spend(budget, amount) {
      if (spent[budget] + amount > whole[budget]) {
        exhausted.add(budget)
        return false
      }
      spent[budget] += amount
      return true
    },
    memo<T>(owner: object) {
      const memo = memos.get(owner) ?? new WeakMap<Certificate, unknown>()
      memos.set(owner, memo)
      return memo as WeakMap<Certificate, T>
    },
  }
}
