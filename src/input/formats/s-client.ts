import type { Located } from '../model.ts'
import { type UnixMs, unixMs } from '../../core/brand.ts'
import type { Format, Segment } from '../format.ts'
import type { Line } from '../lines.ts'
import type { Capture, EncodedBlock, Failure, ListedCertificate, PrintedName, VerifyError } from '../model.ts'
import { withRole } from '../pem.ts'
import { lineSpan, parseFailure, printedDate, printedName } from '../printed.ts'
import { nooutLine, readNoout } from './x509-noout.ts'

/** Marks of `openssl s_client` lines, all generations from 0.9.8 to 3.5 and LibreSSL. */
const marks: readonly (readonly [string, RegExp])[] = [
  ['connecting', /^\s*Connecting to [0-9A-Fa-f.:%]+\s*$/],
  ['connected', /^\s*CONNECTED\([0-9A-Fa-f]{8}\)/],
  ['established', /^\s*CONNECTION ESTABLISHED/],
  ['reconnect', /^\s*drop connection and then reconnect/],
  ['depth', /^\s*depth=\d+ /],
  ['verify-error', /^\s*verify error:num=\d+/],
  ['verify-return', /^\s*verify return:\d/],
  ['chain', /^\s*Certificate chain\s*$/],
  ['listed', /^\s*\d+ s:/],
  ['server-certificate', /^\s*Server certificate\s*$/],
  ['no-peer', /^\s*no peer certificate available/],
  ['client-ca', /^\s*(?:Acceptable client certificate CA names|No client certificate CA names sent)/],
  ['brief', /^\s*(?:Protocol version: |Ciphersuite: |Peer certificate: )/],
  ['handshake', /^\s*SSL handshake has read \d+ bytes/],
  ['new', /^\s*(?:New|Reused), .{1,40}, Cipher is /],
  ['verification', /^\s*Verif(?:ication(?: error)?|y return code) ?: /],
  ['session', /^\s*(?:SSL-Session:|Post-Handshake New Session Ticket arrived:)/],
  ['connect-failed', /^\s*(?:connect:errno=|(?:socket|connect): |gethostbyname failure|getaddrinfo: |s_client: HTTP CONNECT failed)/],
  ['error', /^\s*[0-9A-Fa-f]{2,20}:error:[0-9A-Fa-f]{8}:|^\s*(?:read|write):errno=\d/],
  ['ocsp', /^\s*OCSP response: /],
]

/** `openssl s_client`. */
export const sClient: Format = {
  id: 's_client',
  program: 's_client',
  mark(line, seen) {
    const found = marks.find(([, pattern]) => pattern.test(line))
    if (found && (found[0] !== 'error' || seen.size > 0)) return found[0]
    if (seen.has('ocsp') && !seen.has('handshake')) return 'ocsp-line'
    if (seen.size > 0 && !seen.has('handshake') && nooutLine.test(line)) return 'name'
    return undefined
  },
  startsNew(mark, seen) {
    if (seen.has('reconnect')) return false
    switch (mark) {
      case 'connecting':
        return seen.has('connected') || seen.has('handshake') || seen.has('established')
      case 'connected':
      case 'established':
        return seen.has(mark) || seen.has('handshake')
      case 'depth':
      case 'verify-error':
        return seen.has('handshake') || seen.has('brief')
      case 'chain':
      case 'handshake':
        return seen.has(mark)
      case 'connect-failed':
        return seen.has('handshake') || seen.has('chain')
      default:
        return false
    }
  },
  acceptsPem: (seen) => !seen.has('handshake'),
  parse: (segment) => [parse(segment)],
}

interface Draft {
  chainList: ListedCertificate[]
  server: { subject?: PrintedName; issuer?: PrintedName }
  verifyPath: { depth: number; subject: PrintedName; span: PrintedName['span'] }[]
  verifyErrors: VerifyError[]
  failures: Failure[]
  acceptable: Line[]
  requested?: Line
  noRequest?: Line
  protocol?: Located<string>
  cipher?: Located<string>
  startTime?: Located<UnixMs>
  result?: NonNullable<Capture['verifyResult']>
  noPeer?: Line
  sawChain: boolean
  chainEnded: boolean
  ended: boolean
  ocsp?: { start: number; end: number }
  clues: Set<string>
}

