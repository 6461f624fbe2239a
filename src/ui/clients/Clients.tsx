import { visible } from '../../core/visible.ts'
import type { Report } from '../../report/types.ts'
import { useApp } from '../../store/app.ts'
import { Mark } from '../controls/Mark.tsx'
import { leadingCapture, trustTone, trustWord } from '../text/words.ts'
import './clients.css'

/** Which kind of client trusts the chain, and why. */
export function Clients({ report }: { report: Report }) {
  const chosen = useApp((state) => state.capture)
  const index = chosen ?? leadingCapture(report)
  const clients = report.clients.filter(({ capture }) => capture === index)
  if (clients.length === 0) return null
  return (
    <section className="region" aria-labelledby="clients-title">
      <h2 id="clients-title">Who trusts it</h2>
      <table className="clients" data-testid="clients">
        <thead className="offscreen">
          <tr>
            <th scope="col">Client</th>
            <th scope="col">Verdict</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {clients.map(({ client, trusted, reason }) => (
            <tr key={client} data-trusted={trusted}>
              <th scope="row">{client}</th>
              <td>
                <Mark tone={trustTone[trusted]} />
                {trustWord[trusted]}
              </td>
              <td>{visible(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{visible(report.trustData)}</p>
    </section>
  )
}
