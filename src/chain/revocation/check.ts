/** Revocation by CRLs, for every certificate of a path. Source: RFC 5280 section 6.3. */
import { findRevoked } from '../../x509/crl-entries.ts'
import type { Crl, CrlEntry, CrlReason, ReasonFlag } from '../../x509/crl-model.ts'
import { allReasons } from '../../x509/crl-points.ts'
import type { Certificate } from '../../x509/model.ts'
import { shortName } from '../../x509/name.ts'
import { called } from '../checks/check.ts'
import type { BuiltPath } from '../model.ts'
import { defectOf, newestFirst, objectTo, untimely, updates } from './crl-state.ts'
import { type RevocationLimits, revocationLimits } from './limits.ts'
import type {
  CertificateRevocation,
  Objection,
  RevocationContext,
  RevocationOutcome,
  RevocationSource,
  Revoked,
  Unknown,
} from './model.ts'
import { revoked, unknown } from './outcome.ts'
import { revocable } from './revocable.ts'
import { type Point, pointsOf, reasonsCovered, whyOutOfScope } from './scope.ts'
import { createSignerFinder, type Signer } from './signer.ts'
import { createStandings, trustedSigner } from './standing.ts'

/**
 * Judges the certificates of a path by CRLs. The anchor, which nobody can revoke, is left out.
 *
 * @param path need not be valid; an issuer that it lacks is one whose CRLs cannot be checked
 * @param crls complete and delta CRLs in any order; those of other issuers cost nothing
 * @returns leaf first; without `required` only certificates for which a CRL of the right issuer is among `crls`.
 * Never rejects
 */
export async function checkRevocation(
  path: BuiltPath,
  crls: readonly Crl[],
  context: RevocationContext,
): Promise<readonly CertificateRevocation[]> {
  const session = createSession(path, crls, context)
  const results: CertificateRevocation[] = []
  for (const [index, certificate] of revocable(path).entries()) {
    if (context.required !== true && !session.concerns(certificate)) continue
    results.push({ index, certificate: certificate.sha256, outcome: await session.judge(certificate) })
  }
  return results
}

interface Session {
  concerns(certificate: Certificate): boolean
  judge(certificate: Certificate): Promise<RevocationOutcome>
}

