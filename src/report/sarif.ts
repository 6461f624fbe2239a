/** The findings as SARIF 2.1.0 (OASIS), which code hosts and scanners' dashboards read: one result per finding. */
import type { Evidence, Finding, Severity } from '../core/finding.ts'
import { visibleLines } from '../core/visible.ts'
import type { Report } from './types.ts'

/** A document as `textsIn` gives it; no text: a binary file, which has no lines. */
export interface LocatedDocument {
  readonly name: string
  readonly text?: string
}

/** SARIF 2.1.0 section 3.27.10. */
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/**
 * @param documents in the order of `report.documents`, to tell lines and columns; names are those of the report, which may be redacted
 * @param version of this program
 */
export function reportSarif(report: Report, documents: readonly LocatedDocument[], version: string): string {
  const rules = [...new Set(report.findings.map(({ rule }) => rule))]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Weaklink', version, rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        artifacts: report.documents.map(({ name }) => ({ location: { uri: uriOf(name) } })),
        results: report.findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule), report, documents)),
        properties: { verdict: report.verdict, evaluatedAt: report.evaluatedAt, trustData: report.trustData },
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** A file name as a relative reference. A colon in its first part would make a scheme of it (RFC 3986 section 4.2), half a character would throw. */
const uriOf = (name: string): string => encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))

function resultOf(finding: Finding, ruleIndex: number, report: Report, documents: readonly LocatedDocument[]) {
  const { id, rule, severity, confidence, title, explanation, owner, evidence, nextCommand } = finding
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: visibleLines(`${title}\n\n${explanation}`) },
    locations: evidence.map((place) => locationOf(place, report, documents)),
    partialFingerprints: { 'weaklinkFinding/v1': id },
    properties: { confidence, owner, ...(nextCommand === undefined ? {} : { nextCommand }) },
  }
}

function locationOf({ document, start, end, quote }: Evidence, report: Report, documents: readonly LocatedDocument[]) {
  const artifactLocation = { uri: uriOf(report.documents[document]?.name ?? ''), index: document }
  const text = documents[document]?.text
  if (text === undefined) return { physicalLocation: { artifactLocation } }
  const from = placeOf(text, start)
  const to = placeOf(text, end)
  const region = { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
  return { physicalLocation: { artifactLocation, region: { ...region, snippet: { text: visibleLines(quote) } } } }
}

/** Line and column, both from 1; SARIF 2.1.0 section 3.30.2 takes CR LF, CR and LF for ends of lines. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
