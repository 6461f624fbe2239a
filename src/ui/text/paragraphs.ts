/** The paragraphs of a text, which a blank line parts, each with a key for React. */
export function paragraphs(text: string): { key: number; text: string }[] {
  return text
    .split(/\n\s*\n/)
    .map((part, key) => ({ key, text: part.replace(/\s*\n\s*/g, ' ').trim() }))
    .filter((paragraph) => paragraph.text !== '')
}
