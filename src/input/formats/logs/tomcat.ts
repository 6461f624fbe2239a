/** Tomcat and other Java servers: lines of an HTTPS connector, and the exception below them. The server speaks here, so certificates are its clients'. */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import { lineSpan } from '../../printed.ts'
import { alertNumber } from '../messages/alert-names.ts'
import { type Dialect, type LogEvent, noCertificate, weights } from './event.ts'
import { verifyCodeOf } from './verify-words.ts'

/** Connector threads are named after protocol and port: `https-jsse-nio-8443-exec-3`, `https-openssl-nio-0.0.0.0-8443`. */
const thread = /https-(?:jsse|openssl)-(?:nio2?|apr)-(?:[\w.:]{1,60}-)?(\d{1,5})(?:-|\b)/
const handshake = /Handshake failed|handshake error|SSL ?Handshake|javax\.net\.ssl\./i
const exception =
  /^\s{0,12}(?:Caused by: )?(?:javax\.net\.ssl\.|sun\.security\.|java\.security\.cert\.)[\w.$]{3,120}(?:Exception|Error)\b/
const frame = /^\s{1,12}at [\w.$/@<>-]{3,300}\(/

export const tomcat: Dialect = {
  id: 'tomcat',
  mark(line, seen) {
    const head = line.slice(0, 1_000)
    if (thread.test(head) && handshake.test(head)) return true
    return seen.has('tomcat') && (exception.test(head) || frame.test(head))
  },
  read(lines, source) {
    const events: LogEvent[] = []
    let port: number | undefined
    for (const line of lines) {
      const connector = thread.exec(line.text)
      if (connector) port = Number(connector[1])
      const found = readLine(line, source, port)
      if (found) events.push(found)
    }
    return events
  },
}

function readLine(line: Line, source: MappedText, port: number | undefined): LogEvent | undefined {
  const text = line.text.trim().slice(0, 1_000)
  if (frame.test(line.text)) return undefined
  const base = {
    tool: 'java',
    toolLabel: 'Java server log',
    side: 'downstream',
    span: lineSpan(source, line),
    weight: weights.downstream,
    ...(port === undefined ? {} : { endpoint: { port } }),
  } as const
  const certificate = { ...base, weight: weights.clientCertificate }
  if (/Empty (?:client|server) certificate chain|null cert chain/i.test(text))
    return { ...certificate, ...noCertificate(text) }
  const alert = /Received fatal alert: ([a-z_]{3,40})/.exec(text)?.[1]
  if (alert !== undefined) {
    const number = alertNumber(alert)
    const kind = number === 70 ? 'protocol' : 'alert'
    return {
      ...base,
      kind: `alert ${alert}`,
      failure: { kind, text, ...(number === undefined ? {} : { alert: number }) },
    }
  }
  if (/no cipher suites in common|is not enabled or (?:supported|not supported)|client requested protocol/i.test(text))
    return { ...base, kind: 'protocol', failure: { kind: 'protocol', text } }
  if (/Unsupported or unrecognized SSL message|plaintext connection/i.test(text))
    return { ...base, kind: 'plain', failure: { kind: 'plain-text', text } }
  const code = verifyCodeOf(text)
  if (code !== undefined && /Exception|certificate/i.test(text))
    return { ...certificate, kind: `verify ${code}`, verifyError: { code, text } }
  return undefined
}
