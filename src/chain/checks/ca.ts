/** May the issuers of a path issue? RFC 5280 sections 4.2.1.3, 4.2.1.9 and 6.1.4 (k) to (n). */
import { type Check, called, isAnchorOf, isWaived, problem } from './check.ts'

/**
 * Issuers that are no CA. A version 3 certificate without basic constraints is none; a version 1 certificate, which
 * cannot have them, is taken as a CA only as a self-issued anchor.
 * OpenSSL also takes an anchor that has no basic constraints but keyCertSign (`check_ca` returns 4): a note. So does GnuTLS
 * 3.7; Go 1.19 and Java 17 refuse it (all measured), and Firefox does (mozpkix, `CheckBasicConstraints`).
 */
export const checkCa: Check = (path, options) =>
  path.certificates.flatMap((certificate, index) => {
    if (index === 0 || certificate.basicConstraints?.ca === true) return []
    if (isWaived(path, index, options, 'basicConstraints')) return []
    const anchor = isAnchorOf(path, index)
    if (certificate.version < 3 && certificate.selfIssued && (anchor || path.end === 'self-signed')) return []
    const issued = path.certificates[index - 1]
    const what =
      certificate.basicConstraints !== undefined
        ? 'says in its basic constraints that it is no CA'
        : certificate.version < 3
          ? `is a version ${certificate.version} certificate, which cannot say that it is a CA`
          : 'has no basic constraints, so it is no CA'
    const tolerated =
      anchor && certificate.basicConstraints === undefined && certificate.keyUsage?.includes('keyCertSign') === true
    const whom = tolerated ? ' OpenSSL and GnuTLS let that pass in a root; Go, Java and Firefox refuse it.' : ''
    const message = `${called(certificate)} ${what}, yet it issued ${issued === undefined ? 'another' : called(issued)}.${whom}`
    const actual = certificate.basicConstraints === undefined ? 'none' : 'CA:FALSE'
    return [
      problem(path, index, 'not-a-ca', message, {
        severity: tolerated ? 'note' : 'fatal',
        actual,
        expected: 'CA:TRUE',
      }),
    ]
  })

/** Issuers with more CA certificates below them than they allow; self-issued ones are not counted, nor the leaf. */
export const checkPathLength: Check = (path, options) => {
  let below = 0
  return path.certificates.flatMap((certificate, index) => {
    if (index === 0) return []
    const allowed = certificate.basicConstraints?.ca === true ? certificate.basicConstraints.pathLength : undefined
    const count = below
    if (!certificate.selfIssued) below++
    if (allowed === undefined || count <= allowed || isWaived(path, index, options, 'pathLength')) return []
    const limit = allowed === 0 ? 'no CA certificate' : `at most ${allowed} CA certificate${allowed === 1 ? '' : 's'}`
    const message = `${called(certificate)} allows ${limit} below it, but there ${count === 1 ? 'is 1' : `are ${count}`}.`
    return [
      problem(path, index, 'path-length-exceeded', message, { actual: String(count), expected: `at most ${allowed}` }),
    ]
  })
}

/** Issuers with a key usage that leaves out signing certificates. */
export const checkCertSign: Check = (path, options) =>
  path.certificates.flatMap((certificate, index) => {
    const usage = certificate.keyUsage
    if (index === 0 || usage === undefined || usage.includes('keyCertSign')) return []
    if (isWaived(path, index, options, 'keyUsage')) return []
    const actual = usage.length === 0 ? 'nothing' : usage.join(', ')
    const message = `The key usage of ${called(certificate)} allows ${actual}, but not to sign certificates.`
    return [problem(path, index, 'key-usage-no-cert-sign', message, { actual, expected: 'keyCertSign' })]
  })
