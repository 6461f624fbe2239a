/** Does a CRL speak of a certificate? RFC 5280 section 6.3.3 (b) and (d). */
import type { Crl, CrlPoint, PointName, ReasonFlag } from '../../x509/crl-model.ts'
import { allReasons, crlPoints } from '../../x509/crl-points.ts'
import type { Certificate, GeneralName, Name } from '../../x509/model.ts'
import { nameFromRdns } from '../../x509/name.ts'
import { revocationLimits } from './limits.ts'

/** A distribution point, made ready for comparison. */
export interface Point {
  /** Keys of the names of CRL issuers. */
  readonly issuers: ReadonlySet<string>
  /** The point says that another than the certificate's issuer signs its CRL. */
  readonly otherIssuer: boolean
  /** Its names, or undefined when it has none. */
  readonly names: ReadonlySet<string> | undefined
  readonly reasons: readonly ReasonFlag[]
}

/**
 * The distribution points of a certificate and, last, the one that RFC 5280 section 6.3.3 assumes where the
 * certificate names none or its own do not settle everything: the certificate's issuer.
 */
export function pointsOf(certificate: Certificate): readonly Point[] {
  const own = crlPoints(certificate)
    .slice(0, revocationLimits.distributionPoints)
    .map((point) => makePoint(point, certificate.issuer))
  return [...own, assumed(certificate.issuer)]
}

function makePoint({ name, reasons, crlIssuer }: CrlPoint, issuer: Name): Point {
  const named = crlIssuer?.flatMap((one) => one.name ?? [])
  const base = named === undefined ? issuer : named.length === 1 ? named[0] : undefined
  return {
    issuers: new Set(named === undefined ? [issuer.key] : named.map(({ key }) => key)),
    otherIssuer: crlIssuer !== undefined,
    // RFC 5280 section 6.3.3 (b) (2) (i): without a name, that of the CRL issuer counts.
    names: name === undefined ? crlIssuer && new Set(crlIssuer.map(generalKey)) : nameKeys(name, base),
    reasons: reasons ?? allReasons,
  }
}

const assumed = (issuer: Name): Point => ({
  issuers: new Set([issuer.key]),
  otherIssuer: false,
  names: new Set([directoryKey(issuer.key)]),
  reasons: allReasons,
})

/**
 * Why a CRL does not speak of a certificate by way of this point.
 * @returns the end of a sentence that begins with the CRL; undefined when it does
 */
export function whyOutOfScope(crl: Crl, point: Point, certificate: Certificate): string | undefined {
  const scope = crl.issuingPoint
  if (!point.issuers.has(crl.issuer.key)) return 'is of another issuer'
  if (point.otherIssuer && scope?.indirect !== true) {
    return 'does not say that it covers certificates of other issuers (indirect CRL)'
  }
  if (scope === undefined) return undefined
  if (scope.name !== undefined && !meet(pointKeys(crl, scope.name), point.names)) {
    return 'is for another distribution point than the certificate names'
  }
  const ca = certificate.basicConstraints?.ca === true
  if (scope.onlyUserCerts && ca) return 'covers end-entity certificates only'
  if (scope.onlyCaCerts && !ca) return 'covers CA certificates only'
  if (scope.onlyAttributeCerts) return 'covers attribute certificates only'
  return undefined
}

/** The reasons for which a CRL, found by way of a point, can tell that a certificate is not revoked. */
export function reasonsCovered(crl: Crl, point: Point): readonly ReasonFlag[] {
  const some = crl.issuingPoint?.onlySomeReasons
  return some === undefined ? point.reasons : point.reasons.filter((reason) => some.includes(reason))
}

const scopes = new WeakMap<PointName, ReadonlySet<string>>()

function pointKeys(crl: Crl, name: PointName): ReadonlySet<string> {
  const known = scopes.get(name)
  if (known !== undefined) return known
  const made = nameKeys(name, crl.issuer)
  scopes.set(name, made)
  return made
}

/** @param base what a relative name is relative to; undefined when that is not clear, so that nothing matches */
function nameKeys(name: PointName, base: Name | undefined): ReadonlySet<string> {
  if ('fullName' in name) return new Set(name.fullName.map(generalKey))
  return new Set(base === undefined ? [] : [directoryKey(nameFromRdns([...base.rdns, name.relativeName]).key)])
}

const directoryKey = (nameKey: string): string => `directory ${nameKey}`

const generalKey = ({ type, value, name }: GeneralName): string =>
  name === undefined ? `${type} ${value}` : directoryKey(name.key)

function meet(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  if (b === undefined) return false
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  for (const key of few) if (many.has(key)) return true
  return false
}
