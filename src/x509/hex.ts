/** Bytes as text: the three notations that certificates are read in. */

const lower = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const upper = lower.map((pair) => pair.toUpperCase())

/** Lower-case hexadecimal, two digits a byte. */
export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += lower[byte]
  return text
}

/** Upper-case hexadecimal, two digits a byte. */
export function upperHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += upper[byte]
  return text
}

/** Upper-case hexadecimal with colons, as OpenSSL prints key identifiers. */
export function colonHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => upper[byte]).join(':')
}

/** Standard base64 with padding, on one line. */
export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

/** Hexadecimal dump in lines of 16 bytes; what lies beyond `maxLines` is counted, not shown. */
export function hexDump(bytes: Uint8Array, maxLines: number): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    if (lines.length === maxLines) {
      lines.push(`... ${bytes.length - at} more bytes`)
      break
    }
    lines.push(colonHex(bytes.subarray(at, at + 16)))
  }
  return lines
}

/** True when both hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
