import { visibleLines } from '../text/visible.ts'
import { CopyButton } from './CopyButton.tsx'

/** A command or a piece of configuration, ready to copy. Wraps instead of scrolling sideways. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className="command">
      <pre>
        <code>{visibleLines(text)}</code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  )
}
