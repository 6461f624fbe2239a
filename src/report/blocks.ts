/** A report as headings, paragraphs, lists and code: what the formats for tickets and print have in common. */
import type { Finding, Fix, Severity, VerdictStatus } from '../core/finding.ts'
import { atText, fixBlocks as codeOfFix, fixHead, ownerText } from './text.ts'
import type { CaptureReport, ChainRung, Report } from './types.ts'

export type Block =
  | {
      readonly kind: 'heading'
      readonly level: 1 | 2 | 3
      readonly text: string
      readonly tone?: Severity | VerdictStatus
    }
  /** With a label, the text stands out behind it. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly label?: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  /** An address of ours: a web address with a fragment in base64url. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /** Lines from the paste, or a command. */
  | { readonly kind: 'code'; readonly title: string; readonly text: string }

/** Quoted places of one finding that a ticket shows. */
const shownQuotes = 4

/** @param link where the report can be opened, if there is one */
export function reportBlocks(report: Report, link?: string): Block[] {
  const { verdict } = report
  return [
    { kind: 'heading', level: 1, text: verdict.headline, tone: verdict.status },
    {
      kind: 'facts',
      rows: [
        ['Status', verdict.status],
        ['Cause', verdict.cause],
        ['To act', ownerText(verdict.owner)],
        ...(verdict.hop === undefined ? [] : [['At', verdict.hop] as const]),
        ['Judged at', `${report.evaluatedAt} (${atText(report)})`],
      ],
    },
    ...(link === undefined ? [] : [{ kind: 'link', text: 'Open this report in Weaklink', href: link } as const]),
    ...report.captures.flatMap((capture) => chainBlocks(capture, report.captures.length > 1)),
    { kind: 'heading', level: 2, text: 'Findings' },
    ...report.findings.flatMap(findingBlocks),
    { kind: 'paragraph', text: `Trust data: ${report.trustData}.` },
  ]
}

function chainBlocks(capture: CaptureReport, several: boolean): Block[] {
  if (capture.chain.length === 0) return []
  const place = [
    capture.toolLabel,
    capture.host && `${capture.host}${capture.port === undefined ? '' : `:${capture.port}`}`,
  ]
  const title = several ? `Chain of ${place.filter(Boolean).join(', ')}` : 'Chain'
  return [
    { kind: 'heading', level: 2, text: title },
    { kind: 'list', ordered: true, items: capture.chain.map(rungText) },
  ]
}

const rungText = ({ missing, subject, notes }: ChainRung): string =>
  `${missing ? 'Missing: ' : ''}${subject}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`

function findingBlocks(finding: Finding): Block[] {
  const { rule, severity, confidence, title, explanation, evidence, nextCommand, fixes } = finding
  const quotes = evidence.slice(0, shownQuotes).map(({ quote }) => quote.trim())
  const shown = quotes.filter((quote) => quote !== '')
  return [
    { kind: 'heading', level: 3, text: `${title} (${severity}, ${confidence}; ${rule})`, tone: severity },
    ...explanation.split('\n\n').map((text) => ({ kind: 'paragraph', text }) as const),
    ...(shown.length === 0 ? [] : [{ kind: 'code', title: 'Evidence', text: shown.join('\n') } as const]),
    ...(nextCommand === undefined ? [] : [{ kind: 'code', title: 'Next', text: nextCommand } as const]),
    ...fixes.flatMap(fixBlocks),
  ]
}

function fixBlocks(fix: Fix): Block[] {
  const { title, warning, steps } = fix
  return [
    { kind: 'paragraph', label: fixHead(fix), text: title },
    ...(warning === undefined ? [] : [{ kind: 'paragraph', label: 'Mind', text: warning } as const]),
    ...(steps.length === 0 ? [] : [{ kind: 'list', ordered: true, items: steps } as const]),
    ...codeOfFix(fix).map(([title, text]) => ({ kind: 'code', title, text }) as const),
  ]
}
