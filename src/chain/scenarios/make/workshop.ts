/** Where a family of scenarios is made: certificates under labels, and what is expected of paths over them. */

import { type Key, type Made, make, type Order } from './certificate.ts'
import type { Bytes, Part } from './der.ts'

export type KeyKind =
  | 'P-256'
  | 'P-384'
  | 'P-521'
  | 'P-192'
  | 'P-224'
  | 'explicit P-256'
  | 'secp256k1'
  | 'brainpoolP256r1'
  | 'brainpoolP384r1'
  | 'brainpoolP512r1'
  | 'RSA-1024'
  | 'RSA-2048'
  | 'RSA-2048 e=3'
  | 'DSA-2048'
  | 'Ed25519'
  | 'Ed448'
  | 'ML-DSA-44'
  | 'ML-DSA-65'
  | 'ML-DSA-87'
  | 'SLH-DSA-SHA2-128f'

/** A key that can also sign otherwise than is usual for it. */
export interface FullKey extends Key {
  with(digest: 'md5' | 'sha1' | 'sha384'): Key
  /** RSA alone: by RSASSA-PSS with SHA-256 and a salt of so many octets, under any identifier. */
  pss(salt: number, algorithm: Part): Key
  /** RSA alone: pads what is made of the SHA-256 digest, where RFC 8017 has a DigestInfo. */
  padding(info: (digest: Uint8Array) => Part): Key
}

export type MakeKey = (kind: KeyKind) => FullKey

/** What is asked of a scenario, in labels separated by spaces. */
export interface Question {
  /** Certificates that the server sent; order matters to clients that take the first that fits. */
  readonly served?: string
  readonly roots?: string
  /** ISO 8601; milliseconds allowed. */
  readonly at?: string
  readonly purpose?: 'server' | 'client' | 'any'
  /** Policies that the reader accepts, and `explicit`, `no-mapping`, `no-any`. */
  readonly policy?: string
  /** What each host comes to: `matches`, or why it does not. */
  readonly hosts?: Readonly<Record<string, string>>
  /** Every path in order, as `leaf int root | 0 expired, 1 note profile`. */
  readonly paths?: readonly string[]
  /** Why OpenSSL may come to another verdict. */
  readonly differs?: string
}

export interface Scenario extends Question {
  readonly title: string
  readonly leaf: string
}

export interface Family {
  readonly title: string
  readonly source: string
  readonly make: (shop: Workshop) => void
}

export interface Workshop {
  readonly certificates: ReadonlyMap<string, Bytes>
  readonly scenarios: readonly Scenario[]
  key(kind?: KeyKind): FullKey
  /** Makes and keeps a CA; its subject is its label in capitals unless given. */
  ca(label: string, order?: Partial<Order>): Made
  /** Makes and keeps a leaf. */
  leaf(label: string, order?: Partial<Order>): Made
  /** Keeps bytes that are no certificate of this folder's making. */
  keep(label: string, der: Bytes): void
  /**
   * Expects something of a path. The first label is the leaf, the last the only root, those between are served; each
   * may be told otherwise.
   *
   * @param problems of this one path, as `0 expired, 1 note profile`; none when left out
   */
  expect(title: string, path: string, problems?: string, question?: Question): void
  /** Expects that a leaf cannot be read at all. */
  unreadable(title: string, label: string, code: string, question?: Question): void
}

/** Opens an empty workshop. */
export function openWorkshop(makeKey: MakeKey): Workshop {
  const certificates = new Map<string, Bytes>()
  const scenarios: Scenario[] = []

  function keep(label: string, der: Bytes): void {
    if (certificates.has(label)) throw new Error(`two certificates are called ${label}`)
    certificates.set(label, der)
  }
  function issue(label: string, order: Order): Made {
    const made = make(order)
    keep(label, made.der)
    return made
  }
  return {
    certificates,
    scenarios,
    key: (kind = 'P-256') => makeKey(kind),
    ca: (label, order = {}) =>
      issue(label, { subject: `O=Lab, CN=Lab ${label}`, key: order.key ?? makeKey('P-256'), kind: 'ca', ...order }),
    leaf: (label, order = {}) =>
      issue(label, { subject: 'O=Lab, CN=Lab server', key: order.key ?? makeKey('P-256'), ...order }),
    keep,
    expect(title, path, problems = '', question = {}) {
      const labels = path.split(' ')
      scenarios.push({
        title,
        leaf: labels[0] ?? '',
        served: labels.slice(1, -1).join(' '),
        roots: labels.length > 1 ? (labels.at(-1) ?? '') : '',
        paths: [problems === '' ? path : `${path} | ${problems}`],
        ...question,
      })
    },
    unreadable: (title, label, code, question = {}) =>
      scenarios.push({ title, leaf: label, paths: [`${label} | unreadable ${code}`], ...question }),
  }
}
