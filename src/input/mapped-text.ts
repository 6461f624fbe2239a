import type { Span } from '../core/span.ts'

/** A replacement of `[start, end)` of a text. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly replacement: string
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

  private constructor(
    text: string,
    document: number,
    parent?: MappedText,
    starts: readonly number[] = [0],
    origins: readonly number[] = [0],
  ) {
    this.text = text
    this.document = document
    this.parent = parent
    this.starts = starts
    this.origins = origins
  }

  /** The untouched text of a document. */
  static original(text: string, document: number): MappedText {
    return new MappedText(text, document)
  }

  /** Applies edits, which must be ascending and disjoint; returns `this` when there are none. */
  edit(edits: readonly Edit[]): MappedText {
    if (edits.length === 0) return this
    const parts: string[] = []
    const starts: number[] = []
    const origins: number[] = []
    let length = 0
    let from = 0
    const keep = (start: number, end: number) => {
      if (end <= start) return
      starts.push(length)
      origins.push(start)
      parts.push(this.text.slice(start, end))
      length += end - start
    }
    for (const { start, end, replacement } of edits) {
      keep(from, start)
      if (replacement !== '') {
        starts.push(length)
        origins.push(start)
        parts.push(replacement)
        length += replacement.length
      }
      from = end
    }
    keep(from, this.text.length)
    return new MappedText(parts.join(''), this.document, this, starts, origins)
  }

  /** Where the character at `offset` stands in the paste. */
  toOriginal(offset: number): number {
    if (this.parent === undefined) return offset
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    const start = this.starts[low]
    const origin = this.origins[low]
    if (start === undefined || origin === undefined) return 0
    return this.parent.toOriginal(origin + Math.max(0, offset - start))
  }

  /** The span in the paste of `[start, end)` of this text. */
  span(start: number, end: number): Span {
    const from = this.toOriginal(start)
    const to = end > start ? this.toOriginal(end - 1) + 1 : from
    return { document: this.document, start: from, end: Math.max(from, to) }
  }
}
