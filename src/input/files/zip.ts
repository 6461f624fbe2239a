/** Files out of ZIP archives. This file brings the unpacking along, so it is loaded when the first archive comes. */
import { Inflate } from 'fflate'
import { isZip } from '../../core/file-kind.ts'
import type { InputDocument } from '../model.ts'
import { archiveLimits } from './limits.ts'
import { readDirectory, type ZipEntry } from './zip-directory.ts'

/**
 * Unpacks an archive.
 * @param name of the archive, which its files have before their own
 * @returns a document for each file, and for what was left out one with the reason; at least one
 */
export function unpackZip(name: string, bytes: Uint8Array): InputDocument[] {
  const refuse = (what: string, reason: string): InputDocument => ({ name: what, refused: `${what} ${reason}` })
  const directory = readDirectory(bytes, archiveLimits.entries)
  if (!directory)
    return [
      refuse(name, 'is a ZIP archive that cannot be read: it is cut off, damaged, or of a kind that is not read here.'),
    ]
  const documents: InputDocument[] = []
  let left: number = archiveLimits.bytes
  for (const entry of directory.entries) {
    if (entry.isFolder || isRubbish(entry.name)) continue
    const path = `${name}/${entry.name}`
    const unpacked = unpack(entry, left)
    if (typeof unpacked === 'string') documents.push(refuse(path, unpacked))
    else {
      left -= unpacked.length
      documents.push(
        isZip(unpacked)
          ? refuse(path, 'is an archive inside of an archive. Unpack it, and add the files that it holds.')
          : { name: path, bytes: unpacked },
      )
    }
  }
  if (directory.count > directory.entries.length)
    documents.push(
      refuse(name, `holds ${directory.count} files, of which the first ${archiveLimits.entries} are read.`),
    )
  return documents.length > 0 ? documents : [refuse(name, 'is an archive without files.')]
}

/** What macOS and Windows put beside the files. */
const isRubbish = (name: string): boolean =>
  /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(name)

/** The bytes of a file, or why not, as the rest of a sentence. */
function unpack(entry: ZipEntry, left: number): Uint8Array | string {
  if (entry.encrypted) return 'is encrypted with the password of the archive. Unpack the archive, and add its files.'
  const most = Math.min(archiveLimits.entryBytes, left)
  const tooLarge =
    most < archiveLimits.entryBytes
      ? `does not fit: of an archive ${archiveLimits.bytes} bytes are unpacked at most.`
      : `is too large: of a file ${most} bytes are unpacked at most.`
  if (entry.size > most) return tooLarge
  if (entry.method === 0) return entry.packed.length > most ? tooLarge : entry.packed
  if (entry.method !== 8) return 'is packed in a way that is not read here. Unpack the archive, and add its files.'
  return inflate(entry, most, tooLarge)
}

/** Thrown and caught in this file alone: unpacking stops. */
class Stop extends Error {}

function inflate({ packed }: ZipEntry, most: number, tooLarge: string): Uint8Array | string {
  const pieces: Uint8Array[] = []
  let length = 0
  const inflater = new Inflate((piece) => {
    pieces.push(piece)
    length += piece.length
    if (length > most) throw new Stop(tooLarge)
    if (length > archiveLimits.ratioFrom && length > packed.length * archiveLimits.ratio)
      throw new Stop(
        `grows more than ${archiveLimits.ratio} times when it is unpacked, which no file in use does. It was left out.`,
      )
  })
  try {
    for (let at = 0; at < packed.length || at === 0; at += archiveLimits.step)
      inflater.push(packed.subarray(at, at + archiveLimits.step), at + archiveLimits.step >= packed.length)
  } catch (error) {
    return error instanceof Stop ? error.message : 'is damaged inside of the archive.'
  }
  const result = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    result.set(piece, at)
    at += piece.length
  }
  return result
}
