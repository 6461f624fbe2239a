import { Fragment } from 'react'
import type { FixPlaceholder } from '../../core/finding.ts'
import { visibleLines } from '../../core/visible.ts'
import { CopyButton } from '../controls/CopyButton.tsx'

/** Text of a fix with what is left to fill in marked. */
export function Filled({ text, placeholders }: { text: string; placeholders: readonly FixPlaceholder[] }) {
  if (placeholders.length === 0) return text
  const names = new Set(placeholders.map(({ name }) => `<${name}>`))
  return text.split(/(<[A-Z][A-Z0-9_]*>)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
    <Fragment key={at}>{names.has(part) ? <mark className="hole">{part}</mark> : part}</Fragment>
  ))
}

/** A command, configuration or code of a fix. Long lines wrap instead of scrolling sideways; options stay in one piece. */
export function FixBlock({
  title,
  text,
  placeholders,
  label,
}: {
  title: string
  text: string
  placeholders: readonly FixPlaceholder[]
  /** What is copied, for screen readers. */
  label: string
}) {
  return (
    <div className="fix-block">
      <h5>{title}</h5>
      <div className="command">
        <pre>
          <code>
            {text.split('\n').map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
              <Line key={at} text={visibleLines(line)} placeholders={placeholders} />
            ))}
          </code>
        </pre>
        <CopyButton text={text} label={label} />
      </div>
    </div>
  )
}

/** One line of it; what wraps is set in, so that one sees where the next one begins. */
function Line({ text, placeholders }: { text: string; placeholders: readonly FixPlaceholder[] }) {
  return (
    <span className="fix-line">
      {text.split(/(\s+)/).map((part, at) =>
        at % 2 === 1 || part === '' ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: words never move
          <span key={at} className="word">
            <Filled text={part} placeholders={placeholders} />
          </span>
        ),
      )}
      {'\n'}
    </span>
  )
}
