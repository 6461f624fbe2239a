import { type FormEvent, useState } from 'react'
import { visible } from '../../core/visible.ts'
import type { Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { Command } from '../controls/Command.tsx'
import { Mark } from '../controls/Mark.tsx'
import { Breakable, Name } from '../controls/Name.tsx'
import {
  captureTarget,
  confidenceWords,
  hopName,
  judgedAt,
  leadingCapture,
  ownerWords,
  settlingCommand,
  statusTone,
  statusWord,
} from '../text/words.ts'
import './verdict.css'

/** The answer, in one sentence, and who has to act on it. Of the chosen capture, or of the whole input. */
export function Verdict({ report, busy }: { report: Report; busy: boolean }) {
  const chosen = useApp((state) => state.capture)
  const capture = report.captures[chosen ?? leadingCapture(report)]
  const verdict = chosen === null || !capture ? report.verdict : capture.verdict
  const finding = report.findings.find(({ id }) => id === verdict.finding)
  const { status, cause, owner, hop, headline } = verdict
  const settles = settlingCommand(verdict, finding)

  return (
    <section
      className="verdict"
      id="verdict"
      tabIndex={-1}
      aria-label="Verdict"
      data-testid="verdict"
      data-status={status}
      data-cause={cause}
      data-owner={owner}
      data-hop={hop ?? ''}
      data-tone={statusTone[status]}
      aria-busy={busy}
    >
      <h2>
        <span className="verdict-status">
          <Mark tone={statusTone[status]} large />
          {statusWord[status]}
        </span>
        <span className="verdict-headline">
          <Breakable>{visible(headline)}</Breakable>
        </span>
      </h2>
      <dl className="verdict-facts">
        {hop && (
          <div>
            <dt>Fix at</dt>
            <dd>
              <strong>
                <Name>{hopName(hop)}</Name>
              </strong>
              {capture?.host && (
                <>
                  {', '}
                  <Name className="mono">{captureTarget(capture)}</Name>
                </>
              )}
            </dd>
          </div>
        )}
        <div>
          <dt>Owner</dt>
          <dd>
            <strong>{ownerWords(owner, hop)}</strong>
          </dd>
        </div>
        {finding && (
          <div>
            <dt>Confidence</dt>
            <dd title={confidenceWords[finding.confidence]}>
              <strong>{finding.confidence}</strong>
            </dd>
          </div>
        )}
      </dl>
      <dl className="verdict-facts verdict-terms">
        <div>
          <dt>Judged at</dt>
          <dd>{judgedAt(capture ?? report)}</dd>
        </div>
        <HostFact host={capture?.host} />
      </dl>
      {settles && (
        <div className="verdict-next">
          <p>To settle it, run this and paste what it prints</p>
          <Command text={settles} label="the next command" />
        </div>
      )}
    </section>
  )
}

/** The name that certificates are checked against, and a way to set another. */
function HostFact({ host }: { host: string | undefined }) {
  const override = useApp((state) => state.host)
  const [editing, setEditing] = useState(false)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    actions.setHost(String(new FormData(event.currentTarget).get('host') ?? '').trim())
    setEditing(false)
  }

  return (
    <div>
      <dt>Checked for</dt>
      <dd>
        {editing ? (
          <form className="host-form" onSubmit={submit}>
            <input
              name="host"
              className="field mono"
              aria-label="Host to check names against"
              placeholder="from the paste"
              defaultValue={override || host || ''}
              // biome-ignore lint/a11y/noAutofocus: it opens because its button was pressed
              autoFocus
              spellCheck={false}
              autoCapitalize="off"
              onKeyDown={(event) => {
                if (event.key === 'Escape') setEditing(false)
              }}
            />
            <button type="submit" className="link">
              Set
            </button>
          </form>
        ) : (
          <>
            {override || host ? (
              <Name className="mono">{override || host || ''}</Name>
            ) : (
              'no host: the paste names none'
            )}{' '}
            <button type="button" className="link" onClick={() => setEditing(true)}>
              Change
            </button>
            {override !== '' && (
              <button type="button" className="link" onClick={() => actions.setHost('')}>
                As pasted
              </button>
            )}
          </>
        )}
      </dd>
    </div>
  )
}
