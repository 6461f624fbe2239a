/** CRLs written by hand, for tests of what OpenSSL's command line cannot make. */

type Bytes = Uint8Array

/** One DER element of parts. */
export function tlv(tag: number, ...parts: readonly Bytes[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const octets = length.toString(16).replace(/^(?=(..)*.$)/, '0')
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 + octets.length / 2, ...fromHex(octets)]
  return join(Uint8Array.from(header), ...parts)
}

/** Bytes of hexadecimal digits. */
export const fromHex = (digits: string): Bytes =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

function join(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const ascii = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0))
const oid = (digits: string): Bytes => tlv(0x06, fromHex(digits))
const integer = (digits: string): Bytes => tlv(0x02, fromHex(digits))
const enumerated = (number: number): Bytes => tlv(0x0a, Uint8Array.of(number))
const time = (at: number): Bytes =>
  tlv(0x18, ascii(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))
const rdn = (commonName: string): Bytes => tlv(0x31, tlv(0x30, oid('550403'), tlv(0x0c, ascii(commonName))))

/** A name of one common name, as the certificates of these tests have. */
export const nameDer = (commonName: string): Bytes => tlv(0x30, rdn(commonName))

const directory = (commonName: string): Bytes => tlv(0xa4, nameDer(commonName))

/** The last arc of a type below 2.5.29, or the digits of a whole OID. */
const extension = (type: number | string, value: Bytes, critical = false): Bytes =>
  tlv(
    0x30,
    oid(typeof type === 'number' ? `551d${type.toString(16).padStart(2, '0')}` : type),
    ...(critical ? [fromHex('0101ff')] : []),
    tlv(0x04, value),
  )

export interface EntryOrder {
  /** Hexadecimal content octets. */
  readonly serial: string
  /** Number of the CRLReason. */
  readonly reason?: number
  /** Common name of another issuer. */
  readonly issuer?: string
  /** Adds a critical extension that nobody knows. */
  readonly oddity?: boolean
}

export interface CrlOrder {
  /** Common name of the issuer. */
  readonly issuer: string
  readonly thisUpdate: number
  readonly nextUpdate?: number
  readonly entries?: readonly EntryOrder[]
  /** Hexadecimal digits. */
  readonly number?: string
  readonly base?: string
  /** Hexadecimal content of the authority's key identifier. */
  readonly keyId?: string
  readonly scope?: {
    /** URL or common name of the distribution point. */
    readonly url?: string
    readonly directory?: string
    readonly relative?: string
    readonly only?: 'user' | 'ca' | 'attribute'
    /** Content of the BIT STRING. */
    readonly reasons?: string
    readonly indirect?: boolean
  }
  /** Says that there are delta CRLs, at this URL. */
  readonly freshest?: string
  readonly oddity?: boolean
}

const flag = fromHex('ff')
const odd = (): Bytes => extension('2a030405', fromHex('0500'), true)

function scopeDer(scope: NonNullable<CrlOrder['scope']>): Bytes {
  const full = [
    ...(scope.url === undefined ? [] : [tlv(0x86, ascii(scope.url))]),
    ...(scope.directory === undefined ? [] : [directory(scope.directory)]),
  ]
  const relative = scope.relative === undefined ? [] : [tlv(0xa1, rdn(scope.relative).subarray(2))]
  const name = full.length > 0 ? [tlv(0xa0, ...full)] : relative
  return tlv(
    0x30,
    ...(name.length > 0 ? [tlv(0xa0, ...name)] : []),
    ...(scope.only === 'user' ? [tlv(0x81, flag)] : []),
    ...(scope.only === 'ca' ? [tlv(0x82, flag)] : []),
    ...(scope.reasons === undefined ? [] : [tlv(0x83, fromHex(scope.reasons))]),
    ...(scope.indirect === true ? [tlv(0x84, flag)] : []),
    ...(scope.only === 'attribute' ? [tlv(0x85, flag)] : []),
  )
}

function entryDer({ serial, reason, issuer, oddity }: EntryOrder, at: number): Bytes {
  const extensions = [
    ...(reason === undefined ? [] : [extension(21, enumerated(reason))]),
    ...(issuer === undefined ? [] : [extension(29, tlv(0x30, directory(issuer)), true)]),
    ...(oddity === true ? [odd()] : []),
  ]
  return tlv(0x30, integer(serial), time(at), ...(extensions.length > 0 ? [tlv(0x30, ...extensions)] : []))
}

/** ecdsa-with-SHA256. */
const algorithm = fromHex('300a06082a8648ce3d040302')

/**
 * A CRL in DER.
 * @param sign signs with ECDSA and SHA-256; returns the signature in DER
 */
export function makeCrl(order: CrlOrder, sign: (tbs: Bytes) => Bytes): Bytes {
  const { issuer, thisUpdate, nextUpdate, entries = [], number, base, keyId, scope, freshest, oddity } = order
  const extensions = [
    ...(keyId === undefined ? [] : [extension(35, tlv(0x30, tlv(0x80, fromHex(keyId))))]),
    ...(number === undefined ? [] : [extension(20, integer(number))]),
    ...(base === undefined ? [] : [extension(27, integer(base), true)]),
    ...(scope === undefined ? [] : [extension(28, scopeDer(scope), true)]),
    ...(freshest === undefined
      ? []
      : [extension(46, tlv(0x30, tlv(0x30, tlv(0xa0, tlv(0xa0, tlv(0x86, ascii(freshest)))))))]),
    ...(oddity === true ? [odd()] : []),
  ]
  const tbs = tlv(
    0x30,
    fromHex('020101'),
    algorithm,
    nameDer(issuer),
    time(thisUpdate),
    ...(nextUpdate === undefined ? [] : [time(nextUpdate)]),
    ...(entries.length > 0 ? [tlv(0x30, ...entries.map((entry) => entryDer(entry, thisUpdate)))] : []),
    ...(extensions.length > 0 ? [tlv(0xa0, tlv(0x30, ...extensions))] : []),
  )
  return tlv(0x30, tbs, algorithm, tlv(0x03, Uint8Array.of(0), sign(tbs)))
}
