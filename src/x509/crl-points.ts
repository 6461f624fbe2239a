/** Distribution points in full, for matching CRLs to certificates. Source: RFC 5280 sections 4.2.1.13 and 5.2.5. */

import type { CrlPoint, IssuingPoint, PointName, ReasonFlag } from './crl-model.ts'
import { children, DerFault, type Node, onlyNode, sequence } from './der.ts'
import { bitsFromContent, setBits } from './der-values.ts'
import { readBoolean } from './extension-usage.ts'
import { generalNameLine, readGeneralName } from './general-name.ts'
import type { Certificate } from './model.ts'
import { nameFromRdns, opensslOneLine } from './name.ts'
import { readRdn } from './name-der.ts'

/** Bits of ReasonFlags in their order; the first is unused. */
const flags: readonly (ReasonFlag | undefined)[] = [
  undefined,
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
]

/** Every reason that there is; a certificate is good once CRLs for all of these are found not to list it. */
export const allReasons: readonly ReasonFlag[] = Object.freeze(flags.flatMap((flag) => flag ?? []))

/**
 * The CRL distribution points of a certificate, with relative names as attributes.
 * @returns empty when it has none or they cannot be decoded
 */
export function crlPoints(certificate: Certificate): readonly CrlPoint[] {
  const found = certificate.extensions.find(({ oid, error }) => oid === '2.5.29.31' && error === undefined)
  if (found === undefined) return []
  try {
    return readCrlPoints(onlyNode(found.value, 0, found.value.length))
  } catch {
    return []
  }
}

/** CRLDistributionPoints or FreshestCRL. @throws DerFault */
export function readCrlPoints(value: Node): readonly CrlPoint[] {
  const points = sequence(value, 'The distribution points').map((point) => {
    let read: CrlPoint = {}
    for (const field of sequence(point, 'A distribution point')) {
      if (field.tag === 0xa0) read = { ...read, ...readPointName(field) }
      else if (field.tag === 0x81) read = { ...read, reasons: readFlags(field) }
      else if (field.tag === 0xa2) {
        read = { ...read, crlIssuer: Object.freeze(children(field).map((name) => readGeneralName(name))) }
      }
    }
    return Object.freeze(read)
  })
  return Object.freeze(points)
}

/** IssuingDistributionPoint. @throws DerFault, also for fields it does not have, since each of them narrows the scope */
export function readIssuingPoint(value: Node): IssuingPoint {
  let read: IssuingPoint = { onlyUserCerts: false, onlyCaCerts: false, onlyAttributeCerts: false, indirect: false }
  for (const field of sequence(value, 'The issuing distribution point')) {
    if (field.tag === 0xa0) read = { ...read, ...readPointName(field) }
    else if (field.tag === 0x81) read = { ...read, onlyUserCerts: flag(field) }
    else if (field.tag === 0x82) read = { ...read, onlyCaCerts: flag(field) }
    else if (field.tag === 0x83) read = { ...read, onlySomeReasons: readFlags(field) }
    else if (field.tag === 0x84) read = { ...read, indirect: flag(field) }
    else if (field.tag === 0x85) read = { ...read, onlyAttributeCerts: flag(field) }
    else throw new DerFault('An unknown field of the issuing distribution point', field.start)
  }
  return Object.freeze(read)
}

/** The same as lines to show, as OpenSSL prints them. */
export function issuingPointLines(point: IssuingPoint): string[] {
  return [
    ...pointNameLines(point.name),
    ...(point.onlyUserCerts ? ['Only User Certificates'] : []),
    ...(point.onlyCaCerts ? ['Only CA Certificates'] : []),
    ...(point.indirect ? ['Indirect CRL'] : []),
    ...(point.onlySomeReasons === undefined ? [] : [`Only Some Reasons: ${point.onlySomeReasons.join(', ')}`]),
    ...(point.onlyAttributeCerts ? ['Only Attribute Certificates'] : []),
  ]
}

function pointNameLines(name: PointName | undefined): string[] {
  if (name === undefined) return []
  if ('fullName' in name) return ['Full Name:', ...name.fullName.map((one) => `  ${generalNameLine(one)}`)]
  return [`Relative Name: ${opensslOneLine(nameFromRdns([name.relativeName]))}`]
}

function readPointName(field: Node): { readonly name: PointName } {
  const [name] = children(field)
  if (name?.tag === 0xa0) {
    return { name: Object.freeze({ fullName: Object.freeze(children(name).map((item) => readGeneralName(item))) }) }
  }
  if (name?.tag === 0xa1) {
    return { name: Object.freeze({ relativeName: Object.freeze(readRdn(name, 'a distribution point')) }) }
  }
  throw new DerFault('A distribution point name of no known kind', field.start)
}

const readFlags = (field: Node): readonly ReasonFlag[] =>
  Object.freeze(setBits(bitsFromContent(field)).flatMap((bit) => flags[bit] ?? []))

const flag = (field: Node): boolean => readBoolean(field, 'A flag of the issuing distribution point', () => {})
