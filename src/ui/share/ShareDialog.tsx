import { type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type RedactionClass, redact } from '../../report/redact.ts'
import type { Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { readRedaction, saveRedaction } from '../../store/preferences.ts'
import type { LinkKind } from '../../worker/link-messages.ts'
import { startAddress } from './address.ts'
import { Exports } from './Exports.tsx'
import { LinkBase } from './LinkBase.tsx'
import { LinkOutput } from './LinkOutput.tsx'
import { Redaction } from './Redaction.tsx'
import './share.css'

const kinds: readonly { readonly kind: LinkKind; readonly label: string; readonly detail: string }[] = [
  {
    kind: 'findings',
    label: 'Findings only',
    detail: 'The verdict, the findings and the outline of the chain. No certificates, none of the rest of the paste.',
  },
  {
    kind: 'certificates',
    label: 'Findings with certificates',
    detail: 'Certificates and the lines that the judgement rests on. Judged again where the link is opened.',
  },
  {
    kind: 'input',
    label: 'Whole input',
    detail: 'Everything that was pasted, without its secrets. Judged again where the link is opened.',
  },
]

/** Pause after a keystroke in the passphrase before the link is made anew, in milliseconds. */
const typingPause = 400

/** Makes a link or an export of the report. Everything happens in this browser; the link itself is the data. */
export function ShareDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const linked = useApp((state) => state.linked)
  // What came without certificates can only be passed on without them.
  const bare = linked?.state === 'open' && linked.kind === 'findings'
  const [chosen, setChosen] = useState<LinkKind>(bare ? 'findings' : 'certificates')
  const [classes, setClasses] = useState<ReadonlySet<RedactionClass>>(readRedaction)
  const [passphrase, setPassphrase] = useState('')
  const [base, setBase] = useState(startAddress)
  const redacted = useMemo(() => redact(report, classes), [report, classes])
  const onlyFindings = bare || classes.size > 0
  const kind = onlyFindings ? 'findings' : chosen
  const link = useFragment(kind, redacted.report, passphrase)

  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
  }, [])

  function onBackdrop(event: MouseEvent) {
    if (event.target === dialog.current) dialog.current?.close()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog className="share" ref={dialog} aria-labelledby={`${id}-title`} onClose={onClose} onClick={onBackdrop}>
      <div className="share-inner">
        <header className="share-head">
          <h2 id={`${id}-title`}>Share</h2>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <p className="muted">
          The link carries its data behind the #, which browsers send to no server. Keys, passwords and session secrets
          are never in it.
        </p>
        <div className="share-fields">
          <label className="share-field">
            <span>What the link carries</span>
            <select
              data-testid="share-kind"
              value={kind}
              onChange={(event) => setChosen(event.currentTarget.value as LinkKind)}
            >
              {kinds.map((one) => (
                <option key={one.kind} value={one.kind} disabled={onlyFindings && one.kind !== 'findings'}>
                  {one.label}
                </option>
              ))}
            </select>
            <small className="muted">
              {kinds.find((one) => one.kind === kind)?.detail}
              {classes.size > 0 &&
                ' Certificates cannot be redacted, so this is the only kind while something is hidden.'}
            </small>
          </label>
          <label className="share-field">
            <span>Passphrase (optional)</span>
            <input
              type="password"
              autoComplete="new-password"
              data-testid="passphrase"
              value={passphrase}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
            />
            <small className="muted">
              {passphrase === ''
                ? 'Without one, whoever has the link can read it.'
                : 'Nothing can be read without it. Send it by another way than the link.'}
            </small>
          </label>
        </div>
        <Redaction
          classes={classes}
          replacements={redacted.replacements}
          onChange={(next) => {
            setClasses(next)
            saveRedaction(next)
          }}
        />
        <LinkOutput link={link} base={base} kind={kind} />
        <LinkBase base={base} onChange={setBase} />
        <Exports
          report={redacted.report}
          link={link.state === 'made' && base !== '' ? `${base}#${link.fragment}` : undefined}
        />
      </div>
    </dialog>
  )
}

export type LinkState =
  | { readonly state: 'making' }
  | { readonly state: 'made'; readonly fragment: string }
  | { readonly state: 'failed' }

/** The fragment for what is chosen; the latest choice wins. */
function useFragment(kind: LinkKind, report: Report, passphrase: string): LinkState {
  const [link, setLink] = useState<LinkState>({ state: 'making' })
  useEffect(() => {
    let current = true
    setLink({ state: 'making' })
    const timer = setTimeout(
      async () => {
        const fragment = await actions.makeLink({ kind, report, passphrase })
        if (current) setLink(fragment === undefined ? { state: 'failed' } : { state: 'made', fragment })
      },
      passphrase === '' ? 0 : typingPause,
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [kind, report, passphrase])
  return link
}
