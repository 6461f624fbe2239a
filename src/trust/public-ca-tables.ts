/**
 * The tables of public CAs, filed by id and by name. Rows stay text until a lookup hits them, since a chain touches a
 * handful of two thousand. What to ask of them is in `public-cas.ts`.
 */
import { type UnixMs, unixMs } from '../core/brand.ts'
import { issuerUrlLines, publicIntermediateLines } from './data/public-intermediates.ts'
import { otherRootLines, publicRootLines, publicRootStores } from './data/public-roots.ts'
import { type CaName, caNameKey } from './name-match.ts'
import type { StoreName } from './stores.ts'

export interface KnownRoot extends CaName {
  /** First 8 bytes of the key id, lower-case hexadecimal (fewer when the id is shorter). */
  readonly keyId: string
  /** First 8 bytes of the SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiSha256: string
  /** First 8 bytes of the SHA-256 of the certificate; absent for roots in no store. */
  readonly sha256?: string
  /** Start of the UTC day on which it expires. */
  readonly expires: UnixMs
  /** As `RSA 4096`, `EC P-384`. */
  readonly keyType: string
  /** Stores it is in; see `stores.ts` for their days and what membership means. */
  readonly stores: readonly StoreName[]
  /** `listed`: in at least one store, be it an old one. `former`: in none any more. `pending`: not admitted yet. */
  readonly status: 'listed' | 'former' | 'pending'
  /** Microsoft lists it as disabled or limited to certificates issued before some day. */
  readonly microsoftNotTrusted: boolean
  /** Mozilla trusts only leaves issued until this day. */
  readonly distrustAfter?: UnixMs
}

export interface KnownIntermediate extends CaName {
  /** First 8 bytes of the subject key id, lower-case hexadecimal. */
  readonly keyId: string
  /** Start of the UTC day on which it expires. */
  readonly expires: UnixMs
  /** The nearest widely trusted root that its path ends in. */
  readonly root: KnownRoot
  /** First 8 bytes of the key id of its issuer; empty when it names none. */
  readonly issuerKeyId: string
  /** Where the certificate of ITS issuer can be fetched, from its authority information access. */
  readonly issuerUrl?: string
  /** A root's name and key, signed by another root. */
  readonly crossSignedRoot: boolean
  readonly revoked: boolean
}

const ID_DIGITS = 16
const DAY_MS = 86_400_000
const keyTypes: Readonly<Record<string, string>> = {
  a: 'RSA 1024',
  b: 'RSA 2048',
  c: 'RSA 3072',
  d: 'RSA 4096',
  p: 'EC P-256',
  q: 'EC P-384',
  r: 'EC P-521',
}
/** Columns that a row can be looked up by. */
export type TableIndex = 'keyId' | 'spkiSha256' | 'name'

export interface LazyTable<T> {
  /** Every row, best first. */
  all(): readonly T[]
  /** The rows filed under a key, best first; keys are made by {@link idPrefix} and `caNameKey`. */
  find(index: TableIndex, key: string): readonly T[]
  /** The row with this number, as other tables refer to it. */
  at(row: number): T | undefined
}

interface Row {
  readonly line: string
  readonly organisation: string
}

/** The part of an id that the tables keep: 8 bytes, lower-case hexadecimal. */
export const idPrefix = (hex: string): string => hex.replaceAll(':', '').toLowerCase().slice(0, ID_DIGITS)

const dayToMs = (base36: string): UnixMs => unixMs(Number.parseInt(base36, 36) * DAY_MS)
const withOrganisation = (cn: string, o: string): CaName => (o === '' ? { cn } : { cn, o })

/** Rows of a table: lines, each with the organisation that the heading above it names. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = []
  let organisation = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('=')) organisation = line.slice(1)
    else rows.push({ line, organisation })
  }
  return rows
}

/** The key of a row, cut out without decoding it: key id and hash of the key come first, the name last. */
const keyOfRow: Readonly<Record<TableIndex, (row: Row) => string>> = {
  keyId: ({ line }) => line.slice(0, ID_DIGITS),
  spkiSha256: ({ line }) => line.slice(ID_DIGITS + 1, 2 * ID_DIGITS + 1),
  name: ({ line, organisation }) => caNameKey(withOrganisation(line.slice(line.lastIndexOf('\t') + 1), organisation)),
}

