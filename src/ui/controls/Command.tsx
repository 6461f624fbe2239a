import { visibleLines } from '../../core/visible.ts'
import { CopyButton } from './CopyButton.tsx'

/** A command or a piece of configuration, ready to copy. Wraps instead of scrolling sideways. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className="command">
      <pre>
        <code>
          <Words>{visibleLines(text)}</Words>
        </code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  )
}

/** Keeps options such as `-servername` in one piece: a line breaks between words, and in one that is too long. */
function Words({ children }: { children: string }) {
  return children.split(/(\s+)/).map((part, at) =>
    at % 2 === 1 || part === '' ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words never move
      <span key={at} className="word">
        {part}
      </span>
    ),
  )
}
