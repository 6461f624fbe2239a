/**
 * Certificates out of Java key stores of the kinds JKS and JCEKS. Certificates are not encrypted in them; private keys
 * are, and are passed over. Source: OpenJDK, sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore.
 */
import { sha1 } from '@noble/hashes/legacy.js'
import { err, ok, type Result } from '../core/result.ts'
import { sameBytes } from './hex.ts'
import { keystoreLimits } from './pkcs12-limits.ts'

export interface JksEntry {
  readonly alias: string
  readonly kind: 'key' | 'trusted' | 'secret'
  /** Milliseconds since 1970. */
  readonly made: number
  /** The chain of a key, leaf first, as a server with this store sends it; or the one trusted certificate. */
  readonly certificates: readonly Uint8Array[]
}

export interface Jks {
  readonly kind: 'JKS' | 'JCEKS'
  readonly entries: readonly JksEntry[]
  /** Index of the password that the digest at the end fits. */
  readonly password: number | undefined
  /** The file ends before its last entry does; what was read until there is given. */
  readonly cut: boolean
}

const magics = { JKS: 0xfeedfeed, JCEKS: 0xcececece } as const
const tagKey = 1
const tagTrusted = 2
const tagSecret = 3
/** Bytes of an alias that is looked for behind a secret key. */
const longestAlias = 256
/** The digest at the end: SHA-1. */
const digestLength = 20

/** Thrown and caught in this file alone. */
class Cut extends Error {}

/**
 * Reads a store.
 * @param passwords to check the digest with; none is needed to read
 * @returns what it holds, or why it cannot be read as the rest of a sentence that begins with its name
 */
export function readJks(bytes: Uint8Array, passwords: readonly string[]): Result<Jks, string> {
  if (bytes.length > keystoreLimits.bytes)
    return err(`has ${bytes.length} bytes; at most ${keystoreLimits.bytes} are read`)
  const reader = new Reader(bytes)
  const entries: JksEntry[] = []
  let kind: Jks['kind'] = 'JKS'
  let cut = false
  try {
    const magic = reader.number(4)
    if (magic === magics.JCEKS) kind = 'JCEKS'
    else if (magic !== magics.JKS) return err('is no Java key store')
    const version = reader.number(4)
    if (version !== 1 && version !== 2) return err(`is a Java key store of version ${version}, which is not read here`)
    const count = Math.min(reader.number(4), keystoreLimits.entries)
    for (let index = 0; index < count; index++) entries.push(readEntry(reader, version))
  } catch (error) {
    if (!(error instanceof Cut)) throw error
    cut = true
  }
  const password = cut ? undefined : passwords.findIndex((candidate) => digestFits(bytes, candidate))
  return ok({ kind, entries, password: password === -1 ? undefined : password, cut })
}

function readEntry(reader: Reader, version: number): JksEntry {
  const tag = reader.number(4)
  const alias = reader.text()
  const made = reader.number(8)
  if (tag === tagKey) {
    reader.skip(reader.number(4))
    const count = reader.number(4)
    const certificates: Uint8Array[] = []
    for (let index = 0; index < count && index < keystoreLimits.entries; index++)
      certificates.push(readCertificate(reader, version))
    return { alias, kind: 'key', made, certificates }
  }
  if (tag === tagTrusted) return { alias, kind: 'trusted', made, certificates: [readCertificate(reader, version)] }
  if (tag !== tagSecret) throw new Cut()
  reader.skipSecret()
  return { alias, kind: 'secret', made, certificates: [] }
}

function readCertificate(reader: Reader, version: number): Uint8Array {
  if (version === 2) reader.text()
  return reader.take(reader.number(4))
}

/** SHA-1 over password, a constant phrase of the format, and everything before the digest. */
function digestFits(bytes: Uint8Array, password: string): boolean {
  const hash = sha1.create()
  const units = new Uint8Array(password.length * 2)
  for (let index = 0; index < password.length; index++) {
    units[index * 2] = password.charCodeAt(index) >> 8
    units[index * 2 + 1] = password.charCodeAt(index) & 0xff
  }
  hash.update(units).update(new TextEncoder().encode('Mighty Aphrodite')).update(bytes.subarray(0, -digestLength))
  return sameBytes(hash.digest(), bytes.subarray(-digestLength))
}

class Reader {
  private readonly bytes: Uint8Array
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** An unsigned big-endian number of some bytes. @throws Cut */
  number(count: number): number {
    return this.take(count).reduce((value, byte) => value * 256 + byte, 0)
  }

  /** @throws Cut */
  take(count: number): Uint8Array {
    const end = this.at + count
    if (end > this.bytes.length) throw new Cut()
    const part = this.bytes.subarray(this.at, end)
    this.at = end
    return part
  }

  skip(count: number): void {
    this.take(count)
  }

  /** A string of Java: its length in two bytes, and nearly UTF-8. @throws Cut */
  text(): string {
    return new TextDecoder('utf-8').decode(this.take(this.number(2)))
  }

  /**
   * Passes over a secret key, a serialised Java object that does not say how long it is: up to the next place where
   * an entry begins, else up to the digest. @throws Cut
   */
  skipSecret(): void {
    const last = this.bytes.length - digestLength
    if (this.bytes[this.at] !== 0xac || this.bytes[this.at + 1] !== 0xed) throw new Cut()
    while (this.at < last && !this.beginsEntry()) this.at++
    if (this.at > last) throw new Cut()
  }

  /** Does an entry begin here? Tag, alias of visible characters, and a date of our days. */
  private beginsEntry(): boolean {
    const { bytes, at } = this
    const tag = bytes[at + 3] as number
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || tag < tagKey || tag > tagSecret) return false
    const length = (bytes[at + 4] as number) * 256 + (bytes[at + 5] as number)
    const end = at + 6 + length
    if (length === 0 || length > longestAlias || end + 8 > bytes.length) return false
    const made = bytes.subarray(end, end + 8).reduce((value, byte) => value * 256 + byte, 0)
    return (
      made > Date.UTC(1995, 0) && made < Date.UTC(2200, 0) && !bytes.subarray(at + 6, end).some((byte) => byte < 0x20)
    )
  }
}
