import { visible } from '../../core/visible.ts'
import type { CaptureReport, DocumentSummary, Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import type { AnalysedDocument } from '../../store/state.ts'
import { Chevron } from '../controls/Menu.tsx'
import { Name } from '../controls/Name.tsx'
import { count, grouped } from '../text/dates.ts'
import { lineRange } from '../text/lines.ts'
import { whatWasRead } from './what-was-read.ts'
import './summary.css'

/** What was read of each document, and what was not, with its place and the reason. */
export function InputSummary({ report }: { report: Report }) {
  const analysed = useApp((state) => state.analysed)
  const skipped = report.documents.reduce((sum, document) => sum + document.skipped.length, 0)
  return (
    <section className="region" aria-label="What was read">
      <details className="read" open={skipped > 0}>
        <summary>
          <h2>What was read</h2>
          <span className="row-facts">
            {whatWasRead(report)}
            {skipped > 0 && `, ${count(skipped, 'part')} skipped`}
          </span>
          <Chevron />
        </summary>
        {report.documents.map((document) => (
          <DocumentRead
            key={document.index}
            document={document}
            captures={report.captures.filter((capture) => capture.document === document.index)}
            analysed={analysed[document.index]}
          />
        ))}
      </details>
    </section>
  )
}

/** Rows of one kind that are listed; the count says how many there are. */
const maximumRows = 40

function DocumentRead({
  document,
  captures,
  analysed,
}: {
  document: DocumentSummary
  captures: readonly CaptureReport[]
  analysed: AnalysedDocument | undefined
}) {
  const place = (start: number, end: number) =>
    analysed?.text === undefined ? (
      <span className="muted">{`bytes ${start}–${end}`}</span>
    ) : (
      <button type="button" className="link" onClick={() => actions.jumpTo({ document: document.index, start, end })}>
        {lineRange(analysed.text, start, end)}
      </button>
    )
  return (
    <div className="read-document">
      <h3>
        <Name>{document.name}</Name>
        <span className="muted">
          {document.binary ? ` binary, ${grouped(document.length)} bytes` : ` ${count(document.lines, 'line')}`}
          {document.secrets.length > 0 && `, ${count(document.secrets.length, 'secret')}`}
        </span>
      </h3>
      <ul>
        {captures.slice(0, maximumRows).map((capture) => (
          <li key={capture.index}>
            {place(capture.start, capture.end)}
            <span>
              {visible(capture.toolLabel)}
              {capture.served.length > 0 && `, ${count(capture.served.length, 'certificate')} sent`}
              {capture.command && (
                <code className="read-command">
                  <Name>{capture.command}</Name>
                </code>
              )}
            </span>
          </li>
        ))}
        {captures.length > maximumRows && <li className="muted">and {captures.length - maximumRows} more captures</li>}
        {document.skipped.slice(0, maximumRows).map((skipped) => (
          <li key={`skipped-${skipped.start}`}>
            {place(skipped.start, skipped.end)}
            <span>
              <strong>Skipped.</strong> {visible(skipped.reason)}
            </span>
          </li>
        ))}
        {document.skipped.length > maximumRows && (
          <li className="muted">and {document.skipped.length - maximumRows} more skipped parts</li>
        )}
      </ul>
    </div>
  )
}
