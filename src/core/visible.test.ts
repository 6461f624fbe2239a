import { describe, expect, it } from 'vitest'
import { visible, visibleLines, withoutUnseen } from './visible.ts'

describe('visible', () => {
  it('writes out characters that turn the direction of text', () => {
    expect(visible('evil\u202Egnp.exe')).toBe('evil\\u{202E}gnp.exe')
    expect(visible('\u2066a\u2069')).toBe('\\u{2066}a\\u{2069}')
  })

  it('writes out control characters, line breaks and zero-width characters', () => {
    expect(visible('a\u0000b\nc\u200Bd\u007F')).toBe('a\\u{0000}b\\u{000A}c\\u{200B}d\\u{007F}')
  })

  it('leaves letters of every script and astral characters as they are', () => {
    expect(visible('Bücher, 証明書, 𝒳, مثال')).toBe('Bücher, 証明書, 𝒳, مثال')
  })

  it('keeps line breaks and tabs in quotes of several lines', () => {
    expect(visibleLines('a\tb\nc\u202Ed')).toBe('a\tb\nc\\u{202E}d')
  })

  it('puts one space in place of a run of them, for sentences', () => {
    expect(withoutUnseen('a\n\n\u202Eb\u2028c')).toBe('a b c')
  })
})
