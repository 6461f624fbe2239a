import { useRef } from 'react'
import type { LoadedFile } from '../../store/state.ts'
import { grouped } from '../text/dates.ts'
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
      <p>Binary file, {grouped(file.size)} bytes. It was read as it is.</p>
      <pre>{rows.join('\n')}</pre>
      {bytes.length > shownBytes && <p className="muted">The first {shownBytes} bytes are shown.</p>}
    </div>
  )
}
