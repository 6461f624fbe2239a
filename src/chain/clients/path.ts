/** One path through the eyes of one client: where it stops, and what it objects to on the way. */
import type { UnixMs } from '../../core/brand.ts'
import { inOldAndroid } from '../../trust/milestones.ts'
import { issuerIsPublic, knownIntermediatesByKeyId, storesOf } from '../../trust/public-cas.ts'
import type { Certificate } from '../../x509/model.ts'
import { shortName } from '../../x509/name.ts'
import type { AnchorCheck } from '../anchor.ts'
import { called } from '../checks/check.ts'
import type { BuiltPath, PathProblem, PathProblemCode } from '../model.ts'
import { type Judgement, no, unknown, yes } from './evidence.ts'
import { judgeIssuance } from './leaf.ts'
import { listOf, membershipOf, rootExpiry } from './membership.ts'
import type { ClientProfile } from './profiles.ts'

/** What every client refuses; about other problems they differ in ways that are not known here. */
export const refusedByAll: ReadonlySet<PathProblemCode> = new Set([
  'expired',
  'not-yet-valid',
  'signature-invalid',
  'not-a-ca',
  'path-length-exceeded',
  'extended-key-usage',
  'name-constraints',
  'unknown-critical-extension',
])

/** Problems that only say that the path goes no further. */
const endings: ReadonlySet<PathProblemCode> = new Set(['issuer-not-found', 'untrusted-root'])

/** Problems that rest on a single certificate's own limits; of a root, clients differ in what they make of them. */
const anchorChecks: Readonly<Partial<Record<PathProblemCode, readonly [check: AnchorCheck, words: string]>>> = {
  'not-a-ca': ['basicConstraints', 'the basic constraints'],
  'path-length-exceeded': ['pathLength', 'the path length'],
  'key-usage-no-cert-sign': ['keyUsage', 'the key usage'],
  'extended-key-usage': ['extendedKeyUsage', 'the extended key usage'],
  'name-constraints': ['nameConstraints', 'the name constraints'],
  'unknown-critical-extension': ['criticalExtensions', 'critical extensions'],
}

const dayText = (time: UnixMs): string => new Date(time).toISOString().slice(0, 10)

/**
 * Judges a path by the roots and habits of a client.
 *
 * @returns `undefined` when the path reaches nothing that is a root here or anywhere known
 */
export function judgePath(path: BuiltPath, profile: ClientProfile, at: UnixMs): Judgement | undefined {
  const { certificates } = path
  const leaf = certificates[0]
  if (leaf === undefined) return undefined
  const members = certificates.map((certificate) => membershipOf(certificate, profile))
  const stop = firstAt(members, 'yes') ?? firstAt(members, 'unknown')
  if (stop === undefined) return beyond(path, profile)
  const root = certificates[stop]
  const member = members[stop]
  if (root === undefined || member === undefined) return undefined
  const name = shortName(root.subject)
  const objections = [
    objectionTo(path, stop, profile),
    ...limitsOf(path, stop, profile),
    expiryOf(root, profile, at),
    judgeIssuance(leaf, root, profile),
  ].filter((judgement) => judgement !== undefined)
  const refused = objections.find(({ trusted }) => trusted === 'no')
  if (refused !== undefined) return refused
  if (member.held === 'unknown') return unknown(`"${name}" ${member.text}.`)
  const doubt = objections.find(({ trusted }) => trusted === 'unknown')
  if (doubt !== undefined) return doubt
  const remarks = [...objections.map(({ reason }) => reason), ...(profile.note === undefined ? [] : [profile.note])]
  return yes([`"${name}" ${member.text}.`, ...remarks].join(' '))
}

/** The first certificate above the leaf that the client holds, or may hold. */
function firstAt(members: readonly { readonly held: string }[], held: string): number | undefined {
  const found = members.findIndex((member, index) => index > 0 && member.held === held)
  return found === -1 ? undefined : found
}

/** The path's last certificate is no root of this client: is it another one's, or is the next issuer a known root? */
function beyond(path: BuiltPath, profile: ClientProfile): Judgement | undefined {
  const top = path.certificates.at(-1)
  if (top === undefined) return undefined
  const { length } = path.certificates
  if (length > 1 && storesOf(top).length > 0 && (top.selfIssued || path.anchored)) {
    const objection = objectionTo(path, length - 1, profile)
    return objection?.trusted === 'no' ? objection : missingRoot(top, profile)
  }
  if (top.selfIssued) return undefined
  const issuer = issuerIsPublic(top.issuer, top.authorityKeyId?.keyId)
  if (issuer?.kind !== 'root' || issuer.conflict !== undefined || issuer.entry.status === 'pending') return undefined
  const objection = objectionTo(path, length, profile)
  if (objection?.trusted === 'no') return objection
  const name = shortName(top.issuer)
  const { store } = profile
  if (store.kind === 'empty')
    return no(`"${name}" is not there: this client has no roots at all until they are installed.`)
  if (store.kind === 'common' || store.kind === 'java-8-old')
    return unknown(`Whether "${name}" is in the list of this client is not known here.`)
  const held =
    store.kind === 'android'
      ? inOldAndroid(issuer.entry.spkiSha256, store.version)
      : issuer.entry.stores.includes(store.store)
  if (!held) return no(`"${name}" is not in ${listOf(profile)}.`)
  return unknown(`"${name}" is in ${listOf(profile)}, but its certificate is not at hand to check the last signature.`)
}

