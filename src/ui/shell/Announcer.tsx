import { useApp } from '../../store/app.ts'
import { statusWord } from '../text/words.ts'

/** Tells screen readers the verdict when it changes. */
export function Announcer() {
  const message = useApp(({ status, report }) => {
    if (status !== 'done' || !report) return null
    return `${statusWord[report.verdict.status]}. ${report.verdict.headline}`
  })
  return (
    <div className="offscreen" role="status" aria-live="polite">
      {message}
    </div>
  )
}
