/**
 * The certificates a path may be made of: each once, with its best source, found by name or key in constant time.
 */
import type { Sha256, UnixMs } from '../core/brand.ts'
import type { Certificate } from '../x509/model.ts'
import { validityAt } from './checks/validity.ts'
import { matchKeyId } from './key-ids.ts'
import type { PoolSource } from './model.ts'

/** One distinct certificate of the pool. */
export interface PoolEntry {
  readonly certificate: Certificate
  /** The best place it was seen at; a root that the server sent is `served`. */
  readonly source: PoolSource
  /** Set when it is a trust anchor, wherever else it was seen. */
  readonly trustedBy?: 'store' | 'imported-root'
}

/** Candidates with one and the same key: one signature check serves them all. */
export interface IssuerGroup {
  readonly spkiSha256: string
  /** Best first. */
  readonly members: readonly PoolEntry[]
}

/** `identity`: this very certificate is an anchor. `key`: an anchor has its subject and public key. */
export type AnchorKind = 'identity' | 'key'

/** Built-in roots that may have issued a certificate: those whose subject is its issuer. */
export type FindRoots = (certificate: Certificate) => readonly Certificate[]

export interface Pool {
  /** Number of distinct certificates added. */
  readonly size: number
  /** Adds certificates; one that is known already keeps its better source. */
  add(certificates: Iterable<Certificate>, source: PoolSource): void
  get(sha256: Sha256): PoolEntry | undefined
  /** Certificates whose subject has this {@link Name.key}. */
  bySubject(nameKey: string): readonly PoolEntry[]
  /** Certificates with this subject key identifier (hexadecimal, any case). */
  bySubjectKeyId(keyId: string): readonly PoolEntry[]
  /** Built-in roots named as the issuer of a certificate. */
  rootsFor(certificate: Certificate): readonly PoolEntry[]
  /** Is it a trust anchor? Built-in roots count once {@link Pool.rootsFor} or `issuersOf` has met their name. */
  anchorKind(certificate: Certificate): AnchorKind | undefined
  /**
   * Whoever may have issued a certificate: same name (RFC 5280 section 6.1.3 a 4), pool and built-in roots, ranked:
   * key identifier matches, says nothing, differs; in date before out of date; anchors before others.
   *
   * @param at instant at which "in date" is judged
   */
  issuersOf(certificate: Certificate, at: UnixMs): readonly IssuerGroup[]
}

const sourceRank: Readonly<Record<PoolSource, number>> = { served: 0, supplied: 1, 'imported-root': 2, store: 3 }
const keyIdRank = { match: 0, unknown: 4, mismatch: 8 } as const
const ranks = 12

/** Subject and public key together: what RFC 5280 section 6.1.1 (d) trusts of an anchor. */
export const nameAndKey = (certificate: Certificate): string =>
  `${certificate.publicKey.spkiSha256} ${certificate.subject.key}`

/**
 * Makes an empty pool.
 *
 * @param findRoots looks up built-in roots; without it only imported roots are anchors
 */
