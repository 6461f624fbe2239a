/** Extensions of CRLs and of their entries. Source: RFC 5280 sections 5.2 and 5.3. */
import type { Oid, UnixMs } from '../core/brand.ts'
import { extensionNames } from '../standards/oids.ts'
import { crlLimits } from './crl-limits.ts'
import type { Crl, CrlReason } from './crl-model.ts'
import { issuingPointLines, readCrlPoints, readIssuingPoint } from './crl-points.ts'
import { content, DerFault, expectTag, fields, inner, type Node, sequence, tags } from './der.ts'
import { bigUnsigned, readOid } from './der-values.ts'
import { freshestCrl } from './extension-access.ts'
import { emptyDraft } from './extension-draft.ts'
import { authorityKeyId, issuerAltName } from './extension-identity.ts'
import { readBoolean } from './extension-usage.ts'
import { generalNameLine, readGeneralNames } from './general-name.ts'
import { hexDump } from './hex.ts'
import { x509Limits } from './limits.ts'
import type { Extension, GeneralName } from './model.ts'
import type { Note } from './notes.ts'
import { readTime } from './time.ts'

/** Fills its fields of the draft and returns lines to show. @throws DerFault */
export type Decoder<Draft> = (value: Node, draft: Draft) => readonly string[]

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The fields of a CRL that its extensions fill. */
export type CrlFacts = Mutable<
  Pick<Crl, 'crlNumber' | 'baseCrlNumber' | 'issuingPoint' | 'authorityKeyId' | 'freshest'>
>

/** The fields of an entry that its extensions fill. */
export interface EntryFacts {
  reason?: CrlReason
  invalidityDate?: UnixMs
  certificateIssuer?: readonly GeneralName[]
}

const reasons: readonly (CrlReason | undefined)[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
]

/** A CRLReason from the content of its ENUMERATED. @throws DerFault for a number that stands for nothing */
export function readReason(node: Node): CrlReason {
  const [number] = content(expectTag(node, tags.enumerated, 'The reason'))
  const reason = node.end - node.body === 1 ? reasons[number as number] : undefined
  if (reason === undefined) throw new DerFault('A reason that RFC 5280 does not know', node.start)
  return reason
}

export const crlDecoders: Readonly<Record<string, Decoder<CrlFacts>>> = {
  '2.5.29.18': (value) => issuerAltName(value, emptyDraft(), () => {}),
  '2.5.29.20': (value, draft) => {
    draft.crlNumber = readNumber(value, 'The CRL number')
    return [String(draft.crlNumber)]
  },
  '2.5.29.27': (value, draft) => {
    draft.baseCrlNumber = readNumber(value, 'The base CRL number')
    return [String(draft.baseCrlNumber)]
  },
  '2.5.29.28': (value, draft) => {
    draft.issuingPoint = readIssuingPoint(value)
    return issuingPointLines(draft.issuingPoint)
  },
  '2.5.29.35': (value, draft) => {
    const facts = emptyDraft()
    const lines = authorityKeyId(value, facts, () => {})
    if (facts.authorityKeyId !== undefined) draft.authorityKeyId = facts.authorityKeyId
    return lines
  },
  '2.5.29.46': (value, draft) => {
    draft.freshest = readCrlPoints(value)
    return freshestCrl(value, emptyDraft(), () => {})
  },
}

export const entryDecoders: Readonly<Record<string, Decoder<EntryFacts>>> = {
  '2.5.29.21': (value, draft) => {
    draft.reason = readReason(value)
    return [draft.reason]
  },
  '2.5.29.24': (value, draft) => {
    const date = readTime(value, 'The invalidity date', () => {})
    if (date === undefined) throw new DerFault('The invalidity date is no readable time', value.start)
    draft.invalidityDate = date
    return [new Date(date).toISOString()]
  },
  '2.5.29.29': (value, draft) => {
    draft.certificateIssuer = Object.freeze(readGeneralNames(value, 'The certificate issuer'))
    return draft.certificateIssuer.map(generalNameLine)
  },
}

/**
 * Decodes a SEQUENCE OF Extension. One that cannot be decoded, or comes twice, keeps its bytes and says so.
 * @throws DerFault when the list itself is broken
 */
export function readExtensionList<Draft>(
  list: Node,
  decoders: Readonly<Record<string, Decoder<Draft>>>,
  draft: Draft,
  note: Note,
): readonly Extension[] {
  const seen = new Set<Oid>()
  const extensions = sequence(list, 'The extensions').map((node) => {
    const { oid, critical, value } = readParts(node, note)
    const name = extensionNames[oid] ?? oid
    const decoded = seen.has(oid)
      ? { lines: dump(value), error: 'it is there more than once' }
      : decode(value, decoders[oid], draft)
    seen.add(oid)
    if (decoded.error !== undefined) note(`The extension ${name} is of no use: ${decoded.error}`, node.start)
    return Object.freeze({
      oid,
      name,
      critical,
      value: content(value),
      lines: Object.freeze(decoded.lines),
      ...(decoded.error === undefined ? {} : { error: decoded.error }),
      range: Object.freeze({ start: node.start, end: node.end }),
    })
  })
  return Object.freeze(extensions)
}

/** One Extension in its three parts; `value` is the OCTET STRING. @throws DerFault */
export function readParts(node: Node, note: Note = () => {}): { oid: Oid; critical: boolean; value: Node } {
  const [type, ...rest] = fields(node, 3, 'An extension')
  const oid = readOid(type, 'The type of an extension')
  const flag = rest[0]?.tag === tags.boolean ? rest[0] : undefined
  const critical = flag !== undefined && readBoolean(flag, `The critical flag of ${extensionNames[oid] ?? oid}`, note)
  const value = expectTag(rest[flag === undefined ? 0 : 1], tags.octetString, 'The value of an extension', node)
  return { oid, critical, value }
}

function decode<Draft>(
  value: Node,
  decoder: Decoder<Draft> | undefined,
  draft: Draft,
): { readonly lines: readonly string[]; readonly error?: string } {
  if (decoder === undefined) return { lines: dump(value) }
  try {
    return { lines: decoder(inner(value), draft) }
  } catch (fault) {
    if (!(fault instanceof DerFault)) throw fault
    return { lines: dump(value), error: fault.message }
  }
}

const dump = (value: Node): string[] => hexDump(content(value), x509Limits.dumpLines)

function readNumber(node: Node, what: string): bigint {
  const bytes = content(expectTag(node, tags.integer, what))
  if (bytes.length === 0 || bytes.length > crlLimits.numberOctets || (bytes[0] as number) >= 0x80) {
    throw new DerFault(`${what} is negative or of no sensible size`, node.start)
  }
  return bigUnsigned(bytes)
}
