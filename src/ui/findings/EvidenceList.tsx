import type { Finding } from '../../core/finding.ts'
import { visible, visibleLines } from '../../core/visible.ts'
import type { Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { lineRange } from '../text/lines.ts'

/** Each place a finding rests on: a button that shows it in the paste, and the words themselves. */
export function EvidenceList({ finding, report }: { finding: Finding; report: Report }) {
  const { evidence } = finding
  const analysed = useApp((state) => state.analysed)
  const secretsShown = useApp((state) => state.secretsShown)
  if (evidence.length === 0) return null
  return (
    <div className="evidence">
      <h3>Evidence</h3>
      <ul>
        {evidence.map((place) => {
          const document = analysed[place.document]
          const text = document?.text
          const summary = report.documents[place.document]
          const secret = summary?.secrets.find(({ start, end }) => start < place.end && end > place.start)
          const where = text === undefined ? '' : lineRange(text, place.start, place.end)
          const prefix = document && document.key !== 'paste' ? `${visible(document.name)}, ` : ''
          return (
            <li key={`${place.document}-${place.start}-${place.end}`}>
              {text === undefined ? (
                <span className="muted">{visible(summary?.name ?? 'file')}</span>
              ) : (
                <button type="button" className="link" onClick={() => actions.jumpTo(place, finding.id)}>
                  {prefix}
                  {where}
                </button>
              )}
              <q className="quote">{secret && !secretsShown ? `${secret.kind} hidden` : visibleLines(place.quote)}</q>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
