import { lazy, type ReactNode, Suspense, useState } from 'react'

/** Fetched while the page is still loading, so that it is there without a network. */
export const loadHelpDialog = () => import('./HelpDialog.tsx')

const HelpDialog = lazy(() => loadHelpDialog().then((module) => ({ default: module.HelpDialog })))

/** Opens the page of a rule, or the list of all. */
export function HelpButton({ rule, children }: { rule?: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="link"
        data-testid="help"
        aria-haspopup="dialog"
        aria-label={rule === undefined ? undefined : `What is this? ${rule}`}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {open && (
        <Suspense fallback={null}>
          <HelpDialog {...(rule === undefined ? {} : { rule })} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
