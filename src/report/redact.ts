/** Replaces what names a company by placeholders: the same value by the same placeholder wherever it stands. */
import { identities, type RedactionClass, redactionClasses } from './identities.ts'
import type { Report } from './types.ts'

export { type RedactionClass, redactionClasses }

export interface Replacement {
  readonly class: RedactionClass
  readonly original: string
  readonly placeholder: string
}

export interface Redacted {
  readonly report: Report
  /** In the order of the placeholders' numbers, for a preview. */
  readonly replacements: readonly Replacement[]
}

const prefixes: Readonly<Record<RedactionClass, string>> = {
  hosts: 'host-',
  addresses: 'address-',
  organisations: 'Organisation ',
  serials: 'serial-',
  fingerprints: 'fingerprint-',
}

/**
 * A report without what the chosen classes cover. Certificates cannot be redacted, so their PEM goes; names of public
 * CAs stay.
 */
export function redact(report: Report, classes: ReadonlySet<RedactionClass>): Redacted {
  if (classes.size === 0) return { report, replacements: [] }
  const replacements = new Map<string, Replacement>()
  const counts = new Map<RedactionClass, number>()
  for (const { class: kind, value } of identities(report)) {
    if (!classes.has(kind)) continue
    const key = keyOf(value)
    if (replacements.has(key)) continue
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    replacements.set(key, { class: kind, original: value, placeholder: `${prefixes[kind]}${number}` })
  }
  const pattern = patternOf([...replacements.values()].map(({ original }) => original))
  const replace = (text: string): string =>
    pattern === undefined
      ? text
      : text.replace(pattern, (found) => replacements.get(keyOf(found))?.placeholder ?? found)
  const replaced = deep(report, replace) as Report
  return {
    report: { ...replaced, certificates: replaced.certificates.map((certificate) => ({ ...certificate, pem: '' })) },
    replacements: [...replacements.values()],
  }
}

/** Colons are no difference in serial numbers and fingerprints, case is none anywhere. */
const keyOf = (value: string): string =>
  /^[0-9a-f]{2}(?::[0-9a-f]{2}){7,}$/i.test(value) ? value.replaceAll(':', '').toLowerCase() : value.toLowerCase()

/** Longest first, so that a name goes before the name it ends with; hexadecimal also as pairs with colons. */
function patternOf(values: readonly string[]): RegExp | undefined {
  if (values.length === 0) return undefined
  const alternatives = [...values]
    .sort((a, b) => b.length - a.length)
    .map((value) =>
      /^(?:[0-9a-f]{2}){8,}$/i.test(value)
        ? value.replace(/..(?=.)/g, '$&:?')
        : value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
    )
  return new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu')
}

/** Machine words of the report, which are no text. */
const untouched: ReadonlySet<string> = new Set([
  'schema',
  'rule',
  'cause',
  'tool',
  'platform',
  'id',
  'finding',
  'trustData',
  'references',
])

function deep(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((entry) => deep(entry, replace))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, untouched.has(key) ? entry : deep(entry, replace)]),
  )
}
