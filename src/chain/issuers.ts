/**
 * Who issued a certificate, settled by signature: each (certificate, key) pair is checked at most once per search,
 * within the budget of signature checks.
 */
import type { UnixMs } from '../core/brand.ts'
import { signatureAlgorithms } from '../standards/oids.ts'
import type { Certificate, SignatureStatus, SignatureVerifier } from '../x509/model.ts'
import { matchKeyId } from './key-ids.ts'
import { type IssuerGroup, nameAndKey, type Pool, type PoolEntry } from './pool.ts'

/** Issuers of one key, with what the signature says. */
export interface SignedBy {
  readonly status: SignatureStatus
  /** Best first. */
  readonly members: readonly PoolEntry[]
}

export interface Issuers {
  /** Keys whose signature is valid or cannot be told; else the one best candidate whose signature is invalid. */
  readonly groups: readonly SignedBy[]
  /** Certificates of the issuer's name with another key: looked at, and not the issuer. */
  readonly namesakes: readonly Certificate[]
  /** True when the budget ended before all candidates were tried. */
  readonly limited: boolean
}

export interface IssuerFinder {
  /** Signatures computed so far. */
  readonly checks: number
  /** Was a check refused because the budget was spent? */
  readonly exhausted: boolean
  issuersOf(certificate: Certificate): Promise<Issuers>
  /** Is `subject` signed with the key of `issuer`? `undefined`: the budget is spent. */
  check(subject: Certificate, issuer: Certificate): Promise<SignatureStatus | undefined>
  /** Is a certificate signed with its own key? `undefined`: it is not self-issued, or its key identifiers say no. */
  selfSignature(certificate: Certificate): Promise<SignatureStatus | undefined>
}

/** Namesakes told of one missing issuer. */
const namesakesKept = 3

/**
 * Makes a finder for one search.
 *
 * @param at instant by which candidates are ranked
 * @param budget signature checks allowed
 */
export function createIssuerFinder(pool: Pool, verifier: SignatureVerifier, at: UnixMs, budget: number): IssuerFinder {
  const statuses = new Map<string, SignatureStatus>()
  const known = new Map<string, Issuers>()
  let checks = 0
  let exhausted = false

  async function check(subject: Certificate, issuer: Certificate): Promise<SignatureStatus | undefined> {
    const key = `${subject.sha256} ${issuer.publicKey.spkiSha256}`
    const status = statuses.get(key)
    if (status !== undefined) return status
    if (checks >= budget) {
      exhausted = true
      return undefined
    }
    checks++
    const found = await verifier.verify(subject, issuer)
    statuses.set(key, found)
    return found
  }

  async function resolve(certificate: Certificate): Promise<Issuers> {
    const groups: SignedBy[] = []
    const namesakes: Certificate[] = []
    let wrong: SignedBy | undefined
    let signer: string | undefined
    let limited = false
    const own = nameAndKey(certificate)
    for (const group of pool.issuersOf(certificate, at)) {
      const first = group.members[0]?.certificate
      if (first === undefined || nameAndKey(first) === own) continue
      // One signature cannot verify with two different keys; the same key in another encoding is tried.
      if (signer !== undefined && signer !== first.publicKey.keyId) continue
      const elsewhere = isElsewhere(certificate, group)
      const status = await check(certificate, first)
      if (status === undefined) {
        limited = true
        break
      }
      if (status === 'valid') signer = first.publicKey.keyId
      if (status === 'valid' || (status === 'unverified' && !elsewhere)) groups.push({ status, members: group.members })
      else if (elsewhere) namesakes.push(first)
      else wrong ??= { status, members: group.members }
    }
    const verified = groups.filter(({ status }) => status === 'valid')
    const best = verified.length > 0 ? verified : groups
    if (best.length > 0) return { groups: best, namesakes: [], limited }
    return { groups: wrong === undefined ? [] : [wrong], namesakes: namesakes.slice(0, namesakesKept), limited }
  }

  return {
    get checks() {
      return checks
    },
    check,
    get exhausted() {
      return exhausted
    },
    async issuersOf(certificate) {
      const before = known.get(certificate.sha256)
      if (before !== undefined) return before
      const found = await resolve(certificate)
      known.set(certificate.sha256, found)
      return found
    },
    async selfSignature(certificate) {
      if (!certificate.selfIssued || matchKeyId(certificate, certificate) === 'mismatch') return undefined
      return (await check(certificate, certificate)) ?? 'unverified'
    },
  }
}

/**
 * Is this group plainly another key than the one that signed? By key identifiers; where they are silent, by a key
 * that cannot have made a signature of this algorithm or length.
 */
function isElsewhere(certificate: Certificate, group: IssuerGroup): boolean {
  const issuer = group.members[0]?.certificate
  if (issuer === undefined) return true
  const match = matchKeyId(certificate, issuer)
  return match === 'mismatch' || (match === 'unknown' && !couldHaveSigned(certificate, issuer))
}

const keysOfFamily: Readonly<Record<string, readonly string[]>> = {
  RSA: ['RSA'],
  'RSA-PSS': ['RSA', 'RSA-PSS'],
  ECDSA: ['EC'],
}

function couldHaveSigned(certificate: Certificate, issuer: Certificate): boolean {
  const family = signatureAlgorithms[certificate.signatureAlgorithm.oid]?.family
  const { algorithm, bits } = issuer.publicKey
  if (family === undefined || algorithm === 'unknown') return true
  if (!(keysOfFamily[family] ?? [family]).includes(algorithm)) return false
  // RFC 8017 section 8: an RSA signature is as long as the modulus.
  const rsa = algorithm === 'RSA' || algorithm === 'RSA-PSS'
  return !rsa || bits === undefined || certificate.signature.length === Math.ceil(bits / 8)
}
