import { type FormEvent, useId, useState } from 'react'
import { visible } from '../../core/visible.ts'
import type { Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import type { Linked } from '../../store/state.ts'
import { version } from '../../store/version.ts'
import { minuteOf } from '../text/dates.ts'
import './from-link.css'

/** Says that what is shown came by a link, and what of it was verified here; or why it is not shown. */
export function FromLink() {
  const linked = useApp((state) => state.linked)
  const report = useApp((state) => state.report)
  if (!linked) return null
  if (linked.state === 'locked') return <Unlock key={linked.fragment} linked={linked} />
  return (
    <section className="from-link" data-testid="from-link" data-state={linked.state} aria-label="About the link">
      {linked.state === 'opening' && <p role="status">Opening the link.</p>}
      {linked.state === 'failed' && (
        <p role="alert">
          <strong>The link could not be opened.</strong> {faults[linked.fault]} The page works as usual: paste what you
          have.
        </p>
      )}
      {linked.state === 'open' && <Opened linked={linked} report={report} />}
    </section>
  )
}

const faults: Readonly<Record<Extract<Linked, { state: 'failed' }>['fault'], string>> = {
  'not-a-link': 'What stands behind the # was not made by this program.',
  cut: 'Its end is missing: some program cut it. Ask for it as a file, or for findings only, which are shorter.',
  damaged: 'Something changed it on the way. Copy it again as a whole.',
  'too-new': 'A newer version of this program made it. Reload this page, or use a newer copy of it.',
  'too-large': 'It holds more than this page takes from a link.',
  'needs-passphrase': 'It needs its passphrase.',
  'wrong-passphrase': 'The passphrase is not the right one.',
  invalid: 'Its content is not what this program writes.',
  failed: 'The part of this page that opens links stopped. Reload the page and try again.',
}

function Opened({ linked, report }: { linked: Extract<Linked, { state: 'open' }>; report: Report | null }) {
  return (
    <>
      <p>
        <strong>{linked.kind === 'findings' ? 'Findings from a link' : 'Opened from a link'}</strong>{' '}
        {linked.kind === 'findings' ? (
          <span data-verified="no">
            They are the sender’s. Nothing was verified here, because the certificates are not in the link.
          </span>
        ) : (
          report && linked.sender && <Verified sender={linked.sender} report={report} made={linked.version} />
        )}
        {linked.encrypted && ' It was encrypted.'}
      </p>
      <button type="button" className="button" onClick={() => actions.leaveLink()}>
        Close
      </button>
    </>
  )
}

type Sender = NonNullable<Extract<Linked, { state: 'open' }>['sender']>

/** The sender's verdict against the one made here. */
function Verified({ sender, report, made }: { sender: Sender; report: Report; made: string }) {
  const { verdict } = report
  const same =
    sender.status === verdict.status && sender.cause === verdict.cause && sender.headline === verdict.headline
  if (same) return <span data-verified="same">Re-verified here, with the sender’s result.</span>
  const reasons = [
    ...(made === version ? [] : [`the sender used version ${made}, this is ${version}`]),
    ...(sender.evaluatedAt === report.evaluatedAt
      ? []
      : [`the sender judged at ${minuteOf(sender.evaluatedAt)}, this page at ${minuteOf(report.evaluatedAt)}`]),
  ]
  return (
    <span data-verified="differs">
      Re-verified here, and the result differs. The sender saw: “{visible(sender.headline)}” ({visible(sender.status)}
      ).{reasons.length > 0 && ` Why it may differ: ${reasons.map(visible).join('; ')}.`}
    </span>
  )
}

function Unlock({ linked }: { linked: Extract<Linked, { state: 'locked' }> }) {
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const id = useId()
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (passphrase === '') return
    setBusy(true)
    actions.openLink(linked.fragment, passphrase)
  }
  // A new answer is a new object: the form is ready again.
  const [answered, setAnswered] = useState(linked)
  if (answered !== linked) {
    setAnswered(linked)
    setBusy(false)
  }
  return (
    <section className="from-link" data-testid="from-link" data-state="locked" aria-label="About the link">
      <form onSubmit={onSubmit}>
        <label htmlFor={id}>
          <strong>This link is encrypted.</strong> Its passphrase:
        </label>{' '}
        <input
          id={id}
          type="password"
          autoComplete="off"
          data-testid="passphrase"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />{' '}
        <button type="submit" className="button" disabled={busy || passphrase === ''}>
          {busy ? 'Opening' : 'Open'}
        </button>
        {linked.wrong && !busy && <p role="alert">That is not the passphrase of this link.</p>}
      </form>
    </section>
  )
}
