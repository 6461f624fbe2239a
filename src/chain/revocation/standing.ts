/** May the signer of a CRL be relied on, or is it revoked itself? RFC 5280 section 6.3.3 (f). */
import type { Crl } from '../../x509/crl-model.ts'
import type { Certificate } from '../../x509/model.ts'
import { called } from '../checks/check.ts'
import type { BuiltPath } from '../model.ts'
import { objectTo } from './crl-state.ts'
import type { Objection, RevocationContext, RevocationOutcome } from './model.ts'
import { revocable } from './revocable.ts'
import type { Signer, SignerFinder } from './signer.ts'

/** Are the certificates between a CRL signer and the anchor themselves unrevoked? `undefined`: yes. */
export type Standings = (path: BuiltPath) => Promise<Unsettled | undefined>

interface Unsettled {
  readonly certificate: Certificate
  readonly status: 'revoked' | 'unknown'
}

/**
 * A CRL signer outside of the path is judged like the path. Where that leads back to a signer being judged, it counts
 * as good: a CRL signer may issue the CRL that its own certificate is subject to.
 */
export function createStandings(
  { required }: RevocationContext,
  judge: (certificate: Certificate) => Promise<RevocationOutcome>,
): Standings {
  const underWay = new Set<string>()
  const settled = new Map<string, Unsettled['status'] | 'good'>()
  let assumptions = 0

  async function statusOf(certificate: Certificate): Promise<Unsettled['status'] | 'good'> {
    const known = settled.get(certificate.sha256)
    if (known !== undefined) return known
    if (underWay.has(certificate.sha256)) {
      assumptions++
      return 'good'
    }
    const before = assumptions
    underWay.add(certificate.sha256)
    const { status } = await judge(certificate)
    underWay.delete(certificate.sha256)
    // What rests on an assumption is not remembered: asked from elsewhere, the answer may differ.
    if (assumptions === before || underWay.size === 0) settled.set(certificate.sha256, status)
    return status
  }

  return async (path) => {
    for (const certificate of revocable(path)) {
      const status = await statusOf(certificate)
      if (status === 'revoked' || (status === 'unknown' && required === true)) return { certificate, status }
    }
    return undefined
  }
}

/** The signer of a CRL that may be relied on, or why there is none. */
export async function trustedSigner(crl: Crl, finder: SignerFinder, standings: Standings): Promise<Signer | Objection> {
  const signers = await finder.signersOf(crl)
  if ('code' in signers) return signers
  let objection: Objection | undefined
  for (const signer of signers) {
    const { certificate, path } = signer
    const trouble = path && (await standings(path))
    if (trouble === undefined) return signer
    const code = trouble.status === 'revoked' ? 'signer-revoked' : 'signer-status-unknown'
    objection ??= objectTo(crl, code, `is signed by ${called(certificate)}, ${whatOf(trouble, certificate)}`)
  }
  return objection ?? objectTo(crl, 'signer-not-found', 'is signed with a key whose certificate is not at hand')
}

function whatOf({ certificate, status }: Unsettled, signer: Certificate): string {
  const which = certificate.sha256 === signer.sha256 ? 'which' : `whose issuer ${called(certificate)}`
  return status === 'revoked' ? `${which} is itself revoked` : `${which} may itself be revoked, for all that is at hand`
}
