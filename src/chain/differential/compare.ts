/** When do two verdicts on the same certificates agree? */
import type { BuiltPath, PathProblem, PathProblemCode } from '../model.ts'

export interface OpensslVerdict {
  readonly accepted: boolean
  /** What it says first, if it refuses: number of the error, and of the certificate counted from the leaf. */
  readonly error?: number
  readonly depth?: number
}

export interface Ours {
  readonly paths: readonly BuiltPath[]
  /** Is the leaf for the host? */
  readonly host: boolean
}

/**
 * Problems that OpenSSL does not see: it looks at policy extensions only when told to, for duplicates only among extensions
 * that it knows, and it compares a wildcard with excluded names as text.
 */
const isOnlyOurs = ({ code, actual, message }: PathProblem): boolean =>
  code === 'policy' ||
  (code === 'duplicate-extension' && /\(2\.5\.29\.3[26]\)|1\.3\.6\.1\.4\.1\.99999\./.test(message)) ||
  (code === 'name-constraints' && actual?.startsWith('DNS *.') === true)

/**
 * OpenSSL's errors (include/openssl/x509_vfy.h) and the problems that stand for the same, of the certificate that it
 * names or, after `>`, of its issuer: an issuer that cannot serve at all OpenSSL does not find.
 */
const sameReason: Readonly<Record<number, readonly string[]>> = {
  2: ['issuer-not-found', 'key-id-mismatch'],
  7: ['signature-invalid', 'algorithm-mismatch'],
  9: ['not-yet-valid'],
  10: ['expired'],
  13: ['encoding'],
  14: ['encoding'],
  18: ['untrusted-root', 'key-id-mismatch'],
  19: ['untrusted-root', 'key-id-mismatch'],
  20: [
    'issuer-not-found',
    'key-id-mismatch',
    // A root whose key identifier points elsewhere is not self-signed there; a candidate may fit by key and not by serial.
    'untrusted-root',
    'signature-invalid',
    'malformed-extension',
    'duplicate-extension',
    '>key-usage-no-cert-sign',
    '>malformed-extension',
    '>duplicate-extension',
  ],
  25: ['path-length-exceeded'],
  26: ['extended-key-usage', 'key-usage-no-digital-signature', 'netscape-cert-type'],
  34: ['unknown-critical-extension'],
  41: ['malformed-extension', 'duplicate-extension'],
  47: ['name-constraints'],
  48: ['name-constraints'],
  51: ['name-constraints'],
  53: ['name-constraints'],
  66: ['weak-key'],
  67: ['weak-key'],
  68: ['weak-digest'],
  // A key usage without keyCertSign makes it no CA there (`check_ca`).
  79: ['not-a-ca', 'key-usage-no-cert-sign'],
}
const signatureFailure = 7
const selfSigned = 18
const selfSignedInChain = 19
const hostMismatch = 62

/**
 * Sentences about what differs; none when the two agree.
 *
 * @param strict whether OpenSSL was told to be (`-x509_strict`); our notes for strict clients then count
 * @param alone asks OpenSSL about nothing but one path: of several it takes the first that fits and never goes back
 */
export async function differences(
  ours: Ours,
  theirs: OpensslVerdict | undefined,
  strict: boolean,
  alone: (path: BuiltPath) => Promise<boolean>,
): Promise<string[]> {
  const mode = strict ? 'strict: ' : ''
  if (theirs === undefined) return [`${mode}OpenSSL says nothing`]
  const good = ours.host ? ours.paths.filter((path) => path.valid && (!strict || isStrict(path))) : []
  if (good.length > 0 && !theirs.accepted) {
    const refused = []
    for (const path of good) if (!isRefused(path) && !(await alone(path))) refused.push(names(path))
    return refused.map((path) => `${mode}OpenSSL refuses ${path} even alone (${theirs.error} at ${theirs.depth})`)
  }
  if (good.length === 0 && theirs.accepted) {
    const tolerated = ours.host && ours.paths.some((path) => path.anchored && isTolerated(path, strict))
    return tolerated ? [] : [`${mode}OpenSSL accepts, we say ${reasons(ours)}`]
  }
  if (good.length > 0 || strict) return []
  return hasReason(ours, theirs) ? [] : [`OpenSSL says ${theirs.error} at ${theirs.depth}, we say ${reasons(ours)}`]
}

const strictNote = 'x509_strict'
const isStrict = ({ problems }: BuiltPath): boolean => !problems.some(({ message }) => message.includes(strictNote))

/** A note that says itself that OpenSSL refuses the path. */
const isRefused = ({ problems }: BuiltPath): boolean =>
  problems.some(({ code, severity }) => severity === 'note' && refusedThere.has(code))
const refusedThere: ReadonlySet<PathProblemCode> = new Set(['key-id-mismatch', 'extended-key-usage'])

const isTolerated = ({ problems }: BuiltPath, strict: boolean): boolean =>
  problems.every((one) => (one.severity === 'note' && !(strict && one.message.includes(strictNote))) || isOnlyOurs(one))

function hasReason(ours: Ours, { error, depth = 0 }: OpensslVerdict): boolean {
  if (error === hostMismatch) return !ours.host
  const wanted = sameReason[error ?? 0] ?? []
  return ours.paths.some((path) => {
    // Without a key identifier it takes the first of the name, and the signature fails.
    if (error === signatureFailure && path.certificates[depth]?.authorityKeyId?.keyId === undefined) return true
    // It has gone another way below, by the key identifier, and judges what it met there.
    if (path.problems.some(({ code, index }) => code === 'key-id-mismatch' && index < depth)) return true
    // With its issuer's name and no key identifier it is self-signed there, also where the issuer's key did not sign it.
    if (error === selfSigned && path.problems.some((one) => one.code === 'signature-invalid' && one.index === depth)) {
      const certificate = path.certificates[depth]
      if (certificate?.selfIssued === true && certificate.authorityKeyId?.keyId === undefined) return true
    }
    // A certificate with the name and key of an anchor is one here alone.
    if (error === selfSignedInChain && path.anchored && path.sources.at(-1) === 'served') return true
    return path.problems.some(
      ({ code, index }) =>
        (index === depth && wanted.includes(code)) || (index === depth + 1 && wanted.includes(`>${code}`)),
    )
  })
}

const names = ({ certificates }: BuiltPath): string =>
  certificates.map(({ subject }) => subject.rdns.at(-1)?.[0]?.value ?? '(empty)').join(' < ')

const reasons = ({ paths, host }: Ours): string =>
  `${host ? '' : 'host mismatch; '}${paths
    .map(
      (path) =>
        `${names(path)}: ${path.problems.map(({ index, severity, code }) => `${index} ${severity} ${code}`).join(', ') || 'valid'}`,
    )
    .join(' || ')}`
