import { useId, useState } from 'react'
import { saveLinkBase } from '../../store/preferences.ts'
import { isAddress, ownAddress } from './address.ts'

/** The address that links begin with; on a page from a file there is none until one is set. */
export function LinkBase({ base, onChange }: { base: string; onChange: (base: string) => void }) {
  const [text, setText] = useState(base)
  const id = useId()
  const own = ownAddress()
  const wrong = text !== '' && !isAddress(text)
  return (
    <details className="share-more" open={base === ''}>
      <summary>Address of the page in links</summary>
      <div className="share-field">
        <input
          type="url"
          aria-label="Address of the page in links"
          aria-invalid={wrong}
          aria-describedby={id}
          value={text}
          placeholder={own || 'https://tools.example.com/weaklink/'}
          onChange={(event) => {
            const next = event.currentTarget.value.trim()
            setText(next)
            if (next !== '' && !isAddress(next)) return
            saveLinkBase(next === own ? '' : next)
            onChange(next || own)
          }}
        />
        <small className="muted" id={id}>
          {wrong
            ? 'This is no web address without a fragment, so links keep the last one.'
            : base === ''
              ? 'This page was opened from a file. Name the copy that your colleagues use; without it the link is only a text to paste into any copy of this page.'
              : 'The copy that your colleagues can open. It is kept on this machine.'}
        </small>
      </div>
    </details>
  )
}
