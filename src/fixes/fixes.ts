/** Fixes of a finding: the few that travel with the report, and all of them for the page. */
import type { Finding, Fix } from '../core/finding.ts'
import type { Report } from '../report/types.ts'
import { buildFix } from './build.ts'
import { factsOf } from './facts.ts'
import { fittingPlatforms } from './fitting.ts'
import { genericFixes } from './generic.ts'
import { advice, type Task } from './jobs.ts'
import type { Platform, PlatformGroup } from './platform.ts'
import { platforms } from './registry.ts'

/** What the report carries: what holds for any product, and the platforms that fit the hop and the tool. */
export function fixesFor(finding: Finding, report: Report): readonly Fix[] {
  const fitting = fittingPlatforms(finding, report)
  const fits = fixesOf(
    finding,
    report,
    platforms.filter(({ slug }) => fitting.includes(slug)),
  )
  return [...genericFixes(finding, report), ...fits]
}

/** Every fix there is: platforms that fit first, then what holds for any product, then the rest in a stable order. */
export function allFixes(finding: Finding, report: Report): readonly Fix[] {
  const fitting = fittingPlatforms(finding, report)
  const all = fixesOf(finding, report, platforms)
  const fits = all.filter(({ platform }) => fitting.includes(platform))
  const rest = all.filter(({ platform }) => !fitting.includes(platform))
  return [...fits, ...genericFixes(finding, report), ...rest]
}

function fixesOf(finding: Finding, report: Report, among: readonly Platform[]): readonly Fix[] {
  if (finding.severity === 'info') return []
  const tasks = advice[finding.rule]?.tasks ?? []
  const fitting = fittingPlatforms(finding, report)
  const rank = (platform: Platform): number => {
    const fit = fitting.indexOf(platform.slug)
    return fit === -1 ? fitting.length + firstTask(platform, tasks) : fit
  }
  return [...among]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((platform) => ofPlatform(platform, tasks, finding, report))
}

/** Place of the first task that a platform has a recipe for: who can do the first thing comes first. */
function firstTask(platform: Platform, tasks: readonly Task[]): number {
  const at = tasks.findIndex((task) => platform.recipes.some((recipe) => does(recipe, task)))
  return at === -1 ? tasks.length : at
}

const does = (recipe: Platform['recipes'][number], task: Task): boolean =>
  recipe.side === task.side && recipe.jobs.includes(task.job)

function ofPlatform(platform: Platform, tasks: readonly Task[], finding: Finding, report: Report): Fix[] {
  return tasks.flatMap((task) => {
    const facts = factsOf(finding, report, task.job, task.side)
    return platform.recipes
      .filter((recipe) => does(recipe, task))
      .map((recipe) => buildFix(platform, recipe, facts, task.workaround === true))
  })
}

/** Slug, name and group of every platform, in order, for a list to choose from. */
export const platformList: readonly { readonly slug: string; readonly name: string; readonly group: PlatformGroup }[] =
  platforms.map(({ slug, name, group }) => ({ slug, name, group }))