export function createPool(findRoots: FindRoots = () => []): Pool {
  const entries = new Map<Sha256, PoolEntry>()
  const subjects = new Map<string, Map<Sha256, PoolEntry>>()
  const keyIds = new Map<string, Map<Sha256, PoolEntry>>()
  const anchors = new Set<string>()
  const roots = new Map<Sha256, PoolEntry>()
  const rootMemo = new Map<string, readonly PoolEntry[]>()
  const issuerMemo = new Map<string, readonly IssuerGroup[]>()

  function put(index: Map<string, Map<Sha256, PoolEntry>>, key: string, entry: PoolEntry): void {
    const bucket = index.get(key)
    if (bucket === undefined) index.set(key, new Map([[entry.certificate.sha256, entry]]))
    else bucket.set(entry.certificate.sha256, entry)
  }

  function addOne(certificate: Certificate, source: PoolSource): void {
    const known = entries.get(certificate.sha256)
    const trust = source === 'store' || source === 'imported-root' ? source : undefined
    const trustedBy = known?.trustedBy ?? trust
    const best = known !== undefined && sourceRank[known.source] <= sourceRank[source] ? known.source : source
    if (known !== undefined && best === known.source && trustedBy === known.trustedBy) return
    const entry: PoolEntry = {
      certificate: known?.certificate ?? certificate,
      source: best,
      ...(trustedBy === undefined ? {} : { trustedBy }),
    }
    entries.set(certificate.sha256, entry)
    put(subjects, certificate.subject.key, entry)
    if (certificate.subjectKeyId !== undefined) put(keyIds, certificate.subjectKeyId.toLowerCase(), entry)
    if (trust !== undefined) anchors.add(nameAndKey(certificate))
  }

  function rootsFor(certificate: Certificate): readonly PoolEntry[] {
    const key = issuerRequest(certificate)
    const known = rootMemo.get(key)
    if (known !== undefined) return known
    const found = findRoots(certificate).map((root) => {
      const entry = roots.get(root.sha256) ?? { certificate: root, source: 'store', trustedBy: 'store' }
      roots.set(root.sha256, entry)
      anchors.add(nameAndKey(root))
      return entry
    })
    rootMemo.set(key, found)
    return found
  }

  function issuersOf(certificate: Certificate, at: UnixMs): readonly IssuerGroup[] {
    const key = `${at} ${issuerRequest(certificate)}`
    const known = issuerMemo.get(key)
    if (known !== undefined) return known
    const found = new Map(subjects.get(certificate.issuer.key))
    for (const root of rootsFor(certificate)) {
      // RFC 5280 section 6.1.3 (a) (4): whatever the lookup went by, the names must chain.
      if (root.certificate.subject.key !== certificate.issuer.key) continue
      if (!found.has(root.certificate.sha256)) found.set(root.certificate.sha256, root)
    }
    const groups = group(certificate, found.values(), at)
    issuerMemo.set(key, groups)
    return groups
  }

  function group(certificate: Certificate, found: Iterable<PoolEntry>, at: UnixMs): readonly IssuerGroup[] {
    const shelves: PoolEntry[][] = Array.from({ length: ranks }, () => [])
    for (const entry of found) {
      const issuer = entry.certificate
      const inDate = validityAt(issuer, at) === 'valid'
      const rank = keyIdRank[matchKeyId(certificate, issuer)] + (inDate ? 0 : 2) + (isAnchor(entry) ? 0 : 1)
      shelves[rank]?.push(entry)
    }
    const groups = new Map<string, PoolEntry[]>()
    for (const entry of shelves.flat()) {
      const spki = entry.certificate.publicKey.spkiSha256
      const members = groups.get(spki)
      if (members === undefined) groups.set(spki, [entry])
      else members.push(entry)
    }
    return [...groups].map(([spkiSha256, members]) => ({ spkiSha256, members }))
  }

  const isAnchor = (entry: PoolEntry): boolean => entry.trustedBy !== undefined || roots.has(entry.certificate.sha256)

  return {
    get size() {
      return entries.size
    },
    add(certificates, source) {
      for (const certificate of certificates) addOne(certificate, source)
      issuerMemo.clear()
    },
    get: (sha256) => entries.get(sha256) ?? roots.get(sha256),
    bySubject: (nameKey) => [...(subjects.get(nameKey)?.values() ?? [])],
    bySubjectKeyId: (keyId) => [...(keyIds.get(keyId.toLowerCase())?.values() ?? [])],
    rootsFor,
    anchorKind(certificate) {
      if (roots.has(certificate.sha256) || entries.get(certificate.sha256)?.trustedBy !== undefined) return 'identity'
      return anchors.has(nameAndKey(certificate)) ? 'key' : undefined
    },
    issuersOf,
  }
}

/** Certificates that ask for the same issuer share one answer. */
function issuerRequest(certificate: Certificate): string {
  const authority = certificate.authorityKeyId
  const named = (authority?.issuer ?? []).map((name) => name.name?.key ?? name.value)
  return JSON.stringify([certificate.issuer.key, authority?.keyId, authority?.serial, named])
}
