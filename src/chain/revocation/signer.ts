/** Who signed a CRL, and may they? RFC 5280 section 6.3.3 (f) to (h). */
import type { Sha256 } from '../../core/brand.ts'
import type { Crl } from '../../x509/crl-model.ts'
import { checkSignature } from '../../x509/crypto.ts'
import type { Certificate, PublicKey, SignatureStatus } from '../../x509/model.ts'
import { called } from '../checks/check.ts'
import type { BuiltPath } from '../model.ts'
import { nameAndKey } from '../pool.ts'
import { buildPaths } from '../search.ts'
import { workingKeys } from '../working-keys.ts'
import { objectTo } from './crl-state.ts'
import { type RevocationLimits, revocationLimits } from './limits.ts'
import type { Objection, ObjectionCode, RevocationContext } from './model.ts'

/** A certificate whose key signed a CRL and that may sign CRLs. */
export interface Signer {
  readonly certificate: Certificate
  /** The certificate's, with what a DSA key inherits. */
  readonly key: PublicKey
  /** From it to the anchor of the path judged; undefined when it is part of that path. */
  readonly path: BuiltPath | undefined
}

export interface SignerFinder {
  /** Those who signed a CRL and lead to the same anchor as the path; else why there is none. */
  signersOf(crl: Crl): Promise<readonly Signer[] | Objection>
  /** Is a CRL signed with this key? `undefined`: the budget is spent. */
  signature(crl: Crl, key: PublicKey): Promise<SignatureStatus | undefined>
}

/** Of several objections the one told: that which came closest. */
const closeness: readonly ObjectionCode[] = [
  'signer-not-found',
  'signature-invalid',
  'signature-unverified',
  'limit',
  'signer-not-allowed',
  'signer-untrusted',
]

/** Makes a finder that remembers its answers, for one path. */
export function createSignerFinder(
  path: BuiltPath,
  { at, pool, verifier, subtle, ignore }: RevocationContext,
  budget: RevocationLimits,
): SignerFinder {
  const statuses = new Map<string, SignatureStatus>()
  const found = new Map<string, readonly Signer[] | Objection>()
  const anchor = path.certificates.at(-1)
  const inPath = pathKeys(path.certificates)
  let searches = 0

  async function signature(crl: Crl, key: PublicKey): Promise<SignatureStatus | undefined> {
    const id = `${crl.sha256} ${key.spkiSha256}`
    const known = statuses.get(id)
    if (known !== undefined) return known
    if (statuses.size >= budget.signatureChecks) return undefined
    const status = crl.signatureWhole ? await checkSignature(crl, key, subtle) : 'invalid'
    statuses.set(id, status)
    return status
  }

  /** Certificates with the name of the CRL's issuer, those of the path first, then by key identifier. */
  function candidates(crl: Crl): readonly Certificate[] {
    const pathFirst = path.certificates.filter(({ subject }) => subject.key === crl.issuer.key)
    const rest = pool.bySubject(crl.issuer.key).map(({ certificate }) => certificate)
    const all = [...pathFirst, ...rest.filter(({ sha256 }) => !inPath.has(sha256))]
    return all
      .map((certificate) => ({ certificate, rank: keyIdRank(crl, certificate) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ certificate }) => certificate)
  }

  async function pathOf(certificate: Certificate): Promise<BuiltPath | 'limit' | undefined> {
    if (searches >= budget.signerPaths) return 'limit'
    searches++
    const { paths } = await buildPaths(certificate, pool, verifier, {
      at,
      purpose: 'any',
      ...(ignore === undefined ? {} : { ignore }),
    })
    return paths.find((one) => {
      const end = one.certificates.at(-1)
      return one.valid && anchor !== undefined && end !== undefined && nameAndKey(end) === nameAndKey(anchor)
    })
  }

  /** Judges one candidate: a signer, or what keeps it from being one. */
  async function consider(crl: Crl, certificate: Certificate): Promise<Signer | Objection> {
    const key = inPath.get(certificate.sha256) ?? certificate.publicKey
    const status = await signature(crl, key)
    if (status === undefined) return objectTo(crl, 'limit', 'was not checked, because the budget of checks was spent')
    if (status === 'unverified') {
      const rest = `is signed with ${crl.signatureAlgorithm.name}, which could not be verified here`
      return objectTo(crl, 'signature-unverified', rest)
    }
    if (status === 'invalid') {
      if (keyIdRank(crl, certificate) === differs) return notFound(crl)
      return objectTo(
        crl,
        'signature-invalid',
        `has a signature that does not verify with the key of ${called(certificate)}`,
      )
    }
    if (certificate.keyUsage?.includes('cRLSign') === false) {
      const rest = `is signed by ${called(certificate)}, whose key usage does not allow to sign CRLs`
      return objectTo(crl, 'signer-not-allowed', rest)
    }
    if (inPath.has(certificate.sha256)) return { certificate, key, path: undefined }
    const own = await pathOf(certificate)
    if (own === 'limit') return objectTo(crl, 'limit', 'was not checked, because the budget of path searches was spent')
    if (own === undefined) {
      const rest = `is signed by ${called(certificate)}, which leads by no valid path to the root of the certificate`
      return objectTo(crl, 'signer-untrusted', rest)
    }
    return { certificate, key, path: own }
  }

  async function resolve(crl: Crl): Promise<readonly Signer[] | Objection> {
    const signers: Signer[] = []
    let closest = notFound(crl)
    for (const certificate of candidates(crl).slice(0, revocationLimits.signerCandidates)) {
      const answer = await consider(crl, certificate)
      if ('certificate' in answer) {
        signers.push(answer)
        // A certificate of the path needs no further standing.
        if (answer.path === undefined) break
      } else if (closeness.indexOf(answer.code) > closeness.indexOf(closest.code)) closest = answer
    }
    return signers.length > 0 ? signers : closest
  }

  return {
    signature,
    async signersOf(crl) {
      const known = found.get(crl.sha256)
      if (known !== undefined) return known
      const answer = await resolve(crl)
      found.set(crl.sha256, answer)
      return answer
    },
  }
}

function pathKeys(certificates: readonly Certificate[]): ReadonlyMap<Sha256, PublicKey> {
  const keys = workingKeys(certificates)
  return new Map(certificates.map(({ sha256, publicKey }, index) => [sha256, keys[index] ?? publicKey]))
}

const notFound = (crl: Crl): Objection =>
  objectTo(crl, 'signer-not-found', 'is signed with a key whose certificate is not at hand')

const differs = 2

/** 0: the CRL names this key; 1: it does not say; 2: it names another. */
function keyIdRank({ authorityKeyId }: Crl, { subjectKeyId, serial, issuer, publicKey }: Certificate): number {
  if (authorityKeyId?.keyId !== undefined) {
    const wanted = authorityKeyId.keyId.toLowerCase()
    if (wanted === (subjectKeyId ?? publicKey.keyId).toLowerCase()) return 0
    return subjectKeyId === undefined ? 1 : differs
  }
  if (authorityKeyId?.serial === undefined) return 1
  const names = (authorityKeyId.issuer ?? []).flatMap(({ name }) => name?.key ?? [])
  const same = plain(authorityKeyId.serial) === plain(serial) && (names.length === 0 || names.includes(issuer.key))
  return same ? 0 : differs
}

const plain = (serial: string): string => serial.toUpperCase().replace(/^0+(?=.)/, '')
