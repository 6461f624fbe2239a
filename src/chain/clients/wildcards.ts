/**
 * What each client makes of wildcards that RFC 9525 does not have or that cover too much, as data. What is left out is
 * unknown. Measured: certificates with one such name, and a host that it would cover.
 */
import type { WildcardOddity } from '../wildcard.ts'

export interface WildcardHabits {
  readonly habits: Readonly<Partial<Record<WildcardOddity, 'matched' | 'refused'>>>
  /** The version that was run, or the file that was read. */
  readonly source: string
  /** Day on which that was done, ISO 8601. */
  readonly date: string
}

/** The whole leftmost label, with two labels after it; no public suffix list. */
const strict = {
  bare: 'refused',
  'single-label': 'refused',
  partial: 'refused',
  misplaced: 'refused',
  registry: 'matched',
} as const

const date = '2026-11-24'

export const curlWildcards: WildcardHabits = { habits: strict, source: 'wildcards measured with curl 7.88.1', date }
export const pythonWildcards: WildcardHabits = { habits: strict, source: 'wildcards measured with Python 3.11.7', date }

/** It takes `*oo.example` and not `f*.example`, so that the partial ones are left out. */
export const gnutlsWildcards: WildcardHabits = {
  habits: { bare: 'refused', 'single-label': 'refused', misplaced: 'refused', registry: 'matched' },
  source: 'wildcards measured with GnuTLS 3.7.9',
  date,
}

export const opensslWildcards: WildcardHabits = {
  habits: { ...strict, partial: 'matched' },
  source: 'wildcards measured with OpenSSL 3.0.19, X509_check_host',
  date,
}

export const nodeWildcards: WildcardHabits = {
  habits: { ...strict, partial: 'matched' },
  source: 'wildcards measured with Node 20.20.2, tls.checkServerIdentity',
  date,
}

export const javaWildcards: WildcardHabits = {
  habits: {
    bare: 'refused',
    'single-label': 'matched',
    registry: 'matched',
    partial: 'matched',
    misplaced: 'matched',
  },
  source: 'wildcards measured with OpenJDK 17.0.15, HostnameChecker',
  date,
}

export const goWildcards: WildcardHabits = {
  habits: {
    bare: 'matched',
    'single-label': 'matched',
    registry: 'matched',
    partial: 'refused',
    misplaced: 'refused',
  },
  source: 'wildcards measured with Go 1.19.8',
  date,
}

export const firefoxWildcards: WildcardHabits = {
  habits: strict,
  source: 'nss-dev/nss: lib/mozpkix/lib/pkixnames.cpp, IsValidDNSID (wildcards)',
  date,
}

export const chromeWildcards: WildcardHabits = {
  habits: { ...strict, registry: 'refused' },
  source: 'chromium/chromium: net/cert/x509_certificate.cc, VerifyHostname (wildcards, public suffix list)',
  date,
}
