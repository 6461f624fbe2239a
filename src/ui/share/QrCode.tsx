import { useMemo } from 'react'
import { encode } from 'uqr'

/** Characters that a QR code of version 40 holds at the lowest correction, in byte mode (ISO/IEC 18004, table 7). */
const capacity = 2_953

/** The text as a QR code, drawn in one path. */
export function QrCode({ text }: { text: string }) {
  const drawing = useMemo(() => (text.length > capacity ? undefined : draw(text)), [text])
  if (!drawing) {
    return (
      <p className="muted">
        A QR code holds {capacity.toLocaleString()} characters, and this link is longer. A link of findings only is
        shorter.
      </p>
    )
  }
  return (
    <svg
      className="share-qr"
      viewBox={`0 0 ${drawing.size} ${drawing.size}`}
      role="img"
      aria-label="QR code of the link"
    >
      <rect width={drawing.size} height={drawing.size} fill="#fff" />
      <path d={drawing.path} fill="#000" />
    </svg>
  )
}

function draw(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(text, { ecc: 'L', border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return { size, path }
}
