import { flipped, withNull } from '../make/changes.ts'
import {
  type Bytes,
  bits,
  explicit,
  integer,
  join,
  none,
  octets,
  octetsOf,
  oid,
  type Part,
  sequence,
} from '../make/der.ts'
import type { Family, KeyKind, Workshop } from '../make/workshop.ts'

const invalid = '0 signature-invalid'
const unread = { differs: 'OpenSSL cannot decode such a key' }

/** An RSA or elliptic-curve issuer, and what it signs when its signer does something odd. */
export const algorithmsFamily: Family = {
  title: 'Algorithms: curves, RSASSA-PSS and its parameters, padding of RSA, and DSA',
  source: 'RFC 8017 sections 8 and 9; RFC 4055; RFC 5480; RFC 5639; RFC 8410; FIPS 186-4',
  make(shop) {
    const root = shop.ca('root')
    const kinds: readonly KeyKind[] = [
      'P-521',
      'P-224',
      'secp256k1',
      'brainpoolP256r1',
      'brainpoolP384r1',
      'brainpoolP512r1',
      'Ed448',
    ]
    for (const kind of kinds) {
      const ca = shop.ca(kind, { by: root, key: shop.key(kind) })
      shop.leaf(`below-${kind}`, { by: ca })
      shop.expect(`an issuer with a key of ${kind}`, `below-${kind} ${kind} root`)
      shop.leaf(`flipped-${kind}`, { by: ca, spoil: (one) => flipped(one, one.length - 1) })
      shop.expect(`the same with a flipped bit, ${kind}`, `flipped-${kind} ${kind} root`, invalid)
    }
    const ed = shop.ca('ed25519', { by: root, key: shop.key('Ed25519') })
    shop.leaf('ed25519-null', { by: ed, algorithm: sequence(oid('1.3.101.112'), none) })
    shop.expect('Ed25519 with NULL parameters', 'ed25519-null ed25519 root', '0 note encoding')
    const key = shop.key('Ed25519')
    const odd = shop.ca('ed25519-odd', { by: root, key: { ...key, spki: withNull(key.spki) } })
    shop.leaf('below-ed25519-odd', { by: odd })
    shop.expect('an Ed25519 key with NULL parameters', 'below-ed25519-odd ed25519-odd root', '', {
      paths: ['below-ed25519-odd ed25519-odd root | 0 signature-invalid, 1 note encoding'],
    })
    makePss(shop)
    makePadding(shop)
    makeDsa(shop)
  },
}

const pssOid = oid('1.2.840.113549.1.1.10')
const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), none)
const mgf = (digest: Part) => sequence(oid('1.2.840.113549.1.1.8'), digest)

/** RSASSA-PSS under parameters for SHA-256. */
function pss(facts: { salt?: Part; mask?: Part; hash?: Part; more?: Part } = {}): Bytes {
  const { salt = integer(32), mask = mgf(sha256), hash = sha256, more = [] } = facts
  return sequence(pssOid, sequence(explicit(0, hash), explicit(1, mask), explicit(2, salt), more))
}

