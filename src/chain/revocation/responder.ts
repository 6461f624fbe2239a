/** Who signed an OCSP response, and may they? RFC 6960 sections 2.6, 3.2 and 4.2.2.2. */
import type { UnixMs } from '../../core/brand.ts'
import { criticalExtensionsHandled } from '../../standards/policy.ts'
import { checkSignature } from '../../x509/crypto.ts'
import type { Certificate, PublicKey, SignatureStatus } from '../../x509/model.ts'
import { isResponder } from '../../x509/ocsp-id.ts'
import type { OcspBasic, OcspResponse } from '../../x509/ocsp-model.ts'
import { called } from '../checks/check.ts'
import { validityAt } from '../checks/validity.ts'
import { type RevocationLimits, revocationLimits } from './limits.ts'
import type { Objection, ObjectionCode, RevocationContext } from './model.ts'

/** Who answers for a response. */
export interface Responder {
  readonly certificate: Certificate
  /** `issuer`: the CA itself. `no-check`: a delegate that is good while it lasts. `unchecked`: one that could be revoked. */
  readonly standing: 'issuer' | 'no-check' | 'unchecked'
}

export interface IssuerKey {
  readonly certificate: Certificate
  /** The certificate's, with what a DSA key inherits. */
  readonly key: PublicKey
}

export interface ResponderFinder {
  /** The one who signed a response and may speak for this issuer; else why there is none. */
  find(response: OcspResponse, basic: OcspBasic, issuer: IssuerKey): Promise<Responder | Objection>
}

/** id-kp-OCSPSigning and id-pkix-ocsp-nocheck. */
const ocspSigning = '1.3.6.1.5.5.7.3.9'
const noCheck = '1.3.6.1.5.5.7.48.1.5'

export const objectToResponse = (response: OcspResponse, code: ObjectionCode, rest: string): Objection => ({
  code,
  message: `The OCSP response ${rest}.`,
  source: response.sha256,
})

/** Makes a finder that remembers the signatures it checked. */
export function createResponderFinder(
  { at, pool, verifier, subtle }: RevocationContext,
  budget: RevocationLimits,
): ResponderFinder {
  const statuses = new Map<string, SignatureStatus>()

  async function signature(response: OcspResponse, basic: OcspBasic, key: PublicKey) {
    const id = `${response.sha256} ${key.spkiSha256}`
    const known = statuses.get(id)
    if (known !== undefined) return known
    if (statuses.size >= budget.signatureChecks) return undefined
    const status = basic.signatureWhole ? await checkSignature(basic, key, subtle) : 'invalid'
    statuses.set(id, status)
    return status
  }

  /** The issuer, what came with the response, what the pool has of that name: those that fit the responder's id. */
  function candidates(basic: OcspBasic, issuer: Certificate): readonly Certificate[] {
    const { responder } = basic
    const named = 'name' in responder ? pool.bySubject(responder.name.key) : pool.bySubjectKeyId(responder.keyId)
    const all = [issuer, ...basic.certificates, ...named.map(({ certificate }) => certificate)]
    const distinct = new Map(all.map((certificate) => [certificate.sha256, certificate]))
    return [...distinct.values()]
      .filter((certificate) => isResponder(responder, certificate))
      .slice(0, revocationLimits.signerCandidates)
  }

  return {
    async find(response, basic, issuer) {
      const object = (code: ObjectionCode, rest: string) => objectToResponse(response, code, rest)
      let closest = object('signer-not-found', 'is signed with a key whose certificate is not at hand')
      for (const certificate of candidates(basic, issuer.certificate)) {
        const isIssuer = certificate.publicKey.spkiSha256 === issuer.certificate.publicKey.spkiSha256
        const status = await signature(response, basic, isIssuer ? issuer.key : certificate.publicKey)
        if (status === undefined) return object('limit', 'was not checked, because the budget of checks was spent')
        if (status === 'unverified') {
          const rest = `is signed with ${basic.signatureAlgorithm.name}, which could not be verified here`
          closest = object('signature-unverified', rest)
        } else if (status === 'invalid') {
          const rest = `has a signature that does not verify with the key of ${called(certificate)}`
          if (closest.code === 'signer-not-found') closest = object('signature-invalid', rest)
        } else if (isIssuer) {
          return { certificate, standing: 'issuer' }
        } else {
          const delegated = (await verifier.verify(certificate, issuer.certificate)) === 'valid'
          const why = whyNoDelegate(certificate, issuer.certificate, delegated, at)
          if (why === undefined) return { certificate, standing: standingOf(certificate) }
          closest = object('signer-not-allowed', `is signed by ${called(certificate)}, ${why}`)
        }
      }
      return closest
    },
  }
}

const standingOf = ({ extensions }: Certificate): Responder['standing'] =>
  extensions.some(({ oid }) => oid === noCheck) ? 'no-check' : 'unchecked'

/** @returns the end of a sentence; undefined when the certificate may answer for the issuer */
function whyNoDelegate(
  certificate: Certificate,
  issuer: Certificate,
  delegated: boolean,
  at: UnixMs,
): string | undefined {
  if (certificate.issuer.key !== issuer.subject.key || !delegated) {
    return `which ${called(issuer)} has not issued, so it may not answer for that CA`
  }
  if (certificate.extendedKeyUsage?.some((purpose) => purpose === ocspSigning) !== true) {
    return 'whose extended key usage does not include OCSP signing'
  }
  const validity = validityAt(certificate, at)
  if (validity !== 'valid') return validity === 'expired' ? 'which has expired' : 'which is not valid yet'
  const unknown = certificate.extensions.find(({ oid, critical }) => critical && !criticalExtensionsHandled.has(oid))
  return unknown && `which has the critical extension ${unknown.oid}, which is not understood`
}
