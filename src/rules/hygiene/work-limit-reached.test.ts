import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { contextOf, judge } from '../testing/helpers/judge.ts'
import { workLimitReached as rule } from './work-limit-reached.ts'

async function withBudget(exhausted: boolean) {
  const [context] = (await contextOf(bundle('shop', 'issuing'))).captures
  if (!context?.build) throw new Error('the bundle has paths')
  return rule.check({ ...context, build: { ...context.build, budgetExhausted: exhausted } })
}

describe('work-limit-reached', () => {
  it('mentions a search that its budget ended', async () => {
    const outcome = await withBudget(true)
    expect(outcome).toMatchObject({
      kind: 'fail',
      drafts: [{ severity: 'info', owner: 'nobody', title: 'There are more possible paths than were tried.' }],
    })
    expect(outcome.kind === 'fail' && outcome.drafts[0]?.evidence).toHaveLength(1)
  })

  it('passes a search that came to its end', async () => {
    expect(await withBudget(false)).toMatchObject({ kind: 'pass' })
  })

  it('passes a bundle of many certificates of one key', async () => {
    const names = Array.from({ length: 40 }, () => 'issuing' as const)
    expect(await judge(rule, bundle('shop', ...names, 'root'))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply where nothing was searched', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })
})
