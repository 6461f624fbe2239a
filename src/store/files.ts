/** Reads dropped and chosen files into documents. */
import { decodeUtf16, isZip, utf16Order } from '../core/file-kind.ts'
import type { Engine } from '../worker/client.ts'
import type { UnpackedFile } from '../worker/messages.ts'
import type { LoadedFile } from './state.ts'

/** Bytes of one file that are read; 64 million. Above, a browser tab runs out of memory. */
const maximumFileBytes = 64_000_000
/** Files that are taken at once: a folder may have any number. */
const maximumFiles = 1_000

let lastId = 0

/** A file, and where it was in a dropped folder. */
export interface GivenFile {
  readonly file: File
  readonly path?: string
}

export type FileOutcome =
  | { readonly ok: true; readonly file: LoadedFile }
  | { readonly ok: false; readonly name: string; readonly reason: string }

/**
 * Reads files, and the files of archives among them.
 * @returns in the order given, each a document or the reason why not
 */
export async function readFiles(given: readonly GivenFile[], unpack: Engine['unpack']): Promise<FileOutcome[]> {
  const outcomes = await Promise.all(given.slice(0, maximumFiles).map((one) => readFile(one, unpack)))
  const rest = given.length - maximumFiles
  const more = { ok: false, name: `${rest} more files`, reason: `At most ${maximumFiles} are read at once.` } as const
  return rest > 0 ? [...outcomes.flat(), more] : outcomes.flat()
}

async function readFile({ file, path }: GivenFile, unpack: Engine['unpack']): Promise<FileOutcome[]> {
  const name = path ?? file.name
  if (file.size > maximumFileBytes) {
    return [{ ok: false, name, reason: 'It is larger than 64 MB. Cut it to the part that matters.' }]
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return isZip(bytes) ? (await unpack(name, bytes)).map(fromArchive) : [loaded(name, bytes)]
  } catch {
    return [{ ok: false, name, reason: 'The browser could not read it.' }]
  }
}

function fromArchive({ name, bytes, refused }: UnpackedFile): FileOutcome {
  if (bytes) return loaded(name, bytes)
  // The reason is a sentence that begins with the name.
  const reason = refused?.startsWith(`${name} `) ? `It ${refused.slice(name.length + 1)}` : (refused ?? '')
  return { ok: false, name, reason }
}

function loaded(name: string, bytes: Uint8Array): FileOutcome {
  lastId += 1
  const base = { id: lastId, name, size: bytes.length }
  const text = decodeText(bytes)
  return { ok: true, file: text === null ? { ...base, bytes } : { ...base, text } }
}

/** A file of which only the text is known, as one that came by a link. */
export function textFile(name: string, text: string): LoadedFile {
  lastId += 1
  return { id: lastId, name, size: text.length, text: unixLines(text) }
}

/**
 * The text of a file, or `null` for a binary one. UTF-8, UTF-16, which PowerShell's redirection writes, or one byte a
 * character, as older programs on Windows write. Everything else goes to the engine as bytes.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const order = utf16Order(bytes)
  if (order) return unixLines(decodeUtf16(bytes, order))
  if (bytes.includes(0)) return null
  try {
    return unixLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return bytes.every(isPrinted) ? unixLines(new TextDecoder('windows-1252').decode(bytes)) : null
  }
}

/** No control character but those of lines and of terminals. */
const isPrinted = (byte: number): boolean => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b

/** The editor counts every line break as one character, so offsets agree only when the engine sees them so. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}
