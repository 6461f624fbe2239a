import type { Line } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { Capture, CommandLine, ToolId } from './model.ts'
import type { PemBlock } from './pem-block.ts'

/** A stretch of a document that one tool printed. Blank lines and lines inside PEM blocks are not among `lines`. */
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
  /** The `openssl` subcommands whose output it is. */
  readonly programs?: readonly string[]
  /**
   * What a line is in this format, or undefined when it is nothing of it.
   * `seen` holds the marks of the segment so far when it is this format's, else nothing.
   */
  mark(line: string, seen: ReadonlySet<string>): string | undefined
  /** Does this mark begin another run, given what the current run has shown? */
  startsNew(mark: string, seen: ReadonlySet<string>): boolean
  /** How many of the last lines of the current run belong to the one that this mark begins. */
  carries?(mark: string, seen: ReadonlySet<string>, lines: readonly Line[]): number
  /** Does a PEM block at this point belong to the run? */
  acceptsPem(seen: ReadonlySet<string>): boolean
  /** Reads a segment; usually one capture. */
  parse(segment: Segment): Capture[]
}