function createSession(path: BuiltPath, crls: readonly Crl[], context: RevocationContext): Session {
  const budget: RevocationLimits = { ...revocationLimits, ...context.limits }
  const byIssuer = groupByIssuer(crls)
  const finder = createSignerFinder(path, context, budget)
  const standings = createStandings(context, judge)
  let judgements = 0

  const of = (issuers: Iterable<string>): readonly Crl[] =>
    [...issuers].flatMap((key) => byIssuer.get(key) ?? []).filter(({ baseCrlNumber }) => baseCrlNumber === undefined)

  const issuersOf = (points: readonly Point[]): ReadonlySet<string> =>
    new Set(points.flatMap(({ issuers }) => [...issuers]))

  async function judge(certificate: Certificate): Promise<RevocationOutcome> {
    if (judgements >= budget.judgements) {
      const message = `The revocation of ${called(certificate)} was not settled before the budget of checks was spent.`
      return unknown([{ code: 'limit', message }])
    }
    judgements++
    const points = pointsOf(certificate)
    const pending = new Set<ReasonFlag>(allReasons)
    const objections = new Map<string, Objection>()
    const sources: RevocationSource[] = []
    const outOfScope = new Map<Crl, string>()
    const considered = new Set<Crl>()
    for (const point of points) {
      for (const crl of of(point.issuers)) {
        const why = whyOutOfScope(crl, point, certificate)
        if (why !== undefined) {
          outOfScope.set(crl, why)
          continue
        }
        considered.add(crl)
        const covered = reasonsCovered(crl, point).filter((reason) => pending.has(reason))
        if (covered.length === 0) continue
        const answer = await consult(crl, certificate)
        for (const one of answer.objections) objections.set(`${one.code} ${one.source}`, one)
        if (answer.revoked !== undefined) return answer.revoked
        if (!answer.usable) continue
        for (const reason of covered) pending.delete(reason)
        sources.push({ kind: 'crl', crl })
        if (answer.delta !== undefined) sources.push({ kind: 'crl', crl: answer.delta })
      }
      if (pending.size === 0) return { status: 'good', sources, objections: [...objections.values()] }
    }
    for (const [crl, why] of outOfScope) {
      if (!considered.has(crl)) objections.set(`out-of-scope ${crl.sha256}`, objectTo(crl, 'out-of-scope', why))
    }
    return unsettled(certificate, points, pending, [...objections.values()])
  }

  /** What is said when the CRLs do not cover every reason. */
  function unsettled(
    certificate: Certificate,
    points: readonly Point[],
    pending: ReadonlySet<ReasonFlag>,
    objections: readonly Objection[],
  ): Unknown {
    if (pending.size < allReasons.length) {
      const message = `The CRLs at hand do not tell whether ${called(certificate)} is revoked for these reasons: ${[...pending].join(', ')}.`
      return unknown([{ code: 'reasons-not-covered', message }, ...objections])
    }
    if (objections.length > 0) return unknown(objections)
    const issuers = issuersOf(points)
    const deltas = [...issuers].flatMap((key) => byIssuer.get(key) ?? [])
    const orphan = deltas[0]
    if (orphan !== undefined) {
      const rest = `only adds to the complete CRL number ${orphan.baseCrlNumber} or a later one, and that is not at hand`
      return unknown([objectTo(orphan, 'delta-without-base', rest)])
    }
    const message = `No CRL of "${shortName(certificate.issuer)}", which issued ${called(certificate)}, is at hand.`
    return unknown([{ code: 'none-at-hand', message }])
  }

  /** Asks one complete CRL, with the newest delta CRL that updates it. */
  async function consult(crl: Crl, certificate: Certificate): Promise<Answer> {
    const defect = defectOf(crl)
    if (defect !== undefined) return { usable: false, objections: [alsoListed(defect, crl, certificate)] }
    const signer = await trustedSigner(crl, finder, standings)
    if ('code' in signer) return { usable: false, objections: [signer] }
    const { delta, objections } = await newestDelta(crl, signer)
    const timing = untimely(crl, context.at)
    const inDelta = delta && entryOf(delta, certificate)
    const entry = inDelta ?? entryOf(crl, certificate)
    // A current delta CRL makes up for a complete CRL that is out of date: RFC 5280 section 6.3.3 (a) (1).
    const untimelyAll = timing?.code === 'stale' && delta !== undefined ? undefined : timing
    if (untimelyAll !== undefined) {
      const stays = untimelyAll.code === 'stale' && entry !== undefined && isFinal(entry.reason)
      if (!stays) return { usable: false, objections: [alsoListed(untimelyAll, crl, certificate), ...objections] }
    }
    if (entry === undefined || entry.reason === 'removeFromCRL') {
      return { usable: true, objections, ...(delta === undefined ? {} : { delta }) }
    }
    const source: RevocationSource = { kind: 'crl', crl: inDelta === undefined || delta === undefined ? crl : delta }
    const facts = { ...entry, stale: untimelyAll !== undefined }
    return { usable: true, objections, revoked: revoked(certificate, source, facts) }
  }

  async function newestDelta(complete: Crl, signer: Signer): Promise<{ delta?: Crl; objections: Objection[] }> {
    const objections: Objection[] = []
    for (const delta of byIssuer.get(complete.issuer.key) ?? []) {
      if (!updates(delta, complete)) continue
      const problem = defectOf(delta) ?? untimely(delta, context.at)
      if (problem !== undefined) objections.push(problem)
      else if ((await finder.signature(delta, signer.key)) === 'valid') return { delta, objections }
      else {
        const rest = `has a signature that does not verify with the key of ${called(signer.certificate)}`
        objections.push(objectTo(delta, 'signature-invalid', rest))
      }
    }
    return { objections }
  }

  return {
    judge,
    concerns: (certificate) => [...issuersOf(pointsOf(certificate))].some((key) => byIssuer.has(key)),
  }
}

/** Each distinct CRL once, newest first. */
function groupByIssuer(crls: readonly Crl[]): ReadonlyMap<string, readonly Crl[]> {
  const groups = new Map<string, Crl[]>()
  for (const crl of new Map(crls.map((one) => [one.sha256, one])).values()) {
    const group = groups.get(crl.issuer.key)
    if (group === undefined) groups.set(crl.issuer.key, [crl])
    else group.push(crl)
  }
  for (const group of groups.values()) group.sort(newestFirst)
  return groups
}

/** What one complete CRL says of a certificate. */
interface Answer {
  /** It does not list the certificate and can be relied on. */
  readonly usable: boolean
  readonly revoked?: Revoked
  /** The delta CRL that was used with it. */
  readonly delta?: Crl
  readonly objections: readonly Objection[]
}

const entryOf = (crl: Crl, certificate: Certificate): CrlEntry | undefined =>
  findRevoked(crl, certificate.serial, certificate.issuer.key)

/** Only a hold is ever lifted (RFC 5280 section 5.3.1). */
const isFinal = (reason: CrlReason | undefined): boolean => reason !== 'certificateHold' && reason !== 'removeFromCRL'

/** Adds to an objection that the CRL does list the certificate: no proof, but worth knowing. */
function alsoListed(objection: Objection, crl: Crl, certificate: Certificate): Objection {
  if (entryOf(crl, certificate) === undefined) return objection
  return { ...objection, message: `${objection.message} It lists ${called(certificate)} as revoked.` }
}
