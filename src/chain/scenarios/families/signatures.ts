import { algorithms } from '../make/certificate.ts'
import { type Bytes, bits, integer, join, octetsOf, oid, type Part, sequence } from '../make/der.ts'
import { keyUsage, subjectAltName } from '../make/extensions.ts'
import { dns } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

/** Order of P-256 (SEC 2, section 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export const signatures: Family = {
  title: 'Signatures: flipped, malleable, of other algorithms, and of weak keys and digests',
  source:
    'RFC 5280 sections 4.1.1.2 and 6.1.3 (a) (1); RFC 5480; CA/Browser Forum Baseline Requirements 6.1.5 and 7.1.3',
  make(shop) {
    const [rootKey, intKey, rsaKey] = [shop.key(), shop.key(), shop.key('RSA-2048')]
    const root = shop.ca('root', { key: rootKey })
    const int = shop.ca('int', { by: root, key: intKey })
    const leaf = (label: string, order: Parameters<typeof shop.leaf>[1]) => shop.leaf(label, { by: int, ...order })
    const invalid = '0 signature-invalid'

    leaf('plain', {})
    shop.expect('a sound signature', 'plain int root')
    leaf('flipped', { spoil: (one) => changed(one, one.length - 1, 1) })
    shop.expect('a signature with its last bit flipped', 'flipped int root', invalid)
    leaf('changed-name', {
      reshape: (tbs) => tbs,
      signer: { ...int.key, sign: (message) => int.key.sign(changed(message, message.length - 1, 1)) },
    })
    shop.expect('a signed part that was changed afterwards', 'changed-name int root', invalid)
    leaf('other-signer', { signer: { ...shop.key(), id: int.key.id } })
    shop.expect('a signature of another key under the right key identifier', 'other-signer int root', invalid)
    const flippedInt = shop.ca('flipped-int', { by: root, spoil: (one) => changed(one, one.length - 1, 1) })
    shop.leaf('below-flipped-int', { by: flippedInt })
    shop.expect('an intermediate with a flipped signature', 'below-flipped-int flipped-int root', '1 signature-invalid')
    const flippedRoot = shop.ca('flipped-root', { spoil: (one) => changed(one, one.length - 1, 1) })
    shop.leaf('below-flipped-root', { by: flippedRoot })
    shop.expect("a root's own signature is not looked at", 'below-flipped-root flipped-root')
    shop.expect('a root with a flipped signature that is not trusted', 'below-flipped-root flipped-root', '', {
      served: 'flipped-root',
      roots: 'root',
      paths: ['below-flipped-root flipped-root | 1 untrusted-root, 1 signature-invalid'],
    })

    leaf('high-s', { spoil: (one) => ecdsa(one, (r, s) => [octetsOf(r), octetsOf(s * 2n > order ? s : order - s)]) })
    shop.expect('an ECDSA signature with a high s is as good', 'high-s int root')
    leaf('low-s', { spoil: (one) => ecdsa(one, (r, s) => [octetsOf(r), octetsOf(s * 2n > order ? order - s : s)]) })
    shop.expect('an ECDSA signature with a low s', 'low-s int root')
    leaf('s-plus-order', { spoil: (one) => ecdsa(one, (r, s) => [octetsOf(r), octetsOf(s + order)]) })
    shop.expect('an s beyond the order', 's-plus-order int root', invalid)
    leaf('padded-r', { spoil: (one) => ecdsa(one, (r, s) => [join([0, 0], octetsOf(r)), octetsOf(s)]) })
    shop.expect('an r with superfluous zeros', 'padded-r int root', invalid)
    leaf('negative-r', { spoil: (one) => ecdsa(one, (r, s) => [join([0xff], octetsOf(r)), octetsOf(s)]) })
    shop.expect('a negative r', 'negative-r int root', invalid)
    leaf('zero-r', { spoil: (one) => ecdsa(one, (_, s) => [[0], octetsOf(s)]) })
    shop.expect('an r of zero', 'zero-r int root', invalid)
    leaf('zero-s', { spoil: (one) => ecdsa(one, (r) => [octetsOf(r), [0]]) })
    shop.expect('an s of zero', 'zero-s int root', invalid)
    leaf('negative-s', { spoil: (one) => ecdsa(one, (r, s) => [octetsOf(r), join([0xff], octetsOf(s))]) })
    shop.expect('a negative s', 'negative-s int root', invalid)
    leaf('r-plus-order', { spoil: (one) => ecdsa(one, (r, s) => [octetsOf(r + order), octetsOf(s)]) })
    shop.expect('an r beyond the order', 'r-plus-order int root', invalid)
    leaf('order-both', { spoil: () => sequence(integer(order), integer(order)) })
    shop.expect('r and s equal to the order', 'order-both int root', invalid)
    leaf('zero-both', { spoil: () => sequence(integer(0), integer(0)) })
    shop.expect('r and s of zero', 'zero-both int root', invalid)
    leaf('tail', { spoil: (one) => join(one, [0]) })
    shop.expect('a byte after the ECDSA signature', 'tail int root', invalid)
    leaf('third-number', { spoil: (one) => sequence(one.subarray(2), integer(1)) })
    shop.expect('a third number in the ECDSA signature', 'third-number int root', invalid)
    leaf('long-length', { spoil: (one) => join([0x30, 0x81], one.subarray(1)) })
    shop.expect('a length in the ECDSA signature that is not the shortest', 'long-length int root', invalid)
    leaf('empty', { spoil: () => [] })
    shop.expect('an empty signature', 'empty int root', invalid)
    leaf('unused-bits', { spoil: (one) => changed(one, one.length - 1, 0), unusedBits: 1 })
    shop.expect('a signature that is not a whole number of bytes', 'unused-bits int root', invalid)

    leaf('mismatch', { outerAlgorithm: algorithms['ecdsa-with-SHA384'] })
    shop.expect('another digest outside than inside', 'mismatch int root', '0 signature-invalid, 0 algorithm-mismatch')
    leaf('mismatch-parameters', { outerAlgorithm: sequence(oid('1.2.840.10045.4.3.2'), [5, 0]) })
    shop.expect('other parameters outside than inside', 'mismatch-parameters int root', '0 algorithm-mismatch')
    leaf('mismatch-inside', {
      algorithm: algorithms.sha256WithRSAEncryption,
      outerAlgorithm: algorithms['ecdsa-with-SHA256'],
    })
    shop.expect('RSA inside, ECDSA outside', 'mismatch-inside int root', '0 algorithm-mismatch')
    const mismatchRoot = shop.ca('mismatch-root', { outerAlgorithm: algorithms['ecdsa-with-SHA384'] })
    shop.leaf('below-mismatch-root', { by: mismatchRoot })
    shop.expect(
      'algorithms that differ on a root are a note',
      'below-mismatch-root mismatch-root',
      '1 note algorithm-mismatch',
    )
    leaf('wrong-family', { algorithm: algorithms.sha256WithRSAEncryption })
    shop.expect('an RSA algorithm under an elliptic-curve key', 'wrong-family int root', invalid)
    leaf('unknown-algorithm', { algorithm: sequence(oid('1.3.6.1.4.1.99999.9')) })
    shop.expect('an algorithm nobody knows', 'unknown-algorithm int root', '0 signature-unverified')
    leaf('null-parameters', { algorithm: sequence(oid('1.2.840.10045.4.3.2'), [5, 0]) })
    shop.expect('ECDSA with NULL parameters', 'null-parameters int root', '0 note encoding')

    leaf('sha1', { signer: intKey.with('sha1') })
    shop.expect('a SHA-1 signature', 'sha1 int root', '0 weak-digest')
    const sha1Int = shop.ca('sha1-int', { by: root, signer: rootKey.with('sha1') })
    shop.leaf('below-sha1-int', { by: sha1Int })
    shop.expect('a SHA-1 signature on an intermediate', 'below-sha1-int sha1-int root', '1 weak-digest')
    const sha1Root = shop.ca('sha1-root', { key: rootKey, signer: rootKey.with('sha1') })
    shop.leaf('below-sha1-root', { by: sha1Root })
    shop.expect('a SHA-1 signature of a root on itself', 'below-sha1-root sha1-root')
    leaf('sha384', { signer: intKey.with('sha384') })
    shop.expect('P-256 with SHA-384', 'sha384 int root')

    const rsaRoot = shop.ca('rsa-root', { key: rsaKey })
    shop.leaf('below-rsa-root', { by: rsaRoot })
    shop.expect('an RSA root of 2,048 bits', 'below-rsa-root rsa-root')
    shop.leaf('md5', { by: rsaRoot, signer: rsaKey.with('md5') })
    shop.expect('an MD5 signature', 'md5 rsa-root', '0 weak-digest')
    shop.leaf('rsa-flipped', { by: rsaRoot, spoil: (one) => changed(one, 40, 0x10) })
    shop.expect('an RSA signature with a bit flipped', 'rsa-flipped rsa-root', invalid)
    shop.leaf('rsa-zero-before', { by: rsaRoot, spoil: (one) => join([0], one) })
    shop.expect('an RSA signature with a zero before it', 'rsa-zero-before rsa-root', '', {
      paths: ['rsa-zero-before rsa-root | 0 signature-invalid'],
    })
    shop.leaf('rsa-no-parameters', { by: rsaRoot, algorithm: sequence(oid('1.2.840.113549.1.1.11')) })
    shop.expect('an RSA algorithm without its NULL', 'rsa-no-parameters rsa-root', '0 note encoding')
    const smallRoot = shop.ca('small-root', { key: shop.key('RSA-1024') })
    shop.leaf('below-small-root', { by: smallRoot })
    shop.expect('a root of 1,024 bits', 'below-small-root small-root', '1 weak-key')
    leaf('small-leaf', { key: shop.key('RSA-1024') })
    shop.expect('a leaf of 1,024 bits', 'small-leaf int root', '0 weak-key')
    leaf('exponent-1', { key: { ...shop.key(), spki: withExponent(rsaKey.spki, 1) } })
    shop.expect('an RSA key with exponent 1', 'exponent-1 int root', '0 weak-key', {
      differs: 'OpenSSL does not look at the exponent of a leaf',
    })
    leaf('exponent-3', { key: { ...shop.key(), spki: withExponent(rsaKey.spki, 3) } })
    shop.expect('an RSA key with exponent 3', 'exponent-3 int root')

    leaf('p192', { key: shop.key('P-192') })
    shop.expect('a leaf on a curve of 192 bits', 'p192 int root', '0 weak-key')
    leaf('p224', { key: shop.key('P-224') })
    shop.expect('a leaf on a curve of 224 bits', 'p224 int root')
    const p384 = shop.ca('p384', { by: root, key: shop.key('P-384') })
    shop.leaf('below-p384', { by: p384 })
    shop.expect('a P-384 issuer with SHA-256', 'below-p384 p384 root')
    leaf('explicit', { key: shop.key('explicit P-256') })
    shop.expect('a leaf with a spelt-out curve', 'explicit int root', '0 explicit-curve')
    const explicitCa = shop.ca('explicit-ca', { by: root, key: shop.key('explicit P-256') })
    shop.leaf('below-explicit-ca', { by: explicitCa })
    shop.expect('an issuer with a spelt-out curve', 'below-explicit-ca explicit-ca root', '1 explicit-curve', {
      paths: ['below-explicit-ca explicit-ca root | 0 signature-unverified, 1 explicit-curve'],
    })
    leaf('off-curve', { key: { ...shop.key(), spki: offCurve(int.key.spki) } })
    shop.expect('a leaf whose point is not on the curve', 'off-curve int root', '', {
      differs: 'OpenSSL cannot decode such a key',
    })
    const offCa = shop.ca('off-curve-ca', { by: root, key: { ...int.key, spki: offCurve(int.key.spki) } })
    shop.leaf('below-off-curve-ca', { by: offCa })
    shop.expect('an issuer whose point is not on the curve', 'below-off-curve-ca off-curve-ca root', '', {
      paths: ['below-off-curve-ca off-curve-ca root | 0 signature-invalid'],
    })

    const ed = shop.ca('ed25519', { by: root, key: shop.key('Ed25519') })
    shop.leaf('below-ed25519', { by: ed })
    shop.expect('an Ed25519 issuer', 'below-ed25519 ed25519 root')
    shop.leaf('ed25519-flipped', { by: ed, spoil: (one) => changed(one, 3, 1) })
    shop.expect('an Ed25519 signature with a bit flipped', 'ed25519-flipped ed25519 root', invalid)
    const dsa = shop.ca('dsa', { by: root, key: shop.key('DSA-2048') })
    shop.leaf('below-dsa', {
      by: dsa,
      usage: keyUsage('digitalSignature'),
      names: subjectAltName([dns('www.lab.example')]),
    })
    shop.expect('a DSA issuer', 'below-dsa dsa root')
  },
}

function changed(bytes: Uint8Array, at: number, mask: number): Bytes {
  const copy = join(bytes)
  copy[at] = (copy[at] ?? 0) ^ mask
  return copy
}

/** Reads both numbers of an ECDSA signature and writes others. */
function ecdsa(signature: Uint8Array, change: (r: bigint, s: bigint) => readonly [Part, Part]): Bytes {
  const length = signature[3] ?? 0
  const number = (bytes: Uint8Array) =>
    BigInt(`0x${Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')}`)
  const [r, s] = change(number(signature.subarray(4, 4 + length)), number(signature.subarray(6 + length)))
  return sequence(integer(r), integer(s))
}

/** The same RSA key with another exponent (which had three octets, 65,537). */
function withExponent(spki: Part, exponent: number): Bytes {
  const numbers = join(spki).subarray(28, -5)
  return sequence(sequence(oid('1.2.840.113549.1.1.1'), [5, 0]), bits(sequence(numbers, integer(exponent))))
}

function offCurve(spki: Part): Bytes {
  const bytes = join(spki)
  return changed(bytes, bytes.length - 1, 1)
}
