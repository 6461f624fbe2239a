import { joinSpans } from '../../core/span.ts'
import { newCapture } from '../capture.ts'
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Capture, ClientAuth, EncodedBlock, Failure, ListedCertificate } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan } from '../printed.ts'
import type { Draft } from './s-client-draft.ts'
import { generationLabels, generationOf } from './s-client-generation.ts'
import { readLines } from './s-client-lines.ts'
import { readStapled } from './s-client-ocsp.ts'
import { nooutLine, readNoout } from './x509-noout.ts'
import { readText } from './x509-text.ts'

/** Makes the capture of one run of `s_client`; several of a loop of which only the facts behind the pipe are left. */
export function parseSClient(segment: Segment): Capture[] {
  const draft = readLines(segment)
  const runs = draft.sawChain || draft.verifyPath.length > 0 || segment.pem.length > 0 ? [] : runsBehindPipe(segment)
  return runs.length > 1 ? runs.map((run) => toCapture(run, readLines(run))) : [toCapture(segment, draft)]
}

/** `openssl x509` prints one certificate a run: facts that repeat are those of the next. */
function runsBehindPipe(segment: Segment): Segment[] {
  if (!segment.command?.pipes.some((stage) => /openssl\S{0,12}\s+x509\b/.test(stage))) return []
  const starts: number[] = []
  let seen = new Set<string>()
  for (const [index, line] of segment.lines.entries()) {
    const key = nooutLine
      .exec(line.text)?.[0]
      .replace(/[^A-Za-z0-9]/g, '')
      .toLowerCase()
    if (key === undefined) continue
    if (starts.length === 0 || seen.has(key)) {
      if (starts.length >= inputLimits.entries) break
      starts.push(index)
      seen = new Set()
    }
    seen.add(key)
  }
  return starts.map((from, index) => {
    const until = starts[index + 1] ?? segment.lines.length
    const lines = segment.lines.slice(from, until)
    return { ...segment, lines, start: lines[0]?.start ?? segment.start, end: lines.at(-1)?.end ?? segment.end }
  })
}

function toCapture(segment: Segment, draft: Draft): Capture {
  const { source, command } = segment
  const generation = generationOf(draft)
  const cut = cutOf(segment, draft)
  const stapled = draft.ocsp.length === 0 ? [] : readStapled(segment, (line) => inOcsp(draft, line.start))
  // -trace goes on after the dump with what follows the handshake; a record ends where the dump begins.
  const dump = segment.lines.find((line) => /^\s*Certificate chain\s*$/.test(line.text))?.start ?? segment.end + 1
  const blocks: EncodedBlock[] = segment.pem.map((pem) => {
    const responder = draft.ocsp.some((response) => pem.start >= response.start && pem.start < response.end)
    const own = draft.outgoing.some((sent) => pem.start >= sent.start && pem.start < sent.end && pem.start < dump)
    return withRole(pem.block, responder ? 'responder' : own ? 'loose' : 'server')
  })
  // Where no cipher was agreed on, the protocol is the one that was offered.
  const protocol = draft.noPeer && !draft.cipher ? undefined : draft.protocol
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 's_client',
    kind: 'connection',
    toolLabel: generation ? generationLabels[generation] : 'openssl s_client',
    blocks,
    chainList: draft.chainList,
    chainListComplete: draft.sawChainHeading && draft.chainEnded,
    printed: printedOf(segment, draft),
    verifyPath: draft.verifyPath,
    verifyErrors: draft.verifyErrors,
    failures: failuresOf(draft),
    clientAuth: clientAuthOf(segment, draft, generation),
    ...(stapled.length > 0 ? { stapled } : {}),
    ...(generation ? { generation } : {}),
    ...(command ? { command } : {}),
    ...(draft.result ? { verifyResult: draft.result } : {}),
    ...(draft.noPeer ? { noPeerCertificate: lineSpan(source, draft.noPeer) } : {}),
    ...(protocol ? { protocol } : {}),
    ...(draft.cipher ? { cipher: draft.cipher } : {}),
    ...(draft.startTime ? { startTime: draft.startTime } : {}),
    ...(draft.answer ? { answer: draft.answer } : {}),
    ...(cut ? { cut } : {}),
  })
}

