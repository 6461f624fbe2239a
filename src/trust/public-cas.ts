/**
 * Which certification authorities the public trusts: facts about roots and intermediates, without their certificates.
 *
 * The tables keep 8 bytes of each id and the name as common name and organisation. A hit by key id or by name tells
 * who an issuer claims to be; only a signature check against the real certificate proves it. A miss proves nothing:
 * the list of intermediates is not complete.
 */
import type { Certificate, Name } from '../x509/model.ts'
import { publicFactsDate, publicRootStores } from './data/public-roots.ts'
import { type CaName, caNameKey, caNameOf, foldText } from './name-match.ts'
import {
  idPrefix,
  type KnownIntermediate,
  type KnownRoot,
  publicIntermediates,
  publicRoots,
} from './public-ca-tables.ts'
import type { StoreName } from './stores.ts'

/** Day of the tables, ISO 8601. */
export const publicCasDate: string = publicFactsDate

/** An issuer that the tables know. */
export type PublicIssuer = (
  | { readonly kind: 'root'; readonly entry: KnownRoot }
  | { readonly kind: 'intermediate'; readonly entry: KnownIntermediate }
) & {
  readonly by: 'key-id' | 'name'
  /**
   * The other property, when it was given, does not fit: a known name with an unknown key id (a newer certificate of that
   * CA, or an imitation), or a known key id under another name.
   */
  readonly conflict?: 'name' | 'key-id'
}

/** Every known root: those in most stores first. */
export const knownRoots = (): readonly KnownRoot[] => publicRoots().all()

/** Every known intermediate that serves for TLS: unrevoked and longest valid first. */
export const knownIntermediates = (): readonly KnownIntermediate[] => publicIntermediates().all()

/** Roots with this key id (hexadecimal, colons and case ignored), in most stores first. */
export const knownRootsByKeyId = (keyId: string): readonly KnownRoot[] => publicRoots().find('keyId', idPrefix(keyId))

/** Roots with this common name and organisation; case and white space ignored. Without `o`, only roots that have none. */
export const knownRootsByName = (name: CaName): readonly KnownRoot[] => publicRoots().find('name', caNameKey(name))

/** Intermediates with this subject key id: several when a key has several certificates, longest valid first. */
export const knownIntermediatesByKeyId = (keyId: string): readonly KnownIntermediate[] =>
  publicIntermediates().find('keyId', idPrefix(keyId))

/** Intermediates with this common name and organisation; as {@link knownRootsByName}. */
export const knownIntermediatesByName = (name: CaName): readonly KnownIntermediate[] =>
  publicIntermediates().find('name', caNameKey(name))

/**
 * Known URLs of the certificate with this key id, taken from what certificates it issued say about their issuer.
 * For the issuer of a leaf, the leaf's own authority information access is the first place to look.
 */
export function downloadUrlsOf(keyId: string): readonly string[] {
  const wanted = idPrefix(keyId)
  const urls = knownIntermediates()
    .filter((ca) => ca.issuerKeyId === wanted)
    .flatMap((ca) => ca.issuerUrl ?? [])
  return [...new Set(urls)]
}

/** The next step up from an intermediate, as far as the tables know. */
export function knownIssuerOf(ca: KnownIntermediate): PublicIssuer | undefined {
  if (ca.issuerKeyId === '') return undefined
  if (ca.issuerKeyId === ca.root.keyId) return { kind: 'root', entry: ca.root, by: 'key-id' }
  return firstKnown(knownRootsByKeyId(ca.issuerKeyId), knownIntermediatesByKeyId(ca.issuerKeyId), 'key-id')
}

/**
 * The public root that a certificate is, or shares its key with (a reissue or a cross-signed copy).
 *
 * @returns `by: 'certificate'` when the fingerprint agrees; `'key'` when only the public key does.
 */
