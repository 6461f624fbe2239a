/** Which certificates of a PKCS#12 file belong to which key. */
import { limits } from '../../core/limits.ts'
import { decodeCertificate } from '../../x509/decode.ts'
import type { Certificate } from '../../x509/model.ts'
import type { Pkcs12, Pkcs12Certificate } from '../../x509/pkcs12.ts'

export interface Arranged {
  /** One for each key, leaf first; empty where its certificate is not in the file. A file without keys may have one chain. */
  readonly chains: readonly (readonly Pkcs12Certificate[])[]
  readonly rest: readonly Pkcs12Certificate[]
}

/**
 * Puts chains together as programs do that load such a file: the order in it has no meaning, so they look for the
 * certificate with the key's id and for its issuers by name.
 */
export function arrangePkcs12({ certificates, keys }: Pkcs12): Arranged {
  const bySubject = new Map<string, Pkcs12Certificate>()
  for (const entry of certificates) {
    const subject = decoded(entry.der)?.subject.key
    if (subject !== undefined && !bySubject.has(subject)) bySubject.set(subject, entry)
  }
  const chainOf = (leaf: Pkcs12Certificate | undefined) => (leaf ? upFrom(leaf, bySubject) : [])
  const byId = new Map(
    certificates.flatMap((entry) => (entry.keyId === undefined ? [] : [[entry.keyId, entry] as const])),
  )
  const only = onlyLeaf(certificates)
  const chains =
    keys.length === 0
      ? [chainOf(only)].filter((chain) => chain.length > 0)
      : keys.map(({ keyId }) =>
          chainOf((keyId === undefined ? undefined : byId.get(keyId)) ?? (keys.length === 1 ? only : undefined)),
        )
  // Java stores a CA once for each chain that it is in.
  const used = new Set(chains.flat().map(identity))
  return { chains, rest: certificates.filter((entry) => !used.has(identity(entry))) }
}

const identity = (entry: Pkcs12Certificate): unknown => decoded(entry.der)?.sha256 ?? entry

function upFrom(leaf: Pkcs12Certificate, bySubject: ReadonlyMap<string, Pkcs12Certificate>): Pkcs12Certificate[] {
  const chain = [leaf]
  for (let top = decoded(leaf.der); top && !top.selfIssued && chain.length < limits.pathLength; ) {
    const next = bySubject.get(top.issuer.key)
    if (!next || chain.includes(next)) break
    chain.push(next)
    top = decoded(next.der)
  }
  return chain
}

/** The one certificate that is no CA; none when the file is a list of certificates to trust. */
function onlyLeaf(certificates: readonly Pkcs12Certificate[]): Pkcs12Certificate | undefined {
  const leaves = certificates.filter(({ der, trusted }) => !trusted && !completesChains(der))
  return leaves.length === 1 ? leaves[0] : undefined
}

/** A CA certificate, and not one that a server serves by itself: those have host names. */
export function completesChains(der: Uint8Array): boolean {
  const certificate = decoded(der)
  return certificate?.isCa === true && !certificate.subjectAltNames.some(({ type }) => type === 'DNS' || type === 'IP')
}

/** Certificates as decoded while their store is read: each is asked for several times. */
const known = new WeakMap<Uint8Array, { readonly certificate: Certificate | undefined }>()

function decoded(der: Uint8Array): Certificate | undefined {
  const found = known.get(der)
  if (found) return found.certificate
  const result = decodeCertificate(der)
  const certificate = result.ok ? result.value : undefined
  known.set(der, { certificate })
  return certificate
}
