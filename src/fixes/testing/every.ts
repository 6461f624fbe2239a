/** Every fix there is, for tests: each rule with advice, told in a few ways. */
import type { Fix, RuleSlug } from '../../core/finding.ts'
import { allFixes } from '../fixes.ts'
import { advice } from '../jobs.ts'
import { reportOf, type Story } from './reports.ts'

export const rules = Object.keys(advice) as RuleSlug[]

/** Ways to tell a finding that lead to other texts. */
export const stories: readonly Story[] = [
  {},
  { url: 'ldap://nowhere', rootSource: 'store' },
  { host: '192.0.2.7', port: 8443, rootSource: 'unknown', hop: 'kong' },
  {
    command: 'openssl s_client -connect 10.0.0.5:9443 -servername api.shop.example -starttls smtp',
    rootSource: 'known',
  },
  { host: '', root: '', intermediate: '', names: [] },
]

export function everyFix(tellings: readonly Story[] = stories): Fix[] {
  return tellings.flatMap((story) =>
    rules.flatMap((rule) => {
      const { finding, report } = reportOf({ ...story, rule })
      return [...allFixes(finding, report)]
    }),
  )
}

/** The texts of a fix that go into a shell. */
export const shellTexts = (fix: Fix): string[] => {
  const command = fix.language === undefined ? fix.command : undefined
  const typed = fix.console === 'powershell' ? [] : [fix.prepare, fix.reload, fix.verify]
  return [command, ...typed].filter((text) => text !== undefined)
}

/** All texts of a fix. */
export const textsOf = (fix: Fix): string[] =>
  [fix.title, ...fix.steps, fix.prepare, fix.command, fix.reload, fix.verify, fix.warning].filter(
    (text) => text !== undefined,
  )
