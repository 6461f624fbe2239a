/** Reads documents of any kind: those of `read.ts`, and archives and key stores, whose code loads when it is needed. */
import { isZip } from '../../core/file-kind.ts'
import { keystoreFormat } from '../bytes.ts'
import type { InputDocument, ReadDocument } from '../model.ts'
import { readDocument } from '../read.ts'

const loadZip = () => import('./zip.ts')
const loadKeystore = () => import('./keystore.ts')

/** Fetches what few inputs need before one needs it, so that it is there without a network. */
export const loadFileReaders = (): Promise<unknown> => Promise.all([loadZip(), loadKeystore()])

/**
 * Puts the files of archives in the places of the archives.
 * @returns the documents to read; the same when there is no archive
 */
export async function unpackDocuments(documents: readonly InputDocument[]): Promise<readonly InputDocument[]> {
  if (!documents.some(isArchive)) return documents
  const { unpackZip } = await loadZip()
  return documents.flatMap((document) =>
    isArchive(document) && document.bytes
      ? unpackZip(document.name, document.bytes).map((entry) => withPassword(entry, document))
      : document,
  )
}

const isArchive = ({ text, bytes, refused }: InputDocument): boolean =>
  text === undefined && refused === undefined && bytes !== undefined && isZip(bytes)

const withPassword = (entry: InputDocument, { password }: InputDocument): InputDocument =>
  password === undefined ? entry : { ...entry, password }

/** Reads one document into captures. Whatever cannot be read is named with its place; nothing throws. */
export async function openDocument(document: InputDocument, index: number): Promise<ReadDocument> {
  const { text, bytes, refused } = document
  if (text !== undefined || refused !== undefined || bytes === undefined) return readDocument(document, index)
  const format = keystoreFormat(bytes)
  if (!format) return readDocument(document, index)
  const { readKeystore } = await loadKeystore()
  return readKeystore(document, bytes, format, index)
}

/** Reads all documents of an input; `index` of each is its place after archives were unpacked. */
export async function openDocuments(documents: readonly InputDocument[]): Promise<ReadDocument[]> {
  return Promise.all((await unpackDocuments(documents)).map(openDocument))
}
