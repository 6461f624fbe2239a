import { Fragment, type ReactNode, useEffect, useRef } from 'react'
import { visible } from '../../core/visible.ts'
import { actions, useApp } from '../../store/app.ts'
import { Captures } from '../captures/Captures.tsx'
import { Certificates } from '../certificates/Certificates.tsx'
import { Chain } from '../chain/Chain.tsx'
import { Clients } from '../clients/Clients.tsx'
import { ErrorBoundary } from '../controls/ErrorBoundary.tsx'
import { Findings } from '../findings/Findings.tsx'
import { Repair } from '../repair/Repair.tsx'
import { FromLink } from '../share/FromLink.tsx'
import { Start } from '../start/Start.tsx'
import { InputSummary } from '../summary/InputSummary.tsx'
import { Verdict } from '../verdict/Verdict.tsx'

/** The right side: how to begin, or the answer. */
export function Results() {
  const status = useApp((state) => state.status)
  const report = useApp((state) => state.report)
  const error = useApp((state) => state.error)
  const generation = useApp((state) => state.generation)
  const busy = status === 'analysing'
  const pane = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each new input
  useEffect(() => {
    const frame = requestAnimationFrame(() => pane.current?.scrollTo(0, 0))
    return () => cancelAnimationFrame(frame)
  }, [generation])
  return (
    <div className="results" ref={pane} id="results" tabIndex={-1} data-status={status}>
      {busy && (
        <div className="progress" data-testid="progress" role="progressbar" aria-label="Analysing">
          <i />
        </div>
      )}
      <FromLink />
      {status === 'empty' && <Start />}
      {status === 'error' && <Failed message={error ?? ''} />}
      {status !== 'empty' && !report && busy && <p className="reading muted">Reading the paste.</p>}
      {report && status !== 'empty' && (
        <Fragment key={generation}>
          <Part what="the verdict" report={report}>
            <Verdict report={report} busy={busy} />
          </Part>
          <Part what="the captures" report={report}>
            <Captures report={report} />
          </Part>
          <Part what="the chain" report={report}>
            <Chain report={report} />
          </Part>
          <Part what="the findings" report={report}>
            <Findings report={report} />
          </Part>
          <Part what="the files" report={report}>
            <Repair report={report} />
          </Part>
          <Part what="who trusts it" report={report}>
            <Clients report={report} />
          </Part>
          <Part what="the certificates" report={report}>
            <Certificates report={report} />
          </Part>
          <Part what="what was read" report={report}>
            <InputSummary report={report} />
          </Part>
        </Fragment>
      )}
    </div>
  )
}

function Part({ what, report, children }: { what: string; report: unknown; children: ReactNode }) {
  return (
    <ErrorBoundary what={what} resetKey={report}>
      {children}
    </ErrorBoundary>
  )
}

function Failed({ message }: { message: string }) {
  return (
    <div className="fault" role="alert">
      <p>
        <strong>The analysis stopped before it had an answer.</strong> What you pasted is kept.
      </p>
      <p className="muted mono">{visible(message)}</p>
      <p>
        <button type="button" className="button" onClick={() => actions.retry()}>
          Try again
        </button>{' '}
        If it stops again, cut the paste in two: the part that still fails holds the cause.
      </p>
    </div>
  )
}
