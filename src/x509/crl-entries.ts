/**
 * The revoked certificates of a CRL. There may be a million, so objects are made only of the entries asked for: one
 * pass checks them all, a second, made at the first question, notes where each serial number stands.
 * Source: RFC 5280 sections 5.1.2.6 and 5.3.
 */
import type { Oid } from '../core/brand.ts'
import { type EntryFacts, entryDecoders, readExtensionList, readParts } from './crl-extensions.ts'
import type { Crl, CrlEntry } from './crl-model.ts'
import { children, content, DerFault, expectTag, type Node, onlyNode, readNode, tags } from './der.ts'
import { readGeneralNames } from './general-name.ts'
import { upperHex } from './hex.ts'
import type { DerRange, GeneralName } from './model.ts'
import { latin1 } from './text.ts'
import { readTime } from './time.ts'

/** What one pass over the entries tells. */
export interface EntrySummary {
  readonly count: number
  readonly unknownCritical: readonly Oid[]
}

/**
 * Checks the form of every entry.
 * @throws DerFault where one is no entry; it might be the one that counts
 */
export function summariseEntries(bytes: Uint8Array, { start, end }: DerRange): EntrySummary {
  const unknown = new Set<Oid>()
  let count = 0
  for (let at = start; at < end; count++) {
    const parts = readEntry(bytes, at, end)
    at = parts.end
    for (const node of furtherExtensions(parts.extensions)) {
      const { oid, critical, value } = readParts(node)
      if (oid === certificateIssuer) readGeneralNames(onlyNode(bytes, value.body, value.end), 'A certificate issuer')
      else if (critical && !Object.hasOwn(entryDecoders, oid)) unknown.add(oid)
    }
  }
  return { count, unknownCritical: Object.freeze([...unknown]) }
}

/**
 * The entry of a certificate, by serial number and issuer.
 * @param serial as `Certificate.serial`
 * @param issuerKey `Name.key` of the certificate's issuer, which in an indirect CRL is not always the CRL's
 * @returns the first, when there are several
 */
export function findRevoked(crl: Crl, serial: string, issuerKey: string): CrlEntry | undefined {
  if (crl.entryCount === 0) return undefined
  const index = indexOf(crl)
  for (const number of index.numbers(serial)) {
    const at = index.starts[number] as number
    const issuer = index.issuerAt(at)
    const own = issuer === undefined ? [crl.issuer.key] : issuer.flatMap(({ name }) => name?.key ?? [])
    if (own.includes(issuerKey)) return makeEntry(crl, at, issuer)
  }
  return undefined
}

/** Every entry in order, decoded one by one as the loop goes; for showing a CRL, not for looking up. */
export function* crlEntries(crl: Crl): Generator<CrlEntry> {
  let issuer: readonly GeneralName[] | undefined
  for (let at = crl.entries.start; at < crl.entries.end; ) {
    const entry = makeEntry(crl, at, issuer)
    issuer = entry.certificateIssuer
    yield entry
    at = readNode(crl.der, at, crl.entries.end).end
  }
}

interface Index {
  /** Offset of each entry. */
  readonly starts: Uint32Array
  /** Numbers of the entries with a serial number, in order. */
  numbers(serial: string): readonly number[]
  /** The certificate issuer in effect for the entry at an offset. */
  issuerAt(start: number): readonly GeneralName[] | undefined
}

const indexes = new WeakMap<Crl, Index>()

function indexOf(crl: Crl): Index {
  const known = indexes.get(crl)
  if (known !== undefined) return known
  const made = makeIndex(crl)
  indexes.set(crl, made)
  return made
}

function makeIndex({ der, entries, entryCount }: Crl): Index {
  const starts = new Uint32Array(entryCount)
  const last = new Map<string, number>()
  // `before[n]`: one more than the number of the entry before n with the same serial number; 0 for none.
  const before = new Uint32Array(entryCount)
  const issuerStarts: number[] = []
  const issuerValues: number[] = []
  let at = entries.start
  for (let number = 0; number < entryCount; number++) {
    const { serial, extensions, end } = readEntry(der, at, entries.end)
    starts[number] = at
    const key = serialKey(content(serial))
    before[number] = (last.get(key) ?? -1) + 1
    last.set(key, number)
    for (const node of furtherExtensions(extensions)) {
      const { oid, value } = readParts(node)
      // Of duplicates the first counts, as everywhere.
      if (oid !== certificateIssuer || issuerStarts.at(-1) === at) continue
      issuerStarts.push(at)
      issuerValues.push(value.body)
    }
    at = end
  }
  return {
    starts,
    numbers(serial) {
      const found: number[] = []
      for (let number = last.get(serialKey(fromHex(serial))) ?? -1; number >= 0; number = (before[number] ?? 0) - 1) {
        found.push(number)
      }
      return found.reverse()
    },
    issuerAt(start) {
      let low = 0
      let high = issuerStarts.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((issuerStarts[middle] as number) <= start) low = middle + 1
        else high = middle
      }
      const value = issuerValues[low - 1]
      return value === undefined
        ? undefined
        : readGeneralNames(readNode(der, value, entries.end), 'A certificate issuer')
    },
  }
}

function readEntry(bytes: Uint8Array, at: number, limit: number): EntryParts {
  const entry = expectTag(readNode(bytes, at, limit), tags.sequence, 'An entry')
  const serial = expectTag(readNode(bytes, entry.body, entry.end), tags.integer, 'The serial number of an entry')
  const date = readNode(bytes, serial.end, entry.end)
  if (date.tag !== tags.utcTime && date.tag !== tags.generalizedTime) {
    throw new DerFault('An entry has no revocation date', date.start)
  }
  if (date.end === entry.end) return { serial, date, end: entry.end }
  const extensions = expectTag(onlyNode(bytes, date.end, entry.end), tags.sequence, 'The extensions of an entry')
  return { serial, date, extensions, end: entry.end }
}

interface EntryParts {
  readonly serial: Node
  readonly date: Node
  readonly extensions?: Node
  readonly end: number
}

function makeEntry(crl: Crl, at: number, inherited: readonly GeneralName[] | undefined): CrlEntry {
  const { serial, date, extensions } = readEntry(crl.der, at, crl.entries.end)
  const facts: EntryFacts = {}
  const list = extensions === undefined ? [] : readExtensionList(extensions, entryDecoders, facts, () => {})
  const revocationDate = readTime(date, 'The revocation date', () => {})
  const issuer = facts.certificateIssuer ?? inherited
  return Object.freeze({
    serial: upperHex(content(serial)),
    ...(revocationDate === undefined ? {} : { revocationDate }),
    ...facts,
    ...(issuer === undefined ? {} : { certificateIssuer: issuer }),
    extensions: list,
  })
}

const certificateIssuer = '2.5.29.29'

/** DER of extensions that are a reason alone, but for its number. */
const onlyReason = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01]

/** The extensions of an entry; none where there is only the reason, as in most of a large CRL, which spares most of the work. */
function furtherExtensions(list: Node | undefined): readonly Node[] {
  if (list === undefined) return []
  const { bytes, start, end } = list
  const isOnlyReason =
    end - start === onlyReason.length + 1 && onlyReason.every((byte, at) => bytes[start + at] === byte)
  return isOnlyReason ? [] : children(list)
}

/** The same for every encoding of a number: without superfluous leading octets. */
function serialKey(bytes: Uint8Array): string {
  let from = 0
  while (from + 1 < bytes.length) {
    const [first, second] = [bytes[from] as number, bytes[from + 1] as number]
    if (!((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) break
    from++
  }
  return latin1(bytes.subarray(from))
}

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length >> 1 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16))
