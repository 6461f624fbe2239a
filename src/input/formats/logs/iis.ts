/** IIS, W3C extended log: 403 with a substatus says what was wrong with the client certificate (Microsoft, "HTTP status codes in IIS"). */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import { lineSpan } from '../../printed.ts'
import { type Dialect, type LogEvent, weights } from './event.ts'

const fieldsLine = /^\s{0,8}#Fields: (.{10,1000})$/
const words = /\bHTTP Error 403\.(7|12|13|16|17)\b|^\s{0,8}403\.(7|12|13|16|17) - /
/** Address, method, path, query, port ... status, substatus and Windows status; IIS writes blanks in values as "+". */
const row =
  /(?:^|\s)(?:[\d.]{7,15}|[0-9a-f:]{3,39}) [A-Z]{3,8} \/\S{0,2000} \S{1,2000} (\d{1,5}) \S{1,200} \S{2,45} (?:\S{1,1000} ){1,4}(403) (7|12|13|16|17) (\d{1,10})(?: \d{1,10}){0,3}\s*$/

/** Substatus: the X509_V_ERR number of the same meaning, and Microsoft's words for it. */
const meanings: ReadonlyMap<number, readonly [code: number | undefined, text: string]> = new Map([
  [7, [undefined, 'Client certificate required']],
  [12, [1, 'Mapper denied access']],
  [13, [23, 'Client certificate revoked']],
  [16, [20, 'Client certificate is untrusted or invalid']],
  [17, [10, 'Client certificate has expired or is not yet valid']],
])

export const iis: Dialect = {
  id: 'iis',
  mark: (line) => {
    const head = line.slice(0, 3_000)
    return (
      /^\s{0,8}#(?:Software: Microsoft Internet Information|Fields: .{0,400}sc-substatus)/.test(head) ||
      words.test(head) ||
      (head.includes(' 403 ') && row.test(head))
    )
  },
  read(lines, source) {
    let names: readonly string[] | undefined
    return lines.flatMap((line) => {
      const heading = fieldsLine.exec(line.text)
      if (heading) names = (heading[1] as string).trim().split(/\s+/)
      return heading ? [] : (readLine(line, source, names) ?? [])
    })
  },
}

function readLine(line: Line, source: MappedText, names: readonly string[] | undefined): LogEvent | undefined {
  const { text } = line
  const said = words.exec(text)
  const found = said ? undefined : row.exec(text)
  const substatus = Number(said?.[1] ?? said?.[2] ?? found?.[3] ?? bySubstatus(text, names))
  const meaning = meanings.get(substatus)
  if (!meaning) return undefined
  const port = found ? Number(found[1]) : undefined
  const host = names ? fieldValue(text, names, 'cs-host') : undefined
  const endpoint = {
    ...(host === undefined ? {} : { host: host.replace(/:\d+$/, '') }),
    ...(port === undefined ? {} : { port }),
  }
  const base = {
    tool: 'iis',
    toolLabel: 'IIS log',
    side: 'downstream',
    weight: weights.clientCertificate,
    span: lineSpan(source, line),
    endpoint,
    kind: `403.${substatus}`,
    status: 403,
  } as const
  const [code, sentence] = meaning
  if (code === undefined) return { ...base, clientCertificate: 'none' }
  return { ...base, verifyError: { code, text: `403.${substatus} ${sentence}` } }
}

/** The value of a field; date and time may have been taken off as a collector's prefix, so it is counted from the end. */
function fieldValue(text: string, names: readonly string[], name: string): string | undefined {
  const values = text.trim().split(/ +/)
  const index = names.indexOf(name)
  if (index === -1 || values.length > names.length || values.length < names.length - 2) return undefined
  const value = values[values.length - (names.length - index)]
  return value === '-' ? undefined : value
}

function bySubstatus(text: string, names: readonly string[] | undefined): string | undefined {
  if (!names || !text.includes(' 403 ')) return undefined
  return fieldValue(text, names, 'sc-status') === '403' ? fieldValue(text, names, 'sc-substatus') : undefined
}
