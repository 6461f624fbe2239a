/** What a platform's file holds: recipes as data, with functions only where a report's own names go in. */
import type { FixJob, FixLanguage, FixSide } from '../core/finding.ts'
import type { Facts } from './facts.ts'

/** A text, or how to make it from the facts. */
export type Text = string | ((facts: Facts) => string)

export interface Source {
  /** Product and version the recipe was read or run for. */
  readonly product: string
  /** Address of the page that documents it. */
  readonly page: string
}

export interface Recipe {
  readonly jobs: readonly FixJob[]
  readonly side: FixSide
  /** Short, and distinct among the recipes of a platform for one job. */
  readonly title: Text
  readonly steps: readonly Text[] | ((facts: Facts) => readonly string[])
  readonly command?: Text
  readonly language?: FixLanguage
  readonly console?: 'powershell'
  readonly prepare?: Text
  readonly reload?: Text
  readonly verify: Text
  readonly warning?: Text
  readonly evidence: 'tested' | 'documented'
  /** Where it differs from that of the platform. */
  readonly source?: Source
}

/** Where a platform stands in the list that the page offers. */
export type PlatformGroup = 'servers' | 'clients' | 'java' | 'stores'

export interface Platform {
  readonly slug: string
  readonly name: string
  readonly group: PlatformGroup
  readonly source: Source
  readonly recipes: readonly Recipe[]
}

export const textOf = (text: Text, facts: Facts): string => (typeof text === 'string' ? text : text(facts))
