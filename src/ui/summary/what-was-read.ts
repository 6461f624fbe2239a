import type { Report } from '../../report/types.ts'
import { count } from '../text/dates.ts'

/** `62 lines, 1 capture, 1 certificate`. */
export function whatWasRead(report: Report): string {
  const lines = report.documents.reduce((sum, document) => sum + (document.binary ? 0 : document.lines), 0)
  const binary = report.documents.filter((document) => document.binary).length
  const certificates = report.certificates.filter(({ source }) => source === 'input').length
  return [
    ...(lines > 0 ? [count(lines, 'line')] : []),
    ...(binary > 0 ? [count(binary, 'binary file')] : []),
    ...(report.captures.length > 0 ? [count(report.captures.length, 'capture')] : []),
    certificates > 0 ? count(certificates, 'certificate') : 'no certificate',
  ].join(', ')
}