/** Alerts that the error queue does not tell as well. */
function failuresOf({ failures, alerts }: Draft): Failure[] {
  const more = alerts.filter(
    (alert, index) =>
      !failures.some((failure) => failure.alert !== undefined && failure.alert === alert.alert) &&
      alerts.findIndex((other) => other.alert === alert.alert && other.alertSent === alert.alertSent) === index,
  )
  return [...failures, ...more].slice(0, inputLimits.entries)
}

function clientAuthOf({ source }: Segment, draft: Draft, generation: Capture['generation']): ClientAuth {
  const requested = requestedOf(draft, generation)
  const [first, ...rest] = draft.algorithms
  const span =
    first && rest.reduce((whole, { line }) => joinSpans(whole, lineSpan(source, line)), lineSpan(source, first.line))
  const sent = draft.proof ?? draft.empty
  return {
    requested,
    acceptableCas: draft.acceptableCas,
    sent: draft.proof ? 'yes' : draft.empty ? 'empty' : 'unknown',
    ...(draft.requested ? { requestedSpan: lineSpan(source, draft.requested) } : {}),
    // LibreSSL says so whether or not there is a list.
    ...(requested === 'yes' && draft.noRequest && generation !== 'libressl' ? { anyCa: true } : {}),
    ...(first && span ? { algorithms: { value: [first, ...rest].flatMap(({ values }) => values), span } } : {}),
    ...(sent ? { sentSpan: lineSpan(source, sent) } : {}),
  }
}

/** The leaf as `s_client` names it, with what `s_client | openssl x509 -noout -dates` printed between its lines. */
function printedOf(segment: Segment, draft: Draft): ListedCertificate[] {
  const lines = segment.lines.filter((line) => !draft.ofVerification.has(line))
  const outside = { ...segment, lines: lines.filter((line) => !inOcsp(draft, line.start)) }
  const piped = [...readNoout(outside), ...(segment.command?.pipes.length ? readText(outside) : [])]
  const { subject, issuer } = draft.server
  const span = subject?.span ?? issuer?.span
  if (!span) return piped
  return [{ ...piped[0], span, ...(subject ? { subject } : {}), ...(issuer ? { issuer } : {}) }]
}

const inOcsp = (draft: Draft, offset: number): boolean =>
  draft.ocsp.some((response) => offset >= response.start && offset < response.end)

/**
 * LibreSSL, and OpenSSL before 1.0.2, print `No client certificate CA names sent` even when a certificate was
 * asked for; only later versions make its absence mean something.
 */
function requestedOf(draft: Draft, generation: Capture['generation']): ClientAuth['requested'] {
  if (draft.requested) return 'yes'
  const modern = generation === 'openssl-1.1' || generation === 'openssl-3.0' || generation === 'openssl-3.2+'
  const tells = modern || (generation === 'openssl-1.0' && draft.clues.has('1.0.2'))
  // Before TLS 1.3 the request follows the certificate: a client that ends the handshake over it does not get there.
  const ended =
    draft.failures.some((failure) => failure.kind === 'verify-failed') && draft.protocol?.value !== 'TLSv1.3'
  return draft.noRequest && tells && draft.cipher && !ended ? 'no' : 'unknown'
}

function cutOf(segment: Segment, draft: Draft): Capture['cut'] {
  const { source } = segment
  const atEnd = source.span(Math.max(segment.start, segment.end - 1), segment.end)
  const atStart = source.span(segment.start, segment.start + 1)
  const broken = segment.pem.find((pem) => pem.block.truncated)
  if (broken) return { reason: 'a certificate block is cut off', span: broken.block.span }
  if (draft.sawChain && !draft.sawChainHeading)
    return { reason: 'the beginning of the certificate chain list is missing', span: atStart }
  if (draft.sawChain && !draft.chainEnded) return { reason: 'the certificate chain list has no end', span: atEnd }
  if (draft.sawChain && !draft.ended) return { reason: 'the lines that follow the chain list are missing', span: atEnd }
  if (draft.sawChain || draft.noPeer) return undefined
  if (segment.pem.some((pem) => pem.block.der) && !draft.ended)
    return { reason: 'the certificate chain list is not in the paste', span: atStart }
  const verified = draft.verifyPath.length > 0 || draft.verifyErrors.length > 0
  if (verified && !draft.ended && segment.pem.length === 0)
    return { reason: 'only what the tool wrote to standard error is in the paste', span: atStart }
  return undefined
}
