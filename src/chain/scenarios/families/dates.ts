import { generalizedTime, utcTime } from '../make/der.ts'
import type { Family } from '../make/workshop.ts'

/** X509_cmp_time takes a notAfter that equals the instant for one that is past; RFC 5280 includes it. */
const lastSecond = { differs: 'OpenSSL takes the last second of a validity as past' }

export const dates: Family = {
  title: 'Validity periods at their exact bounds, and how times are written',
  source: 'RFC 5280 sections 4.1.2.5 and 6.1.3 (a) (2)',
  make(shop) {
    const root = shop.ca('root')
    const int = shop.ca('int', { by: root })
    shop.leaf('leaf', { by: int, from: '2030-03-01T06:00:00Z', to: '2030-09-01T18:30:15Z' })
    shop.expect('a leaf in its first second', 'leaf int root', '', { at: '2030-03-01T06:00:00Z' })
    shop.expect('a leaf in the last millisecond before its time', 'leaf int root', '0 not-yet-valid', {
      at: '2030-03-01T05:59:59.999Z',
    })
    shop.expect('a leaf in its last second', 'leaf int root', '', { at: '2030-09-01T18:30:15Z', ...lastSecond })
    shop.expect('a leaf in the second before its last', 'leaf int root', '', { at: '2030-09-01T18:30:14Z' })
    shop.expect('a leaf at the end of its last second', 'leaf int root', '', {
      at: '2030-09-01T18:30:15.999Z',
      ...lastSecond,
    })
    shop.expect('a leaf in the first second after its time', 'leaf int root', '0 expired', {
      at: '2030-09-01T18:30:16Z',
    })

    const short = shop.ca('short', { by: root, from: '2030-02-01T00:00:00Z', to: '2030-05-01T00:00:00Z' })
    shop.leaf('below-short', { by: short })
    shop.expect('an intermediate in its last second', 'below-short short root', '', {
      at: '2030-05-01T00:00:00Z',
      ...lastSecond,
    })
    shop.expect('an intermediate one second too late', 'below-short short root', '1 expired', {
      at: '2030-05-01T00:00:01Z',
    })
    shop.expect('an intermediate one second too early', 'below-short short root', '1 not-yet-valid', {
      at: '2030-01-31T23:59:59Z',
    })

    const oldRoot = shop.ca('old-root', { to: '2028-01-01T00:00:00Z' })
    shop.leaf('below-old-root', { by: oldRoot })
    shop.expect('a root in its last second', 'below-old-root old-root', '', {
      at: '2028-01-01T00:00:00Z',
      ...lastSecond,
    })
    shop.expect('an expired root that is trusted', 'below-old-root old-root', '1 expired')

    const doomed = shop.ca('doomed', { by: oldRoot, to: '2029-01-01T00:00:00Z' })
    shop.leaf('all-gone', { by: doomed, to: '2029-06-01T00:00:00Z' })
    shop.expect(
      'everything expired: each certificate is told',
      'all-gone doomed old-root',
      '0 expired, 1 expired, 2 expired',
    )

    shop.leaf('turned', { by: int, from: '2031-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' })
    shop.expect('a validity that ends before it begins', 'turned int root', '0 not-yet-valid, 0 note profile')
    shop.leaf('instant', { by: int, from: '2030-06-15T12:00:00Z', to: '2030-06-15T12:00:00Z' })
    shop.expect('a validity of one second', 'instant int root', '', lastSecond)

    const written = (label: string, to: ReturnType<typeof utcTime>) => shop.leaf(label, { by: int, to })
    written('utc-49', utcTime('491231235959Z'))
    shop.expect('the last UTCTime of this century, 2049', 'utc-49 int root', '', {
      at: '2034-12-31T00:00:00Z',
    })
    shop.leaf('utc-50', { by: int, from: utcTime('500101000000Z') })
    shop.expect('a UTCTime with year 50 is 1950', 'utc-50 int root')
    written('utc-50-end', utcTime('500101000000Z'))
    shop.expect('an end with year 50 is long past', 'utc-50-end int root', '0 expired, 0 note profile')
    written('generalized-2050', generalizedTime('20500101000000Z'))
    shop.expect('a GeneralizedTime from 2050 on', 'generalized-2050 int root')
    written('generalized-2049', generalizedTime('20491231235959Z'))
    shop.expect('a GeneralizedTime before 2050 is a note', 'generalized-2049 int root', '0 note encoding')
    written('forever', generalizedTime('99991231235959Z'))
    shop.expect('a certificate without a well-defined end', 'forever int root')
    written('no-seconds', utcTime('3109011830Z'))
    shop.expect('a UTCTime without seconds', 'no-seconds int root', '0 encoding')
    written('zoned', utcTime('310901183000+0200'))
    shop.expect('a UTCTime with an offset', 'zoned int root', '0 encoding')
    written('fraction', generalizedTime('20310901183000.5Z'))
    shop.expect('a GeneralizedTime with a fraction', 'fraction int root', '0 encoding')
    written('february-30', utcTime('310230000000Z'))
    shop.expect('a day that does not exist counts as never valid', 'february-30 int root', '0 expired, 0 note profile')
    written('leap-2031', utcTime('310229000000Z'))
    shop.expect('29 February outside a leap year', 'leap-2031 int root', '0 expired, 0 note profile')
    written('leap-2032', utcTime('320229000000Z'))
    shop.expect('29 February in a leap year', 'leap-2032 int root')
    written('words', utcTime('soon'))
    shop.expect('a time that is no time', 'words int root', '0 expired, 0 note profile')
  },
}
