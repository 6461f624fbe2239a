import { useState } from 'react'
import { visible } from '../../core/visible.ts'
import type { CaptureReport, Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { Mark } from '../controls/Mark.tsx'
import { Breakable, Name } from '../controls/Name.tsx'
import { captureTarget, hopName, statusTone, statusWord } from '../text/words.ts'
import { HopMap } from './HopMap.tsx'
import './captures.css'

/** Captures listed before one asks for the rest. */
const firstShown = 40

/** When there is more than one capture: the way from client to upstream, and a row for each capture. */
export function Captures({ report }: { report: Report }) {
  const chosen = useApp((state) => state.capture)
  const [all, setAll] = useState(false)
  const { captures } = report
  if (captures.length < 2) return null
  return (
    <section className="region" aria-labelledby="captures-title">
      <h2 id="captures-title">
        Captures <span className="muted">({captures.length})</span>
        {chosen !== null && (
          <button type="button" className="link" onClick={() => actions.selectCapture(null)}>
            Show all
          </button>
        )}
      </h2>
      <HopMap captures={captures} />
      <ul className="captures">
        {(all ? captures : captures.slice(0, firstShown)).map((capture) => (
          <CaptureRow
            key={capture.index}
            capture={capture}
            chosen={chosen === capture.index}
            withTool={captures.some(({ toolLabel }) => toolLabel !== capture.toolLabel)}
          />
        ))}
      </ul>
      {!all && captures.length > firstShown && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          Show the other {captures.length - firstShown}
        </button>
      )}
    </section>
  )
}

function CaptureRow({
  capture,
  chosen,
  withTool,
}: {
  capture: CaptureReport
  chosen: boolean
  /** Captures of several tools are told apart by them. */
  withTool: boolean
}) {
  const { status, headline } = capture.verdict
  const about = [...(capture.hop ? [hopName(capture.hop)] : []), ...(withTool ? [capture.toolLabel] : [])].join(', ')
  return (
    <li>
      <button
        type="button"
        className="capture"
        aria-pressed={chosen}
        onClick={() => actions.selectCapture(chosen ? null : capture.index)}
      >
        <span className="capture-number">{capture.index + 1}</span>
        <Mark tone={statusTone[status]} />
        <span className="capture-text">
          <span>
            <Name className="capture-target">{captureTarget(capture)}</Name>{' '}
            <span className="muted">{visible(about)}</span>
          </span>
          <span className="capture-headline">
            {statusWord[status]}: <Breakable>{visible(headline)}</Breakable>
          </span>
        </span>
      </button>
    </li>
  )
}
