import { limits } from '../core/limits.ts'
import { type FoundCommand, readCommand } from './command.ts'
import type { Format, Segment } from './format.ts'
import { answerPage } from './formats/answer-page.ts'
import { errorLines } from './formats/errors.ts'
import { pemBundle } from './formats/pem.ts'
import { formats } from './formats/registry.ts'
import { inputLimits } from './limits.ts'
import { type Line, lineFrom } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { CommandLine, SkippedPart } from './model.ts'
import type { PemBlock } from './pem-block.ts'

/** A segment with the format that claimed it; none when no line of it was recognised. */
export interface ClaimedSegment extends Segment {
  readonly format: Format | undefined
}

export interface Segmented {
  readonly segments: readonly ClaimedSegment[]
  /** What was not read because there is too much of it. */
  readonly skipped: readonly SkippedPart[]
}

interface Open {
  start: number
  end: number
  lines: Line[]
  pem: PemBlock[]
  command?: CommandLine
  inProse?: boolean
  format?: Format
  seen: Set<string>
  /** Lines that no format knew. */
  unknown: number
  full?: boolean
}

/** Of the shortest lines only these mean anything. */
const meaningful = (line: Line): boolean =>
  line.end - line.start > 3 ? line.text.trim() !== '' : line.text === '---' || line.text.trim() === 'OK'

/** Rows of a hex dump; what stands in their text column is not a message. */
const hexRow = /^\s{0,12}[0-9a-f]{4} - (?:[0-9a-f]{2}[ -]){1,16}/

/**
 * Cuts a document into stretches that one run of one tool printed. A command line starts one; so does a line that
 * can only begin another run. Lines nobody knows stay with the stretch they are in.
 */
export function segment(source: MappedText, pem: readonly PemBlock[]): Segmented {
  const { text } = source
  const segments: Open[] = []
  const skipped: SkippedPart[] = []
  let current = open(0)
  let nextPem = 0
  let covered = 0
  let start = 0
  while (start <= text.length && segments.length < limits.captures) {
    const line = lineFrom(text, start)
    start = line.end + 1
    // A line may hold text before a block, several blocks (JSON, one-line PEM), or the middle of one.
    const inside = line.start < covered
    let took = false
    for (let block = pem[nextPem]; block && block.start <= line.end; block = pem[nextPem]) {
      takePem(block, line)
      covered = Math.max(covered, block.end)
      nextPem++
      took = true
    }
    if (inside || took) {
      current.end = Math.max(current.end, line.end)
      // Nothing is looked for inside a block: go on behind it.
      if (covered > start) start = Math.max(start, lineStartOf(text, covered))
      continue
    }
    if (meaningful(line)) start = takeLine(line) + 1
  }
  segments.push(current)
  if (start < text.length) {
    skipped.push({
      span: source.span(start, text.length),
      reason: `Only the first ${limits.captures} outputs are read.`,
    })
  }
  const claimed = segments.filter((entry) => entry.format !== undefined || entry.command !== undefined)
  const useful = claimed.some((entry) => !isBareMention(entry))
  const kept = claimed.filter((entry) => !useful || !isBareMention(entry))
  return {
    segments: kept.map((entry) => toSegment(entry, source)),
    skipped,
  }

  function begin(at: number): void {
    segments.push(current)
    current = open(at)
  }

  function takePem(block: PemBlock, line: Line): void {
    if (current.format && !current.format.acceptsPem(current.seen)) begin(block.start)
    if (current.format === undefined && current.command === undefined) current.start = block.start
    current.format ??= pemBundle
    current.pem.push(block)
    current.seen.add('pem')
    current.end = Math.max(current.end, line.end)
  }

  /** Returns the end of what was taken: a command may go over several lines. */
  function takeLine(line: Line): number {
    const found = readCommand(source, line)
    if (found) {
      takeCommand(found, line)
      return found.end
    }
    if (hexRow.test(line.text)) {
      current.end = line.end
      return line.end
    }
    const known = claim(line)
    if (!known) current.unknown++
    if (known || current.unknown <= inputLimits.unknownLines) keep(line)
    if (current.format === undefined && current.lines.length > 2 * inputLimits.leadLines) {
      current.lines = current.lines.slice(-inputLimits.leadLines)
      current.unknown = 0
    }
    current.end = line.end
    return line.end
  }

  function keep(line: Line): void {
    if (current.lines.length < inputLimits.lines) current.lines.push(line)
    else if (!current.full) {
      current.full = true
      const reason = `Only the first ${inputLimits.lines} lines of one output are read.`
      skipped.push({ span: source.span(line.start, line.end), reason })
    }
  }

  function takeCommand(found: FoundCommand, line: Line): void {
    const joined = joinedStages(current, found.command, line)
    if (!joined) begin(line.start)
    current.command = joined ?? found.command
    current.inProse = found.inProse
    const { program, pipes, text: words } = current.command
    const format = formats.find((candidate) => candidate.programs?.includes(program))
    if (format) {
      current.format = format
      current.seen.add('command')
      if (pipes.some((stage) => /openssl(?:\.exe)?\s+(?:x509|pkcs7)\b/.test(stage))) current.seen.add('piped')
      for (const option of ['prexit', 'reconnect']) if (words.includes(` -${option}`)) current.seen.add(option)
    }
    current.end = found.end
  }

  /** Finds out whose line it is; false when it is nobody's. */
  function claim(line: Line): boolean {
    const own = current.format?.mark(line.text, current.seen)
    if (own !== undefined) {
      const { format } = current
      if (format?.startsNew(own, current.seen)) {
        const carried = takeCarried(format, own)
        const { command } = current
        begin(carried[0]?.start ?? line.start)
        // A loop runs one command for many hosts: its options hold for each.
        if (command && inLoop(command)) current.command = command
        current.format = format
        current.lines.push(...carried)
        if (carried.length > 0) current.seen.add('error')
      }
      current.seen.add(own)
      return true
    }
    for (const format of formats) {
      if (format === current.format) continue
      const mark = format.mark(line.text, noMarks)
      if (mark === undefined) continue
      if (current.format !== undefined && current.format !== pemBundle) {
        // What any program may print belongs to the run that it stands in.
        if (format === errorLines || format === answerPage) return true
        // Error lines may come before the rest of the run that they belong to.
        if (current.format !== errorLines) begin(line.start)
      } else if (current.format === pemBundle && format.id !== 'x509') begin(line.start)
      else if (current.format === undefined && current.command === undefined) current.start = line.start
      current.format = format
      current.seen.add(mark)
      return true
    }
    return false
  }

  /** Takes the last lines away from the current run when they belong to the one that begins. */
  function takeCarried(format: Format, mark: string): Line[] {
    const count = format.carries?.(mark, current.seen, current.lines) ?? 0
    if (count === 0) return []
    const carried = current.lines.splice(-count)
    current.end = current.lines.at(-1)?.end ?? current.end
    return carried
  }
}