function makePss(shop: Workshop): void {
  const rsa = shop.key('RSA-2048')
  const root = shop.ca('rsa', { key: rsa })
  let count = 0
  const signed = (title: string, salt: number, algorithm: Part, problems = '') => {
    const label = `pss-${++count}`
    shop.leaf(label, { by: root, signer: rsa.pss(salt, algorithm) })
    shop.expect(title, `${label} rsa`, problems)
  }
  signed('RSASSA-PSS', 32, pss())
  signed('RSASSA-PSS without salt', 0, pss({ salt: integer(0) }))
  signed('RSASSA-PSS with the longest salt', 222, pss({ salt: integer(222) }))
  signed('a salt shorter than the parameters say', 20, pss(), invalid)
  signed('a salt longer than the parameters say', 40, pss(), invalid)
  signed('a salt where the parameters say none', 32, pss({ salt: integer(0) }), invalid)
  signed('a salt of negative length', 32, pss({ salt: integer([0xe0]) }), invalid)
  signed('a salt longer than the key', 32, pss({ salt: integer(1000) }), invalid)
  signed(
    'another mask digest than the parameters say',
    32,
    pss({ mask: mgf(sequence(oid('1.3.14.3.2.26'), none)) }),
    `${invalid}, 0 note encoding`,
  )
  signed('a trailer field of 1 written out', 32, pss({ more: explicit(3, integer(1)) }), '0 note encoding')
  signed('a trailer field of 2', 32, pss({ more: explicit(3, integer(2)) }), invalid)
  signed('RSASSA-PSS without parameters', 32, sequence(pssOid), invalid)
  signed('RSASSA-PSS with NULL as parameters', 32, sequence(pssOid, none), invalid)
  signed(
    'RSASSA-PSS with a mask nobody knows',
    32,
    pss({ mask: sequence(oid('1.3.6.1.4.1.99999.1')) }),
    '0 signature-unverified',
  )

  const narrowed = (label: string, parameters: Part, title: string, problems = '') => {
    const own = { ...rsa.pss(32, pss()), spki: sequence(sequence(pssOid, parameters), join(rsa.spki).subarray(19)) }
    const ca = shop.ca(label, { key: own })
    shop.leaf(`below-${label}`, { by: ca, signer: own })
    shop.expect(title, `below-${label} ${label}`, problems)
  }
  narrowed('pss-free', [], 'a key for RSASSA-PSS with any parameters')
  narrowed('pss-same', parametersOf(pss()), 'a key for RSASSA-PSS with these very parameters')
  narrowed('pss-more', parametersOf(pss({ salt: integer(48) })), 'a key that asks for a longer salt', invalid)
  narrowed('pss-less', parametersOf(pss({ salt: integer(8) })), 'a key that asks for a shorter salt')
  narrowed('pss-sha1', sequence(), 'a key that asks for SHA-1, the default', invalid)
}

/** The second element of an AlgorithmIdentifier of under 128 octets. */
const parametersOf = (algorithm: Bytes): Bytes => join(algorithm.subarray(2 + pssOid.length))

/** Object identifier of SHA-256 as DigestInfo has it, with parameters of any kind. */
const digestInfo = (digest: Part, ...parameters: Part[]): Bytes =>
  sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), ...parameters), octets(digest))

function makePadding(shop: Workshop): void {
  const key = shop.key('RSA-2048 e=3')
  const root = shop.ca('e3', { key })
  const padded = (label: string, title: string, info: (digest: Uint8Array) => Part, problems = invalid) => {
    shop.leaf(label, { by: root, signer: key.padding(info) })
    shop.expect(title, `${label} e3`, problems)
  }
  padded('info-plain', 'a key with exponent 3', (digest) => digestInfo(digest, none), '')
  padded('info-bare', 'a DigestInfo without its NULL', (digest) => digestInfo(digest))
  padded('info-garbage', 'octets in the parameters of a DigestInfo (CVE-2014-1568)', (digest) =>
    digestInfo(digest, octets(new Uint8Array(40).fill(7))),
  )
  padded('info-long', 'a DigestInfo with a length that is not the shortest (CVE-2014-1568)', (digest) => {
    const info = digestInfo(digest, none)
    return join([0x30, 0x81], info.subarray(1))
  })
  padded('info-tail', 'octets after the DigestInfo (CVE-2006-4339)', (digest) => join(digestInfo(digest, none), [0, 0]))
  padded('info-sha1', 'a DigestInfo of another digest', (digest) =>
    sequence(sequence(oid('1.3.14.3.2.26'), none), octets(digest.subarray(0, 20))),
  )
  padded('info-raw', 'the bare digest', (digest) => digest)
  shop.leaf('forged', {
    by: root,
    signer: key,
    spoil: (one) => cubeForgery(one, join(key.spki).subarray(-3 - 256, -3)),
  })
  shop.expect('a cube root as a signature under exponent 3 (CVE-2006-4339)', 'forged e3', invalid)
}

