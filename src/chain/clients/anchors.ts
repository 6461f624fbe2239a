/**
 * What each client holds against a root of its list, as data. `applied`: it counts. `ignored`: it does not. `by-root`: the list
 * says of each root whether it does. What no source tells is left out, and what depends on it is unknown.
 * Measured: each client was offered a chain of three under roots that differ from a plain one in a single field.
 */
import type { AnchorCheck } from '../anchor.ts'

export type AnchorHabit = 'applied' | 'ignored' | 'by-root'

export interface AnchorHabits {
  readonly habits: Readonly<Partial<Record<AnchorCheck, AnchorHabit>>>
  /** The version that was run, or the file that was read. */
  readonly source: string
  /** Day on which that was done, ISO 8601. */
  readonly date: string
}

const all = (habit: AnchorHabit): Readonly<Record<AnchorCheck, AnchorHabit>> => ({
  dates: habit,
  basicConstraints: habit,
  pathLength: habit,
  keyUsage: habit,
  extendedKeyUsage: habit,
  nameConstraints: habit,
  criticalExtensions: habit,
})

const appliesAll = (source: string): AnchorHabits => ({ habits: all('applied'), source, date: '2026-11-24' })

export const opensslAnchors = appliesAll('roots measured with OpenSSL 3.0.19')
export const curlAnchors = appliesAll('roots measured with curl 7.88.1')
export const pythonAnchors = appliesAll('roots measured with Python 3.11.7 and OpenSSL 3.0.19')
export const nodeAnchors = appliesAll('roots measured with Node 20.20.2')
export const goAnchors = appliesAll('roots measured with Go 1.19.8')
export const firefoxAnchors = appliesAll(
  'nss-dev/nss: lib/mozpkix/lib/pkixbuild.cpp and pkixcheck.cpp (roots are judged as other issuers are)',
)

export const oldOpensslAnchors: AnchorHabits = {
  habits: { dates: 'applied' },
  source: 'openssl/openssl: crypto/x509/x509_vfy.c, internal_verify (dates of roots)',
  date: '2026-11-24',
}

/** Its list marks the roots whose dates or constraints count; roots that the user adds are not judged here. */
export const chromeAnchors: AnchorHabits = {
  habits: all('by-root'),
  source: 'chromium/chromium: net/cert/internal/trust_store_chrome.cc (dates and constraints of roots)',
  date: '2026-11-24',
}

export const appleAnchors: AnchorHabits = {
  habits: { ...all('ignored'), dates: 'applied' },
  source:
    'apple-oss-distributions/Security: SecPolicyServer.c, SecPolicyCheckTemporalValidity and SecPolicyCheckBasicCertificateProcessing (roots)',
  date: '2026-11-24',
}

/** A root has to be a CA that may sign, unless jdk.security.allowNonCaAnchor is set; the rest of it is never looked at. */
export const javaAnchors: AnchorHabits = {
  habits: { ...all('ignored'), basicConstraints: 'applied', keyUsage: 'applied' },
  source:
    'roots measured with OpenJDK 17.0.15; openjdk/jdk: sun/security/validator/PKIXValidator.java, verifyTrustAnchor',
  date: '2026-11-24',
}

export const gnutlsAnchors: AnchorHabits = {
  habits: { ...all('applied'), extendedKeyUsage: 'ignored' },
  source: 'roots measured with GnuTLS 3.7.9 and wget 1.21.3',
  date: '2026-11-24',
}

export const androidAnchors: AnchorHabits = {
  habits: { dates: 'ignored' },
  source: 'https://letsencrypt.org/2020/12/21/extending-android-compatibility (dates of roots)',
  date: '2026-11-24',
}
