/** Names of a certificate that miss a host narrowly: what its owner probably meant. */
import type { GeneralName } from '../x509/model.ts'
import { registrableDomain } from './domain.ts'
import { parseIp } from './host-ip.ts'
import { coversLoosely } from './wildcard.ts'

export type NearMissKind =
  | 'wildcard-depth'
  | 'wildcard-apex'
  | 'wildcard-form'
  | 'www-missing'
  | 'www-extra'
  | 'ip-as-dns'
  | 'trailing-dot'
  | 'same-domain'

export interface NearMiss {
  /** The name as the certificate has it. */
  readonly name: string
  readonly kind: NearMissKind
  /** One sentence. */
  readonly message: string
}

/** Near misses told of one host; a certificate may have thousands of names of one domain. */
const kept = 5

/** Most telling first. */
const order: readonly NearMissKind[] = [
  'ip-as-dns',
  'trailing-dot',
  'www-missing',
  'www-extra',
  'wildcard-apex',
  'wildcard-depth',
  'wildcard-form',
  'same-domain',
]

/**
 * @param names the certificate's alternative names
 * @param host as compared: lower-case A-labels, or an IP address in its usual form
 */
export function findNearMisses(names: readonly GeneralName[], host: string, isIp: boolean): readonly NearMiss[] {
  const domain = isIp ? undefined : registrableDomain(host)
  const found = names
    .filter(({ type }) => type === 'DNS')
    .flatMap(({ value }) => nearMiss(value, host, isIp, domain) ?? [])
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, kept)
}

function nearMiss(name: string, host: string, isIp: boolean, domain: string | undefined): NearMiss | undefined {
  const presented = name.toLowerCase()
  if (isIp) {
    if (parseIp(presented)?.join('.') !== parseIp(host)?.join('.')) return undefined
    return {
      name,
      kind: 'ip-as-dns',
      message: `${name} is listed as a DNS name; clients look for addresses among IP names only.`,
    }
  }
  if (presented === `${host}.`) {
    return { name, kind: 'trailing-dot', message: `${name} ends with a dot, which names in certificates must not.` }
  }
  if (host === `www.${presented}`) {
    return { name, kind: 'www-missing', message: `${name} is listed, but ${host} is not.` }
  }
  if (presented === `www.${host}`) {
    return { name, kind: 'www-extra', message: `${name} is listed, but ${host} without www is not.` }
  }
  if (presented.startsWith('*.') && presented.lastIndexOf('*') === 0)
    return wildcardMiss(name, presented.slice(2), host)
  if (presented.includes('*')) {
    if (!coversLoosely(presented, host)) return undefined
    return {
      name,
      kind: 'wildcard-form',
      message: `${name} has a * that is not the whole leftmost label, which browsers, curl, Go and Python do not take.`,
    }
  }
  if (domain === undefined || (presented !== domain && !presented.endsWith(`.${domain}`))) return undefined
  return { name, kind: 'same-domain', message: `${name} is listed and belongs to ${domain} like ${host}.` }
}

function wildcardMiss(name: string, domain: string, host: string): NearMiss | undefined {
  if (host === domain) {
    return { name, kind: 'wildcard-apex', message: `${name} covers names below ${domain}, not ${domain} itself.` }
  }
  if (!host.endsWith(`.${domain}`)) return undefined
  const labels = host.slice(0, -domain.length - 1).split('.').length
  if (labels < 2) return undefined
  return {
    name,
    kind: 'wildcard-depth',
    message: `${name} covers one label, but ${host} has ${labels} before ${domain}.`,
  }
}
