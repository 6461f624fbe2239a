/**
 * Dated facts about roots that a list of members does not tell: until when a platform accepts what a root has signed, and in
 * which version a root came in. Roots go by their key, since reissued and cross-signed copies share it.
 */
import type { Certificate } from '../x509/model.ts'
import { androidKeys } from './data/android-keys.ts'
import { caNameKey, caNameOf } from './name-match.ts'
import { idPrefix, publicRoots } from './public-ca-tables.ts'

/** Platforms that limit the certificates below a root they still list. */
export type DistrustPolicy = 'apple' | 'chrome' | 'java'

/** Certificates below these roots are refused when they are younger than a day. */
export interface Distrust {
  readonly policy: DistrustPolicy
  /** The CA, as shown to people. */
  readonly ca: string
  /** The last instant that is accepted, ISO 8601. */
  readonly until: string
  /** What is compared: notBefore of the leaf, or its earliest signed certificate timestamp. */
  readonly by: 'notBefore' | 'sct'
  /** First 8 bytes of the SHA-256 of each root's SubjectPublicKeyInfo, hexadecimal. */
  readonly roots: readonly string[]
  readonly source: string
}

const entrust = ['6dbfae00d37b9cd7', '76ee8590374c7154', 'fea2b7d645fba73d', '36d7c79f3d089a0f', '1ea3c5e43ed66c2d']
const affirmTrust = ['6c464b9a5b233a5e', '94072ad3f58f70f9', 'c7f43b4cf5b71568', '3219b09114ff495a']
const camerfirma = ['ced43902ab5fb57b']
const chunghwa = ['62554c17005543b2']
const symantec = [
  '87af34d66fb3f2fd',
  '4905466623ab4178',
  'bcfb44aab9ad0210',
  'ab98495276adf1ec',
  '9699225c5de52e56',
  '1d75d0831b9e0885',
  '67dc4f32fa10e7d0',
  '1906c6124dbb4385',
  '495a96ba6bad7824',
  '5192438ec369d7ee',
  '25b41b506e493095',
  '967b0cd93fcef7f2',
]

/** The limits that platforms put on roots of their own lists. */
export const distrusts: readonly Distrust[] = Object.freeze([
  {
    policy: 'apple',
    ca: 'Entrust',
    until: '2024-11-15T23:59:59Z',
    by: 'notBefore',
    roots: [...entrust, ...affirmTrust],
    source: 'https://support.apple.com/en-us/121668',
  },
  {
    policy: 'apple',
    ca: 'Camerfirma',
    until: '2024-11-15T23:59:59Z',
    by: 'notBefore',
    roots: camerfirma,
    source: 'https://support.apple.com/en-us/121668',
  },
  {
    policy: 'chrome',
    ca: 'Entrust',
    until: '2024-11-11T23:59:59Z',
    by: 'sct',
    roots: [...entrust, ...affirmTrust],
    source: 'chromium/chromium: net/data/ssl/chrome_root_store/root_store.textproto, version 17',
  },
  {
    policy: 'chrome',
    ca: 'Chunghwa Telecom and NetLock',
    until: '2025-07-31T23:59:59Z',
    by: 'sct',
    roots: [...chunghwa, '79caaf5347e6e4a9', 'f48badd7df6a0669'],
    source: 'https://www.securityweek.com/chrome-to-distrust-chunghwa-telecom-and-netlock-certificates/',
  },
  {
    policy: 'java',
    ca: 'Symantec',
    until: '2019-04-16T23:59:59Z',
    by: 'notBefore',
    roots: symantec,
    source: 'openjdk/jdk: sun/security/validator/SymantecTLSPolicy.java',
  },
  {
    policy: 'java',
    ca: 'Entrust',
    until: '2024-11-11T23:59:59Z',
    by: 'notBefore',
    roots: entrust,
    source: 'OpenJDK 17.0.19: sun/security/validator/EntrustTLSPolicy.java',
  },
  {
    policy: 'java',
    ca: 'Camerfirma',
    until: '2025-04-15T23:59:59Z',
    by: 'notBefore',
    roots: camerfirma,
    source: 'OpenJDK 17.0.19: sun/security/validator/CamerfirmaTLSPolicy.java',
  },
  {
    policy: 'java',
    ca: 'Chunghwa Telecom',
    until: '2026-03-17T23:59:59Z',
    by: 'notBefore',
    roots: chunghwa,
    source: 'OpenJDK 17.0.19: sun/security/validator/ChunghwaTLSPolicy.java',
  },
])

