/**
 * Who accepts a chain, and why not. Every judgement rests on a list of roots of a known day and on habits with a source; what
 * neither tells is unknown. Roots that an organisation added to its clients are not known here.
 */
import { publicCasDate } from '../../trust/public-cas.ts'
import type { Certificate } from '../../x509/model.ts'
import { shortName } from '../../x509/name.ts'
import { called } from '../checks/check.ts'
import { isIpAddress } from '../host-ip.ts'
import type { BuiltPath } from '../model.ts'
import { type ClientEvidence, type Judgement, no, unknown, yes } from './evidence.ts'
import { judgeName } from './leaf.ts'
import { dateOf, restsOnText } from './membership.ts'
import { judgePath, refusedByAll, spoiledBy } from './path.ts'
import { type ClientProfile, clientProfiles } from './profiles.ts'

export interface ClientJudgement extends Judgement {
  readonly profile: ClientProfile
  /** Day of the list of roots, ISO 8601. */
  readonly listDate?: string
  /** In words: the list with its day and origin, and where the habits are told. */
  readonly asOf: string
}

/**
 * What each client makes of a chain.
 *
 * @returns nothing where there is no server certificate to judge
 */
export function judgeClients(
  evidence: ClientEvidence,
  profiles: readonly ClientProfile[] = clientProfiles,
): readonly ClientJudgement[] {
  const known = profiles === clientProfiles ? judged.get(evidence) : undefined
  if (known) return known
  const judgements = judgeEach(evidence, profiles)
  if (profiles === clientProfiles) judged.set(evidence, judgements)
  return judgements
}

/** A rule and the report ask the same of each capture; evidence never changes. */
const judged = new WeakMap<ClientEvidence, readonly ClientJudgement[]>()

function judgeEach(evidence: ClientEvidence, profiles: readonly ClientProfile[]): readonly ClientJudgement[] {
  const { leaf, build, supplement, purpose } = evidence
  if (leaf?.certificate === undefined || build === undefined || supplement || purpose === 'client') return []
  return profiles.map((profile) => {
    const day = dateOf(profile)
    const listDate = day === undefined ? {} : { listDate: day }
    return { profile, ...judgeClient(evidence, profile), ...listDate, asOf: restsOnText(profile) }
  })
}

/** What one client makes of a chain. */
export function judgeClient(evidence: ClientEvidence, profile: ClientProfile): Judgement {
  const leaf = evidence.leaf?.certificate
  if (leaf === undefined) return unknown('There is no server certificate to judge.')
  const name = judgeName(leaf, hostOf(evidence), profile)
  if (name?.trusted === 'no') return name
  const chain = ofLeaf(evidence) ?? judgeChain(evidence, profile)
  return chain.trusted === 'yes' && name !== undefined ? name : chain
}

/** An address that was connected to is a place to test a server at, not the name that clients use. */
function hostOf({ target }: ClientEvidence): string | undefined {
  if (target === undefined || (target.from === 'connect' && isIpAddress(target.host))) return undefined
  return target.host
}

/** What is wrong with the leaf itself, so that no path helps. */
function ofLeaf({ build }: ClientEvidence): Judgement | undefined {
  const own = build?.paths.map((path) =>
    path.problems.find(
      ({ severity, code, index, by = index }) =>
        severity === 'fatal' && by === 0 && code !== 'signature-invalid' && refusedByAll.has(code),
    ),
  )
  const first = own?.[0]
  return first !== undefined && own?.every((problem) => problem?.code === first.code) ? no(first.message) : undefined
}

function judgeChain(evidence: ClientEvidence, profile: ClientProfile): Judgement {
  const sent = bestOf(evidence.servedBuild?.paths ?? [], evidence, profile)
  if (sent?.trusted === 'yes') return sent
  if (evidence.servedIs === 'partial' || evidence.servedIs === 'none')
    return unknown('What is known of the chain does not show everything that the server sends.')
  const supplied = withMissing(evidence, profile)
  if (supplied !== undefined && (supplied.trusted !== 'no' || sent === undefined)) return supplied
  return sent ?? atTheEnd(evidence, profile)
}

