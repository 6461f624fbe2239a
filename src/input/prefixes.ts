/** Prefixes that a run of lines shares, put there by mail programs, editors, version control and log collectors. */
import { type UnixMs, unixMs } from '../core/brand.ts'
import { Edits } from './mapped-text.ts'

/** A timestamp at the start of a line; offsets into the text that was searched. */
export interface Stamp {
  readonly start: number
  readonly end: number
  readonly time: UnixMs
}

interface PrefixKind {
  readonly pattern: RegExp
  /** Lines of a run needed before the prefix is believed. */
  readonly minimum: number
  /** Says of each line whether it speaks for (1), against (-1) or is neutral (0); any against ends the belief. */
  readonly weigh: (prefix: string, rest: string, before: string | undefined) => -1 | 0 | 1
  /** At least one line must speak for it. */
  readonly needsProof?: boolean
  readonly stamped?: boolean
  /** Lines that are enough when there are no others: so strange is the prefix to any other text. */
  readonly alone?: number
}

const isoTime = '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z| ?[+-]\\d\\d:?\\d\\d)?'
const neutral = () => 0 as const

const kinds: readonly PrefixKind[] = [
  {
    // Mail and Markdown quotes. `> GET / HTTP/1.1` is curl's mark for what it sent, `>>> TLS 1.3` that of -msg.
    pattern: /^[ \t]{0,8}(?:[>|] ?){1,8}/,
    minimum: 2,
    weigh: (_, rest) => (isSent(rest) ? -1 : 0),
    alone: 1,
  },
  {
    // kubectl logs --prefix and stern: lines of several pods may be mixed.
    pattern: /^\[pod\/[^\]\s]{1,200}\][ \t]/,
    minimum: 1,
    weigh: neutral,
  },
  {
    // CI and container logs: 2026-11-24T16:20:20.1234567Z text; GitHub puts the job and the step before it. Behind the
    // time GitLab puts its stream (00O, 01E), a container runtime its own (stderr F), journalctl host and process.
    pattern: new RegExp(
      `^(?:[^\\t\\n]{1,60}\\t[^\\t\\n]{1,60}\\t\\ufeff?)?\\[?${isoTime}\\]?(?: (?:0\\d[OE][ +]|(?:stdout|stderr) [FP](?: |$)|\\S{1,64} [\\w./-]{1,40}\\[\\d{1,8}\\]: )|[ \\t]|$)`,
    ),
    minimum: 2,
    weigh: neutral,
    stamped: true,
    alone: 1,
  },
  {
    // Jenkins and TeamCity: [16:20:20]W:<tab> [Step 2/3] text. A time alone could be a fact that a tool prints.
    pattern:
      /^(?:\[\d\d:\d\d:\d\d(?:[.,]\d{1,6})?\](?: ?[A-Z]?:(?=[ \t]))?[ \t]{0,4}|\d\d:\d\d:\d\d(?:[.,]\d{1,6})?[ \t]{1,4})(?:\[Step \d{1,4}\/\d{1,4}\] )?/,
    minimum: 2,
    weigh: neutral,
  },
  {
    // syslog: Nov 24 16:20:20 host process[12]: text
    pattern: /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,64} [\w./-]{1,40}(?:\[\d{1,8}\])?: /,
    minimum: 2,
    weigh: neutral,
    alone: 1,
  },
  {
    // PowerShell shows what a program writes to the error stream as an error of its own.
    pattern: /^(?:(?:openssl|keytool|java|node|python|kubectl|git)(?:\.exe)?|curl\.exe) : (?=\S)/,
    minimum: 1,
    weigh: neutral,
  },
  {
    // Remote runners: [host] out: text; compose: web-1  | text
    pattern: /^(?:\[[\w.@-]{1,64}\] (?:out|err): |[\w.-]{1,40} {1,12}\| )/,
    minimum: 2,
    // Compose pads the names of containers, so that the bars stand below one another.
    weigh: (prefix, _, before) => (before === undefined || before.length === prefix.length ? 0 : -1),
  },
  {
    // Numbered listings (cat -n, editors). Numbers must go up by one, so that chain indexes are not taken for them.
    pattern: /^[ \t]{0,8}\d{1,7}(?:[:|\t]| {2,4}|$)/,
    minimum: 3,
    alone: 2,
    weigh: (prefix, _, before) =>
      before === undefined || Number.parseInt(prefix, 10) === Number.parseInt(before, 10) + 1 ? 0 : -1,
  },
  {
    // A diff. A body line may begin with "+" as data; a marker line does so only in a diff.
    pattern: /^[+-](?=[A-Za-z0-9+/=]|-----(?:BEGIN|END) )/,
    minimum: 3,
    weigh: (_, rest) => (/^-----(?:BEGIN|END) /.test(rest) ? 1 : 0),
    needsProof: true,
  },
]

