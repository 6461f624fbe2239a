/** Extensions that say where to fetch things. Source: RFC 5280 sections 4.2.1.13, 4.2.1.15, 4.2.2. */
import { accessMethods } from '../standards/oids.ts'
import { children, DerFault, fields, inner, type Node, onlyNode, optionals, sequence } from './der.ts'
import { bitsFromContent, readOid, setBits } from './der-values.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import { generalNameLine, readGeneralName } from './general-name.ts'
import type { Certificate, GeneralName } from './model.ts'
import { nameFromRdns, opensslOneLine } from './name.ts'
import { readRdn } from './name-der.ts'

/** One DistributionPoint (RFC 5280 section 4.2.1.13). */
export interface DistributionPoint {
  readonly fullName: readonly GeneralName[]
  /** A name relative to the CRL issuer's, as text; as good as never used. */
  readonly relativeName?: string
  /** Absent: the CRL covers every reason. */
  readonly reasons?: readonly string[]
  /** Present: the CRL is signed by another than the certificate's issuer. */
  readonly crlIssuer?: readonly GeneralName[]
}

const reasons = [
  'Unused',
  'Key Compromise',
  'CA Compromise',
  'Affiliation Changed',
  'Superseded',
  'Cessation Of Operation',
  'Certificate Hold',
  'Privilege Withdrawn',
  'AA Compromise',
]

/** AuthorityInfoAccess. */
export const authorityInfoAccess: ExtensionDecoder = (value, draft) => {
  const access = readAccess(value, 'Authority Information Access')
  draft.ocsp = urls(access, 'OCSP')
  draft.caIssuers = urls(access, 'CA Issuers')
  return access.map(accessLine)
}

/** SubjectInfoAccess. */
export const subjectInfoAccess: ExtensionDecoder = (value) =>
  readAccess(value, 'Subject Information Access').map(accessLine)

/** CRLDistributionPoints. */
export const crlDistributionPoints: ExtensionDecoder = (value, draft) => {
  const points = readDistributionPoints(value)
  draft.crlUrls = Object.freeze(
    points.flatMap(({ fullName }) => fullName.flatMap(({ type, value: url }) => (type === 'URI' ? [url] : []))),
  )
  return points.flatMap(pointLines)
}

/** FreshestCRL: the same, for delta CRLs. */
export const freshestCrl: ExtensionDecoder = (value) => readDistributionPoints(value).flatMap(pointLines)

/**
 * The CRL distribution points of a certificate in full; `Certificate.crlUrls` has the URLs alone.
 * @param extension `2.5.29.31`, or `2.5.29.46` for the freshest CRL
 * @returns empty when it has none or they cannot be decoded
 */
export function distributionPoints(certificate: Certificate, extension = '2.5.29.31'): readonly DistributionPoint[] {
  const found = certificate.extensions.find(({ oid, error }) => oid === extension && error === undefined)
  return found === undefined ? [] : readDistributionPoints(onlyNode(found.value, 0, found.value.length))
}

function readDistributionPoints(value: Node): DistributionPoint[] {
  return sequence(value, 'CRL Distribution Points').map((point) => {
    const what = 'A distribution point'
    const [nameNode, reasonsNode, issuerNode] = optionals(sequence(point, what), [0xa0, 0x81, 0xa2], what)
    // Section 4.2.1.13: one of the two has to be there; OpenSSL takes the certificate for invalid otherwise (`setup_dp`).
    if (nameNode === undefined && issuerNode === undefined) throw new DerFault(`${what} names nothing`, point.start)
    const name = nameNode && inner(nameNode)
    if (name !== undefined && name.tag !== 0xa0 && name.tag !== 0xa1)
      throw new DerFault(`${what} has a name of no known kind`, name.start)
    const fullName = name?.tag === 0xa0 ? children(name).map((item) => readGeneralName(item)) : []
    return Object.freeze({
      fullName: Object.freeze(fullName),
      ...(name?.tag === 0xa1 && { relativeName: opensslOneLine(nameFromRdns([readRdn(name, what)])) }),
      ...(reasonsNode && {
        reasons: Object.freeze(setBits(bitsFromContent(reasonsNode)).flatMap((bit) => reasons[bit] ?? [])),
      }),
      ...(issuerNode && { crlIssuer: Object.freeze(children(issuerNode).map((item) => readGeneralName(item))) }),
    })
  })
}

function pointLines(point: DistributionPoint): string[] {
  return [
    ...(point.fullName.length === 0
      ? []
      : ['Full Name:', ...point.fullName.map((name) => `  ${generalNameLine(name)}`)]),
    ...(point.relativeName === undefined ? [] : [`Relative Name: ${point.relativeName}`]),
    ...(point.reasons === undefined ? [] : [`Reasons: ${point.reasons.join(', ')}`]),
    ...(point.crlIssuer === undefined ? [] : [`CRL Issuer: ${point.crlIssuer.map(generalNameLine).join(', ')}`]),
  ]
}

interface Access {
  readonly method: string
  readonly location: GeneralName
}

function readAccess(value: Node, what: string): Access[] {
  return sequence(value, what).map((description) => {
    const [method, location] = fields(description, 2, 'An access description')
    const oid = readOid(method, 'An access method')
    return { method: accessMethods[oid] ?? oid, location: readGeneralName(location ?? description) }
  })
}

const accessLine = ({ method, location }: Access): string => `${method} - ${generalNameLine(location)}`

const urls = (access: readonly Access[], wanted: string): readonly string[] =>
  Object.freeze(
    access.flatMap(({ method, location }) => (method === wanted && location.type === 'URI' ? [location.value] : [])),
  )
