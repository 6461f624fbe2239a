/** Revocation by OCSP responses, stapled or saved, for the certificates of a path. Source: RFC 6960 section 3.2. */
import { type UnixMs, unixMs } from '../../core/brand.ts'
import type { Certificate } from '../../x509/model.ts'
import { isCertId } from '../../x509/ocsp-id.ts'
import type { OcspBasic, OcspResponse, OcspSingle } from '../../x509/ocsp-model.ts'
import { called, instant } from '../checks/check.ts'
import type { BuiltPath } from '../model.ts'
import { workingKeys } from '../working-keys.ts'
import { type RevocationLimits, revocationLimits } from './limits.ts'
import type { CertificateRevocation, Objection, RevocationContext, RevocationOutcome } from './model.ts'
import { revoked, unknown } from './outcome.ts'
import { createResponderFinder, type IssuerKey, objectToResponse, type ResponderFinder } from './responder.ts'
import { revocable } from './revocable.ts'

/** Extensions of responses that may be critical since nothing hangs on them here: the nonce, which the asker compares. */
const handled: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.48.1.2', '1.3.6.1.5.5.7.48.1.9'])

/** One answer about one certificate. */
interface Single {
  readonly issuer: IssuerKey
  readonly response: OcspResponse
  readonly basic: OcspBasic
  readonly single: OcspSingle
}

/**
 * Judges the certificates of a path by OCSP responses. The anchor is left out.
 *
 * @param responses in any order; the newest that can be relied on decides
 * @returns leaf first; without `required` only certificates that a response is about, and the leaf when a response
 * says that it failed. Never rejects
 */
export async function checkOcsp(
  path: BuiltPath,
  responses: readonly OcspResponse[],
  context: RevocationContext,
): Promise<readonly CertificateRevocation[]> {
  const budget: RevocationLimits = { ...revocationLimits, ...context.limits }
  const finder = createResponderFinder(context, budget)
  const keys = workingKeys(path.certificates)
  const failures = responses.flatMap(failureOf)
  const results: CertificateRevocation[] = []
  for (const [index, certificate] of revocable(path).entries()) {
    const above = path.certificates[index + 1]
    const issuer = above && { certificate: above, key: keys[index + 1] ?? above.publicKey }
    const objections: Objection[] = []
    const singles = issuer === undefined ? [] : singlesFor(certificate, issuer, responses, objections)
    const told = singles.length > 0 || objections.length > 0 || (index === 0 && failures.length > 0)
    if (context.required !== true && !told) continue
    objections.push(...failures)
    const outcome = await judge(certificate, singles, objections, finder, context.at)
    results.push({ index, certificate: certificate.sha256, outcome })
  }
  return results
}

function failureOf(response: OcspResponse): readonly Objection[] {
  const { status, basic } = response
  if (status !== 'successful') {
    return [objectToResponse(response, 'response-failed', `says only that the responder failed: ${status}`)]
  }
  return basic === undefined ? [objectToResponse(response, 'malformed', 'holds no answer of a known kind')] : []
}

/** What the responses say of a certificate, newest first. */
function singlesFor(
  certificate: Certificate,
  issuer: IssuerKey,
  responses: readonly OcspResponse[],
  objections: Objection[],
): readonly Single[] {
  const found: Single[] = []
  for (const response of responses) {
    const { basic } = response
    for (const single of basic?.responses ?? []) {
      const match = isCertId(single.certId, certificate, issuer.certificate)
      if (match === undefined) {
        const rest = `names a certificate by the digest ${single.certId.hash}, which is not known here`
        objections.push(objectToResponse(response, 'out-of-scope', rest))
      } else if (match && basic !== undefined) found.push({ issuer, response, basic, single })
    }
  }
  return found.sort((a, b) => b.single.thisUpdate - a.single.thisUpdate)
}

async function judge(
  certificate: Certificate,
  singles: readonly Single[],
  objections: Objection[],
  finder: ResponderFinder,
  at: UnixMs,
): Promise<RevocationOutcome> {
  for (const { issuer, response, basic, single } of singles) {
    const critical = [...basic.extensions, ...single.extensions].find((one) => one.critical && !handled.has(one.oid))
    if (critical !== undefined) {
      const rest = `has the critical extension ${critical.oid}, which is not understood`
      objections.push(objectToResponse(response, 'critical-extension', rest))
      continue
    }
    const responder = await finder.find(response, basic, issuer)
    if ('code' in responder) {
      objections.push(responder)
      continue
    }
    const { certStatus } = single
    const timing = untimely(response, single, at)
    if (certStatus.status === 'revoked' && (timing === undefined || isFinal(timing, certStatus.reason))) {
      const { date, reason } = certStatus
      const facts = { ...(reason && { reason }), ...(date === undefined ? {} : { revocationDate: date }) }
      return revoked(certificate, { kind: 'ocsp', response }, { ...facts, stale: timing !== undefined })
    }
    if (timing !== undefined) {
      objections.push(timing)
      continue
    }
    if (certStatus.status === 'unknown') {
      const rest = `says that the responder does not know ${called(certificate)}`
      objections.push(objectToResponse(response, 'responder-says-unknown', rest))
      continue
    }
    if (responder.standing === 'unchecked') {
      const rest = `is signed by ${called(responder.certificate)}, which could itself be revoked: it lacks OCSP No Check`
      objections.push(objectToResponse(response, 'signer-status-unknown', rest))
    }
    return { status: 'good', sources: [{ kind: 'ocsp', response }], objections }
  }
  if (objections.length > 0) return unknown(objections)
  return unknown([{ code: 'none-at-hand', message: `No OCSP response about ${called(certificate)} is at hand.` }])
}

const isFinal = (timing: Objection, reason: string | undefined): boolean =>
  timing.code === 'stale' && reason !== 'certificateHold'

/** Is the answer in force, give or take the skew of clocks? */
function untimely(response: OcspResponse, { thisUpdate, nextUpdate }: OcspSingle, at: UnixMs): Objection | undefined {
  const { ocspSkew } = revocationLimits
  const now = instant(unixMs(Math.floor(at / 1000) * 1000))
  if (at + ocspSkew < thisUpdate) {
    return objectToResponse(
      response,
      'not-yet-valid',
      `is from ${instant(thisUpdate)}, after the instant judged, ${now}`,
    )
  }
  if (nextUpdate !== undefined && at - ocspSkew > nextUpdate) {
    const rest = `is out of date: a newer one was due on ${instant(nextUpdate)}, and it is judged at ${now}`
    return objectToResponse(response, 'stale', rest)
  }
  return undefined
}
