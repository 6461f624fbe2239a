/** What the recipes need of a report, each thing asked once. */
import type { Finding, FixJob, FixSide, RuleSlug } from '../core/finding.ts'
import type { CaptureReport, CertificateSummary, ChainRung, Report } from '../report/types.ts'
import { hole } from './placeholders.ts'

/** A CA that is to be trusted, or the intermediate that is missing. */
export interface Authority {
  /** Common name, or words that stand for it. */
  readonly name: string
  readonly subject?: string
  /** Lower-case hexadecimal, when the certificate is in the report. */
  readonly sha256?: string
  /** Where the certificate below says that it can be fetched. */
  readonly url?: string
  /** Name of the PEM file that the steps have the reader make. */
  readonly file: string
  /** Short name for key stores: lower-case letters, digits and dashes. */
  readonly alias: string
}

export interface Facts {
  readonly rule: RuleSlug
  readonly job: FixJob
  readonly side: FixSide
  /** The name that the certificate is checked for, or the placeholder `<HOST>`. */
  readonly host: string
  readonly hostIsIp: boolean
  readonly port: number
  /** `host:port`, with brackets around an IPv6 address. */
  readonly authority: string
  /** `https://host/`, with the port unless it is 443. */
  readonly url: string
  /** Where the connection goes; mostly as `authority`. */
  readonly connect: string
  readonly proxy?: string
  readonly starttls?: string
  readonly leaf?: CertificateSummary
  /** DNS names of the leaf, those that are names. */
  readonly names: readonly string[]
  /** The first certificate that was not sent. */
  readonly missing: Authority
  /** Is it known that more than one is missing? */
  readonly missingMore: boolean
  /** What trust has to begin at: the root, or the highest issuer that is known. */
  readonly anchor: Authority
  /** The anchor came from the server that is not trusted yet. */
  readonly anchorWasServed: boolean
  /** The chain leads to a public root, so that no client needs a CA of its own. */
  readonly isPublic: boolean
  readonly capture?: CaptureReport
}

/** Letters and digits of a name, for file and alias names. */
export function stem(name: string, fallback: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return slug === '' ? fallback : slug
}

/** A host name or address as it can stand in a command; anything else is not one, and becomes a placeholder. */
const plainHost = (host: string | undefined): string =>
  host !== undefined && /^(?![-.])[\p{L}\p{N}_.-]{1,253}$/u.test(host.replace(/\.$/, ''))
    ? host.replace(/\.$/, '')
    : host !== undefined && isIpv6(host)
      ? host
      : hole('HOST')

const isDnsName = (name: string): boolean => /^(?:\*\.)?(?!-)[A-Za-z0-9_.-]{1,253}$/.test(name)
const isIpv6 = (host: string): boolean => /^[0-9a-f:.]{2,45}$/i.test(host) && host.includes(':')
const isIpv4 = (host: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)
const bracketed = (host: string): string => (isIpv6(host) ? `[${host}]` : host)

/** A value of an option in the captured command, when it is plain: no quotes, no spaces. */
function optionOf(capture: CaptureReport | undefined, option: RegExp): string | undefined {
  const value = new RegExp(`(?:^|\\s)(?:${option.source})[ =]([\\w.:[\\]@/-]{1,300})(?=\\s|$)`).exec(
    capture?.command ?? '',
  )?.[1]
  return value?.startsWith('-') ? undefined : value
}

/** Facts of a finding, for one job on one side. */
export function factsOf(finding: Finding, report: Report, job: FixJob, side: FixSide): Facts {
  const capture = finding.capture === undefined ? undefined : report.captures[finding.capture]
  const host = plainHost(capture?.host)
  const port = capture?.port ?? 443
  const authority = `${bracketed(host)}:${port}`
  const connect = connectOf(capture, authority)
  const proxy = optionOf(capture, /--?proxy|-x/)?.replace(/^\w+:\/\/|^.*@|\/+$/g, '')
  const starttls = optionOf(capture, /-starttls/)
  const byHash = new Map(report.certificates.map((certificate) => [certificate.sha256, certificate]))
  const chain = capture?.chain ?? []
  const leaf = byHash.get(chain[0]?.certificate ?? finding.certificate ?? '')
  const missing = chain.filter((rung) => rung.missing)
  const top = chain.at(-1)
  const below = chain.findIndex((rung) => rung.missing) - 1
  const belowUrl = byHash.get(chain[below]?.certificate ?? '')?.caIssuers[0] ?? leaf?.caIssuers[0]
  const ofPublicCa = top?.missing === true && top.notes.some((note) => note.includes('of a public CA'))
  const isPublic =
    (newIssuer.has(finding.rule) && job !== 'trust-ca') ||
    ofPublicCa ||
    (top?.role === 'root' && (top.source === 'store' || top.source === 'known'))
  const isAnchor =
    top !== undefined && (top.role === 'root' || top.link === 'self-signed' || aboutTrust.has(finding.rule))
  return {
    rule: finding.rule,
    job,
    side,
    host,
    hostIsIp: isIpv4(host) || isIpv6(host),
    port,
    authority,
    url: `https://${bracketed(host)}${port === 443 ? '' : `:${port}`}/`,
    connect,
    ...(proxy === undefined ? {} : { proxy }),
    ...(starttls === undefined ? {} : { starttls }),
    ...(leaf ? { leaf } : {}),
    names: leaf?.names.flatMap(({ type, value }) => (type === 'DNS' && isDnsName(value) ? value : [])) ?? [],
    missing: authorityOf(missing[0], byHash, missing[0]?.url ?? belowUrl, 'the missing intermediate', 'intermediate'),
    missingMore: missing.length > 1,
    anchor: isAnchor
      ? authorityOf(top, byHash, undefined, 'the root CA', 'ca-root')
      : {
          name: 'the root CA',
          alias: 'ca-root',
          file: aboutTrust.has(finding.rule) ? 'ca-root.pem' : hole('ROOT_FILE'),
        },
    anchorWasServed: top?.source === 'served',
    isPublic,
    ...(capture ? { capture } : {}),
  }
}

/** Rules whose advice is to trust the last certificate that is known, root or not. */
const aboutTrust: ReadonlySet<RuleSlug> = new Set(['private-ca', 'interception-proxy', 'self-signed-leaf'])

/** Rules after whose repair the certificate comes from another CA, one that clients trust. */
const newIssuer: ReadonlySet<RuleSlug> = new Set([
  'self-signed-leaf',
  'product-default-certificate',
  'cloudflare-origin',
  'acme-staging',
])

function connectOf(capture: CaptureReport | undefined, authority: string): string {
  const given = optionOf(capture, /-connect/)
  if (given === undefined || !/^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/.test(given)) return authority
  return /:\d+$/.test(given) ? given : `${given}:443`
}

/** Only plain http and https URLs go into a command. */
const safeUrl = (url: string | undefined): string | undefined =>
  url !== undefined && /^https?:\/\/[\w.~:/?%@+=-]+$/.test(url) ? url : undefined

function authorityOf(
  rung: ChainRung | undefined,
  byHash: ReadonlyMap<string, CertificateSummary>,
  from: string | undefined,
  words: string,
  fallback: string,
): Authority {
  const certificate = byHash.get(rung?.certificate ?? '')
  const alias = stem(rung?.name ?? '', fallback)
  const url = safeUrl(from)
  return {
    name: rung?.name ?? words,
    alias,
    file: `${alias}.pem`,
    ...(rung ? { subject: certificate?.subject.openssl ?? rung.subject } : {}),
    ...(certificate ? { sha256: certificate.sha256 } : {}),
    ...(url === undefined ? {} : { url }),
  }
}
