import { useEffect, useState } from 'react'
import { visible } from '../../core/visible.ts'
import { actions, useApp } from '../../store/app.ts'
import { forgetAll, type HistoryEntry, readHistory } from '../../store/history.ts'
import { Mark } from '../controls/Mark.tsx'
import { minuteOf } from '../text/dates.ts'
import { statusTone, statusWord } from '../text/words.ts'
import './history.css'

/** Verdicts of earlier visits, if the user lets this browser keep them. */
export function History() {
  const on = useApp((state) => state.history)
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([])
  const [sought, setSought] = useState('')
  useEffect(() => {
    let current = true
    if (on) void readHistory().then((found) => current && setEntries(found))
    else setEntries([])
    return () => {
      current = false
    }
  }, [on])
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = entries.filter(({ headline, host, status }) =>
    words.every((word) => `${headline} ${host} ${status}`.toLowerCase().includes(word)),
  )
  return (
    <section aria-labelledby="history-title" data-testid="history">
      <h2 id="history-title" className="start-examples-title">
        Earlier verdicts
      </h2>
      <label className="history-switch">
        <input type="checkbox" checked={on} onChange={() => actions.keepHistory(!on)} /> Keep verdicts in this browser:
        findings only, no certificates and nothing of the paste but the lines that are quoted
      </label>
      {on && entries.length > 0 && (
        <>
          <p className="history-tools">
            <input
              type="search"
              className="field"
              aria-label="Search earlier verdicts"
              placeholder="Search"
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
            />{' '}
            <button
              type="button"
              className="button"
              onClick={() => {
                void forgetAll()
                setEntries([])
              }}
            >
              Delete all
            </button>
          </p>
          <ul className="history-list">
            {shown.map((entry) => (
              <li key={entry.at}>
                <button type="button" onClick={() => actions.openLink(entry.fragment)}>
                  <Mark tone={statusTone[entry.status]} />
                  <span>
                    <span className="offscreen">{statusWord[entry.status]}: </span>
                    {visible(entry.headline)}
                  </span>
                  <small className="muted">{minuteOf(new Date(entry.at).toISOString())}</small>
                </button>
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className="muted">None of them has these words.</p>}
        </>
      )}
      {on && entries.length === 0 && <p className="muted">None yet.</p>}
    </section>
  )
}