function parse(segment: Segment): Capture {
  const draft: Draft = {
    chainList: [],
    server: {},
    verifyPath: [],
    verifyErrors: [],
    failures: [],
    acceptable: [],
    sawChain: false,
    chainEnded: false,
    ended: false,
    clues: new Set(),
  }
  let section: 'none' | 'chain' | 'server' | 'ocsp' = 'none'
  let lastDepth: number | undefined
  for (const line of segment.lines) {
    const { text } = line
    if (/^\s*-{3}\s*$/.test(text)) {
      if (section === 'chain') draft.chainEnded = true
      if (section === 'ocsp' && draft.ocsp) draft.ocsp.end = line.end
      section = 'none'
      continue
    }
    if (/^\s*Certificate chain\s*$/.test(text)) {
      section = 'chain'
      draft.sawChain = true
      continue
    }
    if (/^\s*Server certificate\s*$/.test(text)) {
      if (section === 'chain') draft.chainEnded = true
      section = 'server'
      continue
    }
    if (/^\s*OCSP response: ?$/.test(text)) {
      section = 'ocsp'
      draft.ocsp = { start: line.start, end: segment.end }
      continue
    }
    if (section === 'ocsp') continue
    if (section === 'chain' && readChainLine(segment, draft, line)) continue
    lastDepth = readLine(segment, draft, line, lastDepth)
  }
  return assemble(segment, draft)
}

function readChainLine(segment: Segment, draft: Draft, line: Line): boolean {
  const { source } = segment
  const subject = /^\s*(\d{1,4}) s:/.exec(line.text)
  if (subject) {
    draft.chainList.push({
      position: Number(subject[1]),
      subject: printedName(source, line, subject[0].length),
      span: lineSpan(source, line),
    })
    return true
  }
  const last = draft.chainList.at(-1)
  if (!last) return false
  const replaceLast = (change: Partial<ListedCertificate>) => {
    const span = { ...last.span, end: lineSpan(source, line).end }
    draft.chainList[draft.chainList.length - 1] = { ...last, ...change, span }
  }
  const issuer = /^\s*i:/.exec(line.text)
  if (issuer) {
    replaceLast({ issuer: printedName(source, line, issuer[0].length) })
    return true
  }
  const validity = /^\s*v:NotBefore: ([^;]{1,40}); NotAfter: /.exec(line.text)
  if (validity) {
    draft.clues.add('3.0')
    const notBefore = printedDate(source, line, line.text.indexOf('NotBefore: ') + 11)
    const notAfter = printedDate(source, line, validity[0].length)
    replaceLast({ ...(notBefore ? { notBefore } : {}), ...(notAfter ? { notAfter } : {}) })
    return true
  }
  return /^\s*a:PKEY: /.test(line.text)
}

/** Reads a line outside the chain list; returns the depth that a following error belongs to. */
function readLine(segment: Segment, draft: Draft, line: Line, lastDepth: number | undefined): number | undefined {
  const { source } = segment
  const { text } = line
  const depth = /^\s*depth=(\d{1,4}) /.exec(text)
  if (depth) {
    const subject = printedName(source, line, depth[0].length)
    draft.verifyPath.push({ depth: Number(depth[1]), subject, span: lineSpan(source, line) })
    return Number(depth[1])
  }
  const error = /^\s*verify error:num=(\d{1,4}):(.*)$/.exec(text)
  if (error) {
    const at = lastDepth === undefined ? {} : { depth: lastDepth }
    draft.verifyErrors.push({ code: Number(error[1]), text: (error[2] as string).trim(), span: lineSpan(source, line), ...at })
    return lastDepth
  }
  const result = /^\s*Verify return code: (\d{1,4}) \((.*)\)/.exec(text)
  if (result) {
    const code = Number(result[1])
    draft.result = { code, text: result[2] as string, ok: code === 0, span: lineSpan(source, line) }
    draft.ended = true
    return lastDepth
  }
  const verification = /^\s*Verification(?:: (OK)| ?error: (.+)|: error: (.+))/.exec(text)
  if (verification && draft.result === undefined) {
    draft.clues.add('1.1')
    const words = verification[2] ?? verification[3]
    draft.result = { text: words ?? 'ok', ok: words === undefined, span: lineSpan(source, line) }
    return lastDepth
  }
  readFact(segment, draft, line)
  const failure = parseFailure(source, line)
  if (failure) draft.failures.push(failure)
  return lastDepth
}

