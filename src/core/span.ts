/** A place in one document: half-open UTF-16 offsets into the text exactly as it was pasted. */
export interface Span {
  readonly document: number
  readonly start: number
  readonly end: number
}

/** The smallest span that holds both; they must be in the same document. */
export function joinSpans(a: Span, b: Span): Span {
  return { document: a.document, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}
