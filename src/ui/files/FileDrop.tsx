import { useEffect, useState } from 'react'
import { actions, appStore, useApp } from '../../store/app.ts'
import { Name } from '../controls/Name.tsx'
import { droppedFiles } from './dropped.ts'
import './files.css'

/** Takes files dropped or pasted anywhere on the page, and text pasted outside the editor. */
export function FileDrop() {
  const [over, setOver] = useState(false)
  const problems = useApp((state) => state.fileProblems)

  useEffect(() => {
    // `dragleave` fires on the way into each child, so the depth is counted.
    let depth = 0
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const handlers: { [K in 'dragenter' | 'dragover' | 'dragleave' | 'drop']: (event: DragEvent) => void } = {
      dragenter(event) {
        if (!holdsFiles(event)) return
        depth += 1
        setOver(true)
      },
      dragover(event) {
        if (holdsFiles(event)) event.preventDefault()
      },
      dragleave(event) {
        if (!holdsFiles(event)) return
        depth -= 1
        if (depth <= 0) setOver(false)
      },
      drop(event) {
        depth = 0
        setOver(false)
        const { dataTransfer } = event
        if (!dataTransfer || !holdsFiles(event)) return
        // Before the editor, which would insert the file's text.
        event.preventDefault()
        event.stopPropagation()
        void droppedFiles(dataTransfer).then(({ files, problems }) => actions.addFiles(files, problems))
      },
    }
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (files.length > 0 && text === '') {
        event.preventDefault()
        event.stopPropagation()
        void actions.addFiles(files.map((file) => ({ file })))
        return
      }
      if (text === '' || isEditable(event.target)) return
      event.preventDefault()
      const { text: before } = appStore.getState()
      actions.setText(before.trim() === '' ? text : `${before.trimEnd()}\n${text}`)
    }
    for (const [name, handler] of Object.entries(handlers)) {
      window.addEventListener(name, handler as (event: Event) => void, true)
    }
    window.addEventListener('paste', onPaste, true)
    return () => {
      for (const [name, handler] of Object.entries(handlers)) {
        window.removeEventListener(name, handler as (event: Event) => void, true)
      }
      window.removeEventListener('paste', onPaste, true)
    }
  }, [])

  return (
    <>
      {over && (
        <div className="drop" aria-hidden="true">
          <p>Drop certificates, bundles, logs or captures</p>
        </div>
      )}
      {problems.length > 0 && (
        <div className="file-problems" role="alert">
          <ul className="plain">
            {problems.map(({ name, reason }) => (
              <li key={name}>
                <Name>{name}</Name> was not read. {reason}
              </li>
            ))}
          </ul>
          <button type="button" className="link" onClick={() => actions.forgetFileProblems()}>
            Close
          </button>
        </div>
      )}
    </>
  )
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]') !== null
}
