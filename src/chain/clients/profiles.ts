/**
 * Clients as data: which roots they start with, and the habits by which they differ. A habit that no source tells is left
 * out, and what depends on it is judged unknown.
 */
import type { DistrustPolicy, OldAndroid } from '../../trust/milestones.ts'
import type { StoreName } from '../../trust/stores.ts'
import {
  type AnchorHabits,
  androidAnchors,
  appleAnchors,
  chromeAnchors,
  curlAnchors,
  firefoxAnchors,
  gnutlsAnchors,
  goAnchors,
  javaAnchors,
  nodeAnchors,
  oldOpensslAnchors,
  opensslAnchors,
  pythonAnchors,
} from './anchors.ts'
import {
  chromeWildcards,
  curlWildcards,
  firefoxWildcards,
  gnutlsWildcards,
  goWildcards,
  javaWildcards,
  nodeWildcards,
  opensslWildcards,
  pythonWildcards,
  type WildcardHabits,
} from './wildcards.ts'

/** Where the roots of a client are looked up. */
export type ProfileStore =
  /** One list of one day. */
  | { readonly kind: 'snapshot'; readonly store: StoreName }
  /** No list is at hand, but a root in all of these is in it as well as certainly. */
  | { readonly kind: 'common'; readonly name: string; readonly stores: readonly StoreName[] }
  /** The list of an Android release. */
  | { readonly kind: 'android'; readonly version: OldAndroid; readonly updates: boolean }
  /** Only single facts are known. */
  | { readonly kind: 'java-8-old' }
  | { readonly kind: 'empty' }

export interface ClientProfile {
  /** Kebab-case, unique, stable. */
  readonly id: string
  /** As shown to people; names the version and what is assumed. */
  readonly label: string
  readonly store: ProfileStore
  /** Intermediates that the server leaves out: `fetched` from the address in the certificate below, `preloaded` from a public list. */
  readonly intermediates: 'sent-only' | 'fetched' | 'preloaded'
  /** What of a root of its list counts against what is below it. */
  readonly anchors?: AnchorHabits
  /** Is the common name compared when there is no subject alternative name? */
  readonly commonName?: 'compared' | 'ignored'
  /** Wildcards of odd form or breadth. */
  readonly wildcards?: WildcardHabits
  /** Smaller RSA keys are refused, in bits. */
  readonly leastRsa?: number
  /** SHA-1 signatures below a public root. */
  readonly sha1?: 'refused'
  /** Longest validity of a leaf below a public root, for leaves issued from that day on. */
  readonly longest?: { readonly days: number; readonly since: string }
  /** Prefers the certificates that were sent to its own roots, so that an expired cross-signed copy can spoil a good chain. */
  readonly sentFirst?: true
  /** Stands for what was not updated for years: that it refuses a chain surprises nobody. */
  readonly old?: true
  /** Limits it puts on roots of its list. */
  readonly distrust?: DistrustPolicy
  /** What to add to a verdict that rests on the list. */
  readonly note?: string
  /** Where the habits are told; "measured" names the version that was run. */
  readonly sources: readonly string[]
}

const conscrypt = 'google/conscrypt: ChainStrengthAnalyzer.java (RSA 1024)'
const androidNames =
  'https://android.googlesource.com/platform/libcore/+/refs/tags/android-security-8.1.0_r90 (common name)'
const androidCache = 'platform/external/conscrypt, commit 63c1190 (intermediates are cached, not fetched)'
const androidUpdates = 'https://www.xda-developers.com/android-14-root-certificates-updatable/'
const openjdkPath = 'openjdk/jdk: property com.sun.security.enableAIAcaIssuers (off by default)'
const javaNames = 'openjdk/jdk: sun/security/util/HostnameChecker.java (common name)'
const measuredJava = 'measured with OpenJDK 17.0.15: common name'
const opensslNames = 'OpenSSL X509_check_host(3) (common name)'
const opensslLevel = 'OpenSSL SSL_CTX_set_security_level(3), level 2 on Debian (RSA 2048, no SHA-1)'
const distributionJava = 'Builds of Debian, Fedora and Temurin carry a list based on that of Mozilla instead.'

const chromeStores: readonly StoreName[] = ['mozilla', 'apple', 'android', 'microsoft']
const javaStores: readonly StoreName[] = ['openjdk17_0_2', 'openjdk']

const java = {
  intermediates: 'sent-only',
  anchors: javaAnchors,
  commonName: 'compared',
  wildcards: javaWildcards,
  distrust: 'java',
} as const
const openssl3 = {
  intermediates: 'sent-only',
  anchors: opensslAnchors,
  commonName: 'compared',
  wildcards: opensslWildcards,
  leastRsa: 2048,
  sha1: 'refused',
} as const
const android = { intermediates: 'sent-only', anchors: androidAnchors } as const

