import { reportMarkdown, reportText } from '../../report/text.ts'
import type { Report } from '../../report/types.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { saveText } from './save.ts'

/** The report as a file or on the clipboard, redacted as chosen. */
export function Exports({ report }: { report: Report }) {
  return (
    <div className="share-exports">
      <h3>Export</h3>
      <p>
        <button
          type="button"
          className="button"
          data-testid="export-markdown"
          onClick={() => saveText('weaklink-report.md', 'text/markdown', reportMarkdown(report))}
        >
          Save Markdown
        </button>{' '}
        <CopyButton text={() => reportMarkdown(report)} label="the report as Markdown" />{' '}
        <button
          type="button"
          className="button"
          onClick={() => saveText('weaklink-report.txt', 'text/plain', reportText(report))}
        >
          Save text
        </button>{' '}
        <button
          type="button"
          className="button"
          onClick={() => saveText('weaklink-report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`)}
        >
          Save JSON
        </button>
      </p>
    </div>
  )
}
