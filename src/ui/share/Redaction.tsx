import { visible } from '../../core/visible.ts'
import { type RedactionClass, type Replacement, redactionClasses } from '../../report/redact.ts'

const labels: Readonly<Record<RedactionClass, string>> = {
  hosts: 'Host names',
  addresses: 'IP addresses',
  organisations: 'Organisations',
  serials: 'Serial numbers',
  fingerprints: 'Fingerprints',
}

/** Rows of the preview; a paste of many hosts has thousands. */
const shownRows = 200

/** What is replaced by placeholders, with a preview. It holds for the link and for what is copied or saved here. */
export function Redaction({
  classes,
  replacements,
  onChange,
}: {
  classes: ReadonlySet<RedactionClass>
  replacements: readonly Replacement[]
  onChange: (classes: ReadonlySet<RedactionClass>) => void
}) {
  const all = classes.size === redactionClasses.length
  return (
    <fieldset className="share-redaction" data-testid="redaction">
      <legend>Hide in links and exports</legend>
      <div className="share-classes">
        <label>
          <input type="checkbox" checked={all} onChange={() => onChange(new Set(all ? [] : redactionClasses))} /> All of
          these
        </label>
        {redactionClasses.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              name={one}
              checked={classes.has(one)}
              onChange={() => {
                const next = new Set(classes)
                if (!next.delete(one)) next.add(one)
                onChange(next)
              }}
            />{' '}
            {labels[one]}
          </label>
        ))}
      </div>
      {classes.size > 0 && (
        <details className="share-more">
          <summary>
            {replacements.length === 0 ? 'Nothing to hide was found' : `${replacements.length} values are replaced`}
          </summary>
          <table className="share-replaced">
            <thead>
              <tr>
                <th scope="col">In the paste</th>
                <th scope="col">In the link</th>
              </tr>
            </thead>
            <tbody>
              {replacements.slice(0, shownRows).map(({ original, placeholder }) => (
                <tr key={placeholder}>
                  <td className="mono">{visible(original)}</td>
                  <td className="mono">{placeholder}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">
            {replacements.length > shownRows && `The first ${shownRows} are shown. `}
            Names of public CAs stay. Read the result before you send it: a name in free text that is found nowhere else
            in the paste may have been missed.
          </p>
        </details>
      )}
    </fieldset>
  )
}