function missingRoot(root: Certificate, profile: ClientProfile): Judgement {
  const name = shortName(root.subject)
  const member = membershipOf(root, profile)
  const note = profile.note === undefined || profile.intermediates === 'fetched' ? '' : ` ${profile.note}`
  const crossed = knownIntermediatesByKeyId(root.subjectKeyId ?? root.publicKey.keyId).some((ca) => ca.crossSignedRoot)
  if (profile.intermediates !== 'sent-only' && crossed)
    return unknown(
      `"${name}" ${member.text}; another root has signed a copy of it, which this client may find by itself.`,
    )
  return no(`"${name}" ${member.text}.${note}`)
}

/** The first thing below the root, or about its key, that this client refuses or may refuse. */
function objectionTo(path: BuiltPath, stop: number, profile: ClientProfile): Judgement | undefined {
  let doubt: Judgement | undefined
  for (const problem of path.problems) {
    const at = restsOn(problem)
    if (problem.severity !== 'fatal' || endings.has(problem.code) || at > stop) continue
    if (at === stop && problem.code !== 'weak-key') continue
    const judged = judgeProblem(problem, path.certificates[problem.index], profile)
    if (judged?.trusted === 'no') return judged
    doubt ??= judged
  }
  return doubt
}

/** The certificate that a problem stands and falls with: name constraints are told of the name, but set further up. */
const restsOn = ({ by, index }: PathProblem): number => by ?? index

/** What this client makes of the limits that its root sets; `yes` with a remark where it passes over one. */
function limitsOf(path: BuiltPath, stop: number, { anchors }: ClientProfile): readonly Judgement[] {
  return path.problems.flatMap((problem) => {
    const known = anchorChecks[problem.code]
    if (known === undefined || problem.severity !== 'fatal' || restsOn(problem) !== stop) return []
    const [check, words] = known
    switch (anchors?.habits[check]) {
      case 'applied':
        return [no(`${problem.message} This client applies ${words} of its roots.`)]
      case 'ignored':
        return [yes(`This client passes over ${words} of its roots.`)]
      case 'by-root':
        return [unknown(`${problem.message} Whether that counts this client decides root by root.`)]
      default:
        return [unknown(`${problem.message} Whether this client applies ${words} of its roots is not known here.`)]
    }
  })
}

function judgeProblem(
  problem: PathProblem,
  certificate: Certificate | undefined,
  profile: ClientProfile,
): Judgement | undefined {
  if (certificate === undefined || refusedByAll.has(problem.code)) return no(problem.message)
  if (problem.code === 'weak-key' && certificate.publicKey.algorithm === 'RSA') {
    const { bits } = certificate.publicKey
    const { leastRsa } = profile
    if (leastRsa !== undefined && bits !== undefined) {
      if (bits >= leastRsa) return undefined
      return no(`The key of ${called(certificate)} is RSA ${bits}; this client asks for ${leastRsa} bits.`)
    }
  }
  if (problem.code === 'weak-digest' && certificate.signatureAlgorithm.hash === 'SHA-1' && profile.sha1 === 'refused')
    return no(`${called(certificate)} is signed with SHA-1, which this client refuses.`)
  return unknown(`Whether this client minds is not known here: ${problem.message}`)
}

function expiryOf(root: Certificate, { anchors }: ClientProfile, at: UnixMs): Judgement | undefined {
  const until = rootExpiry(root)
  if (at <= until) return undefined
  const what = `The root "${shortName(root.subject)}" expired on ${dayText(until)}`
  switch (anchors?.habits.dates) {
    case 'applied':
      return no(`${what}, and this client checks the dates of roots.`)
    case 'ignored':
      return yes(`${what}, but this client does not look at the dates of roots.`)
    case 'by-root':
      return unknown(`${what}; whether that counts this client decides root by root.`)
    default:
      return unknown(`${what}; whether this client checks the dates of roots is not known here.`)
  }
}

/**
 * A sent copy of a root, signed by another root, that has expired: it misleads clients that follow first what is sent.
 *
 * @returns `undefined` for other clients, and where there is no such copy
 */
export function spoiledBy(path: BuiltPath, profile: ClientProfile, at: UnixMs): Judgement | undefined {
  if (profile.sentFirst === undefined) return undefined
  const copy = path.certificates.find(
    (certificate, index) =>
      index > 0 &&
      path.sources[index] === 'served' &&
      !certificate.selfIssued &&
      at > certificate.notAfter &&
      storesOf(certificate).length > 0,
  )
  if (copy === undefined) return undefined
  return unknown(
    `This client follows what is sent first: the expired copy of "${shortName(copy.subject)}" signed by "${shortName(copy.issuer)}" makes it fail where its list still holds "${shortName(copy.issuer)}".`,
  )
}
