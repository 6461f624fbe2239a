/**
 * One matcher per type of general name: is a name inside one of many subtrees? Each is built once per name-constraints
 * extension and answers in time that does not depend on the number of subtrees.
 * Source: RFC 5280 section 4.2.1.10; where it is silent, OpenSSL (crypto/x509/v3_ncons.c) and BoringSSL are followed.
 */
import type { GeneralName, Name } from '../../x509/model.ts'
import { nameFromRdns } from '../../x509/name.ts'

/** The text of the subtree that holds the name; `undefined` when none does; `unusable` when the name cannot be judged. */
export type Match = { readonly base: string } | 'unusable' | undefined
export type Matcher = (name: GeneralName) => Match

/** Subtrees of one type and side, and whether they exclude (a wildcard then counts for every name it covers). */
export interface Subtrees {
  readonly bases: readonly GeneralName[]
  readonly excluded: boolean
}

/** No host name is longer (RFC 1035 section 2.3.4); a longer one is no name and is not walked through. */
const hostCharacters = 255

const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '')

/** Hosts by exact name and by domain. A base with a leading dot holds only the names below it. */
function hostIndex(bases: readonly string[], downwards: boolean) {
  const exact = new Map<string, string>()
  const below = new Map<string, string>()
  for (const base of bases) {
    const host = plainHost(base)
    const bare = host.startsWith('.') ? host.slice(1) : host
    if (!host.startsWith('.')) exact.set(bare, base)
    if (host.startsWith('.') || downwards) below.set(bare, base)
  }
  return (name: string): string | undefined => {
    const all = downwards ? below.get('') : undefined
    const found = exact.get(name) ?? all
    if (found !== undefined) return found
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      const domain = below.get(name.slice(dot + 1))
      if (domain !== undefined) return domain
    }
    return undefined
  }
}

const held = (base: string | undefined): Match => (base === undefined ? undefined : { base })

/** dNSName: the name itself and everything below it; `*.example.com` falls under an exclusion of `a.example.com`. */
export function dnsMatcher({ bases, excluded }: Subtrees): Matcher {
  const find = hostIndex(
    bases.map((base) => base.value),
    true,
  )
  const parents = new Map<string, string>()
  if (excluded) {
    for (const { value } of bases) {
      const host = plainHost(value)
      const dot = host.indexOf('.')
      if (dot > 0) parents.set(host.slice(dot + 1), value)
    }
  }
  return ({ value }) => {
    if (value.length > hostCharacters) return 'unusable'
    const host = plainHost(value)
    return held(find(host) ?? (host.startsWith('*.') ? parents.get(host.slice(2)) : undefined))
  }
}

/** rfc822Name: one mailbox, all mailboxes of a host, or (leading dot) of the hosts below a domain. */
export function emailMatcher({ bases }: Subtrees): Matcher {
  const mailboxes = new Map<string, string>()
  const hosts: string[] = []
  for (const { value } of bases) {
    const mailbox = splitMailbox(value)
    if (mailbox === undefined) hosts.push(value)
    else mailboxes.set(`${mailbox.local}@${mailbox.host}`, value)
  }
  const find = hostIndex(hosts, false)
  return ({ value }) => {
    const mailbox = splitMailbox(value)
    if (mailbox === undefined || mailbox.host.length > hostCharacters) return 'unusable'
    return held(mailboxes.get(`${mailbox.local}@${mailbox.host}`) ?? find(mailbox.host))
  }
}

function splitMailbox(text: string): { local: string; host: string } | undefined {
  const at = text.lastIndexOf('@')
  return at === -1 ? undefined : { local: text.slice(0, at), host: plainHost(text.slice(at + 1)) }
}

/** uniformResourceIdentifier: the host of the URI, exact or (leading dot) below a domain. URIs without one are refused. */
export function uriMatcher({ bases }: Subtrees): Matcher {
  const find = hostIndex(
    bases.map((base) => base.value),
    false,
  )
  return ({ value }) => {
    const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(value)?.[1]
    const host = plainHost((authority ?? '').slice((authority ?? '').lastIndexOf('@') + 1).replace(/:\d*$/, ''))
    const usable = host !== '' && host.length <= hostCharacters && !host.startsWith('[') && !/^[\d.]+$/.test(host)
    return usable ? held(find(host)) : 'unusable'
  }
}

/** iPAddress: address and mask of 4 or 16 bytes each, grouped by mask. A mask must be a prefix, as BoringSSL has it. */
export function ipMatcher({ bases }: Subtrees): Matcher {
  const masks = new Map<string, { mask: Uint8Array; networks: Map<string, string> }>()
  let unusable = false
  for (const { bytes, value } of bases) {
    const mask = bytes.subarray(bytes.length / 2)
    if ((bytes.length !== 8 && bytes.length !== 32) || !isPrefix(mask)) {
      unusable = true
      continue
    }
    const group = masks.get(mask.join('.')) ?? { mask, networks: new Map<string, string>() }
    group.networks.set(masked(bytes, mask), value)
    masks.set(mask.join('.'), group)
  }
  return ({ bytes }) => {
    if (unusable || (bytes.length !== 4 && bytes.length !== 16)) return 'unusable'
    for (const { mask, networks } of masks.values()) {
      const base = mask.length === bytes.length ? networks.get(masked(bytes, mask)) : undefined
      if (base !== undefined) return { base }
    }
    return undefined
  }
}

const masked = (address: Uint8Array, mask: Uint8Array): string =>
  Array.from(mask, (bits, at) => (address[at] ?? 0) & bits).join('.')

const isPrefix = (mask: Uint8Array): boolean =>
  /^1*0*$/.test(Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join(''))

interface Branch {
  readonly children: Map<string, Branch>
  base?: string
}

/** directoryName: names that begin with the RDNs of the base, kept as a tree of RDNs. */
export function directoryMatcher({ bases }: Subtrees): Matcher {
  const tree: Branch = { children: new Map() }
  for (const { name, value } of bases) {
    let branch = tree
    for (const key of rdnKeys(name)) {
      const next = branch.children.get(key) ?? { children: new Map() }
      branch.children.set(key, next)
      branch = next
    }
    branch.base = value === '' ? 'every name' : value
  }
  return ({ name }) => {
    let branch: Branch | undefined = tree
    if (branch.base !== undefined) return { base: branch.base }
    for (const key of rdnKeys(name)) {
      branch = branch.children.get(key)
      if (branch === undefined) return undefined
      if (branch.base !== undefined) return { base: branch.base }
    }
    return undefined
  }
}

const rdnKeys = (name: Name | undefined): string[] => (name?.rdns ?? []).map((rdn) => nameFromRdns([rdn]).key)
