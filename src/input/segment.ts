import type { MappedText } from './mapped-text.ts'
import { readCommand } from './command.ts'
import type { Format, Segment } from './format.ts'
import { formats } from './formats/registry.ts'
import { errorLines } from './formats/errors.ts'
import { pemBundle } from './formats/pem.ts'
import { type Line, splitLines } from './lines.ts'
import type { CommandLine } from './model.ts'
import type { PemBlock } from './pem.ts'

/** A segment with the format that claimed it; none when no line of it was recognised. */
export interface ClaimedSegment extends Segment {
  readonly format: Format | undefined
}

interface Open {
  start: number
  end: number
  lines: Line[]
  pem: PemBlock[]
  command?: CommandLine
  format?: Format
  seen: Set<string>
}

/**
 * Cuts a document into stretches that one run of one tool printed. A command line starts one; so does a line that
 * can only begin another run. Lines nobody knows stay with the stretch they are in.
 */
export function segment(source: MappedText, pem: readonly PemBlock[]): ClaimedSegment[] {
  const lines = splitLines(source.text)
  const segments: Open[] = []
  let current = open(0)
  let nextPem = 0
  const begin = (start: number) => {
    segments.push(current)
    current = open(start)
  }
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line
    let block = pem[nextPem]
    if (block && line.end > block.start) {
      // A line may hold text before a block, several blocks (JSON, one-line PEM), or the middle of one.
      while (block && block.start < line.end + 1) {
        if (block.start >= line.start) takePem(block)
        if (block.end > line.end) break
        nextPem++
        block = pem[nextPem]
      }
      current.end = line.end
      continue
    }
    takeLine(line, index)
  }
  segments.push(current)
  return segments
    .filter((entry) => entry.format !== undefined || entry.command !== undefined || entry.lines.some((line) => line.text.trim() !== ''))
    .map((entry) => ({ ...entry, source }))
    .map(({ format, ...entry }) => ({ ...entry, format }))

  function takePem(block: PemBlock): void {
    if (current.format && !current.format.acceptsPem(current.seen)) begin(block.start)
    current.format ??= pemBundle
    current.pem.push(block)
    current.seen.add('pem')
  }

  function takeLine(line: Line, index: number): void {
    const call = readCommand(source, lines, index)
    if (call) {
      begin(line.start)
      current.command = call.command
      const format = formats.find((candidate) => candidate.program === call.command.program)
      if (format) {
        current.format = format
        current.seen.add('command')
      }
      current.end = line.end
      return
    }
    claim(line)
    current.lines.push(line)
    current.end = line.end
  }

  function claim(line: Line): void {
    const own = current.format?.mark(line.text, current.seen)
    if (own !== undefined) {
      if (current.format?.startsNew(own, current.seen)) {
        const { format } = current
        begin(line.start)
        if (format) current.format = format
      }
      current.seen.add(own)
      return
    }
    for (const format of formats) {
      if (format === current.format) continue
      const mark = format.mark(line.text, noMarks)
      if (mark === undefined) continue
      if (current.format !== undefined && current.format !== pemBundle) {
        if (format === errorLines) return
        // Error lines may come before the rest of the run that they belong to.
        if (current.format !== errorLines) begin(line.start)
      } else if (current.format === pemBundle && format.id !== 'x509') begin(line.start)
      current.format = format
      current.seen.add(mark)
      return
    }
  }
}

const noMarks: ReadonlySet<string> = new Set()

const open = (start: number): Open => ({ start, end: start, lines: [], pem: [], seen: new Set() })
