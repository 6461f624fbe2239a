/** The source of a mail: `=3D` for `=`, and lines broken with `=` at their end. Source: RFC 2045 section 6.7. */
import { Edits } from './mapped-text.ts'

const escaped = /(?:=[0-9A-F]{2}){1,200}|=\r?\n/g

/** A long line that goes on in the next. The sign comes first: counting characters at every place would take too long. */
const brokenLine = /=\n(?<=[^\n=]{60}=\n)/

/** Finds what is to be decoded, in a text that is encoded so. */
export function quotedPrintableEdits(text: string): Edits {
  const edits = new Edits()
  if (!isEncoded(text)) return edits
  for (const match of text.matchAll(escaped)) {
    const [found] = match
    const value = found.endsWith('\n') ? '' : decode(found)
    if (value !== undefined) edits.add(match.index, match.index + found.length, value)
  }
  return edits
}

/** An equals sign is the one character that is always encoded. Base64 alone may end in `=` too. */
function isEncoded(text: string): boolean {
  const first = text.indexOf('=3D')
  if (first === -1) return false
  if (/^Content-Transfer-Encoding:[ \t]{0,4}quoted-printable/im.test(text)) return true
  return text.includes('=3D', first + 3) && brokenLine.test(text)
}

function decode(found: string): string | undefined {
  const bytes = Uint8Array.from(found.match(/[0-9A-F]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16))
  const text = new TextDecoder('utf-8').decode(bytes)
  return text.includes('\ufffd') ? undefined : text
}
