import type { MappedText } from './mapped-text.ts'
import type { Line } from './lines.ts'
import type { Capture, CommandLine, ToolId } from './model.ts'
import type { PemBlock } from './pem.ts'

/** A stretch of a document that one tool printed. Lines inside PEM blocks are not among `lines`. */
export interface Segment {
  readonly source: MappedText
  readonly start: number
  readonly end: number
  readonly lines: readonly Line[]
  readonly pem: readonly PemBlock[]
  readonly command?: CommandLine
}

/** One tool's output: how to tell it, where one run of it ends and another begins, and how to read it. */
export interface Format {
  readonly id: ToolId
  /** The `openssl` subcommand whose output it is, when there is one. */
  readonly program?: string
  /**
   * What a line is in this format, or undefined when it is nothing of it.
   * `seen` holds the marks of the segment so far when it is this format's, else nothing.
   */
  mark(line: string, seen: ReadonlySet<string>): string | undefined
  /** Does this mark begin another run, given what the current run has shown? */
  startsNew(mark: string, seen: ReadonlySet<string>): boolean
  /** Does a PEM block at this point belong to the run? */
  acceptsPem(seen: ReadonlySet<string>): boolean
  /** Reads a segment; usually one capture. */
  parse(segment: Segment): Capture[]
}