export function publicRootFor(
  cert: Pick<Certificate, 'sha256' | 'publicKey'>,
): { readonly root: KnownRoot; readonly by: 'certificate' | 'key' } | undefined {
  const sameKey = publicRoots().find('spkiSha256', idPrefix(cert.publicKey.spkiSha256))
  const sha256 = idPrefix(cert.sha256)
  const exact = sameKey.find((root) => root.sha256 === sha256)
  if (exact !== undefined) return { root: exact, by: 'certificate' }
  const first = sameKey[0]
  return first === undefined ? undefined : { root: first, by: 'key' }
}

/**
 * Stores that hold this root, or another certificate with the same name and key (clients accept either).
 * The key itself is compared, not the key id, which anybody can copy.
 */
export function storesOf(cert: Pick<Certificate, 'publicKey' | 'subject'>): readonly StoreName[] {
  const name = caNameOf(cert.subject)
  const found = new Set<StoreName>()
  for (const root of publicRoots().find('spkiSha256', idPrefix(cert.publicKey.spkiSha256))) {
    if (name !== undefined && caNameKey(name) !== caNameKey(root)) continue
    for (const store of root.stores) found.add(store)
  }
  return publicRootStores.filter((store) => found.has(store))
}

function firstKnown(
  roots: readonly KnownRoot[],
  intermediates: readonly KnownIntermediate[],
  by: 'key-id' | 'name',
  conflict?: 'name' | 'key-id',
): PublicIssuer | undefined {
  const how = conflict === undefined ? { by } : { by, conflict }
  const listed = roots.find((root) => root.status === 'listed')
  const intermediate = intermediates[0]
  if (listed !== undefined) return { kind: 'root', entry: listed, ...how }
  if (intermediate !== undefined) return { kind: 'intermediate', entry: intermediate, ...how }
  const other = roots[0]
  return other === undefined ? undefined : { kind: 'root', entry: other, ...how }
}

/**
 * Is an issuer a publicly known CA, as far as the tables go?
 *
 * @param name issuer name, decoded or read from a tool's output.
 * @param keyId authority key id, hexadecimal, when known.
 * @returns the best match: key id and name, else key id, else name; `undefined` when neither is known.
 */
export function issuerIsPublic(name: Pick<Name, 'rdns'>, keyId?: string): PublicIssuer | undefined {
  const caName = caNameOf(name)
  const roots = keyId === undefined ? [] : knownRootsByKeyId(keyId)
  const intermediates = keyId === undefined ? [] : knownIntermediatesByKeyId(keyId)
  if (caName === undefined) return firstKnown(roots, intermediates, 'key-id')
  const wanted = caNameKey(caName)
  const named = (ca: CaName) => caNameKey(ca) === wanted
  return (
    firstKnown(roots.filter(named), intermediates.filter(named), 'key-id') ??
    firstKnown(roots, intermediates, 'key-id', 'name') ??
    firstKnown(
      knownRootsByName(caName),
      knownIntermediatesByName(caName),
      'name',
      keyId === undefined ? undefined : 'key-id',
    )
  )
}

/** An organisation with this many known intermediates is itself a CA, not the customer of one. */
const INTERMEDIATES_OF_A_CA = 3
let organisations: ReadonlySet<string> | undefined

function caOrganisations(): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { o, stores } of knownRoots()) {
    if (o !== undefined && stores.some((store) => store !== 'microsoft')) names.add(foldText(o))
  }
  const counts = new Map<string, number>()
  for (const { o } of knownIntermediates()) {
    if (o === undefined) continue
    const count = (counts.get(foldText(o)) ?? 0) + 1
    counts.set(foldText(o), count)
    if (count === INTERMEDIATES_OF_A_CA) names.add(foldText(o))
  }
  return names
}

/**
 * Does the organisation of a name run a public CA? A weaker sign than {@link issuerIsPublic}, for issuers newer than the
 * tables: such a name should not be called private.
 */
export function isPublicCaOrganisation(name: Pick<Name, 'rdns'>): boolean {
  const organisation = caNameOf(name)?.o
  if (organisation === undefined) return false
  organisations ??= caOrganisations()
  return organisations.has(foldText(organisation))
}