/**
 * Bleichenbacher's forgery: after few octets of padding and the true DigestInfo, which a true signature gives away, comes
 * whatever makes the number a cube. Checkers that pass over the rest take it.
 */
function cubeForgery(signature: Uint8Array, modulus: Uint8Array): Bytes {
  const block = hexOf(number(signature) ** 3n % number(modulus)).padStart(512, '0')
  const info = block.slice(block.indexOf('00', 4) + 2)
  const start = `0001${'ff'.repeat(8)}00${info}`
  let root = cubeRoot(BigInt(`0x${start.padEnd(512, '0')}`))
  root += 1n
  if (
    !hexOf(root ** 3n)
      .padStart(512, '0')
      .startsWith(start)
  )
    throw new Error('no cube begins like this')
  const digits = hexOf(root).padStart(512, '0')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const hexOf = (value: bigint): string => value.toString(16)
const number = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')}`)

/** The whole part of a cube root. */
function cubeRoot(value: bigint): bigint {
  let [low, high] = [0n, 1n << 700n]
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle ** 3n <= value) low = middle
    else high = middle - 1n
  }
  return low
}

function makeDsa(shop: Workshop): void {
  const root = shop.ca('dsa-top')
  const key = shop.key('DSA-2048')
  const one = shop.ca('dsa-one', { by: root, subject: 'O=Lab, CN=DSA', key })
  shop.ca('dsa-two', { by: root, subject: 'O=Lab, CN=DSA', key, to: '2034-01-01T00:00:00Z' })
  shop.leaf('below-dsa', { by: one })
  shop.expect('two issues of an issuer with a DSA key (CVE-2025-58188)', 'below-dsa dsa-one dsa-top', '', {
    served: 'dsa-one dsa-two',
    paths: ['below-dsa dsa-one dsa-top', 'below-dsa dsa-two dsa-top'],
  })
  const numbers = (...values: readonly Part[]) => sequence(...values.map((value) => integer(value)))
  const spki = (parameters: Part, y: Part) => sequence(sequence(oid('1.2.840.10040.4.1'), parameters), bits(y))
  const broken = (label: string, title: string, own: Part, problems: string) => {
    const ca = shop.ca(label, { by: root, key: { ...key, spki: own } })
    shop.leaf(`below-${label}`, { by: ca })
    shop.expect(title, `below-${label} ${label} dsa-top`, problems)
  }
  broken('dsa-zeros', 'a DSA key of zeros', spki(numbers([0], [0], [0]), integer(0)), '0 signature-invalid, 1 weak-key')
  const large = octetsOf(1n << 2047n)
  broken('dsa-q1', 'a DSA key with a subgroup of one element', spki(numbers(large, [1], [2]), integer(2)), invalid)
  broken(
    'dsa-minus',
    'a DSA key with a negative prime',
    spki(numbers([0x80, ...new Uint8Array(255)], [1], [2]), integer(2)),
    invalid,
  )
  broken('dsa-two-numbers', 'DSA parameters of two numbers', spki(numbers(large, [1]), integer(2)), invalid)
  broken('dsa-y', 'a DSA key whose public value is no number', spki(numbers(large, [1], [2]), octets([2])), invalid)
  const leafKey = { ...shop.key(), spki: spki(numbers(large, [1], [2]), octets([2])) }
  shop.leaf('dsa-leaf', { by: root, key: leafKey })
  shop.expect('a leaf with such a key', 'dsa-leaf dsa-top', '', unread)

  const unknown = sequence(sequence(oid('1.3.6.1.4.1.99999.8')), bits([1, 2, 3]))
  const strange = shop.ca('strange', { by: root, key: { ...shop.key(), spki: unknown } })
  shop.leaf('below-strange', { by: strange })
  shop.expect(
    'an issuer with a key of no known kind (CVE-2024-24783)',
    'below-strange strange dsa-top',
    '0 signature-unverified',
  )
  shop.leaf('strange-leaf', { by: root, key: { ...shop.key(), spki: unknown } })
  shop.expect('a leaf with a key of no known kind', 'strange-leaf dsa-top', '', unread)
}
