import { startsLikeDer } from './der.ts'

/** What a file's bytes are, told by the bytes alone. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'der' }
  | { readonly kind: 'binary'; readonly what: string }

/** Names for binary files that are recognised and not read (yet), by their first bytes. */
const magics: readonly (readonly [string, readonly number[]])[] = [
  ['a Java keystore (JKS)', [0xfe, 0xed, 0xfe, 0xed]],
  ['a Java keystore (JCEKS)', [0xce, 0xce, 0xce, 0xce]],
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['a packet capture', [0xd4, 0xc3, 0xb2, 0xa1]],
  ['a packet capture', [0x0a, 0x0d, 0x0d, 0x0a]],
]

/** Tells text (UTF-8, UTF-16 with or without mark) from DER and other binary content. */
export function sniff(bytes: Uint8Array): FileContent {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: new TextDecoder('utf-16le').decode(bytes) }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: decodeBigEndian(bytes) }
  if (startsLikeDer(bytes)) return { kind: 'der' }
  for (const [what, magic] of magics)
    if (magic.every((byte, index) => bytes[index] === byte)) return { kind: 'binary', what }
  const head = bytes.subarray(0, 4096)
  const zeros = { even: 0, odd: 0 }
  for (let index = 0; index < head.length; index++) if (head[index] === 0) zeros[index % 2 === 0 ? 'even' : 'odd']++
  if (zeros.odd > head.length / 4 && zeros.even < zeros.odd / 8)
    return { kind: 'text', text: new TextDecoder('utf-16le').decode(bytes) }
  if (zeros.even > head.length / 4 && zeros.odd < zeros.even / 8) return { kind: 'text', text: decodeBigEndian(bytes) }
  return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) }
}

function decodeBigEndian(bytes: Uint8Array): string {
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2))
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    swapped[index] = bytes[index + 1] as number
    swapped[index + 1] = bytes[index] as number
  }
  return new TextDecoder('utf-16le').decode(swapped)
}
