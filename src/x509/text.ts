/** ASN.1 character strings as text. Source: RFC 5280 section 4.1.2.4, X.680 section 41. */
import { content, type Node, tags } from './der.ts'
import type { Note } from './notes.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** ISO 8859-1: each byte is the character of that number. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** Text of UTF-8 bytes; undefined when they are not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  if (isAscii(bytes)) return latin1(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Text of any of the string types that names use.
 * @param note told of bytes that the type does not allow; the text is then read as ISO 8859-1, as OpenSSL shows it
 * @returns undefined when it is no string type, or cannot be read as one
 */
export function readText(node: Node, note?: Note): string | undefined {
  const bytes = content(node)
  switch (node.tag) {
    case tags.utf8String: {
      const text = utf8Text(bytes)
      if (text === undefined) note?.('A UTF8String is not valid UTF-8', node.start)
      return text ?? latin1(bytes)
    }
    case tags.printableString:
    case tags.numericString:
    case tags.ia5String:
    case tags.visibleString: {
      const text = latin1(bytes)
      if (note !== undefined && !alphabets[node.tag]?.test(text))
        note(`${stringTypes[node.tag]} holds characters that its type does not have`, node.start)
      return text
    }
    case tags.teletexString:
      return latin1(bytes)
    case tags.bmpString:
      if (bytes.length % 2 === 0) return utf16(bytes)
      note?.('A BMPString has an odd number of bytes', node.start)
      return undefined
    case tags.universalString:
      if (bytes.length % 4 === 0) return utf32(bytes)
      note?.('A UniversalString has a number of bytes that four does not divide', node.start)
      return undefined
    default:
      return undefined
  }
}

/** The string types by their tags, with article. */
export const stringTypes: Readonly<Record<number, string>> = {
  [tags.utf8String]: 'A UTF8String',
  [tags.printableString]: 'A PrintableString',
  [tags.numericString]: 'A NumericString',
  [tags.ia5String]: 'An IA5String',
  [tags.visibleString]: 'A VisibleString',
  [tags.teletexString]: 'A TeletexString',
  [tags.bmpString]: 'A BMPString',
  [tags.universalString]: 'A UniversalString',
}

/** What each of them may hold (X.680 sections 41.2 and 41.4, table 8). */
const alphabets: Readonly<Record<number, RegExp>> = {
  [tags.printableString]: /^[A-Za-z0-9 '()+,./:=?-]*$/,
  [tags.numericString]: /^[0-9 ]*$/,
  [tags.ia5String]: /^[\0-\x7f]*$/,
  [tags.visibleString]: /^[\x20-\x7e]*$/,
}

/** Is every byte a character of ASCII? */
export const isAscii = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) if (byte >= 0x80) return false
  return true
}

function utf16(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    text += String.fromCharCode(((bytes[at] as number) << 8) | (bytes[at + 1] as number))
  }
  return text
}

function utf32(bytes: Uint8Array): string | undefined {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = bytes.subarray(at, at + 4).reduce((value, byte) => value * 256 + byte, 0)
    if (point > 0x10ffff) return undefined
    text += String.fromCodePoint(point)
  }
  return text
}
