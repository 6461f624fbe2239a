/** Short messages for the teams of a path: what is wrong, what shows it, what to do, how to verify. Plain text, for a ticket or a mail. */
import type { Finding, Fix } from '../core/finding.ts'
import { visible } from '../core/visible.ts'
import type { Report } from '../report/types.ts'
import { opensslCheck } from './commands.ts'
import { type Facts, factsOf } from './facts.ts'
import { fixesFor } from './fixes.ts'
import { advice } from './jobs.ts'

export type Team = 'proxy' | 'f5' | 'kong' | 'cloudflare' | 'server' | 'ca' | 'client' | 'network'

export interface TeamMessage {
  readonly team: Team
  /** As "Text for the Kong team". */
  readonly label: string
  /** One line, for the subject of a mail or the title of a ticket. */
  readonly subject: string
  readonly text: string
}

const labels: Readonly<Record<Team, string>> = {
  proxy: 'the proxy team',
  f5: 'the F5 team',
  kong: 'the Kong team',
  cloudflare: 'whoever runs Cloudflare',
  server: 'the application owner',
  ca: 'the certification authority',
  client: 'whoever runs the client',
  network: 'the network team',
}

/** Who gets a message: whoever has to act, by the hop where the server ends TLS. */
export function teamOf(finding: Finding, report: Report): Team | undefined {
  const hop = finding.capture === undefined ? undefined : report.captures[finding.capture]?.hop
  switch (finding.owner) {
    case 'proxy-team':
      return 'proxy'
    case 'network-team':
      return 'network'
    case 'ca':
      return 'ca'
    case 'client':
      return 'client'
    case 'server-operator':
      return hop === 'f5' || hop === 'kong' || hop === 'cloudflare' || hop === 'proxy' ? hop : 'server'
    default:
      return undefined
  }
}

/** Messages for a finding: one for whoever has to act; with an intercepting proxy one for the client side as well. */
export function messagesFor(finding: Finding, report: Report): readonly TeamMessage[] {
  if (finding.severity === 'info') return []
  const team = teamOf(finding, report)
  if (team === undefined) return []
  return [message(team, finding, report)]
}

/** The message for a team of the reader's choice. */
export function message(team: Team, finding: Finding, report: Report): TeamMessage {
  const task = advice[finding.rule]?.tasks[0] ?? { job: 'advise' as const, side: 'server' as const }
  const facts = factsOf(finding, report, task.job, task.side)
  const fix = chosenFix(team, finding, report)
  const parts = [
    'What is wrong',
    finding.title,
    ...where(facts),
    '',
    ...evidence(finding),
    'What to do',
    ...request(team, finding, facts, fix).map((step, index) => `${index + 1}. ${step}`),
    ...(fix?.command && team !== 'proxy'
      ? ['', ...block(fix.prepare), ...block(fix.command), ...block(fix.reload)]
      : []),
    '',
    'How to verify',
    ...block(verification(team, facts, fix)),
    ...(fix?.warning ? ['', `Note: ${fix.warning}`] : []),
  ]
  return {
    team,
    label: `Text for ${labels[team]}`,
    subject: oneLineOf(`TLS at ${facts.authority}: ${finding.title}`),
    text: `${parts.map((line) => line.split('\n').map(visible).join('\n')).join('\n')}\n`,
  }
}

const oneLineOf = (text: string): string => visible(text.replace(/\s+/g, ' ').trim())

/** Indented, so that commands stand apart in plain text. */
const block = (text: string | undefined): string[] =>
  text === undefined || text === '' ? [] : text.split('\n').map((line) => `    ${line}`)

/** The recipe of the team's own product when there is one, else the general one. */
function chosenFix(team: Team, finding: Finding, report: Report): Fix | undefined {
  const fixes = fixesFor(finding, report)
  return (
    fixes.find(({ platform }) => platform === team) ?? fixes.find(({ platform }) => platform === 'generic') ?? fixes[0]
  )
}

function where({ authority, connect, capture }: Facts): string[] {
  const place = connect === authority ? authority : `${authority}, at the address ${connect}`
  const when = capture ? `, seen ${capture.evaluatedAt.slice(0, 16).replace('T', ' ')} UTC` : ''
  return [`Where: ${place}${when}${capture ? `, with ${capture.toolLabel}` : ''}.`]
}

/** The lines a finding rests on, at most three. */
function evidence(finding: Finding): string[] {
  const lines = finding.evidence.map(({ quote }) => quote.trim().split('\n')[0] ?? '').filter((line) => line !== '')
  return lines.length === 0
    ? []
    : ['What shows it', ...[...new Set(lines)].slice(0, 3).flatMap((line) => block(line.slice(0, 200))), '']
}

function request(team: Team, finding: Finding, facts: Facts, fix: Fix | undefined): readonly string[] {
  if (team === 'proxy' && finding.rule === 'interception-proxy')
    return [
      `Exempt ${facts.authority} from TLS inspection, or let it pass as a plain CONNECT tunnel.`,
      'If that is impossible: send us the root certificate of the proxy and, by another way, its SHA-256 fingerprint.',
      'If the server demands client certificates: they cannot pass through inspection. Then mutual TLS has to be run in two legs: we trust your client CA for the leg from the proxy to the server, and you trust ours for the leg from the client to the proxy.',
    ]
  if (team === 'proxy' && finding.rule === 'proxy-connect-failed')
    return [`Allow CONNECT to ${facts.authority} for our client, or tell us what it has to send to be let through.`]
  return fix?.steps ?? [finding.explanation.split('\n')[0] ?? finding.title]
}

function verification(team: Team, facts: Facts, fix: Fix | undefined): string {
  if (team === 'proxy') return opensslCheck({ ...facts, isPublic: true, side: 'client' })
  return fix?.verify ?? opensslCheck(facts)
}
