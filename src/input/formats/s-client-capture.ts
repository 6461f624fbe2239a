import { newCapture } from '../capture.ts'
import type { Segment } from '../format.ts'
import type { Capture, ClientAuth, EncodedBlock, ListedCertificate } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan } from '../printed.ts'
import type { Draft } from './s-client-draft.ts'
import { generationLabels, generationOf } from './s-client-generation.ts'
import { readLines } from './s-client-lines.ts'
import { readStapled } from './s-client-ocsp.ts'
import { readNoout } from './x509-noout.ts'
import { readText } from './x509-text.ts'

/** Makes the capture of one run of `s_client`. */
export function parseSClient(segment: Segment): Capture {
  const draft = readLines(segment)
  const { source, command } = segment
  const generation = generationOf(draft)
  const cut = cutOf(segment, draft)
  const stapled = draft.ocsp.length === 0 ? [] : readStapled(segment, (line) => inOcsp(draft, line.start))
  const blocks: EncodedBlock[] = segment.pem.map((pem) => {
    const responder = draft.ocsp.some((response) => pem.start >= response.start && pem.start < response.end)
    return withRole(pem.block, responder ? 'responder' : 'server')
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
    failures: draft.failures,
    clientAuth: {
      requested: requestedOf(draft, generation),
      acceptableCas: [],
      sent: 'unknown',
      ...(draft.requested ? { requestedSpan: lineSpan(source, draft.requested) } : {}),
    },
    ...(stapled.length > 0 ? { stapled } : {}),
    ...(generation ? { generation } : {}),
    ...(command ? { command } : {}),
    ...(draft.result ? { verifyResult: draft.result } : {}),
    ...(draft.noPeer ? { noPeerCertificate: lineSpan(source, draft.noPeer) } : {}),
    ...(protocol ? { protocol } : {}),
    ...(draft.cipher ? { cipher: draft.cipher } : {}),
    ...(draft.startTime ? { startTime: draft.startTime } : {}),
    ...(cut ? { cut } : {}),
  })
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
  return draft.noRequest && tells && draft.cipher ? 'no' : 'unknown'
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
