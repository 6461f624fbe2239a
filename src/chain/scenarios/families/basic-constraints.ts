import { boolean, integer, sequence } from '../make/der.ts'
import { basicConstraints, extension, keyUsage } from '../make/extensions.ts'
import type { Family } from '../make/workshop.ts'

export const basicConstraintsFamily: Family = {
  title: 'Who is a CA, and how deep it may go',
  source: 'RFC 5280 sections 4.2.1.9 and 6.1.4 (k) to (m)',
  make(shop) {
    const root = shop.ca('root')
    const int = shop.ca('int', { by: root })

    const bare = shop.ca('bare', { by: root, basic: null })
    shop.leaf('below-bare', { by: bare })
    shop.expect('an intermediate without basic constraints', 'below-bare bare root', '1 not-a-ca, 1 note profile')
    const denied = shop.ca('denied', { by: root, basic: basicConstraints({ ca: false }) })
    shop.leaf('below-denied', { by: denied })
    shop.expect('an intermediate that says CA:FALSE', 'below-denied denied root', '1 not-a-ca, 1 note profile')
    const leaf = shop.leaf('leaf', { by: int })
    shop.leaf('below-leaf', { by: leaf })
    shop.expect('a leaf that issues another leaf', 'below-leaf leaf int root', '1 not-a-ca, 1 key-usage-no-cert-sign')
    shop.leaf('leaf-ca', { by: int, basic: basicConstraints() })
    shop.expect('a leaf that is a CA is still a leaf', 'leaf-ca int root')
    shop.leaf('leaf-false', { by: int, basic: basicConstraints({ ca: false }) })
    shop.expect('a leaf that says CA:FALSE', 'leaf-false int root')
    const soft = shop.ca('soft', { by: root, basic: basicConstraints({ critical: false }) })
    shop.leaf('below-soft', { by: soft })
    shop.expect('basic constraints that are not critical are a note', 'below-soft soft root', '1 note profile')
    const spelt = shop.ca('spelt', { by: root, basic: extension('2.5.29.19', sequence(boolean(false)), true) })
    shop.leaf('below-spelt', { by: spelt })
    shop.expect(
      'CA:FALSE written out as a default',
      'below-spelt spelt root',
      '1 not-a-ca, 1 note profile, 1 note encoding',
    )

    const versionOne = shop.ca('version-1', { by: root, version: null, extensions: null })
    shop.leaf('below-version-1', { by: versionOne })
    shop.expect('a version 1 intermediate', 'below-version-1 version-1 root', '1 not-a-ca')
    const rootOne = shop.ca('root-version-1', { version: null, extensions: null })
    shop.leaf('below-root-version-1', { by: rootOne })
    shop.expect('a version 1 root', 'below-root-version-1 root-version-1', '1 note profile')
    const rootBare = shop.ca('root-bare', { basic: null })
    shop.leaf('below-root-bare', { by: rootBare })
    shop.expect(
      'a root without basic constraints that may sign certificates is a note',
      'below-root-bare root-bare',
      '1 note not-a-ca, 1 note profile',
    )
    const rootNothing = shop.ca('root-nothing', { basic: null, usage: null })
    shop.leaf('below-root-nothing', { by: rootNothing })
    shop.expect(
      'a root that does not say that it is a CA',
      'below-root-nothing root-nothing',
      '1 not-a-ca, 1 note profile',
    )
    const rootFalse = shop.ca('root-false', { basic: basicConstraints({ ca: false }) })
    shop.leaf('below-root-false', { by: rootFalse })
    shop.expect('a root that says CA:FALSE', 'below-root-false root-false', '1 not-a-ca, 1 note profile')

    const zero = shop.ca('zero', { by: root, basic: basicConstraints({ pathLength: 0 }) })
    shop.leaf('below-zero', { by: zero })
    shop.expect('a path length of 0 over a leaf', 'below-zero zero root')
    shop.leaf('ca-below-zero', { by: zero, basic: basicConstraints() })
    shop.expect('a path length of 0 over a leaf that is a CA', 'ca-below-zero zero root')
    const sub = shop.ca('sub', { by: zero })
    shop.leaf('too-deep', { by: sub })
    shop.expect('a path length of 0 over a CA', 'too-deep sub zero root', '2 path-length-exceeded')
    const selfIssued = shop.ca('self-issued', { by: zero, subject: zero.subject })
    shop.leaf('below-self-issued', { by: selfIssued })
    shop.expect('a self-issued CA does not count', 'below-self-issued self-issued zero root')
    const subOfSelf = shop.ca('sub-of-self', { by: selfIssued })
    shop.leaf('below-sub-of-self', { by: subOfSelf })
    shop.expect(
      'a CA below a self-issued one counts',
      'below-sub-of-self sub-of-self self-issued zero root',
      '3 path-length-exceeded',
    )
    const one = shop.ca('one', { by: root, basic: basicConstraints({ pathLength: 1 }) })
    const first = shop.ca('first', { by: one })
    const second = shop.ca('second', { by: first })
    shop.leaf('below-first', { by: first })
    shop.leaf('below-second', { by: second })
    shop.expect('a path length of 1 over one CA', 'below-first first one root')
    shop.expect('a path length of 1 over two CAs', 'below-second second first one root', '3 path-length-exceeded')
    const wide = shop.ca('wide', { by: zero, basic: basicConstraints({ pathLength: 5 }) })
    shop.leaf('below-wide', { by: wide })
    shop.expect('a lower CA cannot widen a path length', 'below-wide wide zero root', '2 path-length-exceeded')
    const rootZero = shop.ca('root-zero', { basic: basicConstraints({ pathLength: 0 }) })
    const underRoot = shop.ca('under-root', { by: rootZero })
    shop.leaf('below-under-root', { by: underRoot })
    shop.expect('the path length of a root counts', 'below-under-root under-root root-zero', '2 path-length-exceeded')
    const negative = shop.ca('negative', {
      by: root,
      basic: extension('2.5.29.19', sequence(boolean(true), integer([0xff])), true),
    })
    shop.leaf('below-negative', { by: negative })
    shop.expect(
      'a negative path length',
      'below-negative negative root',
      '1 not-a-ca, 1 malformed-extension, 1 note profile',
    )
    const padded = shop.ca('padded', {
      by: root,
      basic: extension('2.5.29.19', sequence(boolean(true), integer([0, 3])), true),
    })
    shop.leaf('below-padded', { by: padded })
    shop.expect(
      'a path length with a superfluous zero',
      'below-padded padded root',
      '1 not-a-ca, 1 malformed-extension, 1 note profile',
    )
    const huge = shop.ca('huge', { by: root, basic: basicConstraints({ pathLength: 0xffffffff }) })
    shop.leaf('below-huge', { by: huge })
    shop.expect('a path length of 32 bits', 'below-huge huge root')
    const idle = shop.leaf('idle', {
      by: int,
      basic: extension('2.5.29.19', sequence(integer(0)), true),
    })
    shop.expect('a path length of a certificate that is no CA is a note', 'idle int root', '0 note profile')
    shop.leaf('below-idle', { by: idle })
    shop.expect(
      'a path length does not make a CA',
      'below-idle idle int root',
      '1 not-a-ca, 1 key-usage-no-cert-sign, 1 note profile',
    )
    const unsigned = shop.ca('unsigned', {
      by: root,
      basic: basicConstraints({ pathLength: 0 }),
      usage: keyUsage('digitalSignature'),
    })
    shop.leaf('below-unsigned', { by: unsigned })
    shop.expect(
      'a path length of a CA that may not sign certificates',
      'below-unsigned unsigned root',
      '1 key-usage-no-cert-sign, 1 note profile',
    )
  },
}
