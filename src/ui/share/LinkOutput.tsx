import { useState } from 'react'
import { knownLengths } from '../../share/limits.ts'
import type { LinkKind } from '../../worker/link-messages.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { QrCode } from './QrCode.tsx'
import type { LinkState } from './ShareDialog.tsx'

/** The link, its length, and what the length may break. */
export function LinkOutput({ link, base, kind }: { link: LinkState; base: string; kind: LinkKind }) {
  const [shown, setShown] = useState(false)
  const made = link.state === 'made'
  const address = made ? `${base}#${link.fragment}` : ''
  const warning = made ? knownLengths.findLast(({ characters }) => address.length > characters) : undefined
  const canShare = typeof navigator.share === 'function' && base !== ''
  return (
    <div className="share-output">
      <div className="share-link">
        <input
          readOnly
          aria-label="Link"
          data-testid="share-link"
          data-kind={kind}
          value={address}
          placeholder={link.state === 'failed' ? '' : 'Making the link'}
          onFocus={(event) => event.currentTarget.select()}
        />
        {made && <CopyButton text={address} label="the link" />}
        {made && canShare && (
          <button
            type="button"
            className="button"
            // Rejected when the person changes their mind, which is no fault.
            onClick={() => void navigator.share({ title: 'Weaklink report', url: address }).catch(() => {})}
          >
            Send
          </button>
        )}
      </div>
      <p className="share-length" role="status">
        {link.state === 'failed' && 'The link could not be made. Close the dialog and try again.'}
        {made && `${address.length.toLocaleString()} characters.`}
        {warning && <strong> {warning.where}</strong>}
      </p>
      {made && (
        <details className="share-more" onToggle={(event) => setShown(event.currentTarget.open)}>
          <summary>QR code</summary>
          {shown && <QrCode text={address} />}
        </details>
      )}
    </div>
  )
}
