/** Small public-key infrastructures from plain descriptions: a line of CAs, things that are wrong with it, and ways around. */

import { algorithms, type Key, type Made, make, type Order } from '../scenarios/make/certificate.ts'
import { generalizedTime, none, octetsOf, sequence, utcTime } from '../scenarios/make/der.ts'
import {
  authorityKeyId,
  basicConstraints,
  extendedKeyUsage,
  extension,
  keyUsage,
  nameConstraints,
  policies,
  policyConstraints,
  subjectAltName,
} from '../scenarios/make/extensions.ts'
import { directory, dns, email, ip, uri } from '../scenarios/make/names.ts'

/** Keys that every description shares; names tell their certificates apart. */
export interface Keys {
  readonly leaf: Key
  /** As many as there may be CAs in a line. */
  readonly cas: readonly Key[]
  readonly other: Key
  readonly stranger: Key
  readonly weak: Key
  /** A CA's key by its number, signing with SHA-1. */
  readonly sha1: readonly Key[]
}

export interface Fault {
  readonly kind: FaultKind
  /** Which certificate, counted from the leaf; taken modulo the length of the line. */
  readonly at: number
}

/** A second certificate for a CA of the line, with the same name and key. */
export interface Double {
  readonly at: number
  /** `other`: issued by a root of another name. `same`: issued once more by its issuer. */
  readonly by: 'other' | 'same'
  readonly faults: readonly FaultKind[]
  /** Before the first one among what the server sends. */
  readonly first: boolean
}

export interface Pki {
  /** Certificates between leaf and root. */
  readonly between: number
  readonly faults: readonly Fault[]
  readonly double?: Double | undefined
  readonly trusted: 'root' | 'other' | 'both' | 'none' | 'namesake'
  /** An intermediate that the server leaves out, modulo their number. */
  readonly missing?: number | undefined
  readonly reversed: boolean
}

export interface Built {
  readonly leaf: Uint8Array
  readonly served: readonly Uint8Array[]
  readonly trusted: readonly Uint8Array[]
}

/** What the leaf is for. */
export type Role = 'server' | 'client'

interface Place {
  readonly keys: Keys
  readonly by: Made | undefined
  /** Number of the CA that issues this certificate. */
  readonly issuer: number
  readonly leaf: boolean
}

type Change = Partial<Order> | ((place: Place) => Partial<Order>)

const constraints = (permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []): Change => ({
  constraints: nameConstraints({
    ...(permitted.length === 0 ? {} : { permitted }),
    ...(excluded.length === 0 ? {} : { excluded }),
  }),
})
const ownName = (place: Place) => (place.by === undefined ? {} : { subject: place.by.subject })
const unknownType = '1.3.6.1.4.1.99999.7'