const noMarks: ReadonlySet<string> = new Set()

const open = (start: number): Open => ({ start, end: start, lines: [], pem: [], seen: new Set(), unknown: 0 })

/** A command in a sentence without output of its own: advice, or a repetition of the one that was run. */
const isBareMention = (entry: Open): boolean =>
  entry.inProse === true &&
  entry.pem.length === 0 &&
  [...entry.seen].every((mark) => mark === 'command' || mark === 'piped' || mark === 'prexit')

/** Whom the command speaks to, a shell fills in as it goes. */
const inLoop = ({ host, text }: CommandLine): boolean => host === undefined && /[$%]/.test(text)

/** Commands that are at the two ends of a pipe, when `set -x` prints each on a line of its own. */
const traced = /^\s{0,4}\+{1,4} /
const readers: ReadonlySet<string> = new Set(['x509', 'pkcs7'])
const writers: ReadonlySet<string> = new Set(['s_client', 'gnutls-cli', 'keytool'])

/** The pipe that a traced command makes with the one above it; undefined when they are two commands. */
function joinedStages({ command, lines, pem }: Open, found: CommandLine, line: Line): CommandLine | undefined {
  if (!command || lines.length + pem.length > 0 || !traced.test(line.text)) return undefined
  const [first, second] = writers.has(command.program) ? [command, found] : [found, command]
  if (!writers.has(first.program) || !readers.has(second.program)) return undefined
  const span = { ...command.span, end: found.span.end }
  return { ...first, span, text: `${first.text} | ${second.text}`, pipes: [...first.pipes, second.text] }
}

const lineStartOf = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

function toSegment(entry: Open, source: MappedText): ClaimedSegment {
  const { command, format, lines, pem, start, end } = entry
  return { source, start, end, lines, pem, format, ...(command ? { command } : {}) }
}
