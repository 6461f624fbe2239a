/** Control characters but for line feeds, invisible characters, and characters that turn the direction of text. */
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Text from a paste with what cannot be seen written as `\u{202e}`, so that it cannot hide, reorder or move the cursor. */
export const visible = (text: string): string =>
  text.replace(hidden, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