function readFact(segment: Segment, draft: Draft, line: Line): void {
  const { source } = segment
  const { text } = line
  const located = (value: string): Located<string> => ({ value, span: lineSpan(source, line) })
  const name = /^\s*(subject|issuer)\s?=\s?/.exec(text)
  if (name) draft.server[name[1] as 'subject' | 'issuer'] ??= printedName(source, line, name[0].length)
  const brief = /^\s*Peer certificate: /.exec(text)
  if (brief) draft.server.subject ??= printedName(source, line, brief[0].length)
  const protocol = /^\s*(?:Protocol {0,4}|Protocol version ?): ?((?:TLS|SSL|DTLS)v[\d.]{1,4})/.exec(text)
  if (protocol) draft.protocol ??= located(protocol[1] as string)
  const suite = /^\s*(New|Reused), (\S{1,20}), Cipher is (\S{1,60})/.exec(text)
  if (suite) {
    if (suite[2] !== 'TLSv1/SSLv3' && suite[2] !== '(NONE)') draft.protocol ??= located(suite[2] as string)
    if (suite[3] !== '(NONE)') draft.cipher ??= located(suite[3] as string)
    if (suite[2] === 'TLSv1/SSLv3') draft.clues.add('old-new')
    draft.ended = true
  }
  const ciphersuite = /^\s*Ciphersuite: (\S{1,60})/.exec(text)
  if (ciphersuite) {
    draft.cipher ??= located(ciphersuite[1] as string)
    draft.ended = true
  }
  const start = /^\s*Start Time: (\d{9,11})$/.exec(text)
  if (start) draft.startTime ??= { value: unixMs(Number(start[1]) * 1000), span: lineSpan(source, line) }
  if (/^\s*no peer certificate available/.test(text)) draft.noPeer = line
  if (/^\s*(?:Acceptable client certificate CA names|Client Certificate Types: |Requested Signature Algorithms: )/.test(text))
    draft.requested ??= line
  if (/^\s*No client certificate CA names sent/.test(text)) draft.noRequest ??= line
  for (const [clue, pattern] of clues) if (pattern.test(text)) draft.clues.add(clue)
}

/** Lines that only some generations print. */
const clues: readonly (readonly [string, RegExp])[] = [
  ['3.2', /^\s*(?:Connecting to [0-9A-Fa-f.:%]+\s*$|Peer Temp Key: |Negotiated TLS1\.3 group: |This TLS version forbids renegotiation)/],
  ['libressl', /^\s*(?:write W BLOCK|read R BLOCK)$|Cipher {0,4}(?:is|:) AEAD-/],
  ['1.1', /^\s*(?:Extended master secret: |Peer signature type: |Max Early Data: )/],
  ['1.0', /^\s*(?:Peer signing digest: |Server Temp Key: )/],
  ['key-arg', /^\s*Key-Arg {3}: /],
]

function generationOf(draft: Draft): Capture['generation'] {
  const { clues: seen } = draft
  const slash = draft.verifyPath.some((entry) => entry.subject.text.startsWith('/'))
  if (seen.has('3.2')) return 'openssl-3.2+'
  if (seen.has('3.0')) return 'openssl-3.0'
  if (seen.has('old-new') && seen.has('libressl') && !seen.has('key-arg')) return 'libressl'
  if (seen.has('1.1')) return 'openssl-1.1'
  if (slash) return 'openssl-0.9.8'
  if (seen.has('old-new')) return seen.has('key-arg') || seen.has('1.0') ? 'openssl-1.0' : undefined
  return undefined
}

