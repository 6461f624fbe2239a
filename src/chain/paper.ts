/**
 * Chains by names alone: what the printed subject and issuer lines tell where there is no certificate, and whether
 * certificates were sent in order. Nothing here is proven; names only suggest.
 */
import type { Certificate, Name } from '../x509/model.ts'
import { nameFromRdns } from '../x509/name.ts'
import { matchKeyId } from './key-ids.ts'

/** Anything that has the two names: a certificate, or one `s:`/`i:` pair of a tool's output. */
export interface Named {
  readonly subject: Name
  readonly issuer: Name
}

export interface PaperChain<T extends Named> {
  /** Leaf first, each entry's issuer next. Empty only for no entries. */
  readonly ladder: readonly T[]
  /** Entries with the name of a ladder's entry that were not taken: cross-signs and re-issues. */
  readonly alternatives: readonly T[]
  /** Entries that nothing links to the ladder. */
  readonly extras: readonly T[]
  /** Repetitions of an entry. */
  readonly duplicates: readonly T[]
  /** Was the leaf sent first and every issuer after what it issued? */
  readonly inOrder: boolean
  /** The first issuer that no entry has as its subject; absent when the ladder ends at a self-issued entry. */
  readonly missingIssuer?: Name
}

interface Traits<T> {
  /** Two entries with the same identity are one. */
  readonly identity: (entry: T) => string
  /** Could this be the leaf, if names leave a choice? */
  readonly likelyLeaf: (entry: T) => boolean
  /** How well an entry fits as issuer of another, by more than names; greatest first. */
  readonly fit: (subject: T, issuer: T) => number
}

/**
 * Orders entries by names. Names are compared without regard to the order of their parts, because tools print them
 * both ways round. Linear in the entries.
 *
 * @param entries in the order sent
 */
export function arrangeByNames<T extends Named>(entries: readonly T[]): PaperChain<T> {
  return arrange(entries, {
    identity: (entry) => `${looseKey(entry.subject)}\n${looseKey(entry.issuer)}`,
    likelyLeaf: (entry) => looseKey(entry.subject) !== looseKey(entry.issuer),
    fit: () => 0,
  })
}

export interface ServedOrder {
  readonly inOrder: boolean
  /** As RFC 8446 section 4.4.2 and RFC 5246 section 7.4.2 have it: the leaf, then each issuer. */
  readonly expectedOrder: readonly Certificate[]
  readonly alternatives: readonly Certificate[]
  readonly extras: readonly Certificate[]
  readonly duplicates: readonly Certificate[]
  readonly missingIssuer?: Name
}

/**
 * Was a chain sent in order, and what should it have been? By names and key identifiers.
 *
 * @param served in the order sent
 */
export function orderOf(served: readonly Certificate[]): ServedOrder {
  const { ladder, ...rest } = arrange(served, {
    identity: (certificate) => certificate.sha256,
    likelyLeaf: (certificate) => !certificate.isCa && !certificate.selfIssued,
    fit: (subject, issuer) => fitRank[matchKeyId(subject, issuer)],
  })
  return { expectedOrder: ladder, ...rest }
}

const fitRank = { match: 2, unknown: 1, mismatch: 0 } as const

function arrange<T extends Named>(entries: readonly T[], traits: Traits<T>): PaperChain<T> {
  const distinct = new Map<string, T>()
  const duplicates: T[] = []
  for (const entry of entries) {
    const identity = traits.identity(entry)
    if (distinct.has(identity)) duplicates.push(entry)
    else distinct.set(identity, entry)
  }
  const list = [...distinct.values()]
  const bySubject = new Map<string, T[]>()
  for (const entry of list) {
    const key = looseKey(entry.subject)
    const bearers = bySubject.get(key)
    if (bearers === undefined) bySubject.set(key, [entry])
    else bearers.push(entry)
  }
  const ladder: T[] = []
  const used = new Set<string>()
  let missingIssuer: Name | undefined
  for (let at = findLeaf(list, traits); at !== undefined; ) {
    ladder.push(at)
    const subject = at
    used.add(looseKey(subject.subject))
    const issuer = looseKey(subject.issuer)
    if (used.has(issuer)) break
    const bearers = bySubject.get(issuer) ?? []
    if (bearers.length === 0) missingIssuer = subject.issuer
    at = best(bearers, (bearer) => traits.fit(subject, bearer))
  }
  const onLadder = new Set(ladder)
  const rest = list.filter((entry) => !onLadder.has(entry))
  const places = new Map(list.map((entry, place) => [entry, place]))
  const positions = ladder.map((rung) => places.get(rung) ?? 0)
  return {
    ladder,
    alternatives: rest.filter((entry) => used.has(looseKey(entry.subject))),
    extras: rest.filter((entry) => !used.has(looseKey(entry.subject))),
    duplicates,
    inOrder: positions.every((position, at) => position > (positions[at - 1] ?? -1)) && (positions[0] ?? 0) === 0,
    ...(missingIssuer === undefined ? {} : { missingIssuer }),
  }
}

/** The entry that issued none of the others; where several did not, a likely leaf, then the first sent. */
function findLeaf<T extends Named>(list: readonly T[], traits: Traits<T>): T | undefined {
  const issuers = new Set<string>()
  for (const { subject, issuer } of list) {
    if (looseKey(subject) !== looseKey(issuer)) issuers.add(looseKey(issuer))
  }
  const ends = list.filter((entry) => !issuers.has(looseKey(entry.subject)))
  return ends.find(traits.likelyLeaf) ?? ends[0] ?? list.find(traits.likelyLeaf) ?? list[0]
}

/** The first of the entries with the greatest rank. */
function best<T>(entries: readonly T[], rank: (entry: T) => number): T | undefined {
  let found: { entry: T; rank: number } | undefined
  for (const entry of entries) {
    const own = rank(entry)
    if (found === undefined || own > found.rank) found = { entry, rank: own }
  }
  return found?.entry
}

const looseKeys = new WeakMap<Name, string>()

/** Equal for the names that `sameNameLoosely` takes for the same, so that they can be looked up. */
function looseKey(name: Name): string {
  const known = looseKeys.get(name)
  if (known !== undefined) return known
  const key = name.rdns
    .flat()
    .map((attribute) => nameFromRdns([[attribute]]).key)
    .sort()
    .join(',')
  looseKeys.set(name, key)
  return key
}
