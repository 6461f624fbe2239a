/** A report without its certificates, to and from tuples. What a link of findings carries is what {@link toCompact} keeps. */
import * as v from 'valibot'
import type { Finding, RuleSlug, Verdict } from '../core/finding.ts'
import { err, ok, type Result } from '../core/result.ts'
import type { CaptureReport, ChainRung, ClientVerdict, Report } from '../report/types.ts'
import {
  type CompactCapture,
  type CompactFinding,
  type CompactReport,
  type CompactRung,
  type CompactVerdict,
  compactReport,
} from './compact-schema.ts'
import { shareLimits } from './limits.ts'
import {
  confidences,
  instants,
  links,
  numberOf,
  owners,
  roles,
  severities,
  sources,
  statuses,
  trusts,
  wordAt,
} from './words.ts'

const seconds = (iso: string): number => Math.round(Date.parse(iso) / 1000) || 0
const iso = (time: number): string => new Date(time * 1000).toISOString().replace('.000Z', 'Z')

/** @param version of the program that judged */
export function toCompact(report: Report, version: string): CompactReport {
  // A link has no secrets, so nothing has to be said of them.
  const findings = report.findings.filter(({ rule }) => rule !== 'secret-in-paste')
  const indexOf = (id: string | undefined): number => findings.findIndex((finding) => finding.id === id)
  const verdictOf = (verdict: Verdict): CompactVerdict => [
    numberOf(statuses, verdict.status),
    verdict.cause,
    verdict.headline,
    numberOf(owners, verdict.owner),
    verdict.hop ?? 0,
    indexOf(verdict.finding),
  ]
  const captureOf = (capture: CaptureReport): CompactCapture => [
    [
      capture.tool,
      capture.toolLabel,
      capture.host ?? 0,
      capture.port ?? -1,
      capture.servername === null ? 1 : (capture.servername ?? 0),
      capture.hop ?? 0,
      capture.hopReason ?? 0,
      capture.protocol ?? 0,
      capture.command ?? 0,
    ],
    seconds(capture.evaluatedAt),
    numberOf(instants, capture.evaluatedAtReason),
    capture.toolVerdict
      ? [capture.toolVerdict.code ?? -1, capture.toolVerdict.text, capture.toolVerdict.ok ? 1 : 0]
      : 0,
    capture.served.length,
    sameVerdict(capture.verdict, report.verdict) ? 0 : verdictOf(capture.verdict),
    capture.chain.map((rung) => rungOf(rung, report)),
  ]
  return [
    seconds(report.evaluatedAt),
    numberOf(instants, report.evaluatedAtReason),
    verdictOf(report.verdict),
    report.captures.map(captureOf),
    findings.map((finding) => findingOf(finding, finding.id === report.verdict.finding)),
    clientsOf(report.clients),
    report.trustData,
    version,
  ]
}

const sameVerdict = (a: Verdict, b: Verdict): boolean => a.finding === b.finding && a.headline === b.headline

/** The rung as it is shown, with the facts of its certificate in its notes. */
function rungOf(rung: ChainRung, { certificates }: Report): CompactRung {
  const certificate = certificates.find(({ sha256 }) => sha256 === rung.certificate)
  const facts =
    certificate === undefined
      ? []
      : [
          `${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`,
          certificate.key.label,
          ...(rung.role === 'leaf' ? [namesText(certificate.names), `SHA-256 ${certificate.sha256}`] : []),
        ]
  return [
    numberOf(roles, rung.role),
    rung.name,
    rung.subject,
    numberOf(sources, rung.source),
    rung.missing ? 1 : 0,
    numberOf(links, rung.link),
    rung.position ?? -1,
    [...rung.notes, ...facts.filter((fact) => fact !== '')],
    rung.url ?? 0,
  ]
}