/** What may be odd about a certificate; not all of it is wrong. */
const changes = {
  expired: { from: '2026-01-01T00:00:00Z', to: '2029-01-01T00:00:00Z' },
  'not yet valid': { from: '2033-01-01T00:00:00Z' },
  'early GeneralizedTime': { to: generalizedTime('20320101000000Z') },
  'UTCTime without seconds': { to: utcTime('3201010000Z') },
  'no basic constraints': { basic: null },
  'CA:FALSE': { basic: basicConstraints({ ca: false }) },
  'CA:TRUE': { basic: basicConstraints() },
  'path length 0': { basic: basicConstraints({ pathLength: 0 }) },
  'path length 1': { basic: basicConstraints({ pathLength: 1 }) },
  'soft basic constraints': { basic: basicConstraints({ critical: false }) },
  'cRLSign only': { usage: keyUsage('cRLSign') },
  'no key usage': { usage: null },
  'keyEncipherment only': { usage: keyUsage('keyEncipherment') },
  'keyCertSign and digitalSignature': { usage: keyUsage('digitalSignature keyCertSign') },
  'client purpose': { purpose: extendedKeyUsage('client') },
  'server purpose': { purpose: extendedKeyUsage('server') },
  'both purposes': { purpose: extendedKeyUsage('server client') },
  'no purpose': { purpose: null },
  'any purpose': { purpose: extendedKeyUsage('any') },
  'any and client purpose': { purpose: extendedKeyUsage('any client') },
  'old server purpose': { purpose: extendedKeyUsage('microsoftGated') },
  'critical purpose': { purpose: extendedKeyUsage('server', true) },
  'broken purpose': { purpose: extension('2.5.29.37', none) },
  'permits the host': constraints([dns('lab.example')]),
  'permits another host': constraints([dns('other.example')]),
  'permits below a dot': constraints([dns('.lab.example')]),
  'excludes the host': constraints([], [dns('www.lab.example')]),
  'excludes the domain': constraints([], [dns('LAB.example')]),
  'excludes another host': constraints([dns('example')], [dns('other.example')]),
  'permits addresses': constraints([ip('192.0.2.0/255.255.255.0')]),
  'permits its own names': constraints([directory('O=Lab')]),
  'permits other names': constraints([directory('O=Other')]),
  'excludes its own names': constraints([], [directory('O=Lab')]),
  'permits mailboxes': constraints([email('lab.example')], [email('.other.example')]),
  'permits URIs': constraints([uri('.lab.example')]),
  'unknown critical extension': { more: [extension(unknownType, none, true)] },
  'unknown extension': { more: [extension(unknownType, none)] },
  'key usage twice': { more: [keyUsage('digitalSignature keyCertSign')] },
  'version 1': { version: null, extensions: null },
  'version 1 with extensions': { version: null },
  'version 2 with extensions': { version: 2 },
  'negative serial number': { serial: [0x80, 1] },
  'serial number zero': { serial: [0] },
  'long serial number': { serial: octetsOf(1n << 200n) },
  'algorithms differ': { outerAlgorithm: sequence(algorithms['ecdsa-with-SHA256'].subarray(2), [5, 0]) },
  'flipped signature': {
    spoil: (one: Uint8Array) => one.map((byte, at) => (at === one.length - 1 ? byte ^ 1 : byte)),
  },
  'SHA-1': ({ keys, issuer }: Place) => ({ signer: keys.sha1[issuer] ?? keys.stranger }),
  'another signer': ({ keys, by }: Place) => ({ signer: { ...keys.stranger, id: (by?.key ?? keys.stranger).id } }),
  'weak key': ({ keys, leaf }: Place) => (leaf ? { key: keys.weak } : {}),
  'wrong key identifier': { issuerId: authorityKeyId([9, 9, 9]) },
  'no key identifiers': { issuerId: null, ownId: null },
  'wrong serial in key identifier': ({ by }: Place) => ({
    issuerId: authorityKeyId(by?.key.id, { issuer: directory('O=Lab'), serial: 99n }),
  }),
  'right serial in key identifier': ({ by }: Place) =>
    by === undefined ? {} : { issuerId: authorityKeyId(by.key.id) },
  'self-issued': ownName,
  'empty subject': ({ leaf }: Place) => (leaf ? { subject: '' } : {}),
  'other host': { names: subjectAltName([dns('www.other.example')]) },
  'two hosts': { names: subjectAltName([dns('www.lab.example'), dns('www.other.example')]) },
  wildcard: { names: subjectAltName([dns('*.lab.example')], true) },
  'host and address': { names: subjectAltName([dns('www.lab.example'), ip('192.0.3.1')]) },
  'host and mailbox': { names: subjectAltName([dns('WWW.LAB.example'), email('ann@www.other.example')]) },
  'host and URI': { names: subjectAltName([dns('www.lab.example'), uri('https://a.lab.example/x')]) },
  'no alternative names': { names: null },
  'no names at all': { names: subjectAltName([]) },
  policy: { more: [policies('1.2.3.4')] },
  'required policy': { more: [policies('1.2.3.4'), policyConstraints({ requireExplicit: 0 })] },
} satisfies Readonly<Record<string, Change>>

