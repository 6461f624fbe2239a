import { describe, expect, it } from 'vitest'
import { lineAt, lineRange } from './lines.ts'

const text = 'one\ntwo\n\nfour'

describe('lines', () => {
  it('counts from one, and a line break belongs to the line it ends', () => {
    expect([0, 3, 4, 7, 8, 9, 13].map((offset) => lineAt(text, offset))).toEqual([1, 1, 2, 2, 3, 4, 4])
  })

  it('names one line or several, by a half-open range', () => {
    expect(lineRange(text, 0, 3)).toBe('line 1')
    expect(lineRange(text, 0, 4)).toBe('line 1')
    expect(lineRange(text, 0, 5)).toBe('lines 1–2')
    expect(lineRange(text, 9, 9)).toBe('line 4')
  })
})
