/** Whether a client starts with a root: by the list of its store, or by what single facts tell of it. */
import type { UnixMs } from '../../core/brand.ts'
import { androidListDates, inOldAndroid, isKnownRoot, javaAdditionOf } from '../../trust/milestones.ts'
import { publicRootFor, storesOf } from '../../trust/public-cas.ts'
import { type StoreName, storeSnapshot } from '../../trust/stores.ts'
import type { Certificate } from '../../x509/model.ts'
import type { ClientProfile } from './profiles.ts'

export type Root = Pick<Certificate, 'sha256' | 'publicKey' | 'subject' | 'selfIssued' | 'notBefore'>

export interface Membership {
  readonly held: 'yes' | 'no' | 'unknown'
  /** What is said of the root, to follow its name: "is in its list of 2026-07-19". */
  readonly text: string
}

/** The last day of Java 8 before update 141. */
const beforeUpdate141 = Date.UTC(2017, 6, 18)

/** Day of the data that a verdict about this client rests on, ISO 8601; absent where none is known. */
export function dateOf({ store }: ClientProfile): string | undefined {
  if (store.kind === 'snapshot') return storeSnapshot(store.store).date
  if (store.kind === 'android') return androidListDates[store.version]
  const days = store.kind === 'common' ? store.stores.map((name) => storeSnapshot(name).date ?? '') : []
  return days.filter((day) => day !== '').sort()[0]
}

/** The list of a client in words: "its list of 2026-07-19". */
export function listOf(profile: ClientProfile): string {
  const day = dateOf(profile)
  return day === undefined || profile.store.kind === 'common' ? 'its list' : `its list of ${day}`
}

/** What a verdict about this client rests on: its list of roots with day and origin, and where its habits are told. */
export function restsOnText(profile: ClientProfile): string {
  const { store, anchors, wildcards, sources } = profile
  const dated = [anchors, wildcards].flatMap((known) => (known === undefined ? [] : `${known.source}, ${known.date}`))
  const habits = [...sources, ...dated]
  return `Roots: ${storeText(store)}. Habits: ${habits.join('; ')}.`
}

function storeText(store: ClientProfile['store']): string {
  const told = (name: StoreName) => {
    const { label, date } = storeSnapshot(name)
    return date === undefined ? label : `${label}, ${date}`
  }
  switch (store.kind) {
    case 'snapshot':
      return `${told(store.store)} (${storeSnapshot(store.store).source})`
    case 'common':
      return `what these lists have in common: ${store.stores.map(told).join('; ')}`
    case 'android':
      return `Android ${store.version}, list of ${androidListDates[store.version]} (AOSP)`
    case 'java-8-old':
      return 'what the release notes of later versions say was added'
    case 'empty':
      return 'none'
  }
}

/** Does this client start with this root, or with another certificate of the same name and key? */
export function membershipOf(root: Root, profile: ClientProfile): Membership {
  const { store } = profile
  const list = listOf(profile)
  switch (store.kind) {
    case 'snapshot': {
      const holders = storesOf(root)
      if (!holders.includes(store.store)) return { held: 'no', text: `is not in ${list}` }
      const limited = store.store === 'microsoft' && publicRootFor(root)?.root.microsoftNotTrusted === true
      if (limited) return { held: 'unknown', text: `is in ${list}, but Microsoft also lists it as limited or disabled` }
      const forTls = storeSnapshot(store.store).purposes === 'tls' || holders.includes('mozilla')
      if (!forTls) return { held: 'unknown', text: `is in ${list}, which does not tell for which purposes` }
      return { held: 'yes', text: `is in ${list}` }
    }
    case 'common': {
      const holders = storesOf(root)
      const labels = store.stores.map((name) => storeSnapshot(name).label).join(', ')
      const held = store.stores.filter((name) => holders.includes(name)).length
      if (held === store.stores.length) return { held: 'yes', text: `is in all of these lists: ${labels}` }
      if (!isKnownRoot(root)) return { held: 'no', text: 'is in no public list' }
      const some = held === 0 ? 'is in none of these lists' : 'is in only some of these lists'
      return { held: 'unknown', text: `${some}: ${labels}; the ${store.name} itself is not at hand` }
    }
    case 'android': {
      if (!isKnownRoot(root)) return { held: 'no', text: `is not in ${list}` }
      if (inOldAndroid(root.publicKey.spkiSha256, store.version)) return { held: 'yes', text: `is in ${list}` }
      const later = store.updates && storesOf(root).includes('android')
      if (later)
        return { held: 'unknown', text: `is not in ${list}, but from Android 14 the list is updated by Google Play` }
      return { held: 'no', text: `is not in ${list}` }
    }
    case 'java-8-old': {
      const added = javaAdditionOf(root)
      if (added) return { held: 'no', text: `came into Java with ${added.java} only` }
      if (root.selfIssued && root.notBefore > beforeUpdate141) return { held: 'no', text: 'is younger than this Java' }
      if (!isKnownRoot(root)) return { held: 'no', text: 'is in no public list' }
      return { held: 'unknown', text: 'may be in its list, which is not at hand' }
    }
    case 'empty':
      return { held: 'no', text: 'is not there: this client has no roots at all until they are installed' }
  }
}

/** When the root expires, for clients that ask; of a cross-signed copy the client has the root itself. */
export function rootExpiry(root: Certificate): UnixMs {
  return root.selfIssued ? root.notAfter : (publicRootFor(root)?.root.expires ?? root.notAfter)
}