export type FaultKind = keyof typeof changes
export const faultKinds = Object.keys(changes) as readonly FaultKind[]

/** Most certificates in a line: the leaf, those between and the root. */
export const longest = 5

/**
 * Makes the certificates of a description.
 *
 * @param number makes its names its own, so that many may lie in one file
 * @param role what the leaf is for, where no fault says otherwise
 */
export function build(pki: Pki, number: number, keys: Keys, role: Role = 'server'): Built {
  const length = pki.between + 2
  const nameOf = (place: string) => `O=Lab, OU=PKI ${number}, CN=${place}`
  const of = (at: number) => pki.faults.filter((fault) => fault.at % length === at).map(({ kind }) => kind)
  const otherRoot = make({ subject: nameOf('other root'), key: keys.other, kind: 'ca' })
  const line: Made[] = []
  for (let at = length - 1; at >= 0; at--) {
    const by = line[0]
    const key = at === 0 ? keys.leaf : keyOf(keys, at)
    const usual: Order = { subject: nameOf(at === 0 ? 'leaf' : `CA ${at}`), key, kind: at === 0 ? 'leaf' : 'ca' }
    const plain = at === 0 && role === 'client' ? { ...usual, purpose: extendedKeyUsage('client') } : usual
    const place = { keys, by, issuer: by === undefined ? at : at + 1, leaf: at === 0 }
    line.unshift(make(changed({ ...plain, ...(by === undefined ? {} : { by }) }, of(at), place)))
  }
  const [leaf, ...cas] = line
  const root = cas.at(-1)
  if (leaf === undefined || root === undefined) throw new RangeError('a line has two certificates at least')
  const middle = cas.slice(0, -1)
  const missing = pki.missing === undefined || middle.length === 0 ? undefined : middle[pki.missing % middle.length]
  const kept = middle.filter((one) => one !== missing)
  const twin = pki.double === undefined ? undefined : double(pki.double, line, otherRoot, keys)
  const served = [...kept]
  if (twin !== undefined) served.splice(pki.double?.first === true ? 0 : served.length, 0, twin)
  if (pki.reversed) served.reverse()
  const namesake = make({ subject: root.subject, key: keys.stranger, kind: 'ca' })
  const trusted = {
    root: [root],
    other: [otherRoot],
    both: [otherRoot, root],
    none: [namesakeOf(number, keys)],
    namesake: [namesake],
  }
  const ders = (list: readonly Made[]) => list.map(({ der }) => der)
  return { leaf: leaf.der, served: ders(served), trusted: ders(trusted[pki.trusted]) }
}

const namesakeOf = (number: number, keys: Keys): Made =>
  make({ subject: `O=Lab, OU=PKI ${number}, CN=stranger`, key: keys.stranger, kind: 'ca' })

function keyOf(keys: Keys, at: number): Key {
  const key = keys.cas[at]
  if (key === undefined) throw new RangeError(`no key for CA ${at}`)
  return key
}

function double({ at, by, faults }: Double, line: readonly Made[], otherRoot: Made, keys: Keys): Made {
  const cas = line.slice(1)
  const first = cas[at % cas.length]
  if (first === undefined) throw new RangeError('nothing to double')
  const index = line.indexOf(first)
  const same = line[index + 1] ?? first
  const issuer = by === 'other' ? otherRoot : same
  const order: Order = { subject: first.subject, key: first.key, kind: 'ca', by: issuer }
  // The other root signs with a key that has no number.
  const place = { keys, by: issuer, issuer: by === 'other' ? -1 : Math.min(index + 1, line.length - 1), leaf: false }
  return make({ ...changed(order, faults, place), subject: first.subject })
}

/** Changes on top of each other; what they add is added up. */
function changed(order: Order, kinds: readonly FaultKind[], place: Place): Order {
  let result = order
  for (const kind of kinds) {
    const change: Change = changes[kind]
    const fields = typeof change === 'function' ? change(place) : change
    result = { ...result, ...fields, more: [...(result.more ?? []), ...(fields.more ?? [])] }
  }
  return result
}
