/** The table of contents of a ZIP archive. Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */

export interface ZipEntry {
  readonly name: string
  readonly isFolder: boolean
  readonly encrypted: boolean
  /** 0: stored. 8: deflated. */
  readonly method: number
  readonly packed: Uint8Array
  /** Bytes after unpacking, as the archive states. */
  readonly size: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
/** The end record has 22 bytes and a comment of up to 65,535. */
const longestEnd = 22 + 65_535
/** Bits of the general purpose flags. */
const flags = { encrypted: 1, utf8: 0x800 } as const
/** Stands in fields of 32 bits that are in a ZIP64 extension instead. */
const isElsewhere = 0xffffffff

/**
 * Lists an archive.
 * @param most entries to list at most
 * @returns the entries, in order, and how many there are by the archive's own word; undefined when it is no archive that can be read
 */
export function readDirectory(
  bytes: Uint8Array,
  most: number,
): { readonly entries: readonly ZipEntry[]; readonly count: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (at === isElsewhere) return undefined
  const entries: ZipEntry[] = []
  while (entries.length < Math.min(count, most)) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) return undefined
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > bytes.length) return undefined
    const flag = view.getUint16(at + 8, true)
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flag & flags.utf8) !== 0)
    const packed = packedBytes(bytes, view, view.getUint32(at + 42, true), view.getUint32(at + 20, true))
    if (!packed) return undefined
    entries.push({
      name,
      isFolder: name.endsWith('/'),
      encrypted: (flag & flags.encrypted) !== 0,
      method: view.getUint16(at + 10, true),
      packed,
      size: view.getUint32(at + 24, true),
    })
    at = next
  }
  return { entries, count }
}

function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - longestEnd)
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === endSignature) return at
  return undefined
}

function packedBytes(bytes: Uint8Array, view: DataView, at: number, length: number): Uint8Array | undefined {
  if (at + 30 > bytes.length || view.getUint32(at, true) !== localSignature) return undefined
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  return start + length > bytes.length ? undefined : bytes.subarray(start, start + length)
}

/** Names are UTF-8 when the archive says so; else code page 437, of which the letters of ASCII are taken. */
function nameOf(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder('utf-8').decode(bytes)
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '_')).join('')
}
