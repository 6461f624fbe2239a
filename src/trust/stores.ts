/**
 * The root stores whose membership is known, each as a snapshot of one day. Membership per root is in
 * `data/public-roots.ts`; ask {@link ./public-cas.ts}.
 */

export type StoreName =
  | 'mozilla'
  | 'apple'
  | 'android'
  | 'microsoft'
  | 'openjdk'
  | 'oracleJava'
  | 'node20'
  | 'debian12'
  | 'openjdk17_0_2'
  | 'debian12_20230311'

export interface StoreSnapshot {
  readonly name: StoreName
  /** As shown to people. */
  readonly label: string
  /** Day of the snapshot, ISO 8601; absent where it is fixed by a version only. */
  readonly date?: string
  /** Number of roots in it. */
  readonly roots: number
  /** `all`: membership does not prove trust for TLS, as the source carries no purposes. */
  readonly purposes: 'tls' | 'all'
  /** Where the list comes from. */
  readonly source: string
  /** What to know before drawing a conclusion. */
  readonly note?: string
}

const observatory = 'nabla-c0d3/trust_stores_observatory, commit 5be93b9 of 2026-07-19'

/** Every store, current ones first; the order is also that of the bits in the data. */
export const storeSnapshots: readonly StoreSnapshot[] = Object.freeze([
  {
    name: 'mozilla',
    label: 'Mozilla (Firefox, curl, certifi)',
    date: '2026-07-19',
    roots: 121,
    purposes: 'tls',
    source: `mozilla-central certdata.txt, TLS trust only, by ${observatory}`,
  },
  {
    name: 'apple',
    label: 'Apple (iOS 26, macOS 26)',
    date: '2025-12-28',
    roots: 156,
    purposes: 'all',
    source: observatory,
    note: 'Holds roots that Apple uses for itself.',
  },
  {
    name: 'android',
    label: 'Android 17',
    date: '2026-06-21',
    roots: 145,
    purposes: 'tls',
    source: `AOSP tag android-17.0.0_r1, by ${observatory}`,
  },
  {
    name: 'microsoft',
    label: 'Microsoft (Windows)',
    date: '2026-07-19',
    roots: 331,
    purposes: 'all',
    source: `CCADB report, status Included, by ${observatory}`,
    note: 'Includes roots for code signing, mail and documents only; the report does not say which.',
  },
  {
    name: 'openjdk',
    label: 'OpenJDK 17.0.19',
    date: '2026-04-21',
    roots: 109,
    purposes: 'all',
    source: 'OpenJDK 17.0.19 upstream, fingerprints of its own store test',
    note: 'Debian, Fedora and Temurin builds carry a list based on that of Mozilla instead.',
  },
  {
    name: 'oracleJava',
    label: 'Oracle JDK 13.0.2',
    date: '2020-01-16',
    roots: 93,
    purposes: 'all',
    source: observatory,
    note: 'Stands for a Java that was not updated since 2020.',
  },
  { name: 'node20', label: 'Node 20.20.2', roots: 144, purposes: 'tls', source: 'tls.rootCertificates of the binary' },
  {
    name: 'debian12',
    label: 'Debian 12, up to date',
    date: '2026-10-20',
    roots: 148,
    purposes: 'tls',
    source: 'package ca-certificates 20250419~deb12u2 of bookworm-security',
  },
  {
    name: 'openjdk17_0_2',
    label: 'OpenJDK 17.0.2',
    date: '2022-01-23',
    roots: 89,
    purposes: 'all',
    source: observatory,
    note: 'Stands for a Java that was not updated since early 2022.',
  },
  {
    name: 'debian12_20230311',
    label: 'Debian 12, not updated',
    date: '2025-06-13',
    roots: 142,
    purposes: 'tls',
    source: 'package ca-certificates 20230311+deb12u1',
  },
])

/** The snapshot of a store. */
export function storeSnapshot(name: StoreName): StoreSnapshot {
  const found = storeSnapshots.find((store) => store.name === name)
  if (found === undefined) throw new Error(`no snapshot of ${name}`)
  return found
}
