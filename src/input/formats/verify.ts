import type { Format, Segment } from '../format.ts'
import type { Capture, Failure, VerifyError } from '../model.ts'
import { lineSpan, parseFailure, printedName } from '../printed.ts'

const okLine = /^\s*([^\s:][^:]{0,200}): OK\s*$/
const errorLine = /^\s*error (\d{1,4}) at (\d{1,4}) depth lookup: ?(.*)$/
const failedLine = /^\s*error ([^:]{1,200}): verification failed/
const libreFailed = /^\s*([^:]{1,200}): verification failed: (\d{1,4}) \((.*)\)/

/** `openssl verify`, several runs in one segment. */
export const verify: Format = {
  id: 'verify',
  program: 'verify',
  mark(line, seen) {
    if (errorLine.test(line)) return 'error'
    if (failedLine.test(line) || libreFailed.test(line)) return 'failed'
    if (okLine.test(line) && (seen.size > 0 || /\.(?:pem|crt|cer|cert)\s*: OK/i.test(line))) return 'ok'
    return undefined
  },
  startsNew: () => false,
  acceptsPem: () => false,
  parse,
}

interface Run {
  start: number
  end: number
  subject?: ReturnType<typeof printedName>
  errors: VerifyError[]
  failures: Failure[]
  path: { depth: number; subject: ReturnType<typeof printedName>; span: VerifyError['span'] }[]
  result?: NonNullable<Capture['verifyResult']>
}

function parse(segment: Segment): Capture[] {
  const { source } = segment
  const runs: Run[] = []
  let run: Run | undefined
  const current = (start: number, end: number): Run => {
    if (run === undefined) {
      run = { start, end, errors: [], failures: [], path: [] }
      runs.push(run)
    }
    run.end = end
    return run
  }
  for (const line of segment.lines) {
    const span = lineSpan(source, line)
    const depth = /^\s*depth=(\d{1,4}): /.exec(line.text)
    const ok = okLine.exec(line.text)
    const error = errorLine.exec(line.text)
    const failed = failedLine.exec(line.text)
    const libre = libreFailed.exec(line.text)
    const failure = parseFailure(source, line)
    if (depth) {
      const last = runs.at(-1)
      const text = line.text.replace(/ \(untrusted\)\s*$/, '')
      last?.path.push({ depth: Number(depth[1]), subject: printedName(source, { ...line, text }, depth[0].length), span })
      if (last) last.end = line.end
    } else if (libre) {
      const code = Number(libre[2])
      const entry = current(line.start, line.end)
      entry.errors.push({ code, text: libre[3] as string, span })
      entry.result = { code, text: libre[3] as string, ok: false, span }
      run = undefined
    } else if (error) {
      const entry = current(line.start, line.end)
      entry.errors.push({ code: Number(error[1]), depth: Number(error[2]), text: (error[3] as string).trim(), span })
    } else if (failed) {
      const entry = current(line.start, line.end)
      const cause = entry.errors.at(-1)
      entry.result = { text: cause?.text ?? 'verification failed', ok: false, span, ...(cause ? { code: cause.code } : {}) }
      run = undefined
    } else if (ok) {
      // 1.0.2 prints "OK" after an error it was told to ignore: the errors stand.
      const entry = current(line.start, line.end)
      const cause = entry.errors.at(-1)
      entry.result = cause
        ? { code: cause.code, text: cause.text, ok: false, span: cause.span }
        : { code: 0, text: 'ok', ok: true, span }
      run = undefined
    } else if (failure && !/certificate verify failed/.test(failure.text)) {
      current(line.start, line.end).failures.push(failure)
    } else if (run === undefined && /^\s*(?:[A-Za-z][\w.]{0,30} ?= ?\S|\/[A-Za-z]{1,20}=)/.test(line.text)) {
      const entry = current(line.start, line.end)
      entry.subject = printedName(source, line, 0)
    }
  }
  const finished = runs.filter((entry) => entry.result !== undefined)
  // A line may call verify several times; which call printed what is only known when there is one.
  const { command, ...rest } = segment
  return finished.map((entry) => toCapture(finished.length === 1 && command ? segment : rest, entry))
}

function toCapture(segment: Segment, run: Run): Capture {
  const { source, command } = segment
  return {
    document: source.document,
    span: source.span(run.start, run.end),
    tool: 'verify',
    toolLabel: 'openssl verify',
    blocks: [],
    chainList: [],
    chainListComplete: false,
    printed: run.subject ? [{ subject: run.subject, span: run.subject.span }] : [],
    verifyPath: run.path,
    verifyErrors: run.errors,
    failures: run.failures,
    clientCertificateRequested: 'unknown',
    ...(run.result ? { verifyResult: run.result } : {}),
    ...(command ? { command } : {}),
  }
}
