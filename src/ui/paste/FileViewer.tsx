import { useRef } from 'react'
import type { ContainerSummary } from '../../report/types.ts'
import { useApp } from '../../store/app.ts'
import type { LoadedFile } from '../../store/state.ts'
import { Name } from '../controls/Name.tsx'
import { count, grouped } from '../text/dates.ts'
import { useEditor } from './use-editor.ts'
import { useMarks } from './use-marks.ts'

/** A dropped file: its text, read-only, or the first of its bytes. */
export function FileViewer({ file }: { file: LoadedFile }) {
  return file.text === undefined ? <BytesViewer file={file} /> : <TextViewer file={file} text={file.text} />
}

function TextViewer({ file, text }: { file: LoadedFile; text: string }) {
  const host = useRef<HTMLDivElement>(null)
  const handle = useEditor(host, () => ({ text, label: `File ${file.name}`, readOnly: true }))
  useMarks(handle, file.id)
  return <div className="editor" ref={host} />
}

/** Bytes shown of a binary file: enough to recognise what it is. */
const shownBytes = 512

function BytesViewer({ file }: { file: LoadedFile }) {
  const report = useApp((state) => state.report)
  const analysed = useApp((state) => state.analysed)
  const document = report?.documents.find(({ index }) => analysed[index]?.key === file.id)
  if (document?.container) return <KeystoreViewer size={file.size} container={document.container} />
  if (document && document.secrets.length > 0)
    return (
      <div className="bytes">
        <p>Binary file, {grouped(file.size)} bytes. It holds a private key, so its bytes are not shown.</p>
      </div>
    )
  const bytes = file.bytes ?? new Uint8Array()
  const rows: string[] = []
  for (let at = 0; at < Math.min(bytes.length, shownBytes); at += 8) {
    const row = [...bytes.subarray(at, at + 8)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    rows.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(23)}  ${text}`)
  }
  return (
    <div className="bytes">
      <p>Binary file, {grouped(file.size)} bytes.</p>
      <pre>{rows.join('\n')}</pre>
      {bytes.length > shownBytes && <p className="muted">The first {shownBytes} bytes are shown.</p>}
    </div>
  )
}

const integrityText: Readonly<Record<ContainerSummary['integrity'], string>> = {
  verified: 'Its check sum fits.',
  none: 'It has no check sum.',
  unchecked: 'Its check sum was not verified, for want of the password; the certificates are readable without it.',
  failed: 'Its check sum does not fit the password: the password is another one, or the file was altered.',
}

const entryKinds = { key: 'private key', certificate: 'certificate', secret: 'secret' } as const
/** Entries of a key store that are listed. */
const shownEntries = 200

/** What a key store holds. Keys are named and never shown. */
function KeystoreViewer({ size, container }: { size: number; container: ContainerSummary }) {
  const { kind, integrity, entries } = container
  return (
    <div className="bytes">
      <p>
        Key store ({kind}), {grouped(size)} bytes, {count(entries.length, 'entry', 'entries')}.{' '}
        {integrityText[integrity]}
      </p>
      <ul className="plain">
        {entries.slice(0, shownEntries).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity, and never move
          <li key={index}>
            {entry.alias ? <Name>{entry.alias}</Name> : <span className="muted">without a name</span>},{' '}
            {entryKinds[entry.kind]}
            {entry.kind === 'key' && ` with ${count(entry.certificates, 'certificate')}`}
          </li>
        ))}
      </ul>
      {entries.length > shownEntries && <p className="muted">and {entries.length - shownEntries} more</p>}
    </div>
  )
}
