/** Reads dropped and chosen files into documents. */
import type { LoadedFile } from './state.ts'

/** Bytes of one file that are read; 64 million. Above, a browser tab runs out of memory. */
const maximumFileBytes = 64_000_000

let lastId = 0

export type FileOutcome =
  | { readonly ok: true; readonly file: LoadedFile }
  | { readonly ok: false; readonly name: string; readonly reason: string }

export async function readFile(file: File): Promise<FileOutcome> {
  if (file.size > maximumFileBytes) {
    return { ok: false, name: file.name, reason: 'It is larger than 64 MB. Cut it to the part that matters.' }
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const text = decodeText(bytes)
    lastId += 1
    const base = { id: lastId, name: file.name, size: bytes.length }
    return { ok: true, file: text === null ? { ...base, bytes } : { ...base, text } }
  } catch {
    return { ok: false, name: file.name, reason: 'The browser could not read it. A folder cannot be read.' }
  }
}

/** A file of which only the text is known, as one that came by a link. */
export function textFile(name: string, text: string): LoadedFile {
  lastId += 1
  return { id: lastId, name, size: text.length, text: unixLines(text) }
}

/**
 * The text of a file, or `null` for a binary one. UTF-8 without control bytes, or UTF-16 with a byte order mark
 * (what PowerShell redirection writes). Everything else goes to the engine as bytes.
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return unixLines(new TextDecoder('utf-16le').decode(bytes))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return unixLines(new TextDecoder('utf-16be').decode(bytes))
  if (bytes.includes(0)) return null
  try {
    return unixLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

/** The editor counts every line break as one character, so offsets agree only when the engine sees them so. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}
