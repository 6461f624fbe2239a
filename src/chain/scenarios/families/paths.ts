import { authorityKeyId, basicConstraints } from '../make/extensions.ts'
import { directory } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

const firstFit = 'OpenSSL takes the first issuer that fits and never goes back on it'
const expired = { from: '2026-01-01T00:00:00Z', to: '2029-01-01T00:00:00Z' }

export const paths: Family = {
  title: 'Finding paths: missing, twin, re-issued and cross-signed issuers, circles, and roots',
  source: 'RFC 5280 section 6.1; RFC 4158',
  make(shop) {
    const root = shop.ca('root')
    const other = shop.ca('other')
    const int = shop.ca('int', { by: root })
    shop.leaf('leaf', { by: int })

    shop.expect('a plain chain', 'leaf int root')
    shop.expect('the intermediate is missing', 'leaf int root', '', {
      served: '',
      paths: ['leaf | 0 issuer-not-found'],
    })
    shop.expect('the root is sent but not trusted', 'leaf int root', '2 untrusted-root', {
      served: 'int root',
      roots: 'other',
    })
    shop.expect('the root is neither sent nor trusted', 'leaf int root', '', {
      roots: 'other',
      paths: ['leaf int | 1 issuer-not-found'],
    })
    shop.expect('nothing is trusted', 'leaf int root', '2 untrusted-root', { served: 'int root', roots: '' })
    shop.expect('the root is sent too', 'leaf int root', '', { served: 'int root' })
    shop.expect('everything in the wrong order, and twice', 'leaf int root', '', {
      served: 'root other int root int leaf',
    })
    shop.expect('a stranger is sent along', 'leaf int root', '', { served: 'other int' })
    shop.expect('the intermediate is trusted by import', 'leaf int', '', {
      served: '',
      differs: 'OpenSSL needs -partial_chain to stop at an intermediate',
    })
    shop.expect('the intermediate and the root are trusted', 'leaf int root', '', {
      served: 'int',
      roots: 'int root',
      paths: ['leaf int', 'leaf int root'],
    })
    shop.expect('the leaf itself is trusted', 'leaf', '', {
      roots: 'leaf',
      served: 'int',
      differs: 'OpenSSL needs -partial_chain to trust a leaf',
      paths: ['leaf'],
    })
    shop.leaf('self-signed', {})
    shop.expect('a self-signed leaf', 'self-signed', '0 untrusted-root', { roots: 'root' })
    shop.expect('a self-signed leaf that is trusted', 'self-signed', '', { roots: 'self-signed' })
    shop.expect('a root alone', 'root', '0 extended-key-usage', {
      roots: 'root',
      paths: ['root | 0 key-usage-no-digital-signature'],
    })
    shop.leaf('below-root', { by: root })
    shop.expect('a leaf straight below the root', 'below-root root')

    shop.ca('twin', { by: root, subject: int.subject })
    shop.expect('another key under the name of the intermediate', 'leaf int root', '', { served: 'twin int' })
    shop.expect('only another key under the name of the intermediate', 'leaf int root', '', {
      served: 'twin',
      paths: ['leaf | 0 issuer-not-found, 0 note key-id-mismatch'],
    })
    shop.leaf('leaf-without-id', { by: int, issuerId: null })
    shop.expect('two keys under one name, and no key identifier', 'leaf-without-id int root', '0 note profile', {
      served: 'twin int',
      differs: firstFit,
    })
    shop.expect('only the wrong one of them', 'leaf-without-id int root', '', {
      served: 'twin',
      paths: ['leaf-without-id twin root | 0 signature-invalid, 0 note profile'],
    })
    const alias = shop.ca('alias', { by: root, key: int.key })
    shop.leaf('below-alias', { by: alias })
    shop.expect('one key under two names', 'below-alias alias root', '', { served: 'int alias' })
    shop.expect('the right key under the wrong name', 'below-alias alias root', '', {
      served: 'int',
      paths: ['below-alias | 0 issuer-not-found'],
    })
    const namesake = shop.ca('namesake-root', { subject: root.subject })
    shop.expect('a root of the same name with another key', 'leaf int root', '', {
      roots: 'namesake-root',
      paths: ['leaf int | 1 issuer-not-found, 1 note key-id-mismatch'],
    })
    shop.expect('a forged root that is sent beside the true one', 'leaf int root', '', { served: 'namesake-root int' })
    shop.ca('forged-int', { by: namesake, subject: int.subject, key: int.key })
    shop.expect('an intermediate of a forged root', 'leaf forged-int namesake-root', '2 untrusted-root', {
      served: 'forged-int namesake-root',
      roots: 'root',
    })

    shop.ca('cross', { by: other, subject: int.subject, key: int.key })
    const crossed = ['leaf int root', 'leaf cross other']
    shop.expect('a cross-sign, both roots trusted', 'leaf int root', '', {
      served: 'int cross',
      roots: 'root other',
      paths: crossed,
    })
    shop.expect('a cross-sign, only the other root trusted', 'leaf cross other', '', {
      served: 'int cross',
      roots: 'other',
      paths: ['leaf cross other', 'leaf int | 1 issuer-not-found'],
      differs: firstFit,
    })
    shop.ca('cross-expired', { by: other, subject: int.subject, key: int.key, ...expired })
    shop.expect('an expired cross-sign beside a good way', 'leaf int root', '', {
      served: 'cross-expired int',
      roots: 'root other',
      paths: ['leaf int root', 'leaf cross-expired other | 1 expired'],
    })
    shop.expect('an expired cross-sign as the only way to a trusted root', 'leaf cross-expired other', '1 expired', {
      served: 'int cross-expired',
      roots: 'other',
      paths: ['leaf cross-expired other | 1 expired', 'leaf int | 1 issuer-not-found'],
    })
    shop.ca('cross-no-ca', { by: other, subject: int.subject, key: int.key, basic: basicConstraints({ ca: false }) })
    shop.expect('a cross-sign that is no CA beside a good way', 'leaf int root', '', {
      served: 'cross-no-ca int',
      roots: 'root other',
      paths: ['leaf int root', 'leaf cross-no-ca other | 1 not-a-ca, 1 note profile'],
      differs: firstFit,
    })

    const oldTop = shop.ca('old-top', { to: '2029-06-01T00:00:00Z' })
    const newRoot = shop.ca('new-root', {})
    shop.ca('new-root-cross', { by: oldTop, subject: newRoot.subject, key: newRoot.key, to: '2029-06-01T00:00:00Z' })
    const issuing = shop.ca('issuing', { by: newRoot })
    shop.leaf('below-issuing', { by: issuing })
    shop.expect('an old root expired, the new one trusted too', 'below-issuing issuing new-root', '', {
      served: 'issuing new-root-cross old-top',
      roots: 'old-top new-root',
      paths: [
        'below-issuing issuing new-root',
        'below-issuing issuing new-root-cross | 2 expired',
        'below-issuing issuing new-root-cross old-top | 2 expired, 3 expired',
      ],
    })
    shop.expect('an old root expired, and the new one unknown to the client', 'below-issuing issuing new-root', '', {
      served: 'issuing new-root-cross',
      roots: 'old-top',
      paths: ['below-issuing issuing new-root-cross old-top | 2 expired, 3 expired'],
    })
    shop.ca('new-root-reissued', { subject: newRoot.subject, key: newRoot.key, to: '2040-01-01T00:00:00Z' })
    shop.expect('a re-issued root is sent, the first one trusted', 'below-issuing issuing new-root', '', {
      served: 'issuing new-root-reissued',
      paths: ['below-issuing issuing new-root', 'below-issuing issuing new-root-reissued'],
    })
    shop.ca('new-root-expired', { subject: newRoot.subject, key: newRoot.key, ...expired })
    shop.expect('an expired issue of a trusted root is sent', 'below-issuing issuing new-root', '', {
      served: 'issuing new-root-expired',
      paths: ['below-issuing issuing new-root', 'below-issuing issuing new-root-expired | 2 expired'],
    })
    shop.expect('both issues of a root are trusted', 'below-issuing issuing new-root', '', {
      roots: 'new-root-expired new-root',
      paths: ['below-issuing issuing new-root', 'below-issuing issuing new-root-expired | 2 expired'],
    })
    shop.ca('int-reissued', { by: root, subject: int.subject, key: int.key, to: '2036-01-01T00:00:00Z' })
    shop.expect('both issues of an intermediate', 'leaf int root', '', {
      served: 'int-reissued int',
      paths: ['leaf int-reissued root', 'leaf int root'],
    })
    shop.ca('int-expired', { by: root, subject: int.subject, key: int.key, ...expired })
    shop.expect('an expired issue of the intermediate comes first', 'leaf int root', '', {
      served: 'int-expired int',
      paths: ['leaf int root', 'leaf int-expired root | 1 expired'],
    })

    const ring = shop.key()
    const [nameA, nameB] = ['O=Ring, CN=Ring a', 'O=Ring, CN=Ring b']
    const b0 = shop.ca('ring-b', { subject: nameB, issuer: nameA, signer: ring, issuerId: authorityKeyId(ring.id) })
    shop.ca('ring-a', { subject: nameA, key: ring, by: b0 })
    shop.leaf('below-ring', { by: b0 })
    shop.expect('two certificates that certify each other', 'below-ring ring-b ring-a', '2 issuer-not-found', {
      served: 'ring-a ring-b',
      roots: 'root',
    })
    shop.ca('ring-exit', { by: root, subject: nameA, key: ring })
    shop.expect('the same with a way out to a root', 'below-ring ring-b ring-exit root', '', {
      served: 'ring-a ring-b ring-exit',
      paths: ['below-ring ring-b ring-exit root', 'below-ring ring-b ring-a | 2 issuer-not-found'],
      differs: firstFit,
    })
    const selfTwin = shop.ca('self-twin', { by: int, subject: int.subject })
    shop.leaf('below-self-twin', { by: selfTwin })
    shop.expect('a CA certifies its own new key', 'below-self-twin self-twin int root', '', { served: 'int self-twin' })
    shop.leaf('named-as-issuer', { by: int, subject: int.subject })
    shop.expect('a leaf with the name of its issuer', 'named-as-issuer int root')

    shop.leaf('named-as-issuer-only', { by: int, subject: int.subject, issuerId: null })
    shop.expect(
      'a leaf with the name of its issuer and no key identifier of it is a note',
      'named-as-issuer-only int root',
      '0 note key-id-mismatch, 0 note profile',
      { differs: 'OpenSSL takes it for self-signed' },
    )
    shop.leaf('wrong-id', { by: int, issuerId: authorityKeyId([9, 9, 9]) })
    shop.expect('a key identifier that points nowhere is a note', 'wrong-id int root', '0 note key-id-mismatch', {
      differs: 'OpenSSL does not take an issuer that the key identifier does not fit',
    })
    shop.leaf('serial-id', {
      by: int,
      issuerId: authorityKeyId(int.key.id, { issuer: directory('O=Lab, CN=Lab root'), serial: int.serial }),
    })
    shop.expect('a key identifier with issuer and serial number', 'serial-id int root')
    shop.leaf('wrong-serial-id', {
      by: int,
      issuerId: authorityKeyId(int.key.id, { issuer: directory('O=Lab, CN=Lab root'), serial: 99n }),
    })
    shop.expect(
      'a key identifier with another serial number is a note',
      'wrong-serial-id int root',
      '0 note key-id-mismatch',
      { differs: 'OpenSSL does not take an issuer whose serial number does not fit' },
    )
    const oddRoot = shop.ca('odd-root', { issuerId: authorityKeyId([9, 9, 9]) })
    shop.leaf('below-odd-root', { by: oddRoot })
    shop.expect(
      'a root whose key identifier points elsewhere is a note',
      'below-odd-root odd-root',
      '1 note key-id-mismatch',
      { differs: 'OpenSSL looks for an issuer of such a root, unless -partial_chain is given' },
    )
    shop.leaf('half-id', { by: int, issuerId: authorityKeyId(int.key.id, { serial: int.serial }) })
    shop.expect('a key identifier with a serial number alone', 'half-id int root', '0 note profile')
    const unnamed = shop.ca('unnamed', { by: root, subject: '' })
    shop.leaf('below-unnamed', { by: unnamed })
    shop.expect('an issuer with an empty name', 'below-unnamed unnamed root', '0 note profile, 1 note profile')

    let above = root
    const line: string[] = ['root']
    for (let depth = 1; depth <= 19; depth++) {
      above = shop.ca(`deep-${depth}`, { by: above })
      line.unshift(`deep-${depth}`)
    }
    shop.leaf('deep-leaf', { by: above })
    shop.leaf('deep-leaf-20', { by: shop.ca('deep-20', { by: above }) })
    const twentyOne = ['deep-leaf', ...line].join(' ')
    shop.expect('a line of 21 certificates is one too long', twentyOne, '', {
      paths: [`deep-leaf ${line.slice(0, -1).join(' ')} | 19 search-limit`],
      differs: 'OpenSSL goes 100 deep',
    })
    shop.expect('a line of 22 certificates', `deep-leaf-20 deep-20 ${line.join(' ')}`, '', {
      paths: [`deep-leaf-20 deep-20 ${line.slice(0, -2).join(' ')} | 19 search-limit`],
      differs: 'OpenSSL goes 100 deep',
    })
  },
}
