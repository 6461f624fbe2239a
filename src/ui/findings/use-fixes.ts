import { useEffect, useMemo, useState } from 'react'
import type { Finding, Fix } from '../../core/finding.ts'
import type { TeamMessage } from '../../fixes/messages.ts'
import type { Report } from '../../report/types.ts'

type FixesModule = Pick<typeof import('../../fixes/fixes.ts'), 'allFixes' | 'platformList'> &
  Pick<typeof import('../../fixes/messages.ts'), 'messagesFor'>

let loaded: FixesModule | null = null

/** Loads the recipes, which the first paint does not need. Asked for while the page loads, because later it makes no request. */
export async function loadFixes(): Promise<FixesModule> {
  const [fixes, messages] = await Promise.all([import('../../fixes/fixes.ts'), import('../../fixes/messages.ts')])
  loaded = { allFixes: fixes.allFixes, platformList: fixes.platformList, messagesFor: messages.messagesFor }
  return loaded
}

export interface FindingFixes {
  /** All of them; those of the report until the recipes are there. */
  readonly fixes: readonly Fix[]
  readonly messages: readonly TeamMessage[]
  readonly platforms: FixesModule['platformList']
}

/** The fixes of a finding. Nothing is made before `wanted`: most findings are never opened. */
export function useFixes(finding: Finding, report: Report, wanted: boolean): FindingFixes {
  const [recipes, setRecipes] = useState(loaded)
  useEffect(() => {
    if (recipes || !wanted) return
    let there = true
    // Where it cannot be loaded, the fixes of the report stay.
    loadFixes().then(
      (arrived) => there && setRecipes(arrived),
      () => undefined,
    )
    return () => {
      there = false
    }
  }, [recipes, wanted])
  return useMemo(
    () =>
      recipes && wanted
        ? {
            fixes: recipes.allFixes(finding, report),
            messages: recipes.messagesFor(finding, report),
            platforms: recipes.platformList,
          }
        : { fixes: finding.fixes, messages: [], platforms: [] },
    [recipes, wanted, finding, report],
  )
}
