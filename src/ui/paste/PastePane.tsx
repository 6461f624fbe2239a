import { actions, useApp } from '../../store/app.ts'
import { Chevron } from '../controls/Menu.tsx'
import { Name } from '../controls/Name.tsx'
import { LockedFiles } from '../files/LockedFiles.tsx'
import { whatWasRead } from '../summary/what-was-read.ts'
import { count } from '../text/dates.ts'
import { FileViewer } from './FileViewer.tsx'
import { PasteEditor } from './PasteEditor.tsx'
import './paste.css'

/** The left side: the paste, a tab for each file, and what was read of them. On a narrow page it folds to a bar. */
export function PastePane() {
  const open = useApp((state) => state.pasteOpen)
  const shown = useApp((state) => state.shown)
  const files = useApp((state) => state.files)
  const report = useApp((state) => state.report)
  const status = useApp((state) => state.status)
  const file = files.find(({ id }) => id === shown)
  const read = report ? whatWasRead(report) : ''

  return (
    <section className="paste" aria-label="Paste" data-open={open}>
      <div className="paste-bar">
        <button
          type="button"
          className="paste-fold"
          aria-expanded={open}
          aria-controls="paste-body"
          onClick={() => actions.openPaste(!open)}
        >
          <span className="paste-word">Paste</span>
          <span className="muted">{read || 'Nothing read yet'}</span>
          <Chevron />
        </button>
        <DocumentTabs />
        <span className="paste-read muted">{status === 'empty' ? '' : read}</span>
        <Secrets />
      </div>
      <LockedFiles />
      <div className="paste-body" id="paste-body">
        <div className="paste-document" hidden={file !== undefined}>
          <PasteEditor />
        </div>
        {file && (
          <div className="paste-document">
            <FileViewer key={file.id} file={file} />
          </div>
        )}
      </div>
    </section>
  )
}

/** `Paste` alone, or with a choice of the files beside it. */
function DocumentTabs() {
  const shown = useApp((state) => state.shown)
  const files = useApp((state) => state.files)
  if (files.length === 0) return <h2 className="paste-title">Paste</h2>
  return (
    <ul className="documents" aria-label="Documents">
      <li>
        <button type="button" aria-pressed={shown === 'paste'} onClick={() => actions.show('paste')}>
          Paste
        </button>
      </li>
      {files.map((file) => (
        <li key={file.id}>
          <button type="button" aria-pressed={shown === file.id} onClick={() => actions.show(file.id)}>
            <Name>{file.name}</Name>
          </button>
          <button
            type="button"
            className="remove"
            aria-label={`Remove ${file.name}`}
            title="Remove"
            onClick={() => actions.removeFile(file.id)}
          >
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="M3 3l6 6m0-6l-6 6" />
            </svg>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Says that secrets are hidden, and shows them when asked to. */
function Secrets() {
  const report = useApp((state) => state.report)
  const shown = useApp((state) => state.secretsShown)
  const secrets = report?.documents.reduce((sum, document) => sum + document.secrets.length, 0) ?? 0
  if (secrets === 0) return null
  return (
    <span className="secrets">
      {count(secrets, 'secret')} {shown ? 'shown' : 'hidden'}
      <button type="button" className="link" onClick={() => actions.showSecrets(!shown)}>
        {shown ? 'Hide' : 'Reveal'}
      </button>
    </span>
  )
}