function lazyTable<T>(rows: readonly Row[], decode: (row: Row) => T, order: (a: T, b: T) => number): LazyTable<T> {
  const decoded: T[] = []
  const indexes = new Map<TableIndex, Map<string, number[]>>()
  let sorted: readonly T[] | undefined

  const at = (row: number): T | undefined => {
    const source = rows[row]
    if (source === undefined) return undefined
    decoded[row] ??= decode(source)
    return decoded[row]
  }
  const pick = (numbers: Iterable<number>): readonly T[] => [...numbers].map((row) => at(row) as T).sort(order)
  const indexBy = (index: TableIndex): Map<string, number[]> => {
    const filed = new Map<string, number[]>()
    for (const [row, source] of rows.entries()) {
      const key = keyOfRow[index](source)
      const same = filed.get(key)
      if (same === undefined) filed.set(key, [row])
      else same.push(row)
    }
    indexes.set(index, filed)
    return filed
  }
  return {
    at,
    all: () => {
      sorted ??= pick(rows.keys())
      return sorted
    },
    find: (index, key) => pick((indexes.get(index) ?? indexBy(index)).get(key) ?? []),
  }
}

function decodeRoot({ line, organisation }: Row, inStores: boolean): KnownRoot {
  const columns = line.split('\t')
  const [keyId = '', spkiSha256 = ''] = columns
  const [sha256, mask] = inStores ? columns.slice(2) : []
  const [expires = '', type = '', cn = ''] = columns.slice(inStores ? 4 : 2)
  const bits = mask === undefined ? 0 : Number.parseInt(mask, 36)
  const distrust = /d([0-9a-z]+)$/.exec(type.slice(1))?.[1]
  return {
    ...withOrganisation(cn, organisation),
    keyId,
    spkiSha256,
    ...(sha256 === undefined ? {} : { sha256 }),
    expires: dayToMs(expires),
    keyType: keyTypes[type.charAt(0)] ?? 'unknown',
    stores: publicRootStores.filter((_, bit) => (bits & (1 << bit)) !== 0),
    status: inStores ? 'listed' : type.includes('p', 1) ? 'pending' : 'former',
    microsoftNotTrusted: type.includes('m', 1),
    ...(distrust === undefined ? {} : { distrustAfter: dayToMs(distrust) }),
  }
}

function decodeIntermediate(
  { line, organisation }: Row,
  rows: readonly Row[],
  urls: readonly string[],
): KnownIntermediate {
  const [keyId = '', expires = '', rootRow = '', issuer = '', url = '', flags = '', cn = ''] = line.split('\t')
  const root = publicRoots().at(Number.parseInt(rootRow, 36))
  if (root === undefined) throw new Error(`the intermediate ${cn} names a root that is not in the table`)
  const issuerRow = rows[Number.parseInt(issuer, 36)]
  const issuerUrl = url === '' ? undefined : urls[Number.parseInt(url, 36)]
  return {
    ...withOrganisation(cn, organisation),
    keyId,
    expires: dayToMs(expires),
    root,
    issuerKeyId:
      issuer === ''
        ? root.keyId
        : issuer.startsWith('x')
          ? issuer.slice(1)
          : (issuerRow?.line.slice(0, ID_DIGITS) ?? ''),
    ...(issuerUrl === undefined ? {} : { issuerUrl }),
    crossSignedRoot: flags.includes('c'),
    revoked: flags.includes('r'),
  }
}

let roots: LazyTable<KnownRoot> | undefined
let intermediates: LazyTable<KnownIntermediate> | undefined

/** Roots, those in most stores first. The listed ones have the first row numbers. */
export function publicRoots(): LazyTable<KnownRoot> {
  if (roots !== undefined) return roots
  const listed = rowsOf(publicRootLines)
  const isListed = new Set(listed)
  roots = lazyTable(
    [...listed, ...rowsOf(otherRootLines)],
    (row) => decodeRoot(row, isListed.has(row)),
    (a, b) => b.stores.length - a.stores.length,
  )
  return roots
}

/** Intermediates: unrevoked and longest valid first. */
export function publicIntermediates(): LazyTable<KnownIntermediate> {
  if (intermediates !== undefined) return intermediates
  const rows = rowsOf(publicIntermediateLines)
  const urls = issuerUrlLines.split('\n')
  intermediates = lazyTable(
    rows,
    (row) => decodeIntermediate(row, rows, urls),
    (a, b) => Number(a.revoked) - Number(b.revoked) || b.expires - a.expires,
  )
  return intermediates
}
