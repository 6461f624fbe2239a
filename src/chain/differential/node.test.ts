import { createHash, generateKeyPairSync, sign, webcrypto, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVerifier } from '../../x509/crypto.ts'
import { make } from '../scenarios/make/certificate.ts'
import { subjectAltName } from '../scenarios/make/extensions.ts'
import { dns, email, ip, uri } from '../scenarios/make/names.ts'
import { nameDifferences, type Pair, relationDifferences } from './node.ts'
import { build } from './pki.ts'
import { arbitraryPki, type KeyMaker, load, makeKeys, settingsOf } from './random.ts'

const { count, seed } = settingsOf(process.env)

const maker: KeyMaker = {
  pair(weak) {
    const { privateKey, publicKey } = weak
      ? generateKeyPairSync('rsa', { modulusLength: 1024 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    return { spki, sign: (digest, message) => sign(digest, message, privateKey) }
  },
  sha1: (bytes) => createHash('sha1').update(bytes).digest(),
}
const keys = makeKeys(maker)

/** One certificate, read by both. */
function pairOf(der: Uint8Array): Pair<X509Certificate> {
  const theirs = new X509Certificate(der)
  return { ours: load(der), theirs, key: theirs.publicKey }
}
const hosts = [
  'www.lab.example',
  'WWW.Lab.Example',
  'a.lab.example',
  'a.b.lab.example',
  'lab.example',
  'www.other.example',
  '192.0.3.1',
  'ann@www.other.example',
]

describe("Node's primitives on random infrastructures", () => {
  it(`agree on issuers, signatures and names in ${count} of them`, { timeout: 20_000 + count * 100 }, async () => {
    const verifier = createVerifier({ subtle: webcrypto.subtle })
    const found: string[] = []
    for (const [number, pki] of fc.sample(arbitraryPki, { seed, numRuns: count }).entries()) {
      const { leaf, served, trusted } = build(pki, number, keys)
      const all = [leaf, ...served, ...trusted].map(pairOf)
      const texts = hosts.flatMap((host) => all.slice(0, 1).flatMap((one) => nameDifferences(one, host)))
      for (const subject of all)
        for (const issuer of all) texts.push(...(await relationDifferences(subject, issuer, verifier)))
      if (texts.length > 0) found.push(`${number}: ${texts.join('; ')} ${JSON.stringify(pki)}`)
    }
    expect(found.slice(0, 20)).toEqual([])
  })

  it(`agree on random names and hosts in ${count} certificates`, { timeout: 20_000 + count * 100 }, () => {
    const property = fc.property(
      fc.array(entry, { maxLength: 4 }),
      common,
      fc.array(asked, { minLength: 8 }),
      (...all) => {
        const [names, subject, wanted] = all
        const order = { subject, key: keys.leaf, names: names.length === 0 ? null : subjectAltName(names.map(encoded)) }
        const pair = pairOf(make(order).der)
        expect(wanted.flatMap((host) => nameDifferences(pair, host))).toEqual([])
      },
    )
    fc.assert(property, { seed, numRuns: count })
  })
})

const label = fc.constantFrom('a', 'www', 'WWW', 'my_host', 'xn--bcher-kva', '1', 'a-b')
const star = fc.constantFrom('*', 'w*', '*w', 'w*w', '**', 'xn--*')
const suffix = fc.constantFrom('lab.example', 'Lab.Example', 'co.uk', 'com', 'example', 'github.io', 'a.lab.example')
const dotted = (first: fc.Arbitrary<string>) => fc.tuple(first, suffix).map((parts) => parts.join('.'))
const host = fc.oneof(
  dotted(label),
  suffix,
  label,
  dotted(label).map((name) => `${name}.`),
)
const pattern = fc.oneof(
  host,
  dotted(star),
  star,
  fc.tuple(label, star, suffix).map((parts) => parts.join('.')),
  fc.tuple(star, label, suffix).map((parts) => parts.join('.')),
)
const address = fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1', '::ffff:192.0.2.1', '::')
const mailbox = fc.tuple(fc.constantFrom('ann', 'Ann', 'bob'), suffix).map((parts) => parts.join('@'))

type Kind = 'dns' | 'ip' | 'email' | 'uri'
const of = (kind: Kind, text: fc.Arbitrary<string>) => text.map((value) => ({ kind, value }))
const entry = fc.oneof(
  { weight: 5, arbitrary: of('dns', pattern) },
  of('ip', address),
  of('email', mailbox),
  of('uri', fc.constant('https://www.lab.example/')),
)
const common = fc.oneof(pattern, address).map((name) => `O=Lab, CN=${name}`)
const asked = fc.oneof({ weight: 5, arbitrary: host }, address, mailbox)

const encoders = { dns, ip, email, uri } as const
const encoded = ({ kind, value }: { readonly kind: Kind; readonly value: string }) => encoders[kind](value)
