import { reportHtml } from '../../report/html.ts'
import { reportJira } from '../../report/jira.ts'
import { reportMarkdown } from '../../report/markdown.ts'
import { reportText } from '../../report/text.ts'
import type { Report } from '../../report/types.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { saveText } from '../controls/save.ts'

interface Format {
  readonly name: string
  readonly file: string
  readonly type: string
  readonly testId?: string
  make(report: Report, link: string | undefined): string
}

const formats: readonly Format[] = [
  {
    name: 'Markdown',
    file: 'weaklink-report.md',
    type: 'text/markdown',
    testId: 'export-markdown',
    make: reportMarkdown,
  },
  { name: 'Jira', file: 'weaklink-report.jira.txt', type: 'text/plain', make: reportJira },
  { name: 'Text', file: 'weaklink-report.txt', type: 'text/plain', make: withLink(reportText) },
  { name: 'HTML', file: 'weaklink-report.html', type: 'text/html', make: reportHtml },
  {
    name: 'JSON',
    file: 'weaklink-report.json',
    type: 'application/json',
    make: (report) => `${JSON.stringify(report, null, 2)}\n`,
  },
]

/** Puts the link behind a format that knows of none. */
function withLink(make: (report: Report) => string): Format['make'] {
  return (report, link) => (link === undefined ? make(report) : `${make(report)}\n${link}\n`)
}

/** The report as a file or on the clipboard, redacted as chosen. */
export function Exports({ report, link }: { report: Report; link: string | undefined }) {
  return (
    <div className="share-exports">
      <h3>Export</h3>
      <ul>
        {formats.map(({ name, file, type, testId, make }) => (
          <li key={name}>
            <span>{name}</span>
            <button
              type="button"
              className="button"
              data-testid={testId}
              aria-label={`Save the report as ${name}`}
              onClick={() => saveText(file, type, make(report, link))}
            >
              Save
            </button>
            <CopyButton text={() => make(report, link)} label={`the report as ${name}`} />
          </li>
        ))}
      </ul>
    </div>
  )
}
