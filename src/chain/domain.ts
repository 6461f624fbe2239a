/** Domains: who registers what, by the public suffix list (in the `tldts` package), and which names are public. */
import { parse } from 'tldts'
import { isPublicIp, parseIp } from './host-ip.ts'
import { toAscii } from './punycode.ts'

const parseOptions = { extractHostname: false, validateHostname: false, detectIp: false } as const

/** What the public suffix list says of the labels under which names are registered. */
export interface SuffixFacts {
  readonly suffix: string
  /** `icann`: a registry. `private`: a company that gives names below its own, as `github.io`. `none`: not in the list. */
  readonly kind: 'icann' | 'private' | 'none'
}

/**
 * The public suffix of a host.
 *
 * @param host A-labels or U-labels, no IP address
 * @returns `undefined` for an empty host
 */
export function publicSuffix(host: string): SuffixFacts | undefined {
  const { publicSuffix: suffix, isIcann, isPrivate } = parse(host, { ...parseOptions, allowPrivateDomains: true })
  if (suffix === null) return undefined
  return { suffix, kind: isPrivate === true ? 'private' : isIcann === true ? 'icann' : 'none' }
}

/** The public suffix of a host by registries alone, company suffixes left out of account. */
export function registrySuffix(host: string): string | undefined {
  const { publicSuffix: suffix, isIcann } = parse(host, parseOptions)
  return suffix !== null && isIcann === true ? suffix : undefined
}

/**
 * The domain a host was registered under: one label below the public suffix, company suffixes (`github.io`) included; of
 * a wildcard the domain below it.
 *
 * @returns in lower-case A-labels; `undefined` for IP addresses, single labels and public suffixes themselves
 */
export function registrableDomain(host: string): string | undefined {
  const name = hostName(host.trim().replace(/^\*\./, ''))
  if (name === undefined) return undefined
  return parse(name, { ...parseOptions, allowPrivateDomains: true }).domain ?? undefined
}

/**
 * Top-level labels that no public registry serves although people use them inside.
 * Sources: RFC 6761 (test, example, invalid, localhost), RFC 6762 section 3 and appendix G (local, intranet, internal,
 * private, corp, home, lan), ICANN board resolutions of 2018 (corp, home, mail) and 2024 (internal).
 */
const privateTopLevels: ReadonlySet<string> = new Set([
  'test',
  'example',
  'invalid',
  'localhost',
  'local',
  'localdomain',
  'intranet',
  'internal',
  'private',
  'corp',
  'home',
  'lan',
  'mail',
])

/** Second-level names for use inside only: RFC 8375. */
const privateDomains: readonly string[] = ['home.arpa']

/**
 * Could a public CA vouch for this host? True for names below a registry's suffix and for public IP addresses.
 */
export function isPublicName(host: string): boolean {
  const ip = parseIp(host.trim())
  if (ip !== undefined) return isPublicIp(ip)
  const name = hostName(host.trim().replace(/^\*\./, ''))
  if (name === undefined || !name.includes('.')) return false
  if (privateTopLevels.has(name.slice(name.lastIndexOf('.') + 1))) return false
  if (privateDomains.some((domain) => name === domain || name.endsWith(`.${domain}`))) return false
  return registrySuffix(name) !== undefined
}

/** One label: letters, digits, hyphens, and underscores, which names in use have. */
const label = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/

/**
 * A host as names are compared: A-labels, lower case, no trailing dot.
 *
 * @returns `undefined` when it is no host name (RFC 1123 section 2.1, underscores let through) or an IP address
 */
export function hostName(host: string): string | undefined {
  if (parseIp(host.trim()) !== undefined) return undefined
  const ascii = toAscii(host.trim())?.replace(/\.$/, '')
  if (ascii === undefined || ascii.length > 253) return undefined
  return ascii.split('.').every((part) => part.length <= 63 && label.test(part)) ? ascii : undefined
}
