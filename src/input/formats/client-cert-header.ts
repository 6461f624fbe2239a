/**
 * The header in which Envoy tells an upstream of the client's certificate, where it holds no certificate, only facts.
 * Source: Envoy documentation, HTTP header manipulation, x-forwarded-client-cert.
 */
import { parseNameText } from '../../x509/name.ts'
import { newCapture } from '../capture.ts'
import type { Format, Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { MappedText } from '../mapped-text.ts'
import type { ListedCertificate } from '../model.ts'
import { lineSpan } from '../printed.ts'

const header = /x-forwarded-client-cert["']? {0,4}[:=] {0,4}/i
/** Proxies on the way each add an element, with a comma between; a value may be quoted. */
const field = /(By|Hash|Subject|URI|DNS)=(?:\\?"([^"\\]{0,1000})\\?"|([^;,"]{0,1000}))(?:[;,]|$|["'])/gi

export const clientCertHeader: Format = {
  id: 'envoy',
  mark: (line) => (header.test(line) ? 'header' : undefined),
  startsNew: () => true,
  acceptsPem: () => false,
  parse: (segment) =>
    segment.lines.flatMap((line) => {
      const printed = certificatesOf(segment, line)
      if (printed.length === 0) return []
      const { source } = segment
      return newCapture({
        document: source.document,
        span: lineSpan(source, line),
        tool: 'envoy',
        toolLabel: 'X-Forwarded-Client-Cert header',
        kind: 'file',
        // The side that the client showed its certificate to.
        role: 'server',
        printed,
      })
    }),
}

interface Draft {
  subject?: NonNullable<ListedCertificate['subject']>
  sha256?: NonNullable<ListedCertificate['sha256']>
  names: { readonly type: string; readonly value: string }[]
}

function certificatesOf({ source }: Segment, line: Line): ListedCertificate[] {
  const start = header.exec(line.text)
  if (!start) return []
  const drafts: Draft[] = []
  for (const match of line.text.slice(start.index + start[0].length).matchAll(field)) {
    const value = match[2] ?? match[3] ?? ''
    const key = (match[1] as string).toLowerCase()
    // `By` begins the element of a proxy; not all write it, so a key that comes again begins one too.
    const last = drafts.at(-1)
    const draft = last && key !== 'by' && !isSet(last, key) ? last : { names: [] }
    if (draft !== last) drafts.push(draft)
    if (drafts.length > inputLimits.entries) break
    fill(draft, key, value, source, line, start.index + start[0].length + match.index + match[0].indexOf(value))
  }
  const span = lineSpan(source, line)
  return drafts.flatMap(({ subject, sha256, names }) =>
    subject || sha256
      ? {
          span,
          ...(subject ? { subject } : {}),
          ...(sha256 ? { sha256 } : {}),
          ...(names.length > 0 ? { names: { value: names, span } } : {}),
        }
      : [],
  )
}

const isSet = (draft: Draft, key: string): boolean =>
  (key === 'hash' && draft.sha256 !== undefined) || (key === 'subject' && draft.subject !== undefined)

function fill(draft: Draft, key: string, value: string, source: MappedText, line: Line, column: number): void {
  const place = source.span(line.start + column, line.start + column + value.length)
  if (key === 'hash' && /^[0-9a-f]{64}$/i.test(value)) draft.sha256 = { value: value.toLowerCase(), span: place }
  else if (key === 'subject' && value !== '') draft.subject = { text: value, name: parseNameText(value), span: place }
  else if (key === 'uri' && value !== '') draft.names.push({ type: 'URI', value })
  else if (key === 'dns' && value !== '') draft.names.push({ type: 'DNS', value })
}
