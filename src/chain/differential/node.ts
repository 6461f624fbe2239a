/**
 * The primitives of Node's `X509Certificate` beside ours: who may be whose issuer, whether a signature holds, and what names
 * a certificate is for. docs/decisions/0009-differential-test.md explains every difference that is let pass here.
 */
import { decisiveExtensions } from '../../standards/policy.ts'
import type { Certificate, SignatureVerifier } from '../../x509/model.ts'
import { hostName } from '../domain.ts'
import { isIpAddress } from '../host-ip.ts'
import { checkHost } from '../hostname.ts'
import { matchKeyId, matchSerial } from '../key-ids.ts'
import { coversLoosely, wildcardOddity } from '../wildcard.ts'

/** What is asked of an `X509Certificate` of `node:crypto`, which the engine must not know. */
interface Primitives<Own, Key> {
  checkIssued(issuer: Own): boolean
  verify(key: Key): boolean
  checkHost(name: string, options?: { subject?: 'never' | 'default'; partialWildcards?: boolean }): string | undefined
  checkEmail(mailbox: string, options?: { subject?: 'never' | 'default' }): string | undefined
  checkIP(address: string): string | undefined
}

/** One certificate, read by both. */
export interface Pair<Own extends Primitives<Own, Key>, Key = Parameters<Own['verify']>[0]> {
  readonly ours: Certificate
  readonly theirs: Own
  /** Its public key. */
  readonly key: Key
}

/** Sentences about an issuer relation or a signature on which the two differ; none when they agree. */
export async function relationDifferences<Own extends Primitives<Own, Key>, Key>(
  subject: Pair<Own, Key>,
  issuer: Pair<Own, Key>,
  verifier: SignatureVerifier,
): Promise<readonly string[]> {
  const found: string[] = []
  const issued = subject.theirs.checkIssued(issuer.theirs)
  const fits = mayHaveIssued(subject.ours, issuer.ours)
  // To OpenSSL a certificate with such an extension is nobody's issuer or subject; here that is a problem of its own.
  const unusable = isUnusable(subject.ours) || isUnusable(issuer.ours)
  if (issued !== (fits && !unusable)) found.push(`checkIssued: Node says ${issued}, we say ${fits}`)
  if (subject.ours.issuer.key !== issuer.ours.subject.key) return found
  const holds = subject.theirs.verify(issuer.key)
  const status = await verifier.verify(subject.ours, issuer.ours)
  // X509_verify compares the two algorithm fields first; here that is a problem of its own, `algorithm-mismatch`.
  const expected = status === 'valid' && sameAlgorithm(subject.ours)
  if (holds !== expected) found.push(`verify: Node says ${holds}, we say ${status}`)
  return found
}

/** As `X509_check_issued`: names, authority key identifier, the right to sign, and a key of the kind that signed. */
const mayHaveIssued = (subject: Certificate, issuer: Certificate): boolean =>
  subject.issuer.key === issuer.subject.key &&
  matchKeyId(subject, issuer) !== 'mismatch' &&
  matchSerial(subject, issuer) !== 'mismatch' &&
  issuer.keyUsage?.includes('keyCertSign') !== false &&
  subject.signatureAlgorithm.name.startsWith('ecdsa') === (issuer.publicKey.algorithm === 'EC')

/** `EXFLAG_INVALID`: an extension twice, or one that cannot be decoded. Of policies it notices neither. */
function isUnusable({ extensions }: Certificate): boolean {
  const known = extensions.filter(({ oid }) => decisiveExtensions.has(oid))
  return new Set(known.map(({ oid }) => oid)).size < known.length || known.some(({ error }) => error !== undefined)
}

const sameAlgorithm = ({ signatureAlgorithm: a, tbsSignatureAlgorithm: b }: Certificate): boolean =>
  a.der.length === b.der.length && a.der.every((byte, at) => byte === b.der[at])

/** Sentences about a host, an address or a mailbox on which the two differ. */
export function nameDifferences<Own extends Primitives<Own, Key>, Key>(
  { ours, theirs }: Pair<Own, Key>,
  name: string,
): readonly string[] {
  if (name.includes('@')) {
    const named = ours.subjectAltNames.some(({ type, value }) => type === 'email' && sameMailbox(value, name))
    const theirWord = theirs.checkEmail(name, { subject: 'never' }) !== undefined
    return theirWord === named ? [] : [`checkEmail ${name}: Node says ${theirWord}, we say ${named}`]
  }
  const { matches, wouldMatchCommonName } = checkHost(ours, name)
  if (isIpAddress(name)) {
    const listed = theirs.checkIP(name) !== undefined
    return listed === matches ? [] : [`checkIP ${name}: Node says ${listed}, we say ${matches}`]
  }
  const strict = theirs.checkHost(name, { subject: 'never', partialWildcards: false }) !== undefined
  const lax = theirs.checkHost(name, { partialWildcards: false }) !== undefined
  if (isOtherwise(ours, name)) return []
  return [
    ...(strict === matches ? [] : [`checkHost ${name}: Node says ${strict}, we say ${matches}`]),
    ...(lax === (matches || wouldMatchCommonName)
      ? []
      : [`checkHost ${name} with the common name: Node says ${lax}, we say ${matches || wouldMatchCommonName}`]),
  ]
}

/** RFC 5321 section 2.4: the part before the @ is case-sensitive, the domain is not. */
function sameMailbox(a: string, b: string): boolean {
  const at = a.lastIndexOf('@')
  return a.slice(0, at) === b.slice(0, b.lastIndexOf('@')) && a.slice(at).toLowerCase() === b.slice(at).toLowerCase()
}

/** Where the two are known to differ, and why. */
function isOtherwise({ subjectAltNames, subject }: Certificate, host: string): boolean {
  // It compares a dot at the end as text; a host that ends with one is the same name (RFC 9525 section 6.3, RFC 1034).
  if (host.endsWith('.')) return true
  const compared = hostName(host)
  const common = subject.rdns.flat().flatMap(({ oid, value }) => (oid === '2.5.4.3' ? value : []))
  const patterns = [...subjectAltNames.flatMap(({ type, value }) => (type === 'DNS' ? value : [])), ...common]
  return patterns
    .filter((pattern) => pattern.includes('*') && coversLoosely(pattern.toLowerCase(), compared ?? host))
    .some((pattern) => {
      // It does not know the public suffix list.
      if (wildcardOddity(pattern) === 'registry') return true
      // A wildcard takes letters, digits and hyphens there; names with an underscore are in use.
      return host.includes('_')
    })
}
