/** Makes a fix out of a recipe and the facts of a finding. */
import type { Fix } from '../core/finding.ts'
import type { Facts } from './facts.ts'
import { placeholdersIn } from './placeholders.ts'
import { type Platform, type Recipe, textOf } from './platform.ts'

/** A field, unless its text is empty. */
const unlessEmpty = <Key extends string>(key: Key, value: string | undefined) =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [key in Key]?: string }

export function buildFix(
  platform: Pick<Platform, 'slug' | 'source'>,
  recipe: Recipe,
  facts: Facts,
  workaround: boolean,
): Fix {
  const { steps, language, console, evidence, source = platform.source } = recipe
  const text = (value: Recipe['command']) => (value === undefined ? undefined : textOf(value, facts))
  const fix: Fix = {
    platform: platform.slug,
    title: textOf(recipe.title, facts),
    steps: typeof steps === 'function' ? steps(facts) : steps.map((step) => textOf(step, facts)),
    ...unlessEmpty('command', text(recipe.command)),
    ...(language === undefined || language === 'shell' ? {} : { language }),
    ...(console === undefined ? {} : { console }),
    ...unlessEmpty('prepare', text(recipe.prepare)),
    ...unlessEmpty('reload', text(recipe.reload)),
    ...unlessEmpty('verify', text(recipe.verify)),
    ...unlessEmpty('warning', text(recipe.warning)),
    ...(workaround ? { workaround } : {}),
    job: facts.job,
    side: facts.side,
    source,
    evidence,
  }
  const placeholders = placeholdersIn([fix.title, ...fix.steps, fix.prepare, fix.command, fix.reload, fix.verify])
  return placeholders.length > 0 ? { ...fix, placeholders } : fix
}
