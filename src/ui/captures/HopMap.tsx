import type { CaptureReport } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { Mark } from '../controls/Mark.tsx'
import { Name } from '../controls/Name.tsx'
import { hopName, statusTone, statusWord } from '../text/words.ts'
import { hopsOf } from './hops.ts'

/** The way from client to upstream, with the verdict at each hop; the first broken one is marked. */
export function HopMap({ captures }: { captures: readonly CaptureReport[] }) {
  const chosen = useApp((state) => state.capture)
  const hops = hopsOf(captures)
  if (hops.length === 0) return null
  const broken = hops.findIndex(({ status }) => status === 'broken')
  return (
    <ol className="hop-map" data-testid="hop-map" aria-label="Hops, from client to upstream">
      {hops[0]?.hop !== 'client' && <li className="hop hop-start">Client</li>}
      {hops.map(({ hop, status, captures: at }, index) => {
        const chosenHere = at.some((capture) => capture.index === chosen)
        const worst = at.find(({ verdict }) => verdict.status === status) ?? at[0]
        return (
          <li
            key={hop}
            className="hop"
            data-testid="hop"
            data-hop={hop}
            data-status={status}
            data-after-break={broken !== -1 && index > broken ? 'true' : undefined}
          >
            <button
              type="button"
              aria-pressed={chosenHere}
              onClick={() => actions.selectCapture(chosenHere || !worst ? null : worst.index)}
            >
              <Name>{hopName(hop)}</Name>
              <Mark tone={statusTone[status]} />
              <span className="offscreen">{statusWord[status]}</span>
              {at.length > 1 && <span className="muted">×{at.length}</span>}
            </button>
            {index === broken && <span className="hop-first">first broken</span>}
          </li>
        )
      })}
    </ol>
  )
}
