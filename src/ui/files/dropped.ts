/** The files of a drop, with those of the folders in it. */
import type { GivenFile } from '../../store/files.ts'

export interface Dropped {
  readonly files: readonly GivenFile[]
  readonly problems: readonly { readonly name: string; readonly reason: string }[]
}

/** Folders within folders that are opened. */
const maximumDepth = 8
/** Files of one drop that are taken; one more tells that there are more. */
const maximumFiles = 1_001

/**
 * Collects what was dropped.
 * @param transfer of the event; it is read before this returns, for it is empty afterwards
 */
export function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null)
  // Where the browser does not tell files from folders they are taken as files.
  if (entries.length === 0 || entries.some((entry) => entry === null))
    return Promise.resolve({ files: [...transfer.files].map((file) => ({ file })), problems: [] })
  return collect(entries.flatMap((entry) => entry ?? []))
}

async function collect(entries: readonly FileSystemEntry[]): Promise<Dropped> {
  const files: GivenFile[] = []
  const problems: { name: string; reason: string }[] = []
  async function visit(entry: FileSystemEntry, depth: number): Promise<void> {
    if (files.length >= maximumFiles) return
    const path = entry.fullPath.replace(/^\//, '')
    try {
      if (entry.isFile) files.push({ file: await fileOf(entry as FileSystemFileEntry), path })
      else if (depth >= maximumDepth)
        problems.push({ name: path, reason: `Only ${maximumDepth} folders within one another are opened.` })
      else for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) await visit(inner, depth + 1)
    } catch {
      problems.push({ name: path, reason: 'The browser could not read it.' })
    }
  }
  for (const entry of entries) await visit(entry, 0)
  return { files, problems }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** All entries of a folder; the browser gives them a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  while (found.length < maximumFiles) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0) break
    found.push(...batch)
  }
  // Each browser has an order of its own.
  return found.filter(({ name }) => name !== '.DS_Store').sort((a, b) => (a.name < b.name ? -1 : 1))
}
