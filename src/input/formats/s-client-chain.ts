/** Reads the chain list of `s_client`, and names that go on over several lines. */
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { ListedCertificate, PrintedName } from '../model.ts'
import { lineSpan, printedDate, printedName } from '../printed.ts'
import type { Draft } from './s-client-draft.ts'
import type { Traced } from './s-client-messages.ts'

type Section = 'none' | 'chain' | 'server' | 'ocsp' | 'repeated' | 'client-ca'

/** Where the reader is. */
export interface State extends Traced {
  section: Section
  /** Depth that a following error belongs to. */
  depth: number | undefined
  /** The last line was of the verification, and what follows may still be. */
  verifying: boolean
  /** Adds an attribute to the name that the last line began. */
  more?: ((name: (before: PrintedName) => PrintedName) => void) | undefined
}

/** An attribute on a line of its own, as `-nameopt multiline` prints: `organizationName          = Example`. */
const attributeLine = /^\s{0,12}[A-Za-z][A-Za-z0-9]{1,40}\s{2,30}= \S/

/** True when the line goes on with a name. */
export function goesOn({ source }: Segment, state: State, line: Line): boolean {
  const { more } = state
  if (!more || !attributeLine.test(line.text)) {
    state.more = undefined
    return false
  }
  more((before) => {
    const text = before.text === '' ? line.text.trim() : `${before.text}, ${line.text.trim()}`
    const { span } = before
    return { ...printedName(source, { ...line, text }, 0), span: { ...span, end: lineSpan(source, line).end } }
  })
  return true
}

/** Reads a line of the list; true when it is done with. */
export function readChainLine(segment: Segment, draft: Draft, state: State, line: Line): boolean {
  const { source } = segment
  const { chainList } = draft
  const subject = /^\s*(\d{1,4}) s: ?/.exec(line.text)
  if (subject) {
    if (chainList.length < inputLimits.entries) {
      chainList.push({
        position: Number(subject[1]),
        subject: printedName(source, line, subject[0].length),
        span: lineSpan(source, line),
      })
      state.more = (add) => changeLast(chainList, (last) => (last.subject ? { subject: add(last.subject) } : {}))
    }
    return true
  }
  const last = chainList.at(-1)
  if (!last) return false
  const replaceLast = (change: Partial<ListedCertificate>) => {
    const span = { ...last.span, end: Math.max(last.span.end, lineSpan(source, line).end) }
    chainList[chainList.length - 1] = { ...last, ...change, span }
  }
  const issuer = /^\s*i: ?/.exec(line.text)
  if (issuer) {
    replaceLast({ issuer: printedName(source, line, issuer[0].length) })
    state.more = (add) => changeLast(chainList, (entry) => (entry.issuer ? { issuer: add(entry.issuer) } : {}))
    return true
  }
  const validity = /^\s*v:NotBefore: ([^;]{1,40}); ?NotAfter: ?/.exec(line.text)
  if (validity) {
    draft.clues.add('3.0')
    const notBefore = printedDate(source, line, line.text.indexOf('NotBefore: ') + 11)
    const notAfter = printedDate(source, line, validity[0].length)
    replaceLast({ ...(notBefore ? { notBefore } : {}), ...(notAfter ? { notAfter } : {}) })
    return true
  }
  if (/^\s*a:PKEY: /.test(line.text)) return true
  const wrapped = continuedName(segment, last, line)
  if (wrapped) replaceLast(wrapped)
  return wrapped !== undefined
}

function changeLast(list: ListedCertificate[], change: (last: ListedCertificate) => Partial<ListedCertificate>): void {
  const last = list.at(-1)
  if (last) list[list.length - 1] = { ...last, ...change(last) }
}

/** Mail programs break long lines: what follows a name and is nothing itself belongs to the name. */
function continuedName(segment: Segment, last: ListedCertificate, line: Line): Partial<ListedCertificate> | undefined {
  if (!/^\s*\S/.test(line.text) || /^\s*(?:depth=|verify |-|[0-9A-F]{8,}:error)/.test(line.text)) return undefined
  const key = last.issuer ? 'issuer' : 'subject'
  const name = last[key]
  const { source } = segment
  const span = lineSpan(source, line)
  if (!name || last.notBefore || span.start - name.span.end > 40) return undefined
  if (!/[=,]/.test(line.text) && !/[,=] ?$/.test(name.text)) return undefined
  const text = `${name.text} ${line.text.trim()}`
  const joined = printedName(source, { ...line, text }, 0)
  return { [key]: { ...joined, span: { ...name.span, end: span.end } } }
}
