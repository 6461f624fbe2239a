import { newCapture } from '../capture.ts'
import { parseFailure } from '../failure.ts'
import type { Format, Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, Failure, PrintedName, VerifyError } from '../model.ts'
import { lineSpan, printedName } from '../printed.ts'

const okLine = /^\s*(?:(?!\s)[^:]{1,200}|[A-Za-z]:[^:]{1,200}): OK\s*$/
const errorLine = /^\s*error (\d{1,4}) at (\d{1,4}) depth lookup: ?(.*)$/
const failedLine = /^\s*error (?!\s)[^:]{1,200}(?::[^:]{1,200})?: verification failed/
const libreFailed = /^\s*(?!\s)([^:]{1,200}): verification failed: (\d{1,4}) \((.*)\)/
const attribute = '(?:[A-Za-z][\\w.]{0,30} ?= ?\\S|\\/[A-Za-z]{1,20}=)'
const subjectLine = new RegExp(`^\\s*(?=${attribute})`)
/** 1.0.2 and older print the file before the name. */
const fileAndSubject = new RegExp(`^\\s*(?!\\s)[^:=]{1,200}: (?=${attribute})`)
const depthLine = /^\s*depth=(\d{1,4}): /

/** `openssl verify`, several runs in one segment. */
export const verify: Format = {
  id: 'verify',
  programs: ['verify'],
  mark(line, seen) {
    if (errorLine.test(line)) return 'error'
    if (failedLine.test(line) || libreFailed.test(line)) return 'failed'
    if (line.includes(': OK') && okLine.test(line) && (seen.size > 0 || /\.(?:pem|crt|cer|cert)\s*: OK/i.test(line)))
      return 'ok'
    if (seen.size > 0 && (depthLine.test(line) || fileAndSubject.test(line) || subjectLine.test(line))) return 'name'
    return undefined
  },
  startsNew: () => false,
  acceptsPem: () => false,
  parse,
}

interface Run {
  readonly start: number
  end: number
  subject?: PrintedName
  readonly errors: VerifyError[]
  readonly failures: Failure[]
  readonly path: { depth: number; subject: PrintedName; span: VerifyError['span'] }[]
  result?: NonNullable<Capture['verifyResult']>
  closed: boolean
}

class Runs {
  readonly all: Run[] = []

  /** The run that a line belongs to; another one when the last is over. */
  at(line: Line, options: { readonly fresh?: boolean } = {}): Run {
    const last = this.all.at(-1)
    const run = last && !last.closed && !options.fresh ? last : this.open(line)
    run.end = line.end
    return run
  }

  /** The run that a word on a file belongs to: not one that could not even read its file. */
  judged(line: Line): Run {
    const last = this.all.at(-1)
    const unread = last && !last.closed && last.failures.length > 0 && last.errors.length === 0 && !last.subject
    return this.at(line, { fresh: unread === true })
  }

  private open(line: Line): Run {
    const run: Run = { start: line.start, end: line.end, errors: [], failures: [], path: [], closed: false }
    this.all.push(run)
    return run
  }
}

function parse(segment: Segment): Capture[] {
  const runs = new Runs()
  for (const line of segment.lines) {
    if (runs.all.length > inputLimits.entries) break
    readLine(segment, runs, line)
  }
  const finished = runs.all.filter((run) => run.result !== undefined || run.failures.length > 0)
  // A line may call verify several times; which call printed what is only known when the numbers agree.
  const { command, ...rest } = segment
  const known = command && (finished.length <= 1 || command.operands.length === finished.length)
  if (finished.length === 0)
    return command
      ? [
          toCapture(segment, {
            start: segment.start,
            end: segment.end,
            errors: [],
            failures: [],
            path: [],
            closed: true,
          }),
        ]
      : []
  return finished.map((run) => toCapture(known ? segment : rest, run))
}

function readLine({ source }: Segment, runs: Runs, line: Line): void {
  const { text } = line
  const span = lineSpan(source, line)
  const depth = depthLine.exec(text)
  if (depth) {
    const last = runs.all.at(-1)
    const named = { ...line, text: text.replace(/ \(untrusted\)\s*$/, '') }
    last?.path.push({ depth: Number(depth[1]), subject: printedName(source, named, depth[0].length), span })
    if (last) last.end = line.end
    return
  }
  const libre = libreFailed.exec(text)
  if (libre) {
    const run = runs.judged(line)
    const error = { code: Number(libre[2]), text: libre[3] as string, span }
    run.errors.push(error)
    run.result = { ...error, ok: false }
    run.closed = true
    return
  }
  const error = errorLine.exec(text)
  if (error) {
    const run = runs.judged(line)
    const found = { code: Number(error[1]), text: (error[3] as string).trim(), span }
    run.errors.push({ ...found, depth: Number(error[2]) })
    run.result = { ...found, ok: false }
    return
  }
  if (failedLine.test(text)) {
    const run = runs.judged(line)
    const cause = run.errors.at(-1)
    run.result = { text: cause?.text ?? 'verification failed', ok: false, span, ...(cause ? { code: cause.code } : {}) }
    run.closed = true
    return
  }
  if (okLine.test(text) || (/^\s*OK\s*$/.test(text) && runs.all.at(-1)?.closed === false)) {
    // 1.0.2 prints "OK" after an error it was told to ignore: the errors stand.
    const run = runs.judged(line)
    run.result ??= { code: 0, text: 'ok', ok: true, span }
    run.closed = true
    return
  }
  const failure = parseFailure(source, line)
  if (failure) {
    if (!/certificate verify failed/.test(failure.text)) runs.at(line).failures.push(failure)
    return
  }
  const file = fileAndSubject.exec(text)
  const subject = file ?? subjectLine.exec(text)
  if (subject) runs.at(line, { fresh: file !== null }).subject ??= printedName(source, line, subject[0].length)
}

function toCapture(segment: Omit<Segment, 'command'> & Pick<Segment, 'command'>, run: Run): Capture {
  const { source, command } = segment
  return newCapture({
    document: source.document,
    span: source.span(run.start, run.end),
    tool: 'verify',
    toolLabel: 'openssl verify',
    kind: 'verification',
    printed: run.subject ? [{ subject: run.subject, span: run.subject.span }] : [],
    verifyPath: run.path,
    verifyErrors: run.errors,
    failures: run.failures,
    ...(run.result ? { verifyResult: run.result } : {}),
    ...(command ? { command } : {}),
  })
}
