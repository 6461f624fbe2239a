/** Reads the lines of `s_client`, each by what it is and not by where it stands. */
import { unixMs } from '../../core/brand.ts'
import { parseFailure } from '../failure.ts'
import type { Segment } from '../format.ts'
import { readStatus, withTelling } from '../http-answer.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Located } from '../model.ts'
import { lineSpan, printedDate, printedName } from '../printed.ts'
import { goesOn, readChainLine, type State } from './s-client-chain.ts'
import { readClientAuth } from './s-client-client.ts'
import { type Draft, newDraft } from './s-client-draft.ts'
import { noteClues } from './s-client-generation.ts'
import { readMessage } from './s-client-messages.ts'

/** Everything that the lines of a segment say. */
export function readLines(segment: Segment): Draft {
  const draft = newDraft()
  const state: State = { section: 'none', depth: undefined, verifying: false, sending: false }
  for (const line of segment.lines) {
    if (startsSection(segment, draft, state, line) || state.section === 'ocsp' || state.section === 'repeated') continue
    noteClues(draft, line.text)
    if (readMessage(segment, draft, state, line)) continue
    if (goesOn(segment, state, line)) continue
    if (state.section === 'chain' && readChainLine(segment, draft, state, line)) continue
    if (readVerification(segment, draft, state, line)) continue
    const inList = state.section === 'client-ca'
    if (readClientAuth(segment, draft, inList, line)) state.section = 'client-ca'
    else {
      if (inList) state.section = 'none'
      readFact(segment, draft, line, state)
    }
  }
  return draft
}

/** OCSP responses of one run that are told apart; a server staples one for each certificate it sends at most. */
const maximumResponses = 100

/** Headings and rules; true when the line is done with. */
function startsSection(segment: Segment, draft: Draft, state: State, line: Line): boolean {
  const { text } = line
  if (/^\s*-{3}\s*$/.test(text)) {
    if (state.section === 'chain') draft.chainEnded = true
    endOcsp(draft, state, line.end)
    state.section = 'none'
    return true
  }
  if (/^\s*Certificate chain\s*$/.test(text)) {
    endOcsp(draft, state, line.start)
    // -prexit prints it all again at the end.
    state.section = draft.sawChainHeading ? 'repeated' : 'chain'
    draft.sawChain = true
    draft.sawChainHeading = true
    return true
  }
  if (/^\s*Server certificate\s*$/.test(text)) {
    if (state.section === 'chain') draft.chainEnded = true
    endOcsp(draft, state, line.start)
    state.section = 'server'
    return true
  }
  if (/^\s*OCSP responses?: (?:number of responses: [1-9]\d{0,3})?\s*$/.test(text)) {
    state.section = 'ocsp'
    if (draft.ocsp.length < maximumResponses) draft.ocsp.push({ start: line.start, end: segment.end })
    return true
  }
  // A paste may begin in the middle of the list.
  if (state.section !== 'ocsp' && state.section !== 'repeated' && /^\s*\d{1,4} s:/.test(text)) {
    state.section = 'chain'
    draft.sawChain = true
  }
  return false
}

function endOcsp(draft: Draft, state: State, end: number): void {
  const last = draft.ocsp.at(-1)
  if (state.section === 'ocsp' && last) last.end = end
}

/** Reads what the verification printed; true when the line is done with. */
function readVerification(segment: Segment, draft: Draft, state: State, line: Line): boolean {
  const { source } = segment
  const { text } = line
  const depth = /^\s*depth=(\d{1,4}) /.exec(text)
  if (depth) {
    state.verifying = true
    state.depth = Number(depth[1])
    if (draft.verifyPath.length < inputLimits.entries) {
      const subject = printedName(source, line, depth[0].length)
      draft.verifyPath.push({ depth: state.depth, subject, span: lineSpan(source, line) })
      state.more = (add) => {
        const last = draft.verifyPath.at(-1)
        if (last) draft.verifyPath[draft.verifyPath.length - 1] = { ...last, subject: add(last.subject) }
      }
    }
    return true
  }
  const error = /^\s*verify error:num=(\d{1,4}):? ?(.*)$/.exec(text)
  if (error) {
    state.verifying = true
    if (draft.verifyErrors.length < inputLimits.entries) {
      const at = state.depth === undefined ? {} : { depth: state.depth }
      const words = (error[2] as string).trim()
      draft.verifyErrors.push({ code: Number(error[1]), text: words, span: lineSpan(source, line), ...at })
    }
    return true
  }
  if (/^\s*verify return:\d/.test(text)) {
    state.verifying = false
    return true
  }
  if (state.verifying && /^\s*(?:notBefore|notAfter|issuer)\s?= ?/.test(text)) {
    draft.ofVerification.add(line)
    const date = printedDate(source, line, text.indexOf('=') + 1)
    const last = draft.verifyErrors.at(-1)
    if (date && last && last.depth === state.depth)
      draft.verifyErrors[draft.verifyErrors.length - 1] = { ...last, date }
    return true
  }
  state.verifying = false
  return readResult(segment, draft, line)
}

function readResult({ source }: Segment, draft: Draft, line: Line): boolean {
  const result = /^\s*Verify return code ?: ?(\d{1,4})(?: \((.*?)\)?)?\s*$/.exec(line.text)
  if (result) {
    const code = Number(result[1])
    draft.result = { code, text: result[2] ?? '', ok: code === 0, span: lineSpan(source, line) }
    draft.ended = true
    return true
  }
  const verification = /^\s*Verification(?:: (OK)| ?error: (.+)|: error: (.+))/.exec(line.text)
  if (!verification || draft.result !== undefined) return verification !== null
  const words = verification[2] ?? verification[3]
  draft.result = { text: words?.trim() ?? 'ok', ok: words === undefined, span: lineSpan(source, line) }
  return true
}

function readFact({ source }: Segment, draft: Draft, line: Line, state: State): void {
  const { text } = line
  const located = (value: string): Located<string> => ({ value, span: lineSpan(source, line) })
  const name = /^\s*(subject|issuer)\s?=\s?/.exec(text)
  const key = name?.[1] as 'subject' | 'issuer' | undefined
  if (name && key && draft.server[key] === undefined) {
    draft.server[key] = printedName(source, line, name[0].length)
    state.more = (add) => {
      const before = draft.server[key]
      if (before) draft.server[key] = add(before)
    }
  }
  const brief = /^\s*Peer certificate: /.exec(text)
  if (brief) draft.server.subject ??= printedName(source, line, brief[0].length)
  const protocol = /^\s*Protocol(?: {0,4}| version ?): ?((?:TLS|SSL|DTLS)v[\d.]{1,4})/.exec(text)
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
  const start = /^\s*Start Time: (\d{9,11})\s*$/.exec(text)
  if (start) draft.startTime ??= { value: unixMs(Number(start[1]) * 1000), span: lineSpan(source, line) }
  if (/^\s*no peer certificate available/.test(text)) draft.noPeer ??= line
  readAnswer(source, draft, line)
  const failure = parseFailure(source, line)
  if (failure && draft.failures.length < inputLimits.entries) draft.failures.push(failure)
}

/** Application data follows the dump; servers that accept the handshake without a certificate refuse the request. */
function readAnswer(source: Segment['source'], draft: Draft, line: Line): void {
  const first = draft.answer ?? readStatus(source, line)
  const answer = first && withTelling(source, first, line)
  if (answer) draft.answer = answer
}