const generationLabels: Readonly<Record<NonNullable<Capture['generation']>, string>> = {
  'openssl-0.9.8': 'openssl s_client, 0.9.8',
  'openssl-1.0': 'openssl s_client, 1.0',
  'openssl-1.1': 'openssl s_client, 1.1 or later',
  'openssl-3.0': 'openssl s_client, 3.0 or 3.1',
  'openssl-3.2+': 'openssl s_client, 3.2 or later',
  libressl: 'LibreSSL s_client',
}

function assemble(segment: Segment, draft: Draft): Capture {
  const { source, command } = segment
  const generation = generationOf(draft)
  const cut = cutOf(segment, draft)
  const blocks: EncodedBlock[] = segment.pem.map((pem) => {
    const responder = draft.ocsp !== undefined && pem.start >= draft.ocsp.start && pem.start < draft.ocsp.end
    return withRole(pem.block, responder ? 'responder' : 'server')
  })
  const piped = readNoout(segment)
  const printed = serverPrinted(draft)
  return {
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 's_client',
    toolLabel: generation ? generationLabels[generation] : 'openssl s_client',
    blocks,
    chainList: draft.chainList,
    chainListComplete: draft.sawChain && draft.chainEnded,
    printed: printed ? [mergePiped(printed, piped)] : piped,
    verifyPath: draft.verifyPath,
    verifyErrors: draft.verifyErrors,
    failures: draft.failures,
    clientCertificateRequested: requestedOf(draft, generation),
    ...(generation ? { generation } : {}),
    ...(command ? { command } : {}),
    ...(draft.result ? { verifyResult: draft.result } : {}),
    ...(draft.noPeer ? { noPeerCertificate: lineSpan(source, draft.noPeer) } : {}),
    ...(draft.requested ? { clientCertificateSpan: lineSpan(source, draft.requested) } : {}),
    ...(draft.protocol ? { protocol: draft.protocol } : {}),
    ...(draft.cipher ? { cipher: draft.cipher } : {}),
    ...(draft.startTime ? { startTime: draft.startTime } : {}),
    ...(cut ? { cut } : {}),
  }
}

function serverPrinted(draft: Draft): ListedCertificate | undefined {
  const { subject, issuer } = draft.server
  const span = subject?.span ?? issuer?.span
  if (!span) return undefined
  return { span, ...(subject ? { subject } : {}), ...(issuer ? { issuer } : {}) }
}

/** `s_client | openssl x509 -noout -dates` prints the leaf's facts between s_client's own lines. */
function mergePiped(server: ListedCertificate, piped: readonly ListedCertificate[]): ListedCertificate {
  return { ...piped[0], ...server }
}

/**
 * LibreSSL, and OpenSSL before 1.0.2, print `No client certificate CA names sent` even when a certificate was
 * asked for; only later versions make its absence mean something.
 */
function requestedOf(draft: Draft, generation: Capture['generation']): 'yes' | 'no' | 'unknown' {
  if (draft.requested) return 'yes'
  const tells = generation === 'openssl-1.1' || generation === 'openssl-3.0' || generation === 'openssl-3.2+'
  return draft.noRequest && tells && draft.cipher ? 'no' : 'unknown'
}

function cutOf(segment: Segment, draft: Draft): Capture['cut'] {
  const { source } = segment
  const atEnd = source.span(Math.max(segment.start, segment.end - 1), segment.end)
  const broken = segment.pem.find((pem) => pem.block.truncated)
  if (broken) return { reason: 'a certificate block is cut off', span: broken.block.span }
  if (draft.sawChain && !draft.chainEnded) return { reason: 'the certificate chain list has no end', span: atEnd }
  if (draft.sawChain && !draft.ended) return { reason: 'the lines that follow the chain list are missing', span: atEnd }
  if (!draft.sawChain && segment.pem.some((pem) => pem.block.der) && !draft.ended)
    return { reason: 'the certificate chain list is not in the paste', span: source.span(segment.start, segment.start + 1) }
  return undefined
}
