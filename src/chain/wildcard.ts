/** What a wildcard name covers, and how far its form is one that clients take: RFC 9525 sections 6.3 and 7.1. */
import { publicSuffix, registrySuffix } from './domain.ts'

/**
 * What is odd about a name with a `*`. `bare`: nothing else is there. `single-label`: everything under a single label, as
 * `*.com` or `*.local`. `registry`: under a longer suffix of a registry, as `*.co.uk`. `company-suffix`: under a suffix below
 * which the customers of a company have names, as `*.github.io`. `partial`: the `*` is only part of the leftmost label.
 * `misplaced`: it is in another label, or there are several.
 */
export type WildcardOddity = 'bare' | 'registry' | 'single-label' | 'company-suffix' | 'partial' | 'misplaced'

/**
 * What is odd about a DNS name of a certificate.
 *
 * @param name as it stands in the certificate
 * @returns `undefined` for names without `*`, and for a `*` that is the whole leftmost label over a registered domain
 */
export function wildcardOddity(name: string): WildcardOddity | undefined {
  if (!name.includes('*')) return undefined
  if (name === '*' || name === '*.') return 'bare'
  const [first = '', ...rest] = name.toLowerCase().replace(/\.$/, '').split('.')
  if (rest.some((label) => label.includes('*')) || first.indexOf('*') !== first.lastIndexOf('*')) return 'misplaced'
  if (first !== '*') return 'partial'
  return breadthOf(rest.join('.'))
}

function breadthOf(domain: string): WildcardOddity | undefined {
  if (!domain.includes('.')) return 'single-label'
  if (registrySuffix(domain) === domain) return 'registry'
  const facts = publicSuffix(domain)
  return facts?.kind === 'private' && facts.suffix === domain ? 'company-suffix' : undefined
}

/**
 * Would a client match the host that takes `*` anywhere for anything but a dot? Label by label, one `*` each, linear.
 *
 * @param pattern in lower case, as the host
 */
export function coversLoosely(pattern: string, host: string): boolean {
  const labels = host.split('.')
  const parts = pattern.split('.')
  return (
    parts.length === labels.length &&
    parts.every((part, at) => {
      const label = labels[at] ?? ''
      const [before = '', after, more] = part.split('*', 3)
      if (after === undefined) return part === label
      return more === undefined && label.length >= part.length - 1 && label.startsWith(before) && label.endsWith(after)
    })
  )
}
