/**
 * Is a certificate for this host? RFC 9525 (which follows RFC 6125): only subjectAltName counts, DNS names and IP
 * addresses never stand in for each other, and a wildcard is the whole leftmost label.
 */

import { ipText } from '../x509/ip.ts'
import type { Certificate, GeneralName } from '../x509/model.ts'
import { hostName } from './domain.ts'
import { parseIp } from './host-ip.ts'
import { findNearMisses, type NearMiss } from './near-misses.ts'
import { wildcardOddity } from './wildcard.ts'

export type HostMismatch = 'no-san' | 'no-match' | 'wildcard-too-broad' | 'ip-not-listed' | 'invalid-host'

export interface HostCheck {
  /** The host as it was compared: A-labels in lower case without trailing dot, or an IP address in its usual form. */
  readonly host: string
  readonly isIp: boolean
  readonly matches: boolean
  /** The alternative name that matches. */
  readonly by?: GeneralName
  /** Why it does not match. */
  readonly reason?: HostMismatch
  /** DNS and IP names of the certificate, in its order. */
  readonly sans: readonly string[]
  /** Would a client of before 2017 match the common name, because there is no DNS name at all? */
  readonly wouldMatchCommonName: boolean
  /** Names that look as if they were meant for the host. */
  readonly nearMisses: readonly NearMiss[]
  /** Set when the matching wildcard spans a company's public suffix, as `*.github.io`: no browser refuses it. */
  readonly wildcardOverPrivateSuffix?: string
}

/** Names a certificate is for: DNS names and IP addresses of subjectAltName as text, each once. */
export function coveredNames(certificate: Certificate): readonly string[] {
  const names = certificate.subjectAltNames.filter(({ type }) => type === 'DNS' || type === 'IP')
  return [...new Set(names.map(({ value }) => value))]
}

/**
 * Matches a host against a certificate.
 *
 * @param host as in a URL or after `-connect`: a name (U-labels allowed, any case, trailing dot allowed) or an IP
 *   address (with or without brackets); no port
 */
export function checkHost(certificate: Certificate, host: string): HostCheck {
  const ip = parseIp(host.trim())
  const name = ip === undefined ? hostName(host) : undefined
  const sans = coveredNames(certificate)
  const compared = ip === undefined ? (name ?? host.trim()) : (ipText(ip) ?? host.trim())
  const facts = { host: compared, isIp: ip !== undefined, sans }
  if (ip === undefined && name === undefined) {
    return { ...facts, matches: false, reason: 'invalid-host', wouldMatchCommonName: false, nearMisses: [] }
  }
  const by = certificate.subjectAltNames.find((san) =>
    ip === undefined
      ? san.type === 'DNS' && matchesName(san.value, compared)
      : san.type === 'IP' && sameBytes(san.bytes, ip),
  )
  if (by !== undefined) {
    const broad = by.type === 'DNS' ? privateSuffixUnder(by.value) : undefined
    return {
      ...facts,
      matches: true,
      by,
      wouldMatchCommonName: false,
      nearMisses: [],
      ...(broad === undefined ? {} : { wildcardOverPrivateSuffix: broad }),
    }
  }
  return {
    ...facts,
    matches: false,
    reason: mismatch(certificate, compared, ip !== undefined),
    wouldMatchCommonName: ip === undefined && matchesCommonName(certificate, compared),
    nearMisses: findNearMisses(certificate.subjectAltNames, compared, ip !== undefined),
  }
}

function mismatch(certificate: Certificate, host: string, isIp: boolean): HostMismatch {
  const names = certificate.subjectAltNames
  if (!names.some(({ type }) => type === 'DNS' || type === 'IP')) return 'no-san'
  if (isIp) return 'ip-not-listed'
  const broad = names.some(({ type, value }) => type === 'DNS' && coversByWildcard(value, host) && isTooBroad(value))
  return broad ? 'wildcard-too-broad' : 'no-match'
}

/** Does a DNS name of a certificate match a host? Both in A-labels; the host in lower case. */
function matchesName(pattern: string, host: string): boolean {
  const presented = pattern.toLowerCase()
  if (!presented.includes('*')) return presented === host
  return coversByWildcard(presented, host) && !isTooBroad(presented)
}

/** RFC 9525 section 6.3: `*` is the whole leftmost label and stands for exactly one. */
function coversByWildcard(pattern: string, host: string): boolean {
  const dot = host.indexOf('.')
  return dot > 0 && pattern.toLowerCase() === `*${host.slice(dot)}`
}

/**
 * A wildcard over one label (`*.com`, `*.local`; OpenSSL and browsers refuse both) or over a registry's suffix
 * (`*.co.uk`; browsers refuse it, CA/Browser Forum BR section 3.2.2.6 forbids it).
 */
function isTooBroad(pattern: string): boolean {
  const oddity = wildcardOddity(pattern)
  return oddity === 'single-label' || oddity === 'registry'
}

const privateSuffixUnder = (pattern: string): string | undefined =>
  wildcardOddity(pattern) === 'company-suffix' ? pattern.slice(2).toLowerCase() : undefined

/** RFC 2818 section 3.1: the most specific common name, and only when there is no dNSName. */
function matchesCommonName(certificate: Certificate, host: string): boolean {
  if (certificate.subjectAltNames.some(({ type }) => type === 'DNS')) return false
  const name = certificate.subject.rdns.flat().findLast(({ oid }) => oid === '2.5.4.3')?.value
  return name !== undefined && matchesName(name, host)
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])
