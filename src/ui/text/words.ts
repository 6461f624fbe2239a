/** The words and shapes that the report's machine names are shown with. */
import type { Confidence, Finding, FixLanguage, Owner, Severity, Verdict, VerdictStatus } from '../../core/finding.ts'
import type { CaptureReport, ChainRung, ClientVerdict, Report } from '../../report/types.ts'
import { minuteOf } from './dates.ts'

/** One shape, one colour and one word each; see `Mark`. */
export type Tone = 'error' | 'warning' | 'info' | 'fine' | 'unknown'

export const statusTone: Record<VerdictStatus, Tone> = {
  broken: 'error',
  'at-risk': 'warning',
  healthy: 'fine',
  inconclusive: 'unknown',
}

export const statusWord: Record<VerdictStatus, string> = {
  broken: 'Broken',
  'at-risk': 'At risk',
  healthy: 'Healthy',
  inconclusive: 'Inconclusive',
}

export const severityTone: Record<Severity, Tone> = { error: 'error', warning: 'warning', info: 'info' }

export const severityWord: Record<Severity, string> = { error: 'Error', warning: 'Warning', info: 'Note' }

/** What a confidence means, for those who ask. */
export const confidenceWords: Record<Confidence, string> = {
  certain: 'Proven by the evidence shown',
  likely: 'The best explanation of what is shown',
  hint: 'Worth a look',
}

export const trustTone: Record<ClientVerdict['trusted'], Tone> = { yes: 'fine', no: 'error', unknown: 'unknown' }

export const trustWord: Record<ClientVerdict['trusted'], string> = {
  yes: 'Trusts it',
  no: 'Refuses it',
  unknown: 'Unknown',
}

const hopNames: Record<string, string> = {
  client: 'Client',
  proxy: 'Proxy',
  cloudflare: 'Cloudflare',
  f5: 'F5',
  kong: 'Kong',
  upstream: 'Upstream',
}

/** Order of the known hops, client side first. */
export const hopOrder = Object.keys(hopNames)

export function hopName(hop: string): string {
  return hopNames[hop] ?? hop
}

const serverTeams: Record<string, string> = {
  cloudflare: 'whoever runs Cloudflare',
  f5: 'the load-balancer team',
  kong: 'the Kong team',
  upstream: 'the upstream’s team',
}

/** Who must act, as it stands after "Owner". */
export function ownerWords(owner: Owner, hop?: string): string {
  switch (owner) {
    case 'server-operator':
      return serverTeams[hop ?? ''] ?? 'the server’s operator'
    case 'client':
      return 'whoever runs the client'
    case 'proxy-team':
      return 'the proxy team'
    case 'network-team':
      return 'the network team'
    case 'ca':
      return 'the certificate authority'
    case 'reporter':
      return 'you: one more capture is needed'
    case 'nobody':
      return 'nobody has to act'
  }
}

/** Names of platforms whose recipes are not loaded yet; those of the others come with the recipes. */
const platformNames: Record<string, string> = {
  f5: 'F5 BIG-IP',
  kong: 'Kong Gateway',
  haproxy: 'HAProxy',
  'aws-alb': 'AWS ALB, ACM',
  'aws-cli': 'AWS CLI',
  node: 'Node.js',
  dotnet: '.NET',
  nginx: 'nginx',
  'ingress-nginx': 'ingress-nginx',
  curl: 'curl',
  npm: 'npm',
  openssl: 'OpenSSL',
  generic: 'Any product',
}

export function platformName(platform: string): string {
  return platformNames[platform] ?? platform.charAt(0).toUpperCase() + platform.slice(1)
}

/** Headings of the list of platforms. */
export const platformGroups = {
  servers: 'Servers and gateways',
  clients: 'Programs and languages',
  java: 'Java libraries',
  stores: 'Operating systems',
} as const

const languages: Partial<Record<FixLanguage, string>> = {
  powershell: 'PowerShell',
  nginx: 'nginx configuration',
  haproxy: 'HAProxy configuration',
  apache: 'Apache configuration',
  xml: 'XML',
  yaml: 'YAML',
  json: 'JSON',
  ini: 'Configuration',
  java: 'Java',
  javascript: 'JavaScript',
  python: 'Python',
  go: 'Go',
  csharp: 'C#',
}

/** What stands above a block of a fix. */
export const languageWords = (language: FixLanguage | undefined): string => languages[language ?? 'shell'] ?? 'Commands'

/** `2026-11-24 15:54 UTC, when the paste was made`. */
export function judgedAt(report: Pick<Report, 'evaluatedAt' | 'evaluatedAtReason'>): string {
  const reason = { option: 'as set', capture: 'when the paste was made', now: 'now: the paste has no date' }
  return `${minuteOf(report.evaluatedAt)}, ${reason[report.evaluatedAtReason]}`
}

/** The instant distances are counted from, as it is said after "counted". */
export function countedFrom(report: Pick<Report, 'evaluatedAtReason'>): string {
  return { option: 'the time that was set', capture: 'the time of the paste', now: 'today' }[report.evaluatedAtReason]
}

/** Where a capture looks at, in few words: `api.example.com:443`, or what can stand for it. */
export function captureTarget(capture: CaptureReport): string {
  if (capture.host) return capture.port ? `${capture.host}:${capture.port}` : capture.host
  return capture.chain[0]?.name ?? capture.toolLabel
}

/** What the line from a certificate to its issuer says, for the ladder. */
export function linkWords(rung: ChainRung, issuer: ChainRung | undefined): string {
  switch (rung.link) {
    case 'verified':
      return 'signature verified'
    case 'unverified':
      return 'signature not checked'
    case 'failed':
      return 'signature does not match the key of the next certificate'
    case 'missing':
      return issuer?.missing ? 'its issuer was not sent' : 'its issuer was not found'
    case 'self-signed':
      return 'signed by itself'
    case 'none':
      return ''
  }
}

/**
 * The command that would settle a verdict that is not proven; it stands with the verdict. Of a proven one the command
 * only confirms the repair, and stands with the finding.
 */
export function settlingCommand(verdict: Verdict, finding: Finding | undefined): string | undefined {
  return verdict.status === 'inconclusive' || finding?.confidence !== 'certain' ? finding?.nextCommand : undefined
}

/** The capture that explains the verdict: the one its finding is about, else the first with the same status. */
export function leadingCapture(report: Report): number {
  const lead = report.findings.find(({ id }) => id === report.verdict.finding)
  if (lead?.capture !== undefined) return lead.capture
  const same = report.captures.findIndex(({ verdict }) => verdict.status === report.verdict.status)
  return Math.max(0, same)
}