/** Clients try one path after the other: the best judgement counts. */
function bestOf(paths: readonly BuiltPath[], { at }: ClientEvidence, profile: ClientProfile): Judgement | undefined {
  const judged = paths.flatMap((path) => judgePath(path, profile, at) ?? [])
  const good = judged.find(({ trusted }) => trusted === 'yes')
  if (good === undefined) return judged.find(({ trusted }) => trusted === 'unknown') ?? judged[0]
  return paths.map((path) => spoiledBy(path, profile, at)).find((spoiled) => spoiled !== undefined) ?? good
}

/** The paths over certificates that are known, but that the server did not send. */
function withMissing(evidence: ClientEvidence, profile: ClientProfile): Judgement | undefined {
  const { build, servedBuild, at } = evidence
  if (build === undefined || build === servedBuild) return undefined
  const sent = new Set(evidence.served.flatMap(({ certificate }) => certificate?.sha256 ?? []))
  for (const path of build.paths) {
    const missing = path.certificates.findIndex(
      ({ sha256 }, index) => index > 0 && path.sources[index] === 'supplied' && !sent.has(sha256),
    )
    const certificate = path.certificates[missing]
    const below = path.certificates[missing - 1]
    if (certificate === undefined || below === undefined || certificate.selfIssued) continue
    if (judgePath(path, profile, at)?.trusted !== 'yes') continue
    return judgeMissing(shortName(certificate.subject), below, evidence, profile, true)
  }
  return undefined
}

/** An intermediate that was not sent, whose issuer the client would trust if it had it. */
function judgeMissing(
  name: string,
  below: Certificate,
  { servedIs }: ClientEvidence,
  profile: ClientProfile,
  known: boolean,
): Judgement {
  const what = `${servedIs === 'file' ? 'The file does not hold' : 'The server does not send'} "${name}"`
  if (profile.intermediates === 'sent-only') return no(`${what}, and this client does not fetch what is missing.`)
  if (profile.intermediates === 'preloaded')
    return unknown(
      `${what}; this client has most public intermediates on its own, but that it has this one is not certain.`,
    )
  const url = below.caIssuers.find((address) => address.startsWith('http'))
  if (url === undefined) return no(`${what}, and the certificate below names no address to fetch it from.`)
  const fetches = `this client fetches it from ${url.length > 100 ? `${url.slice(0, 100)}...` : url}`
  return known
    ? yes(`${what}, but ${fetches}, as long as it can reach that.`)
    : unknown(`${what}; ${fetches}, but what it gets there is not known here.`)
}

/** Nothing that was sent leads to a root that is known anywhere. */
function atTheEnd(evidence: ClientEvidence, profile: ClientProfile): Judgement {
  const { end, servedBuild, build } = evidence
  const top = (servedBuild?.paths ?? build?.paths)?.[0]?.certificates.at(-1)
  if (top === undefined) return unknown('The chain cannot be judged.')
  const issuer = shortName(top.issuer)
  const added = `lists of ${publicCasDate} and older; roots that an organisation added are not known here`
  switch (end.kind) {
    case 'public':
      if (end.issuer?.kind === 'intermediate' && end.issuer.conflict === undefined)
        return judgeMissing(issuer, top, evidence, profile, false)
      return unknown(`"${issuer}" has the name of a public CA, but not the key that is known here.`)
    case 'public-organisation':
      return unknown(`"${issuer}" belongs to a public CA, but is not known here.`)
    case 'self-signed':
      return no(`The chain ends at ${called(top)}, which signs itself and is in no public list; ${added}.`)
    case 'anchored':
      return no(`The chain ends at ${called(top)}, which is trusted here, but is in no public list; ${added}.`)
    case 'supplied':
    case 'unknown': {
      const url = top.caIssuers.find((address) => address.startsWith('http'))
      if (profile.intermediates === 'fetched' && url !== undefined)
        return unknown(`"${issuer}" was not sent; this client would fetch it, but what it gets is not known here.`)
      return no(`The chain ends below "${issuer}", which was not sent and is in no public list; ${added}.`)
    }
    default:
      return unknown('Where the chain ends is not known.')
  }
}
