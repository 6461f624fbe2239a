/** The report as text for a terminal. */
import type { Finding, Fix, Owner } from '../core/finding.ts'
import { visibleLines } from '../core/visible.ts'
import type { CaptureReport, ChainRung, Report } from './types.ts'

const owners: Readonly<Record<Owner, string>> = {
  'server-operator': 'the operator of the server',
  client: 'the client side',
  'proxy-team': 'the proxy team',
  'network-team': 'the network team',
  ca: 'the certification authority',
  reporter: 'whoever makes the capture',
  nobody: 'nobody',
}

/** Who has to act, in words. */
export const ownerText = (owner: Owner): string => owners[owner]

/** Plain text, for a terminal. */
export function reportText(report: Report): string {
  const { verdict } = report
  const lines = [`${verdict.status.toUpperCase()}  ${verdict.cause}`, verdict.headline, '']
  if (verdict.owner !== 'nobody') lines.push(`To act: ${ownerText(verdict.owner)}`, '')
  for (const capture of report.captures) {
    if (report.captures.length > 1)
      lines.push(
        `[${capture.index + 1}] ${captureTitle(capture)}: ${capture.verdict.status}, ${capture.verdict.headline}`,
      )
    for (const rung of capture.chain) lines.push(`  ${rungText(rung)}`)
    if (capture.chain.length > 0) lines.push('')
  }
  for (const finding of report.findings) lines.push(...findingText(finding), '')
  lines.push(`Judged at ${report.evaluatedAt} (${atText(report)}). Trust data: ${report.trustData}.`)
  return `${visibleLines(lines.join('\n'))}\n`
}

const captureTitle = (capture: CaptureReport): string =>
  [capture.toolLabel, capture.host && `${capture.host}${capture.port === undefined ? '' : `:${capture.port}`}`]
    .filter(Boolean)
    .join(' ')

function rungText(rung: ChainRung): string {
  const mark = rung.missing ? '┆' : '●'
  const notes = rung.notes.length > 0 ? `  (${rung.notes.join('; ')})` : ''
  return `${mark} ${rung.name}  ${rung.role}, ${rung.source}${notes}`
}

function findingText(finding: Finding): string[] {
  const indent = (text: string) => text.split('\n').map((line) => (line === '' ? '' : `    ${line}`))
  const lines = [
    `- ${finding.severity} (${finding.confidence}) ${finding.rule}: ${finding.title}`,
    ...indent(finding.explanation),
  ]
  const [evidence] = finding.evidence
  if (evidence && evidence.quote !== '')
    lines.push(`    seen: ${(evidence.quote.trim().split('\n')[0] as string).slice(0, 120)}`)
  if (finding.nextCommand) lines.push(`    next: ${finding.nextCommand}`)
  for (const fix of finding.fixes) lines.push(...indent(fixLines(fix).join('\n')))
  return lines
}

/** `Fix for kong`, or `Fix` when it holds for any product. */
export const fixHead = ({ platform, workaround }: Fix): string =>
  `${workaround ? 'Workaround' : 'Fix'}${platform === 'generic' ? '' : ` for ${platform}`}`

/** What is typed or pasted, in order. */
export const fixBlocks = ({ prepare, command, reload, verify }: Fix): [title: string, text: string][] =>
  [
    ['First', prepare] as const,
    ['Commands or configuration', command] as const,
    ['Then', reload] as const,
    ['To verify', verify] as const,
  ].flatMap(([title, text]) => (text === undefined ? [] : [[title, text] as [string, string]]))

function fixLines(fix: Fix): string[] {
  return [
    `${fixHead(fix).toLowerCase()}: ${fix.title}`,
    ...(fix.warning === undefined ? [] : [`  mind: ${fix.warning}`]),
    ...fix.steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...fixBlocks(fix).flatMap(([title, text]) => [
      `  ${title.toLowerCase()}:`,
      ...text.split('\n').map((line) => `    ${line}`),
    ]),
  ]
}

/** Why it was judged at that instant, in words. */
export const atText = (report: Report): string =>
  ({ option: 'as asked for', capture: 'the time of the capture', now: 'now, as the capture does not tell its time' })[
    report.evaluatedAtReason
  ]
