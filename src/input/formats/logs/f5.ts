/** F5 BIG-IP, /var/log/ltm: message codes 0126xxxx of the SSL module; a number in parentheses is a TLS alert (F5 K-articles on SSL handshake failures). */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import { lineSpan } from '../../printed.ts'
import { alertNumber } from '../messages/alert-names.ts'
import { type Dialect, type Endpoint, type LogEvent, weights } from './event.ts'

const code = /(?:^|\s)0126(\d{4}):\d: /

export const f5: Dialect = {
  id: 'f5',
  mark: (line) => code.test(line.slice(0, 400)),
  read: (lines, source) => lines.flatMap((line) => readLine(line, source) ?? []),
}

function readLine(line: Line, source: MappedText): LogEvent | undefined {
  const found = code.exec(line.text)
  if (!found) return undefined
  const message = line.text.slice(found.index + found[0].length).slice(0, 1_000)
  const base = {
    tool: 'f5',
    toolLabel: 'F5 BIG-IP ltm log',
    span: lineSpan(source, line),
    weight: weights.downstream,
  } as const
  const pair = /([\w.:%]{2,60})[.:](\d{1,5}) -> ([\w.:%]{2,60})[.:](\d{1,5})(?=[:\s]|$)/.exec(message)
  const endpoint = pair ? listener(pair) : undefined
  const at = { ...base, ...(endpoint ? { endpoint } : {}) }
  const verify = /cert(?:ificate)? verify error: ([^(]{3,120}?) ?\(depth:? ?(\d{1,2})/i.exec(message)
  if (verify) {
    // The line is the same for a pool member's and a client's certificate, so whose it is stays open.
    const text = (verify[1] as string).trim()
    return {
      ...at,
      weight: weights.upstream,
      kind: `verify ${text}`,
      failure: { kind: 'verify-failed', text: message },
    }
  }
  if (/No shared ciphers between SSL peers/i.test(message) || /no shared cipher/i.test(message))
    return { ...at, side: 'downstream', kind: 'no shared cipher', failure: { kind: 'protocol', text: message } }
  const functions = /\b(?:ssl|hud_ssl|codec)_?\w{0,40}:\d{1,6}: ?(.{0,200})/.exec(message)
  const words = functions?.[1] ?? message
  const name = functions?.[0] ?? ''
  const alert = /\((\d{1,3})\)/.exec(words)?.[1]
  const number = alert === undefined ? undefined : Number(alert)
  const side = /hs_rxhello|select_suite|passthru/.test(name) ? ({ side: 'downstream' } as const) : {}
  const sent = number === undefined ? {} : { alertSent: number }
  if (/not SSL/i.test(words))
    return { ...at, ...side, kind: 'not SSL', failure: { kind: 'plain-text', ...sent, text: message } }
  if (/unsupported version|version/i.test(words) && functions)
    return { ...at, ...side, kind: 'version', failure: { kind: 'protocol', ...sent, text: message } }
  const received = /alert ?\((\d{1,3})\)|received (?:fatal )?alert:? ?([a-z_ ]{3,30})/i.exec(words)
  if (received && !/sent/i.test(words)) {
    const told = received[1] ? Number(received[1]) : alertNumber((received[2] ?? '').trim())
    if (told !== undefined) return { ...at, kind: `alert ${told}`, failure: { kind: 'other', text: message } }
  }
  if (/SSL Handshake failed|Connection error|handshake timeout/i.test(message))
    return {
      ...at,
      ...side,
      kind: words.replace(/\d+/g, '#').slice(0, 80),
      failure: { kind: 'other', ...sent, text: message },
    }
  return undefined
}

/** The end with the lower port is the one that was connected to; a log line has them in the order of the connection. */
function listener([, a, aPort, b, bPort]: RegExpExecArray): Endpoint | undefined {
  const [address, port] = Number(aPort) < Number(bPort) ? [a, aPort] : [b, bPort]
  if (address === undefined || Number(port) > 49_151) return undefined
  return { address: address.replace(/%\d+$/, ''), port: Number(port) }
}
