import { useId } from 'react'
import type { DocumentSummary } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { Name } from '../controls/Name.tsx'
import './files.css'

/** Asks in place for the passwords of key stores. They stay in memory and go to the engine alone. */
export function LockedFiles() {
  const report = useApp((state) => state.report)
  const analysed = useApp((state) => state.analysed)
  const files = useApp((state) => state.files)
  const locked = (report?.documents ?? []).flatMap((document) => {
    const key = analysed[document.index]?.key
    return document.locked && typeof key === 'number' && files.some(({ id }) => id === key)
      ? [{ id: key, document }]
      : []
  })
  if (locked.length === 0) return null
  return (
    <section className="locked" aria-label="Files that need a password">
      {locked.map(({ id, document }) => (
        <LockedFile key={id} id={id} document={document} />
      ))}
    </section>
  )
}

function LockedFile({ id, document }: { id: number; document: DocumentSummary }) {
  const field = useId()
  const wrong = document.locked?.wrongPassword === true
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const password = new FormData(event.currentTarget).get('password')
        actions.unlock(id, typeof password === 'string' ? password : '')
      }}
    >
      <label htmlFor={field}>
        Password of <Name>{document.name}</Name>
      </label>
      <input
        id={field}
        className="field"
        type="password"
        name="password"
        autoComplete="off"
        data-testid="file-password"
        aria-invalid={wrong}
        aria-describedby={`${field}-note`}
      />
      <button type="submit" className="button">
        Open
      </button>
      <p id={`${field}-note`} className="muted" role={wrong ? 'alert' : undefined}>
        {wrong ? 'This password does not open it. ' : ''}
        It stays in this page and is forgotten with it. Private keys are not read.
      </p>
    </form>
  )
}
