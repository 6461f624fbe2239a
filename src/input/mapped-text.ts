import type { Span } from '../core/span.ts'

/** Replacements of stretches of a text, ascending and disjoint. Kept as columns: hostile text has millions of them. */
export class Edits {
  readonly starts: number[] = []
  readonly ends: number[] = []
  readonly replacements: string[] = []

  add(start: number, end: number, replacement: string): void {
    this.starts.push(start)
    this.ends.push(end)
    this.replacements.push(replacement)
  }

  get length(): number {
    return this.starts.length
  }
}

/**
 * A text derived from another one by edits, which still knows where every character came from.
 * Layers chain: each maps to the one it was made from, the last to the paste itself.
 */
export class MappedText {
  readonly text: string
  readonly document: number
  private readonly parent: MappedText | undefined
  /** Offsets in `text` at which the shift changes, ascending, and the offset in the parent's text there. */
  private readonly starts: readonly number[]
  private readonly origins: readonly number[]
  /** Where a replacement ends in the parent, for the pieces that are replacements; 0 for kept text. */
  private readonly replaced: readonly number[]

  private constructor(
    text: string,
    document: number,
    parent?: MappedText,
    starts: readonly number[] = [0],
    origins: readonly number[] = [0],
    replaced: readonly number[] = [0],
  ) {
    this.text = text
    this.document = document
    this.parent = parent
    this.starts = starts
    this.origins = origins
    this.replaced = replaced
  }

  /** The untouched text of a document. */
  static original(text: string, document: number): MappedText {
    return new MappedText(text, document)
  }

  /** Applies edits; returns `this` when there are none. */
  edit(edits: Edits): MappedText {
    if (edits.length === 0) return this
    const parts: string[] = []
    const starts: number[] = []
    const origins: number[] = []
    const replaced: number[] = []
    let length = 0
    let from = 0
    const piece = (part: string, origin: number, end: number) => {
      starts.push(length)
      origins.push(origin)
      replaced.push(end)
      parts.push(part)
      length += part.length
    }
    for (let index = 0; index < edits.length; index++) {
      const start = edits.starts[index] as number
      const end = edits.ends[index] as number
      const replacement = edits.replacements[index] as string
      if (start > from) piece(this.text.slice(from, start), from, 0)
      if (replacement !== '') piece(replacement, start, end)
      from = end
    }
    if (from < this.text.length) piece(this.text.slice(from), from, 0)
    return new MappedText(parts.join(''), this.document, this, starts, origins, replaced)
  }

  /** Where the character at `offset` stands in the paste. */
  toOriginal(offset: number): number {
    if (this.parent === undefined) return offset
    const index = this.pieceAt(offset)
    const start = this.starts[index]
    const origin = this.origins[index]
    if (start === undefined || origin === undefined) return 0
    const end = this.replaced[index] as number
    const place = origin + Math.max(0, offset - start)
    return this.parent.toOriginal(end === 0 ? place : Math.min(place, end - 1))
  }

  /** Just behind the character before `offset` in the paste. */
  private endInOriginal(offset: number): number {
    if (this.parent === undefined) return offset
    const index = this.pieceAt(offset - 1)
    const end = this.replaced[index]
    if (end) return this.parent.endInOriginal(end)
    return this.parent.endInOriginal((this.origins[index] ?? 0) + offset - (this.starts[index] ?? 0))
  }

  private pieceAt(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  /** The span in the paste of `[start, end)` of this text; what was replaced is in it whole. */
  span(start: number, end: number): Span {
    const from = this.toOriginal(start)
    const to = end > start ? this.endInOriginal(end) : from
    return { document: this.document, start: from, end: Math.max(from, to) }
  }
}
