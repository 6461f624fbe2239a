/** Captures told by their facts, for rules that no one tool's output may shape. Every fact is a line of the document. */
import { unixMs } from '../../../core/brand.ts'
import type { Finding, Verdict } from '../../../core/finding.ts'
import type { Span } from '../../../core/span.ts'
import { newCapture } from '../../../input/capture.ts'
import type {
  Capture,
  CaptureKind,
  CommandLine,
  GatewayRequest,
  ListedCertificate,
  PrintedName,
  ReadDocument,
  ToolId,
} from '../../../input/model.ts'
import { createVerifier } from '../../../x509/crypto.ts'
import { parseNameText } from '../../../x509/name.ts'
import { buildContexts } from '../../build-context.ts'
import type { CaptureContext, InputContext } from '../../context.ts'
import type { CaptureRule, RuleResult } from '../../contract.ts'
import { certificateOf, der } from './capture.ts'
import type { CertificateName } from './certificates.ts'
import { flat, type Judged, today } from './judge.ts'

export interface Facts {
  readonly tool?: ToolId
  readonly kind?: CaptureKind
  readonly role?: Capture['role']
  readonly side?: Capture['side']
  readonly host?: string
  readonly proxy?: string
  /** The program whose command is in the paste; absent: no command is. */
  readonly program?: string
  /** `-cert` of the command. */
  readonly cert?: string
  readonly insecure?: boolean
  /** The whole chain that the server sent. */
  readonly sent?: readonly CertificateName[]
  /** The handshake ended well in this version; absent: it did not end. */
  readonly version?: string
  readonly requested?: 'yes' | 'no' | 'unknown'
  readonly wasSent?: 'yes' | 'empty' | 'unknown'
  /** CA names that the server accepts; an empty list was seen empty. */
  readonly accepts?: readonly string[]
  readonly algorithms?: readonly string[]
  /** Alert received, or sent by the program itself. */
  readonly alert?: number
  readonly alertSent?: number
  readonly failure?: readonly [kind: Capture['failures'][number]['kind'], text: string, status?: number]
  /** X509_V_ERR numbers with their words, and the depth. */
  readonly errors?: readonly (readonly [code: number, text: string, depth?: number])[]
  readonly ok?: boolean
  /** Subject of a certificate that is printed. */
  readonly printed?: string
  readonly answer?: readonly [status: number, text: string]
  readonly request?: Omit<GatewayRequest, 'span'>
  readonly startTime?: string
  /** Further lines of the document. */
  readonly lines?: readonly string[]
}

/** A document that says just these things. */
export function made(facts: Facts, name = 'paste', index = 0): ReadDocument {
  let text = ''
  const line = (content: string): Span => {
    const start = text.length
    text += `${content}\n`
    return { document: index, start, end: start + content.length }
  }
  const printedName = (content: string): PrintedName => ({
    text: content,
    name: parseNameText(content),
    span: line(content),
  })
  const { sent = [], requested = 'unknown', wasSent = 'unknown', accepts, alert, alertSent, failure } = facts
  const command: CommandLine | undefined =
    facts.program === undefined
      ? undefined
      : {
          span: line(`$ ${facts.program}${facts.cert ? ` -cert ${facts.cert}` : ''}${facts.insecure ? ' -k' : ''}`),
          text: facts.program,
          program: facts.program,
          showcerts: true,
          caFiles: [],
          pipes: [],
          untrusted: [],
          operands: [],
          ...(facts.host === undefined ? {} : { host: facts.host, servername: facts.host, port: 443 }),
          ...(facts.proxy === undefined ? {} : { proxy: facts.proxy }),
          ...(facts.cert === undefined ? {} : { clientCertificate: facts.cert }),
          ...(facts.insecure === undefined ? {} : { insecure: facts.insecure }),
        }
  const chainList = sent.map((entry, position): ListedCertificate => {
    const { subject, issuer } = certificateOf(entry)
    const span = line(`${position} s:${entry}`)
    return { position, span, subject: { text: '', name: subject, span }, issuer: { text: '', name: issuer, span } }
  })
  const failures: Capture['failures'][number][] = []
  if (alert !== undefined)
    failures.push({ kind: 'alert', alert, text: `alert number ${alert}`, span: line(`received alert ${alert}`) })
  if (alertSent !== undefined)
    failures.push({ kind: 'alert', alertSent, text: `alert ${alertSent}`, span: line(`sent alert ${alertSent}`) })
  if (failure)
    failures.push({
      kind: failure[0],
      text: failure[1],
      span: line(failure[1]),
      ...(failure[2] === undefined ? {} : { status: failure[2] }),
    })
  const located = <T>(value: T, content: string) => ({ value, span: line(content) })
  const told: Partial<Capture> = {
    chainList,
    chainListComplete: sent.length > 0,
    blocks: sent.map((entry, position) => ({
      label: 'CERTIFICATE',
      role: 'server',
      der: der(entry),
      truncated: false,
      span: chainList[position]?.span ?? line('certificate'),
    })),
    failures,
    verifyErrors: (facts.errors ?? []).map(([code, words, depth]) => ({
      code,
      text: words,
      span: line(`${code} ${words}`),
      ...(depth === undefined ? {} : { depth }),
    })),
    printed: facts.printed === undefined ? [] : [listed(printedName(facts.printed))],
    clientAuth: {
      requested,
      sent: wasSent,
      acceptableCas: (accepts ?? []).map(printedName),
      ...(accepts?.length === 0 ? { anyCa: true } : {}),
      ...(requested === 'yes' ? { requestedSpan: line('client certificate requested') } : {}),
      ...(facts.algorithms ? { algorithms: located(facts.algorithms, facts.algorithms.join(':')) } : {}),
      ...(wasSent === 'unknown' ? {} : { sentSpan: line(`client certificate sent: ${wasSent}`) }),
    },
    ...(command ? { command } : {}),
    ...(facts.host === undefined ? {} : { target: { host: facts.host, port: 443, span: line(facts.host) } }),
    ...(facts.version === undefined
      ? {}
      : { protocol: located(facts.version, facts.version), cipher: located('AES', 'cipher AES') }),
    ...(facts.ok === undefined ? {} : { verifyResult: { code: 0, text: 'ok', ok: facts.ok, span: line('result') } }),
    ...(facts.answer
      ? { answer: { status: facts.answer[0], text: facts.answer[1], span: line(`HTTP ${facts.answer.join(' ')}`) } }
      : {}),
    ...(facts.request ? { requests: [{ ...facts.request, span: line('request') }] } : {}),
    ...(facts.startTime === undefined
      ? {}
      : { startTime: located(unixMs(Date.parse(facts.startTime)), `Start Time: ${facts.startTime}`) }),
  }
  for (const content of facts.lines ?? []) line(content)
  const capture = newCapture({
    document: index,
    span: { document: index, start: 0, end: text.length },
    tool: facts.tool ?? 's_client',
    toolLabel: facts.tool ?? 'openssl s_client',
    kind: facts.kind ?? 'connection',
    role: facts.role ?? 'client',
    ...(facts.side ? { side: facts.side } : {}),
    ...told,
  })
  return documentOf(name, index, text, [capture])
}

