/** Control and format characters (invisible ones, and those that turn the direction of text), but not line feeds. */
const hidden = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** Text from a paste with what cannot be seen written as `\u{202e}`, so that it cannot hide, reorder or move the cursor. */
export const visible = (text: string): string =>
  text.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
