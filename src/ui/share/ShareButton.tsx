import { lazy, Suspense, useState } from 'react'
import { useApp } from '../../store/app.ts'
import { Tool } from '../header/Tool.tsx'

/** Fetched while the page is still loading, so that it is there without a network. */
export const loadShareDialog = () => import('./ShareDialog.tsx')

const ShareDialog = lazy(() => loadShareDialog().then((module) => ({ default: module.ShareDialog })))

/** Opens the dialog that makes links and exports; there is something to share once there is a report. */
export function ShareButton() {
  const report = useApp((state) => state.report)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Tool
        sign="share"
        title="Share or export the report"
        data-testid="share"
        aria-haspopup="dialog"
        disabled={!report}
        onClick={() => setOpen(true)}
      >
        Share
      </Tool>
      {open && report && (
        <Suspense fallback={null}>
          <ShareDialog report={report} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
