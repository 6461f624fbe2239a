import { useEffect, useState } from 'react'
import { copyText } from './clipboard.ts'

/** Copies `text`. Says so in place, without changing its width. */
export function CopyButton({
  text,
  label,
  word = 'Copy',
}: {
  /** A function is asked when the button is pressed: for texts that take time to make. */
  text: string | (() => string)
  label: string
  word?: string
}) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), 1600)
    return () => clearTimeout(timer)
  }, [outcome])
  const shown = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Refused' : word
  return (
    <button
      type="button"
      className="copy"
      data-outcome={outcome ?? undefined}
      aria-label={outcome ? `${shown}: ${label}` : `Copy ${label}`}
      onClick={async () =>
        setOutcome((await copyText(typeof text === 'string' ? text : text())) ? 'copied' : 'refused')
      }
    >
      {/* The longest word keeps the width. */}
      <span className="copy-widest" aria-hidden="true">
        {word.length > 7 ? word : 'Refused'}
      </span>
      <span className="copy-word" aria-hidden="true">
        {shown}
      </span>
    </button>
  )
}
