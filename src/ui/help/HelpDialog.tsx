import { type MouseEvent, useEffect, useId, useRef, useState } from 'react'
import { RuleList } from './RuleList.tsx'
import { RulePage } from './RulePage.tsx'
import pages from './rule-pages.json'
import './help.css'

/** The rules, one page each, or all of them as a list with a search. Generated from the rules; nothing is fetched. */
export function HelpDialog({ rule, onClose }: { rule?: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const id = useId()
  const [slug, setSlug] = useState(rule)
  const [words, setWords] = useState('')
  const page = pages.find((candidate) => candidate.slug === slug)

  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
  }, [])

  // Another page begins at its top, and a screen reader says which one it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies(page): once for each page
  useEffect(() => {
    dialog.current?.scrollTo(0, 0)
    title.current?.focus()
  }, [page])

  function onBackdrop(event: MouseEvent) {
    if (event.target === dialog.current) dialog.current?.close()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      className="help"
      ref={dialog}
      aria-labelledby={`${id}-title`}
      data-testid="help-dialog"
      onClose={onClose}
      onClick={onBackdrop}
    >
      <div className="help-inner">
        <header className="help-head">
          <h2 id={`${id}-title`} ref={title} tabIndex={-1}>
            {page ? page.slug : 'What Weaklink looks for'}
          </h2>
          <span className="help-tools">
            {page && (
              <button type="button" className="button" onClick={() => setSlug(undefined)}>
                All rules
              </button>
            )}
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </span>
        </header>
        {page ? (
          <RulePage page={page} />
        ) : (
          <RuleList pages={pages} words={words} onWords={setWords} onChoose={setSlug} />
        )}
      </div>
    </dialog>
  )
}