/** Lines that curl or `-msg` mark with `>` themselves. */
const isSent = (rest: string): boolean => /^(?:[A-Z]{3,8} \S{1,180} HTTP\/\d|Host: |(?:TLS|SSL|DTLS) \d)/.test(rest)

/** Characters of a line that are looked at. */
const headLength = 200

class Run {
  readonly kind: PrefixKind
  readonly starts: number[] = []
  readonly lengths: number[] = []
  private against = false
  private proven = false
  private last: string | undefined

  constructor(kind: PrefixKind) {
    this.kind = kind
  }

  add(start: number, prefix: string, head: string): void {
    this.starts.push(start)
    this.lengths.push(prefix.length)
    if (this.against) return
    const weight = this.kind.weigh(prefix, head.slice(prefix.length), this.last)
    if (weight === -1) this.against = true
    if (weight === 1) this.proven = true
    this.last = prefix
  }

  /** @param only it has all the lines that there are */
  believed(only: boolean): boolean {
    const enough =
      this.starts.length >= this.kind.minimum || (only && this.starts.length >= (this.kind.alone ?? this.kind.minimum))
    if (this.against || !enough) return false
    return this.proven || this.kind.needsProof !== true
  }
}

/**
 * Finds one layer of prefixes.
 * @returns the edits that take them off, ascending, and the timestamps among them
 */
export function findPrefixes(text: string): { readonly edits: Edits; readonly stamps: Stamp[] } {
  const edits = new Edits()
  const stamps: Stamp[] = []
  let run: Run | undefined
  let lines = 0
  const close = (last = false) => {
    if (run?.believed(last && lines === run.starts.length)) {
      for (let index = 0; index < run.starts.length; index++) {
        const start = run.starts[index] as number
        const end = start + (run.lengths[index] as number)
        edits.add(start, end, '')
        const time = run.kind.stamped && stamps.length < maximumStamps ? parseStamp(text.slice(start, end)) : undefined
        if (time !== undefined) stamps.push({ start, end, time })
      }
    }
    run = undefined
  }
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    if (end > start) {
      const head = text.slice(start, Math.min(end, start + headLength))
      const match = run?.kind.pattern.exec(head)
      if (head.trim() !== '') lines++
      if (run && match) run.add(start, match[0], head)
      // A blank line does not end a run.
      else if (run === undefined || head.trim() !== '') {
        close()
        run = openRun(head, start)
      }
    }
    start = end + 1
  }
  close(true)
  return { edits, stamps }
}

/** Times of a log are close to one another; more than these say nothing new. */
const maximumStamps = 100_000

function openRun(head: string, start: number): Run | undefined {
  for (const kind of kinds) {
    const match = kind.pattern.exec(head)
    if (!match || match[0] === '') continue
    const run = new Run(kind)
    run.add(start, match[0], head)
    return run
  }
  return undefined
}

/** A time without a zone is taken as UTC: wrong by hours at most, and better than no time at all. */
export function parseStamp(prefix: string): UnixMs | undefined {
  const match = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?(?:Z| ?([+-])(\d\d):?(\d\d))?/.exec(
    prefix,
  )
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const offset = match[7] === undefined ? 0 : (Number(match[8]) * 60 + Number(match[9])) * 60_000
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  return unixMs(match[7] === '-' ? time + offset : time - offset)
}