const listed = (subject: PrintedName): ListedCertificate => ({ subject, span: subject.span })

/** A file of certificates. */
export function madeFile(name: string, index: number, ...names: readonly CertificateName[]): ReadDocument {
  const lines = names.map((entry) => `certificate ${entry}`)
  let start = 0
  const blocks = names.map((entry, position) => {
    const length = lines[position]?.length ?? 0
    const span = { document: index, start, end: start + length }
    start += length + 1
    return { label: 'CERTIFICATE', role: 'loose', der: der(entry), truncated: false, span } as const
  })
  const text = `${lines.join('\n')}\n`
  const span = { document: index, start: 0, end: text.length }
  const capture = newCapture({ document: index, span, tool: 'pem', toolLabel: 'PEM', kind: 'file', blocks })
  return documentOf(name, index, text, [capture])
}

const documentOf = (name: string, index: number, text: string, captures: readonly Capture[]): ReadDocument => ({
  index,
  name,
  text,
  binary: false,
  length: text.length,
  captures,
  secrets: [],
  skipped: [],
})

export interface MadeCircumstances {
  readonly now?: string
  readonly trusted?: readonly CertificateName[]
}

/** The contexts of documents that were made. */
export const contextOfMade = (
  documents: readonly ReadDocument[],
  { now = today, trusted = ['root'] }: MadeCircumstances = {},
): Promise<InputContext> =>
  buildContexts(documents, {
    now: unixMs(Date.parse(now)),
    publicRoots: true,
    crls: [],
    trusted: trusted.map(certificateOf),
    verifier: createVerifier(),
  })

/** What a rule says of the first capture that was made. */
export async function judgeMade(
  rule: CaptureRule,
  facts: Facts | readonly ReadDocument[],
  circumstances: MadeCircumstances = {},
): Promise<Judged> {
  const documents: readonly ReadDocument[] = 'length' in facts ? facts : [made(facts)]
  const input = await contextOfMade(documents, circumstances)
  const [capture] = input.captures
  if (capture === undefined) throw new Error('there is no capture')
  return flat(rule.check(capture), input)
}

/** The runner and the verdict, which no helper may know. */
export interface Engine {
  readonly run: (context: CaptureContext) => readonly RuleResult[]
  readonly captureVerdict: (context: CaptureContext, results: readonly RuleResult[]) => Verdict
  readonly overallVerdict: (
    contexts: readonly CaptureContext[],
    verdicts: readonly Verdict[],
  ) => { verdict: Verdict; capture?: number }
}

export interface MadeVerdict extends Verdict {
  /** The finding that leads. */
  readonly leading?: Finding
  readonly findings: readonly Finding[]
}

/** What the engine makes of documents that were made. */
export async function verdictOfMade(
  { run, captureVerdict, overallVerdict }: Engine,
  documents: readonly ReadDocument[],
  circumstances: MadeCircumstances = {},
): Promise<MadeVerdict> {
  const { captures } = await contextOfMade(documents, circumstances)
  const results = captures.map(run)
  const verdicts = captures.map((context, index) => captureVerdict(context, results[index] ?? []))
  const { verdict } = overallVerdict(captures, verdicts)
  const findings = results.flat().flatMap((result) => result.findings)
  const leading = findings.find(({ id }) => id === verdict.finding)
  return { ...verdict, findings, ...(leading ? { leading } : {}) }
}
