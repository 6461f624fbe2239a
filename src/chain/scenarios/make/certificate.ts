/** Certificates in DER from orders: plain ones in a line, odd ones by saying what is odd. */
import { type Bytes, bits, explicit, integer, join, oid, type Part, sequence, time } from './der.ts'
import {
  authorityKeyId,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectAltName,
  subjectKeyId,
} from './extensions.ts'
import { dns, name } from './names.ts'

/** A key pair, made outside: this folder knows no cryptography. */
export interface Key {
  readonly spki: Part
  /** SHA-1 of the key bits. */
  readonly id: Part
  /** The AlgorithmIdentifier of its signatures. */
  readonly algorithm: Part
  sign(message: Uint8Array): Part
}

/** A certificate that was made, and what is needed to issue below it. */
export interface Made {
  readonly der: Bytes
  readonly subject: Bytes
  readonly key: Key
  readonly serial: bigint
}

/** The default extensions, each of which may be replaced or left out (`null`). */
export interface ExtensionOrder {
  readonly basic?: Part | null
  readonly usage?: Part | null
  readonly purpose?: Part | null
  readonly names?: Part | null
  readonly ownId?: Part | null
  readonly issuerId?: Part | null
  readonly constraints?: Part | null
  readonly more?: readonly Part[]
}

export interface Order extends ExtensionOrder {
  /** As `O=Lab, CN=Root`, or the encoded name. */
  readonly subject: string | Bytes
  readonly key: Key
  /** Self-signed when left out. */
  readonly by?: Made
  /** Replaces the issuer's name. */
  readonly issuer?: string | Bytes
  /** `leaf` by default. */
  readonly kind?: 'ca' | 'leaf'
  /** As people count; `null` leaves the field out and makes version 1. */
  readonly version?: number | null
  readonly serial?: bigint | Part
  /** ISO 8601, or the encoded time. */
  readonly from?: string | Bytes
  readonly to?: string | Bytes
  /** Signs in place of the issuer's key. */
  readonly signer?: Key
  /** The algorithm inside and outside, where it is not the signer's. */
  readonly algorithm?: Part
  readonly outerAlgorithm?: Part
  /** Replaces all extensions; `null` leaves the field out. */
  readonly extensions?: readonly Part[] | null
  /** Encoded elements between public key and extensions, as unique identifiers. */
  readonly between?: readonly Part[]
  /** Changes the signature after it was made. */
  readonly spoil?: (signature: Uint8Array) => Part
  /** Changes the signed part before it is signed. */
  readonly reshape?: (tbs: Bytes) => Bytes
  /** Unused bits that the signature's BIT STRING tells. */
  readonly unusedBits?: number
}

/** The host that leaves are made for. */
export const host = 'www.lab.example'
const validFrom = '2025-01-01T00:00:00Z'
const validTo = '2035-01-01T00:00:00Z'
let serials = 0x1000n

/** Makes one certificate. */
export function make(order: Order): Made {
  const { key, by, kind = 'leaf', version = 3, from = validFrom, to = validTo, between = [] } = order
  const serial = order.serial ?? serials++
  const subject = typeof order.subject === 'string' ? name(order.subject) : order.subject
  const issuerName = order.issuer ?? by?.subject ?? subject
  const signer = order.signer ?? by?.key ?? key
  const algorithm = order.algorithm ?? signer.algorithm
  const extensions = order.extensions === undefined ? defaultExtensions(order, kind) : order.extensions
  const plain = sequence(
    version === null ? [] : explicit(0, integer(version - 1)),
    integer(serial),
    algorithm,
    typeof issuerName === 'string' ? name(issuerName) : issuerName,
    sequence(typeof from === 'string' ? time(from) : from, typeof to === 'string' ? time(to) : to),
    subject,
    key.spki,
    ...between,
    ...(extensions === null ? [] : [explicit(3, sequence(...extensions))]),
  )
  const tbs = order.reshape?.(plain) ?? plain
  const signature = join(signer.sign(tbs))
  const spoilt = order.spoil?.(signature) ?? signature
  return {
    der: sequence(tbs, order.outerAlgorithm ?? algorithm, bits(spoilt, order.unusedBits)),
    subject,
    key,
    serial: typeof serial === 'bigint' ? serial : 0n,
  }
}

function defaultExtensions(order: Order, kind: 'ca' | 'leaf'): Part[] {
  const signer = order.signer ?? order.by?.key ?? order.key
  const defaults: Readonly<Record<Exclude<keyof ExtensionOrder, 'more'>, Part | null>> = {
    basic: kind === 'ca' ? basicConstraints() : null,
    usage: keyUsage(kind === 'ca' ? 'keyCertSign cRLSign' : 'digitalSignature'),
    purpose: kind === 'ca' ? null : extendedKeyUsage('server'),
    names: kind === 'ca' ? null : subjectAltName([dns(host)]),
    ownId: subjectKeyId(order.key.id),
    issuerId: order.by === undefined ? null : authorityKeyId(signer.id),
    constraints: null,
  }
  const chosen = (Object.keys(defaults) as (keyof typeof defaults)[]).map((which) =>
    order[which] === undefined ? defaults[which] : order[which],
  )
  const kept = chosen.filter((one) => one !== null)
  return [...kept, ...(order.more ?? [])].filter((one) => one.length > 0)
}

/** AlgorithmIdentifiers of signatures, by the names of RFC 3279, 4055, 5758, 8410, 9881 and 9909. */
export const algorithms = {
  'ecdsa-with-SHA1': sequence(oid('1.2.840.10045.4.1')),
  'ecdsa-with-SHA256': sequence(oid('1.2.840.10045.4.3.2')),
  'ecdsa-with-SHA384': sequence(oid('1.2.840.10045.4.3.3')),
  md5WithRSAEncryption: sequence(oid('1.2.840.113549.1.1.4'), [5, 0]),
  sha1WithRSAEncryption: sequence(oid('1.2.840.113549.1.1.5'), [5, 0]),
  sha256WithRSAEncryption: sequence(oid('1.2.840.113549.1.1.11'), [5, 0]),
  'dsa-with-SHA256': sequence(oid('2.16.840.1.101.3.4.3.2')),
  Ed25519: sequence(oid('1.3.101.112')),
  Ed448: sequence(oid('1.3.101.113')),
  'ML-DSA-44': sequence(oid('2.16.840.1.101.3.4.3.17')),
  'ML-DSA-65': sequence(oid('2.16.840.1.101.3.4.3.18')),
  'ML-DSA-87': sequence(oid('2.16.840.1.101.3.4.3.19')),
  'SLH-DSA-SHA2-128f': sequence(oid('2.16.840.1.101.3.4.3.21')),
} as const
