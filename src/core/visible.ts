/**
 * Characters that change how text looks without being seen: C0 and C1 controls, bidirectional marks and overrides,
 * zero-width characters and line separators. A name may hold them to pass for another name.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const unseenRuns = new RegExp(`${unseen.source}+`, 'gu')

/** The text with each run of unseen characters as one space, for sentences. */
export const withoutUnseen = (text: string): string => text.replace(unseenRuns, ' ')

/** The text with unseen characters written out, as `\u{202E}`. */
export function visible(text: string): string {
  return text.replace(
    unseen,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`,
  )
}

/** As {@link visible}, for quotes of several lines: line breaks and tabs stay. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n')
}
