/** Lines that a mail program or a narrow terminal broke at a width, put together again. */
import { Edits } from './mapped-text.ts'

/** Widths at which text is broken. A text with longer lines was not broken. */
const narrowest = 60
const widest = 100
/** Lines of one broken line. */
const maximumParts = 12

/** How lines begin that are a name to their end. Indentation is not looked at. */
const nameLine =
  /^(?:depth=\d|\d{1,3} s:|i:|(?:subject|issuer) ?=|(?:Subject|Issuer|Owner): |\*[ \t]{1,4}(?:subject|issuer): |DNS:)/

/** An entry of OpenSSL's error queue; whole with the number of a line of source code. */
const queueLine = /^(?:[0-9A-F]{8,20}|\d{1,20}):error:/
const wholeQueueLine = /:error:[^:]{8}:[^:]*:[^:]*:[^:]*:[^:]*:\d{1,6}(?::|$)/

/** Messages. What has its number first need not be whole. */
const message = /^(?!verify error:|error \d|Verif).{0,80}(?:curl: \(\d|[Ee]rror|[Ee]xception|SSL|TLS|x509|certificate)/

/** How the lines that tools print begin. Such a line goes on no other. */
const beginning =
  /^(?:\d{1,3} s:|[iav]:|depth=\d|verify |error[ :]|fatal:|not(?:Before|After)=|serial=|-{3}|CONNECTED|Certificate|Server |(?:subject|issuer) ?=|(?:Subject|Issuer)\b|No |Not |Acceptable |Client |Requested |Shared |Peer |Negotiated |SSL[ -]|Verif|Validity|Valid |X509v3|Signature|Version|Serial|Public|New, |Reused, |Secure |Compression|Expansion|ALPN|Early |Protocol|Cipher|Session|Start Time|Timeout|Extended |Max |Master-Key|Resumption|PSK|SRP|TLS |DONE|closed|read:|write:|connect|unable to |openssl |[0-9A-Fa-f]{4,8}(?::| -| {2,4}) ?[0-9A-Fa-f]{2}|[0-9A-F]{8,20}:error:|\d{1,20}:error:|[*<>#$%{}] ?|curl|at |Caused by|Traceback|File |\d{4}[-/]\d\d|[A-Z][\w -]{2,40}: |[\w.-]{1,60}@[\w.-]{1,60}:)/

/** Base64 alone on a line, which goes on no line and is gone on by none. */
const base64Line = /^[ \t]{0,20}[A-Za-z0-9+/=_-]{40,}[ \t]{0,4}$/

/** Finds the line ends that stand inside of what was one line. */
export function joinsOfWrapped(text: string): Edits {
  const edits = new Edits()
  const width = widthOf(text)
  if (width === undefined) return edits
  const found: Join[] = []
  let kind: Kind | undefined
  let first = 0
  let open = false
  let parts = 0
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    if (newline === -1) break
    const line = text.slice(start, newline)
    if (!open) {
      kind = kindOf(line.trimStart())
      first = start
      parts = 0
    }
    const nextEnd = text.indexOf('\n', newline + 1)
    const next = text.slice(newline + 1, nextEnd === -1 ? text.length : nextEnd)
    open = kind !== undefined && ++parts < maximumParts && goesOn(kind, text.slice(first, newline), line, next, width)
    if (open)
      found.push({ at: newline, to: newline + 1 + indentOf(next), length: line.length, blank: line.endsWith(' ') })
    start = newline + 1
  }
  // A terminal breaks every line at its edge; between words a line is as long as that by chance alone.
  const cut = found.every(({ length }) => length === width) && (found.length > 1 || width === usualTerminal)
  for (const { at, to, blank } of found) edits.add(at, to, cut || blank ? '' : ' ')
  return edits
}

interface Join {
  readonly at: number
  readonly to: number
  /** Characters of the line before it. */
  readonly length: number
  readonly blank: boolean
}

const usualTerminal = 80

const indentOf = (line: string): number => line.length - line.trimStart().length

type Kind = 'name' | 'queue' | 'message'

function kindOf(line: string): Kind | undefined {
  if (nameLine.test(line)) return 'name'
  if (queueLine.test(line)) return 'queue'
  return message.test(line) ? 'message' : undefined
}

/**
 * The first word of the next line did not fit, what was begun can go on, and the next line is nothing by itself.
 * @param whole all that was put together so far
 */
function goesOn(kind: Kind, whole: string, line: string, next: string, width: number): boolean {
  if (line === '' || next.trim() === '' || base64Line.test(next) || base64Line.test(line)) return false
  const word = /^[ \t]{0,8}(\S{1,200})/.exec(next)?.[1] ?? ''
  if (line.trimEnd().length + 1 + word.length <= width || beginning.test(next.trimStart())) return false
  if (kind === 'name') return true
  if (kind === 'queue') return !wholeQueueLine.test(whole)
  return /^[a-z0-9(]/.test(word) && !/[.:;!?]$/.test(line)
}

/** The width at which the text was broken; undefined when it was not. */
function widthOf(text: string): number | undefined {
  let longest = 0
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const length = end - start
    if (length > longest) {
      // A command is copied from elsewhere as a rule, and a single word cannot be broken.
      const line = text.slice(start, Math.min(end, start + widest + 1))
      if (!/^\S{0,80}[$#>] /.test(line) && /\S[ \t]+\S/.test(line)) {
        if (length > widest) return undefined
        longest = length
      }
    }
    start = end + 1
  }
  return longest >= narrowest ? longest : undefined
}
