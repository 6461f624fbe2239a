/** The report as text for a terminal, and as Markdown for a ticket. */
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
const fixHead = ({ platform, workaround }: Fix): string =>
  `${workaround ? 'Workaround' : 'Fix'}${platform === 'generic' ? '' : ` for ${platform}`}`

/** What is typed or pasted, in order. */
const fixBlocks = ({ prepare, command, reload, verify }: Fix): [title: string, text: string][] =>
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

const atText = (report: Report): string =>
  ({ option: 'as asked for', capture: 'the time of the capture', now: 'now, as the capture does not tell its time' })[
    report.evaluatedAtReason
  ]

/** Makes text inert in Markdown: no markup, links or HTML from a paste. */
const escapeMarkdown = (text: string): string =>
  visibleLines(text).replace(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`)

/** A fence that the content cannot close. */
function fenced(content: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${visibleLines(content)}\n${fence}`
}

/** Markdown, for a ticket. */
export function reportMarkdown(report: Report): string {
  const { verdict } = report
  const parts = [
    `## ${escapeMarkdown(verdict.headline)}`,
    `**${verdict.status}**, cause \`${verdict.cause}\`, to act: ${ownerText(verdict.owner)}`,
  ]
  for (const capture of report.captures) {
    if (capture.chain.length === 0) continue
    const title = report.captures.length > 1 ? `### ${escapeMarkdown(captureTitle(capture))}` : '### Chain'
    const rungs = capture.chain.map((rung, index) => {
      const notes = rung.notes.length > 0 ? ` (${rung.notes.map(escapeMarkdown).join('; ')})` : ''
      return `${index + 1}. ${rung.missing ? '**missing:** ' : ''}${escapeMarkdown(rung.subject)}${notes}`
    })
    parts.push(title, rungs.join('\n'))
  }
  parts.push('### Findings')
  for (const finding of report.findings) {
    parts.push(
      `**${finding.severity}, ${finding.confidence}: ${escapeMarkdown(finding.title)}** (\`${finding.rule}\`)`,
      escapeMarkdown(finding.explanation),
    )
    const quotes = finding.evidence.slice(0, 3).map((evidence) => evidence.quote.trim())
    if (quotes.some((quote) => quote !== '')) parts.push(fenced(quotes.join('\n')))
    if (finding.nextCommand) parts.push('Next:', fenced(finding.nextCommand))
    for (const fix of finding.fixes) parts.push(...fixMarkdown(fix))
  }
  parts.push(`Judged at ${report.evaluatedAt} (${atText(report)}). Trust data: ${escapeMarkdown(report.trustData)}.`)
  return `${parts.join('\n\n')}\n`
}

function fixMarkdown(fix: Fix): string[] {
  const steps = fix.steps.map((step, index) => `${index + 1}. ${escapeMarkdown(step)}`)
  return [
    `${escapeMarkdown(fixHead(fix))}: **${escapeMarkdown(fix.title)}**`,
    ...(fix.warning === undefined ? [] : [`Mind: ${escapeMarkdown(fix.warning)}`]),
    ...(steps.length > 0 ? [steps.join('\n')] : []),
    ...fixBlocks(fix).flatMap(([title, text]) => [`${title}:`, fenced(text)]),
  ]
}