/** In the order of the table: browsers, systems, runtimes, command-line tools. */
export const clientProfiles: readonly ClientProfile[] = Object.freeze<ClientProfile[]>([
  {
    id: 'chrome',
    label: 'Chrome',
    store: { kind: 'common', name: 'Chrome Root Store', stores: chromeStores },
    intermediates: 'fetched',
    anchors: chromeAnchors,
    wildcards: chromeWildcards,
    commonName: 'ignored',
    leastRsa: 1024,
    sha1: 'refused',
    longest: { days: 398, since: '2020-09-01' },
    distrust: 'chrome',
    sources: [
      'chromium/chromium: net/cert/cert_verify_proc.cc (RSA, SHA-1, 398 days, fetcher of intermediates)',
      'https://www.chromestatus.com/feature/4981025180483584 (common name)',
    ],
  },
  {
    id: 'firefox',
    label: 'Firefox',
    store: { kind: 'snapshot', store: 'mozilla' },
    intermediates: 'preloaded',
    anchors: firefoxAnchors,
    wildcards: firefoxWildcards,
    commonName: 'ignored',
    sources: [
      'https://blog.mozilla.org/security/2020/11/13/preloading-intermediate-ca-certificates-into-firefox/',
      'https://leyon.at/blog/dx/creating-correct-tls-certificates-still-a-challenge-in-2025 (common name: until Firefox 100)',
    ],
  },
  {
    id: 'apple',
    label: 'Safari and Apple apps (iOS 26, macOS 26)',
    store: { kind: 'snapshot', store: 'apple' },
    intermediates: 'fetched',
    anchors: appleAnchors,
    commonName: 'ignored',
    leastRsa: 2048,
    sha1: 'refused',
    longest: { days: 398, since: '2020-09-01' },
    distrust: 'apple',
    sources: [
      'https://support.apple.com/en-us/103769 (RSA, SHA-1, names)',
      'https://www.ssl.com/blogs/apple-limits-ssl-tls-certificate-lifetimes-to-398-days/ (398 days)',
      'apple-oss-distributions/Security: SecCAIssuerRequest (fetches issuers)',
    ],
  },
  {
    id: 'windows',
    label: 'Windows (Schannel, .NET)',
    store: { kind: 'snapshot', store: 'microsoft' },
    intermediates: 'fetched',
    note: 'Windows installs roots on demand: a machine without access to Windows Update may lack it.',
    sources: [
      'https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainpolicy.disablecertificatedownloads',
      'https://learn.microsoft.com/windows-server/identity/ad-cs/configure-trusted-roots-disallowed-certificates',
    ],
  },
  {
    id: 'android-17',
    label: 'Android 17',
    store: { kind: 'snapshot', store: 'android' },
    ...android,
    commonName: 'ignored',
    leastRsa: 1024,
    sources: [androidNames, androidCache, conscrypt],
  },
  {
    id: 'android-14',
    label: 'Android 14',
    store: { kind: 'android', version: '14', updates: true },
    ...android,
    commonName: 'ignored',
    leastRsa: 1024,
    sources: [androidNames, androidCache, conscrypt, androidUpdates],
  },
  {
    id: 'android-10',
    label: 'Android 10',
    old: true,
    store: { kind: 'android', version: '10', updates: false },
    ...android,
    commonName: 'ignored',
    leastRsa: 1024,
    sources: [androidNames, androidCache, conscrypt, androidUpdates],
  },
  {
    id: 'android-7.1.1',
    label: 'Android 7.1.1',
    old: true,
    store: { kind: 'android', version: '7.1.1', updates: false },
    ...android,
    sources: [androidCache, androidUpdates],
  },
  {
    id: 'android-7.0',
    label: 'Android 7.0',
    old: true,
    store: { kind: 'android', version: '7.0', updates: false },
    ...android,
    sources: [androidCache, androidUpdates],
  },
  {
    id: 'java-21',
    label: 'Java 21 (up to date)',
    store: { kind: 'common', name: 'OpenJDK list of this line', stores: javaStores },
    ...java,
    note: distributionJava,
    sources: [openjdkPath, javaNames],
  },
  {
    id: 'java-17',
    label: 'Java 17 (OpenJDK 17.0.19)',
    store: { kind: 'snapshot', store: 'openjdk' },
    ...java,
    leastRsa: 1024,
    sha1: 'refused',
    note: distributionJava,
    sources: [
      openjdkPath,
      javaNames,
      measuredJava,
      'OpenJDK 17: conf/security/java.security, jdk.certpath.disabledAlgorithms',
    ],
  },
  {
    id: 'java-17-old',
    label: 'Java 17 of January 2022 (17.0.2)',
    old: true,
    store: { kind: 'snapshot', store: 'openjdk17_0_2' },
    intermediates: 'sent-only',
    anchors: javaAnchors,
    commonName: 'compared',
    wildcards: javaWildcards,
    leastRsa: 1024,
    note: distributionJava,
    sources: [openjdkPath, javaNames],
  },
  {
    id: 'java-11',
    label: 'Java 11 (up to date)',
    store: { kind: 'common', name: 'OpenJDK list of this line', stores: javaStores },
    ...java,
    note: distributionJava,
    sources: [openjdkPath, javaNames],
  },
  {
    id: 'java-8',
    label: 'Java 8 (up to date)',
    store: { kind: 'common', name: 'OpenJDK list of this line', stores: javaStores },
    ...java,
    note: distributionJava,
    sources: [openjdkPath, javaNames],
  },
  {
    id: 'java-8-old',
    label: 'Java 8 before update 141 (July 2017)',
    old: true,
    store: { kind: 'java-8-old' },
    intermediates: 'sent-only',
    sources: ['letsencrypt/website: content/en/docs/cert-compat.md'],
  },
  {
    id: 'openssl-3',
    label: 'OpenSSL 3 on Debian 12',
    store: { kind: 'snapshot', store: 'debian12' },
    ...openssl3,
    sources: [opensslNames, opensslLevel, 'measured with OpenSSL 3.0.19: common name'],
  },
  {
    id: 'debian-12-old',
    label: 'OpenSSL 3 on Debian 12 (list of June 2025)',
    old: true,
    store: { kind: 'snapshot', store: 'debian12_20230311' },
    ...openssl3,
    sources: [opensslNames, opensslLevel],
  },
  {
    id: 'curl',
    label: 'curl on Debian 12',
    store: { kind: 'snapshot', store: 'debian12' },
    ...openssl3,
    anchors: curlAnchors,
    wildcards: curlWildcards,
    sources: [opensslNames, opensslLevel, 'measured with curl 7.88.1: common name'],
  },
  {
    id: 'wget',
    label: 'wget on Debian 12 (GnuTLS 3.7)',
    store: { kind: 'snapshot', store: 'debian12' },
    intermediates: 'sent-only',
    anchors: gnutlsAnchors,
    wildcards: gnutlsWildcards,
    commonName: 'compared',
    leastRsa: 1024,
    sha1: 'refused',
    sources: ['measured with wget 1.21.3 and GnuTLS 3.7.9: common name, RSA 1024, SHA-1'],
  },
  {
    id: 'go',
    label: 'Go on Debian 12',
    store: { kind: 'snapshot', store: 'debian12' },
    intermediates: 'sent-only',
    anchors: goAnchors,
    wildcards: goWildcards,
    commonName: 'ignored',
    sha1: 'refused',
    sources: ['golang/go: src/crypto/x509/verify.go'],
  },
  {
    id: 'python-requests',
    label: 'Python requests (certifi 2026.07.22)',
    store: { kind: 'snapshot', store: 'mozilla' },
    intermediates: 'sent-only',
    anchors: pythonAnchors,
    wildcards: pythonWildcards,
    commonName: 'ignored',
    leastRsa: 2048,
    sha1: 'refused',
    sources: ['measured with Python 3.11 and urllib3 2.7.0: common name off, security level 2'],
  },
  {
    id: 'node-20',
    label: 'Node 20',
    store: { kind: 'snapshot', store: 'node20' },
    intermediates: 'sent-only',
    anchors: nodeAnchors,
    wildcards: nodeWildcards,
    commonName: 'compared',
    sources: ['measured with Node 20.20.2: common name'],
  },
  {
    id: 'openssl-1.1.1',
    label: 'OpenSSL 1.1.1 with a current Mozilla list',
    old: true,
    store: { kind: 'snapshot', store: 'mozilla' },
    intermediates: 'sent-only',
    anchors: oldOpensslAnchors,
    commonName: 'compared',
    sources: [opensslNames],
  },
  {
    id: 'openssl-1.0.2',
    label: 'OpenSSL 1.0.2 with a current Mozilla list',
    old: true,
    store: { kind: 'snapshot', store: 'mozilla' },
    intermediates: 'sent-only',
    anchors: oldOpensslAnchors,
    commonName: 'compared',
    sentFirst: true,
    sources: [
      opensslNames,
      'https://www.openssl.org/blog/blog/2021/09/13/LetsEncryptRootCertExpire/ (what is sent comes first)',
    ],
  },
  {
    id: 'bare-container',
    label: 'Container without the package ca-certificates',
    store: { kind: 'empty' },
    intermediates: 'sent-only',
    sources: ['A base image such as debian:12-slim or alpine without that package has no list of roots.'],
  },
])
