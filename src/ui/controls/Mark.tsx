import type { Tone } from '../text/words.ts'

/** A shape for each tone, so that none is told by colour alone: octagon, triangle, circle, diamond. */
const shapes: Record<Tone, { outline: string; sign: string }> = {
  error: { outline: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z', sign: 'M5.5 5.5l5 5m0-5l-5 5' },
  warning: { outline: 'M8 1.5L15.25 14.5H.75z', sign: 'M8 6.25v3.5m0 2.2v.1' },
  fine: { outline: 'M8 .9a7.1 7.1 0 1 1 0 14.2A7.1 7.1 0 0 1 8 .9z', sign: 'M4.7 8.2l2.3 2.4 4.3-4.9' },
  unknown: {
    outline: 'M8 .5L15.5 8 8 15.5.5 8z',
    sign: 'M6.3 6.7c0-2.1 3.4-2.1 3.4 0 0 1.2-1.7 1.3-1.7 2.6m0 1.95v.1',
  },
  info: { outline: 'M8 .9a7.1 7.1 0 1 1 0 14.2A7.1 7.1 0 0 1 8 .9z', sign: 'M8 7.4v3.9m0-6.5v.1' },
}

/** The sign of a severity or a status. Always beside its word, so it is hidden from screen readers. */
export function Mark({ tone, large = false }: { tone: Tone; large?: boolean }) {
  const { outline, sign } = shapes[tone]
  return (
    <svg className={large ? 'mark mark-large' : 'mark'} data-tone={tone} viewBox="0 0 16 16" aria-hidden="true">
      <path className="mark-outline" d={outline} />
      <path className="mark-sign" d={sign} />
    </svg>
  )
}
