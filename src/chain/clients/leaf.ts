/** What clients ask of the server certificate itself, whatever path it has. */
import type { UnixMs } from '../../core/brand.ts'
import { validityDays } from '../../standards/validity.ts'
import { distrustsOf } from '../../trust/milestones.ts'
import type { Certificate } from '../../x509/model.ts'
import { shortName } from '../../x509/name.ts'
import { called } from '../checks/check.ts'
import { checkHost } from '../hostname.ts'
import { coversLoosely, wildcardOddity } from '../wildcard.ts'
import { type Judgement, no, unknown } from './evidence.ts'
import type { Root } from './membership.ts'
import type { ClientProfile } from './profiles.ts'

const dayText = (time: UnixMs | number): string => new Date(time).toISOString().slice(0, 10)

/** The name by which the server is reached; `undefined` when there is nothing to object. */
export function judgeName(leaf: Certificate, host: string | undefined, profile: ClientProfile): Judgement | undefined {
  if (host === undefined) {
    if (leaf.subjectAltNames.some(({ type }) => type === 'DNS' || type === 'IP')) return undefined
    if (profile.commonName === 'compared') return undefined
    const what = `${called(leaf)} has no subject alternative name`
    return profile.commonName === 'ignored'
      ? no(`${what}, and this client does not look at the common name.`)
      : unknown(`${what}; whether this client looks at the common name is not known here.`)
  }
  const check = checkHost(leaf, host)
  if (check.matches) return undefined
  const target = shown(check.host)
  if (check.reason === 'invalid-host') return undefined
  if (check.wouldMatchCommonName) {
    if (profile.commonName === 'compared') return undefined
    const what = `${called(leaf)} names ${target} as its common name only`
    return profile.commonName === 'ignored'
      ? no(`${what}, at which this client does not look.`)
      : unknown(`${what}; whether this client looks at that is not known here.`)
  }
  const wildcard = check.isIp ? undefined : judgeWildcard(leaf, check.host, profile)
  if (wildcard === 'matched') return undefined
  return wildcard ?? no(`${called(leaf)} is not for ${target}.`)
}

/** A wildcard that some clients take for the host and others do not. */
function judgeWildcard(
  leaf: Certificate,
  host: string,
  { wildcards }: ClientProfile,
): Judgement | 'matched' | undefined {
  let doubt: Judgement | undefined
  for (const { type, value } of leaf.subjectAltNames) {
    const oddity = type === 'DNS' ? wildcardOddity(value) : undefined
    if (oddity === undefined || !coversLoosely(value.toLowerCase(), host)) continue
    const habit = wildcards?.habits[oddity]
    if (habit === 'matched') return 'matched'
    const what = `${called(leaf)} names ${shown(host)} by ${shown(value)} only`
    doubt ??=
      habit === 'refused'
        ? no(`${what}, which this client does not take.`)
        : unknown(`${what}; whether this client takes that is not known here.`)
  }
  return doubt
}

/** Limits on what a public root has signed; `undefined` when there is nothing to object. */
export function judgeIssuance(leaf: Certificate, root: Root, profile: ClientProfile): Judgement | undefined {
  const { longest } = profile
  const days = validityDays(leaf.notBefore, leaf.notAfter)
  if (longest !== undefined && leaf.notBefore >= Date.parse(longest.since) && days > longest.days)
    return no(
      `${called(leaf)} is valid for ${days} days; below a public root this client accepts ${longest.days} since ${longest.since}.`,
    )
  for (const limit of profile.distrust === undefined ? [] : distrustsOf(root, profile.distrust)) {
    const until = Date.parse(limit.until)
    const below = `"${shortName(root.subject)}" (${limit.ca})`
    if (limit.by === 'notBefore') {
      if (leaf.notBefore <= until) continue
      return no(
        `${called(leaf)} was issued on ${dayText(leaf.notBefore)}, and this client refuses what ${below} has signed after ${dayText(until)}.`,
      )
    }
    const times = leaf.scts.map(({ time }) => time)
    const first = times.length === 0 ? undefined : Math.min(...times)
    const rule = `this client refuses certificates below ${below} whose first transparency timestamp is after ${dayText(until)}`
    if (first === undefined) return unknown(`${called(leaf)} holds no such timestamp: ${rule}.`)
    if (first > until) return no(`${called(leaf)} was logged on ${dayText(first)}, and ${rule}.`)
  }
  return undefined
}

/** A host in a sentence: it comes from the paste. */
const shown = (host: string): string => (host.length > 100 ? `${host.slice(0, 100)}...` : host)
