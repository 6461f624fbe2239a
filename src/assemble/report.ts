/** Puts contexts, verdicts and findings into the report. No judgement is made here. */
import type { Finding, Severity, Verdict } from '../core/finding.ts'
import type { CaptureReport, CertificateSummary, DocumentSummary, PathReport, Report } from '../report/types.ts'
import type { CaptureContext, InputContext } from '../rules/context.ts'
import { rootsInfo } from '../trust/roots.ts'
import type { Certificate } from '../x509/model.ts'
import { clientsOf } from './clients.ts'
import { ladderOf } from './ladder.ts'
import { iso, summarise } from './summary.ts'

export interface Judged {
  readonly input: InputContext
  readonly verdicts: readonly Verdict[]
  readonly overall: { readonly verdict: Verdict; readonly capture?: number }
  readonly findings: readonly Finding[]
}

const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Builds the report, plain JSON. */
export function assemble({ input, verdicts, overall, findings }: Judged): Report {
  const leading = input.captures[overall.capture ?? 0]
  const first = overall.verdict.finding
  const ordered = findings
    .map((finding, index) => ({ finding, index }))
    .sort(
      (a, b) =>
        Number(b.finding.id === first) - Number(a.finding.id === first) ||
        severityRank[a.finding.severity] - severityRank[b.finding.severity] ||
        a.index - b.index,
    )
  return {
    schema: 'weaklink.report/1',
    evaluatedAt: iso(leading?.at ?? input.now),
    evaluatedAtReason: leading?.atReason ?? 'now',
    verdict: overall.verdict,
    documents: input.documents.map(documentSummary),
    captures: input.captures.map((context, index) => captureReport(context, verdicts[index] ?? overall.verdict)),
    certificates: certificatesOf(input),
    paths: input.captures.flatMap(pathsOf),
    clients: input.captures.flatMap(clientsOf),
    findings: ordered.map(({ finding }) => finding),
    trustData: rootsInfo,
  }
}

function documentSummary(document: InputContext['documents'][number]): DocumentSummary {
  return {
    index: document.index,
    name: document.name,
    length: document.length,
    binary: document.binary,
    lines: document.binary ? 0 : countLines(document.text),
    secrets: document.secrets.map(({ span, kind }) => ({ start: span.start, end: span.end, kind })),
    skipped: document.skipped.map(({ span, reason }) => ({ start: span.start, end: span.end, reason })),
    ...(document.locked ? { locked: document.locked } : {}),
    ...(document.container ? { container: document.container } : {}),
  }
}

function countLines(text: string): number {
  let lines = text === '' ? 0 : 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

function captureReport(context: CaptureContext, verdict: Verdict): CaptureReport {
  const { capture, target, sni } = context
  const result = capture.verifyResult
  const code = result?.code === undefined ? {} : { code: result.code }
  return {
    index: context.index,
    document: capture.document,
    start: capture.span.start,
    end: capture.span.end,
    tool: capture.tool,
    toolLabel: capture.toolLabel,
    evaluatedAt: iso(context.at),
    evaluatedAtReason: context.atReason,
    served: context.served.map((entry) => entry.certificate?.sha256 ?? null),
    verdict,
    chain: context.supplement || !context.leaf ? [] : ladderOf(context),
    ...(capture.command ? { command: capture.command.text } : {}),
    ...(target ? { host: target.host } : {}),
    ...(target?.port === undefined ? {} : { port: target.port }),
    ...(sni ? { servername: sni.value } : {}),
    ...(capture.protocol ? { protocol: capture.protocol.value } : {}),
    ...(capture.cipher ? { cipher: capture.cipher.value } : {}),
    ...(result && !capture.noPeerCertificate
      ? { toolVerdict: { text: result.text, ok: result.ok && context.toolOk !== false, ...code } }
      : {}),
  }
}

function pathsOf(context: CaptureContext): PathReport[] {
  return (context.build?.paths ?? []).map((path) => ({
    capture: context.index,
    certificates: path.certificates.map((certificate) => certificate.sha256),
    anchored: path.anchored,
    valid: path.valid,
    problems: path.problems
      .filter(({ severity }) => severity === 'fatal')
      .map(({ code, certificate, message }) => ({ code, certificate, message })),
  }))
}

interface Seen {
  readonly certificate: Certificate
  readonly source: CertificateSummary['source']
  readonly at: CaptureContext['at']
  selfSigned: boolean
  readonly places: CertificateSummary['places'][number][]
}

/** Each distinct certificate once: those of the input in order of appearance, then the roots that paths end at. */
function certificatesOf(input: InputContext): CertificateSummary[] {
  const seen = new Map<string, Seen>()
  for (const context of input.captures) {
    for (const { certificate, span } of context.decoded) {
      const entry = seen.get(certificate.sha256) ?? {
        certificate,
        source: 'input',
        at: context.at,
        selfSigned: false,
        places: [],
      }
      entry.places.push({ document: span.document, start: span.start, end: span.end })
      seen.set(certificate.sha256, entry)
    }
  }
  for (const context of input.captures) {
    for (const path of context.build?.paths ?? []) {
      for (const [index, certificate] of path.certificates.entries()) {
        const entry: Seen = seen.get(certificate.sha256) ?? {
          certificate,
          source: 'store',
          at: context.at,
          selfSigned: false,
          places: [],
        }
        if (index === path.certificates.length - 1 && certificate.selfIssued && path.signatures[index] === 'valid')
          entry.selfSigned = true
        seen.set(certificate.sha256, entry)
      }
    }
  }
  return [...seen.values()].map(({ certificate, at, selfSigned, source, places }) =>
    summarise(certificate, at, selfSigned, source, places),
  )
}
