/** What the page and the engine both have to tell of the bytes of a file: ZIP archives, and text in UTF-16. */

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

/** True for ZIP archives, empty ones as well (PKWARE APPNOTE 6.3.10 sections 4.3.7 and 4.3.16). */
export const isZip = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])

/** Bytes at the start that are looked at. */
const headBytes = 4_096

/**
 * The byte order of UTF-16 text, by its mark or by where its zero bytes are. Windows PowerShell 5 redirects output so.
 * @returns undefined when it is no UTF-16
 */
export function utf16Order(bytes: Uint8Array): 'little' | 'big' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big'
  const head = bytes.subarray(0, headBytes)
  let even = 0
  let odd = 0
  for (let index = 0; index < head.length; index++)
    if (head[index] === 0) {
      if (index % 2 === 0) even++
      else odd++
    }
  const order =
    odd > head.length / 4 && even < odd / 8 ? 'little' : even > head.length / 4 && odd < even / 8 ? 'big' : undefined
  return order && isPlain(decodeUtf16(head, order)) ? order : undefined
}

/** No control characters but those that terminals and editors write. */
const isPlain = (text: string): boolean => {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 && !(code >= 0x08 && code <= 0x0d) && code !== 0x1b && code !== 0x07) return false
  }
  return true
}

/** Text of UTF-16 bytes, without a byte order mark; an odd last byte is left out. */
export function decodeUtf16(bytes: Uint8Array, order: 'little' | 'big'): string {
  if (order === 'little') return new TextDecoder('utf-16le').decode(bytes)
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2))
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    swapped[index] = bytes[index + 1] as number
    swapped[index + 1] = bytes[index] as number
  }
  return new TextDecoder('utf-16le').decode(swapped)
}
