import { decodeUtf16, isZip, utf16Order } from '../core/file-kind.ts'
import { startsLikeBer } from '../x509/ber.ts'
import { startsLikeDer } from './der.ts'

/** What a file's bytes are, told by the bytes alone. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'der' }
  | { readonly kind: 'keystore'; readonly format: KeystoreFormat }
  | { readonly kind: 'archive' }
  /** `what`: with its article. `advice`: what to do instead, as a sentence. */
  | { readonly kind: 'binary'; readonly what: string; readonly advice: string }

/** JKS stands for JCEKS as well. */
export type KeystoreFormat = 'PKCS#12' | 'JKS'

const unpack = 'Unpack it, and add the files that it holds.'
const asText = 'Copy the text out of it, and paste that.'
const exportPem = 'Export the certificates as PEM, and add that file.'

interface Magic {
  readonly bytes: readonly number[]
  readonly what: string
  readonly advice: string
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))
const binary = (bytes: readonly number[], what: string, advice: string): Magic => ({ bytes, what, advice })
const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

/** The format of a key store; undefined when it is none. */
export function keystoreFormat(bytes: Uint8Array): KeystoreFormat | undefined {
  if (isPkcs12(bytes)) return 'PKCS#12'
  return startsWith(bytes, [0xfe, 0xed, 0xfe, 0xed]) || startsWith(bytes, [0xce, 0xce, 0xce, 0xce]) ? 'JKS' : undefined
}

/** Files that are recognised and not read, by their first bytes. */
const magics: readonly Magic[] = [
  binary([0x1f, 0x8b], 'a gzip archive', unpack),
  binary([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'a 7-Zip archive', unpack),
  binary([0xfd, ...ascii('7zXZ')], 'an xz archive', unpack),
  binary([0x28, 0xb5, 0x2f, 0xfd], 'a Zstandard archive', unpack),
  binary(ascii('Rar!'), 'a RAR archive', unpack),
  binary([0x89, ...ascii('PNG')], 'a PNG image', asText),
  binary([0xff, 0xd8, 0xff], 'a JPEG image', asText),
  binary(ascii('GIF8'), 'a GIF image', asText),
  binary(ascii('%PDF'), 'a PDF document', asText),
  binary([0xd0, 0xcf, 0x11, 0xe0], 'a document of an older Microsoft Office, or a message of Outlook', asText),
  binary(ascii('SQLite format 3\0'), 'an SQLite database, as NSS keeps certificates in', exportPem),
  binary(ascii('kych'), 'a macOS keychain', exportPem),
  binary([0, 0, 0, 0, ...ascii('CERT')], 'a certificate store of Windows (SST)', exportPem),
  ...[
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0xa1, 0xb2, 0xc3, 0xd4],
    [0x0a, 0x0d, 0x0d, 0x0a],
  ].map((bytes) => binary(bytes, 'a packet capture', 'Let Wireshark export the certificates, and add those files.')),
]

/** Tells text (UTF-8, UTF-16 with or without mark) from DER, key stores and other binary content. */
export function sniff(bytes: Uint8Array): FileContent {
  const format = keystoreFormat(bytes)
  if (format) return { kind: 'keystore', format }
  if (isZip(bytes)) return { kind: 'archive' }
  if (startsLikeDer(bytes) || startsLikeBer(bytes)) return { kind: 'der' }
  const magic = magics.find((candidate) => startsWith(bytes, candidate.bytes))
  if (magic) return { kind: 'binary', what: magic.what, advice: magic.advice }
  const order = utf16Order(bytes)
  return { kind: 'text', text: order ? decodeUtf16(bytes, order) : new TextDecoder('utf-8').decode(bytes) }
}

/** RFC 7292 section 4: version 3, and then a content of PKCS#7; lengths may be indefinite. */
function isPkcs12(bytes: Uint8Array): boolean {
  const version = behindHeader(bytes, 0)
  if (version === undefined || bytes[version] !== 0x02 || bytes[version + 1] !== 1 || bytes[version + 2] !== 3)
    return false
  const type = behindHeader(bytes, version + 3)
  return type !== undefined && pkcs7Type.every((byte, index) => bytes[type + index] === byte)
}

/** The OBJECT IDENTIFIER 1.2.840.113549.1.7 without its last part. */
const pkcs7Type = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]

/** Offset of the content of a SEQUENCE. */
function behindHeader(bytes: Uint8Array, at: number): number | undefined {
  const length = bytes[at + 1]
  if (bytes[at] !== 0x30 || length === undefined) return undefined
  return length <= 0x80 ? at + 2 : at + 2 + (length & 0x7f)
}
