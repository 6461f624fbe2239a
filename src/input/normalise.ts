import type { UnixMs } from '../core/brand.ts'
import { findLoggedLines } from './json-logs.ts'
import { literalLineEnds } from './literal-lines.ts'
import { MappedText } from './mapped-text.ts'
import { characterEdits, plainCharacter } from './markup.ts'
import type { Located } from './model.ts'
import { otherPanes } from './panes.ts'
import { nativeErrorPlaces } from './powershell.ts'
import { findPrefixes } from './prefixes.ts'
import { quotedPrintableEdits } from './quoted-printable.ts'
import { joinsOfWrapped } from './wrapped.ts'

/** A text put right, and the times that stood before its lines. */
export interface Normalised {
  readonly source: MappedText
  /** Timestamps taken off, in the order of the text; spans in the paste. */
  readonly stamps: readonly Located<UnixMs>[]
}

/** Prefixes may be nested: a quoted, numbered log. */
const maximumPrefixes = 5

/**
 * Undoes what terminals, mail programs, collectors and editors do to text, keeping the way back to the paste: line ends,
 * terminal escapes, invisible characters, smart punctuation, mark-up, panes, prefixes that a run of lines shares (quote
 * marks, line numbers, timestamps), and lines broken at a width.
 */
export function normalise(text: string, document: number): Normalised {
  // What is replaced by as many characters as it has leaves every offset as it is.
  let source = MappedText.original(text.replace(sameLength, plainRun), document)
  for (const findEdits of [quotedPrintableEdits, characterEdits, nativeErrorPlaces, otherPanes])
    source = source.edit(findEdits(source.text))
  let stamps: Located<UnixMs>[] = []
  for (let pass = 0; pass < maximumPrefixes; pass++) {
    const logged = findLoggedLines(source.text)
    const found = logged.edits.length > 0 ? logged : findPrefixes(source.text)
    if (found.edits.length === 0) break
    const before = source
    const more = found.stamps.map(({ start, end, time }) => ({ value: time, span: before.span(start, end) }))
    if (more.length > 0) stamps = stamps.concat(more)
    source = source.edit(found.edits)
  }
  for (const findEdits of [literalLineEnds, joinsOfWrapped]) source = source.edit(findEdits(source.text))
  stamps.sort((a, b) => a.span.start - b.span.start)
  return { source, stamps }
}

/** Typography, odd blanks and lone carriage returns, in runs of one kind. */
const sameLength =
  /[\u00a0\u2000-\u200a\u202f\u205f\u3000]+|[\u2010-\u2015\u2212]+|[\u201c-\u201f\u00ab\u00bb]+|[\u2018-\u201b]+|[\u2028\u2029]+|\uff1a+|\r{2,}(?!\n)|\r(?!\n)/g

function plainRun(run: string): string {
  const plain = run[0] === '\r' ? '\n' : plainCharacter(run.charCodeAt(0))
  return run.length === 1 ? plain : plain.repeat(run.length)
}
