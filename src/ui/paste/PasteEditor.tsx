import { useEffect, useRef } from 'react'
import { actions, appStore, useApp } from '../../store/app.ts'
import { useEditor } from './use-editor.ts'
import { useMarks } from './use-marks.ts'

const label = 'Tool output to analyse'
const hint = 'Paste what a tool or a log says, or certificates. Files and folders can be dropped anywhere.'

/**
 * Where tool output is pasted. A plain text field until the editor is there, so that nobody waits for it; what was
 * typed, the caret and the focus move over.
 */
export function PasteEditor() {
  const host = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const revision = useApp((state) => state.textRevision)
  const handle = useEditor(
    host,
    () => ({
      text: field.current?.value ?? appStore.getState().text,
      label,
      placeholder: hint,
      testId: 'paste',
      readOnly: false,
      onEdit: (read, pasted) => actions.edited(read, pasted ? 'pasted' : 'typed'),
    }),
    (created) => {
      const plain = field.current
      if (plain && document.activeElement === plain) {
        created.focus({ anchor: plain.selectionStart, head: plain.selectionEnd })
      }
    },
  )
  useMarks(handle, 'paste')

  const seen = useRef(revision)
  useEffect(() => {
    if (seen.current === revision) return
    seen.current = revision
    const { text } = appStore.getState()
    if (handle) handle.setText(text)
    else if (field.current) field.current.value = text
  }, [handle, revision])

  // On a wide page one pastes at once; on a telephone a keyboard would hide the page.
  useEffect(() => {
    if (matchMedia('(min-width: 721px)').matches && document.activeElement === document.body) field.current?.focus()
  }, [])

  return (
    <div className="editor" ref={host}>
      {!handle && (
        <textarea
          ref={field}
          className="editor-plain"
          data-testid="paste"
          aria-label={label}
          placeholder={hint}
          defaultValue={appStore.getState().text}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onPaste={() => {
            const { current } = field
            setTimeout(() => current && actions.edited(() => current.value, 'pasted'))
          }}
          onChange={(event) => {
            const { currentTarget } = event
            actions.edited(() => currentTarget.value, 'typed')
          }}
        />
      )}
    </div>
  )
}