/** In which version of a platform a root came in. */
export interface Addition {
  readonly root: string
  /** First 8 bytes of the SHA-256 of the root's SubjectPublicKeyInfo, hexadecimal. */
  readonly key: string
  /** Updates of Java that have it first, one per line. */
  readonly java: string
  readonly source: string
}

/** Roots known to be in no Java 8 before update 141. */
export const javaAdditions: readonly Addition[] = Object.freeze([
  {
    root: 'ISRG Root X1',
    key: '0b9fa5a59eed715c',
    java: '7u151, 8u141 and 9',
    source: 'letsencrypt/website: content/en/docs/cert-compat.md of 2025-01-19',
  },
  {
    root: 'ISRG Root X2',
    key: '762195c225586ee6',
    java: '8u401, 11.0.22, 17.0.10 and 21.0.2',
    source: 'letsencrypt/website: content/en/docs/cert-compat.md of 2025-01-19; openjdk/jdk#16455',
  },
])

/** Versions of Android whose list differs from the current one, oldest first; the order is that of the bits in the data. */
export const oldAndroids = ['7.0', '7.1.1', '10', '14'] as const
export type OldAndroid = (typeof oldAndroids)[number]

/** What the lists of old Android versions are known by. */
export const androidListDates: Readonly<Record<OldAndroid, string>> = Object.freeze({
  '7.0': '2016-03-21',
  '7.1.1': '2016-08-29',
  '10': '2019-01-14',
  '14': '2023-10-08',
})

type Key = Pick<Certificate, 'publicKey' | 'subject'>

const keyOf = (root: Key): string => idPrefix(root.publicKey.spkiSha256)

/** Limits of a platform on what this root has signed. */
export const distrustsOf = (root: Key, policy: DistrustPolicy): readonly Distrust[] =>
  distrusts.filter((limit) => limit.policy === policy && limit.roots.includes(keyOf(root)))

/** When this root came into Java, where that is known. */
export const javaAdditionOf = (root: Key): Addition | undefined => javaAdditions.find(({ key }) => key === keyOf(root))

/** Digits of one key in the data. */
const KEY_DIGITS = 8
let androidBits: ReadonlyMap<string, number> | undefined

function readAndroidBits(): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [bits, keys] of Object.entries(androidKeys)) {
    for (let at = 0; at < keys.length; at += KEY_DIGITS) found.set(keys.slice(at, at + KEY_DIGITS), Number(bits))
  }
  return found
}

/** Did this version of Android, as it was released, hold the root with this key (hexadecimal SHA-256 of its SubjectPublicKeyInfo)? */
export function inOldAndroid(spkiSha256: string, version: OldAndroid): boolean {
  androidBits ??= readAndroidBits()
  const bits = androidBits.get(idPrefix(spkiSha256).slice(0, KEY_DIGITS)) ?? 0
  return (bits & (1 << oldAndroids.indexOf(version))) !== 0
}

/** Is it a root of the tables, by key and name, whether any store still holds it or not? */
export function isKnownRoot(certificate: Key): boolean {
  const name = caNameOf(certificate.subject)
  return publicRoots()
    .find('spkiSha256', keyOf(certificate))
    .some((root) => name === undefined || caNameKey(name) === caNameKey(root))
}
