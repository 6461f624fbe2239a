/**
 * Does an authority key identifier point at a certificate? It ranks candidates and explains, it never decides:
 * only a signature does (RFC 5280 section 4.2.1.1 calls it a means of identifying the key).
 */
import type { Certificate } from '../x509/model.ts'

export type KeyIdMatch = 'match' | 'unknown' | 'mismatch'

/**
 * Compares the authority key identifier of `subject` with the identifiers of a possible issuer.
 * A candidate without a subject key identifier is tried by the hash of its key, the usual way to make one
 * (RFC 5280 section 4.2.1.2, method 1).
 *
 * @returns `unknown` when one of the two says nothing
 */
export function matchKeyId(subject: Certificate, issuer: Certificate): KeyIdMatch {
  const authority = subject.authorityKeyId
  if (authority === undefined) return 'unknown'
  if (authority.keyId !== undefined) {
    const wanted = authority.keyId.toLowerCase()
    if (issuer.subjectKeyId !== undefined) return issuer.subjectKeyId.toLowerCase() === wanted ? 'match' : 'mismatch'
    return issuer.publicKey.keyId.toLowerCase() === wanted ? 'match' : 'unknown'
  }
  return matchSerial(subject, issuer)
}

/** The other half of the extension: issuer name and serial number of the issuer's certificate. */
export function matchSerial(subject: Certificate, issuer: Certificate): KeyIdMatch {
  const authority = subject.authorityKeyId
  if (authority?.serial === undefined) return 'unknown'
  const names = (authority.issuer ?? []).flatMap((name) => (name.name === undefined ? [] : [name.name.key]))
  const sameIssuer = names.length === 0 || names.includes(issuer.issuer.key)
  return sameIssuer && plain(authority.serial) === plain(issuer.serial) ? 'match' : 'mismatch'
}

const plain = (hex: string): string => hex.toUpperCase().replace(/^0+(?=.)/, '')
