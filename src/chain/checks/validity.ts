/** Validity periods: RFC 5280 sections 4.1.2.5 and 6.1.3 (a) (2). */
import { type UnixMs, unixMs } from '../../core/brand.ts'
import type { Certificate } from '../../x509/model.ts'
import { type Check, called, instant, isAnchorOf, isWaived, problem } from './check.ts'

/**
 * Where an instant lies in a certificate's validity period. Both ends belong to it, to the whole second.
 *
 * @returns `expired` also when a date could not be read
 */
export function validityAt(certificate: Certificate, at: UnixMs): 'valid' | 'expired' | 'not-yet-valid' {
  const second = Math.floor(at / 1000) * 1000
  if (second < certificate.notBefore) return 'not-yet-valid'
  return second <= certificate.notAfter ? 'valid' : 'expired'
}

/**
 * Every certificate that is out of date. RFC 5280 leaves an anchor's dates alone; OpenSSL judges them
 * (crypto/x509/x509_vfy.c, `internal_verify`), so they are fatal here unless `anchor.dates` is off.
 */
export const checkValidity: Check = (path, options) =>
  path.certificates.flatMap((certificate, index) => {
    const validity = validityAt(certificate, options.at)
    if (validity === 'valid' || isWaived(path, index, options, 'dates')) return []
    const name = `${isAnchorOf(path, index) ? 'The trust anchor ' : ''}${called(certificate)}`
    const now = instant(unixMs(Math.floor(options.at / 1000) * 1000))
    if (validity === 'expired') {
      const until = instant(certificate.notAfter)
      const message = `${name} expired on ${until}; it is judged at ${now}.`
      return [problem(path, index, 'expired', message, { actual: until, expected: `not before ${now}` })]
    }
    const from = instant(certificate.notBefore)
    const message = `${name} is not valid before ${from}; it is judged at ${now}.`
    return [problem(path, index, 'not-yet-valid', message, { actual: from, expected: `not after ${now}` })]
  })
