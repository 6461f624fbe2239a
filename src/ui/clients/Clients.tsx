import { visible } from '../../core/visible.ts'
import type { ClientVerdict, Report } from '../../report/types.ts'
import { useApp } from '../../store/app.ts'
import { Mark } from '../controls/Mark.tsx'
import { Chevron } from '../controls/Menu.tsx'
import { leadingCapture, trustTone, trustWord } from '../text/words.ts'
import './clients.css'

/** Which kind of client trusts the chain, and why. Clients with the same verdict for the same reason share a row. */
export function Clients({ report }: { report: Report }) {
  const chosen = useApp((state) => state.capture)
  const index = chosen ?? leadingCapture(report)
  const verdicts = report.clients.filter(({ capture }) => capture === index)
  const rows = rowsOf(verdicts)
  if (rows.length === 0) return null
  return (
    <section className="region" aria-labelledby="clients-title">
      <h2 id="clients-title">Who trusts it</h2>
      <table className="clients" data-testid="clients">
        <thead className="offscreen">
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Clients and why</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ clients, trusted, reason }) => (
            <tr key={clients[0]?.client} data-trusted={trusted}>
              <th scope="row">
                <Mark tone={trustTone[trusted]} />
                {trustWord[trusted]}
              </th>
              <td>
                <ul aria-label={clients.length === 1 ? undefined : `${clients.length} clients`}>
                  {clients.map(({ client, asOf }) => (
                    <li key={client} title={asOf}>
                      {client}
                    </li>
                  ))}
                </ul>
                <p>{visible(reason)}</p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{visible(report.trustData)}</p>
      <Origins verdicts={verdicts} />
    </section>
  )
}

/** On what each verdict rests: the same as the titles of the names, for those who do not point with a mouse. */
function Origins({ verdicts }: { verdicts: readonly ClientVerdict[] }) {
  const known = verdicts.filter(({ asOf }) => asOf !== undefined)
  if (known.length === 0) return null
  return (
    <details className="client-origins">
      <summary>
        Dates and sources of these verdicts <Chevron />
      </summary>
      <dl>
        {known.map(({ client, asOf }) => (
          <div key={client}>
            <dt>{client}</dt>
            <dd>{asOf}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

interface Row extends Pick<ClientVerdict, 'trusted' | 'reason'> {
  readonly clients: readonly ClientVerdict[]
}

function rowsOf(verdicts: readonly ClientVerdict[]): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const verdict of verdicts) {
    const { trusted, reason } = verdict
    const key = `${trusted} ${reason}`
    rows.set(key, { trusted, reason, clients: [...(rows.get(key)?.clients ?? []), verdict] })
  }
  return [...rows.values()]
}