function namesText(names: readonly { readonly value: string }[]): string {
  if (names.length === 0) return ''
  const shown = names.slice(0, shareLimits.names).map(({ value }) => value)
  const rest = names.length - shown.length
  return `for ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

const findingOf = (finding: Finding, leads: boolean): CompactFinding => [
  finding.rule,
  numberOf(severities, finding.severity),
  numberOf(confidences, finding.confidence),
  finding.title,
  finding.explanation,
  numberOf(owners, finding.owner),
  finding.capture ?? -1,
  finding.evidence
    .map(({ quote }) => quote.trim().slice(0, shareLimits.quoteCharacters))
    .filter((quote) => quote !== '')
    .slice(0, leads ? shareLimits.leadingQuotes : shareLimits.quotes),
  finding.nextCommand ?? 0,
]

/** Most clients say the same for the same reason, and their names are the same in every link. */
function clientsOf(clients: readonly ClientVerdict[]): CompactReport[5] {
  return [...new Set(clients.map(({ capture }) => capture))].map((capture) => {
    const own = clients.filter((one) => one.capture === capture)
    // The last reason stands for those that a digit cannot number; the words of a few clients matter less than the rest.
    const reasons = [...new Set(own.map(({ reason }) => reason))].slice(0, 36)
    const number = (reason: string) => (reasons.includes(reason) ? reasons.indexOf(reason) : reasons.length - 1)
    return [
      capture,
      own.map(({ client }) => client).join('\n'),
      own.map(({ trusted }) => numberOf(trusts, trusted)).join(''),
      reasons,
      own.map(({ reason }) => number(reason).toString(36)).join(''),
    ]
  })
}

function toClients([capture, names, trusted, reasons, which]: CompactReport[5][number]): ClientVerdict[] {
  if (names === '') return []
  return names.split('\n').map((client, index) => ({
    capture,
    client,
    trusted: wordAt(trusts, Number.parseInt(trusted.charAt(index), 10)),
    reason: reasons[Number.parseInt(which.charAt(index), 36)] ?? '',
  }))
}

/** @returns `invalid` for anything that is not what {@link toCompact} makes, or what a later version adds to it */
export function fromCompact(data: unknown): Result<{ readonly report: Report; readonly version: string }, 'invalid'> {
  const parsed = v.safeParse(compactReport, data)
  if (!parsed.success) return err('invalid')
  const [at, atReason, overall, captures, findings, clients, trustData, version] = parsed.output
  const verdict = toVerdict(overall, findings.length)
  const report: Report = {
    schema: 'weaklink.report/1',
    evaluatedAt: iso(at),
    evaluatedAtReason: wordAt(instants, atReason),
    verdict,
    documents: [],
    captures: captures.map((capture, index) => toCapture(capture, index, verdict, findings.length)),
    certificates: [],
    paths: [],
    clients: clients.flatMap(toClients),
    findings: findings.map((finding, index) => toFinding(finding, index, captures.length)),
    trustData,
  }
  return ok({ report, version })
}

const idOf = (index: number): string => `shared-${index + 1}`

function toVerdict([status, cause, headline, owner, hop, finding]: CompactVerdict, findings: number): Verdict {
  return {
    status: wordAt(statuses, status),
    cause: cause as Verdict['cause'],
    headline,
    owner: wordAt(owners, owner),
    ...(hop === 0 ? {} : { hop }),
    ...(finding < 0 || finding >= findings ? {} : { finding: idOf(finding) }),
  }
}

function toCapture(capture: CompactCapture, index: number, overall: Verdict, findings: number): CaptureReport {
  const [connection, at, reason, word, served, verdict, chain] = capture
  const [tool, toolLabel, host, port, servername, hop, hopReason, protocol, command] = connection
  return {
    index,
    document: 0,
    start: 0,
    end: 0,
    tool,
    toolLabel,
    evaluatedAt: iso(at),
    evaluatedAtReason: wordAt(instants, reason),
    served: Array.from({ length: Math.min(Math.max(served, 0), shareLimits.entries) }, () => null),
    verdict: verdict === 0 ? overall : toVerdict(verdict, findings),
    chain: chain.map(toRung),
    ...(command === 0 ? {} : { command }),
    ...(host === 0 ? {} : { host }),
    ...(port < 0 ? {} : { port }),
    ...(servername === 0 ? {} : { servername: servername === 1 ? null : servername }),
    ...(hop === 0 ? {} : { hop }),
    ...(hopReason === 0 ? {} : { hopReason }),
    ...(protocol === 0 ? {} : { protocol }),
    ...(word === 0
      ? {}
      : { toolVerdict: { text: word[1], ok: word[2] === 1, ...(word[0] < 0 ? {} : { code: word[0] }) } }),
  }
}

function toRung([role, name, subject, source, missing, link, position, notes, url]: CompactRung): ChainRung {
  return {
    role: wordAt(roles, role),
    name,
    subject,
    source: wordAt(sources, source),
    missing: missing === 1,
    link: wordAt(links, link),
    notes,
    ...(position < 0 ? {} : { position }),
    ...(url === 0 ? {} : { url }),
  }
}

function toFinding(finding: CompactFinding, index: number, captures: number): Finding {
  const [rule, severity, confidence, title, explanation, owner, capture, quotes, nextCommand] = finding
  return {
    id: idOf(index),
    rule: rule as RuleSlug,
    severity: wordAt(severities, severity),
    confidence: wordAt(confidences, confidence),
    title,
    explanation,
    owner: wordAt(owners, owner),
    evidence: quotes.map((quote) => ({ document: 0, start: 0, end: 0, quote })),
    fixes: [],
    references: [],
    ...(capture < 0 || capture >= captures ? {} : { capture }),
    ...(nextCommand === 0 ? {} : { nextCommand }),
  }
}
