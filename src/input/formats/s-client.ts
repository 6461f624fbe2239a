import type { Format } from '../format.ts'
import { parseSClient } from './s-client-capture.ts'
import { x509 } from './x509.ts'
import { nooutLine } from './x509-noout.ts'

/** Marks of `openssl s_client` lines, all generations from 0.9.8 to 3.5 and LibreSSL. */
const marks: readonly (readonly [string, RegExp])[] = [
  ['connecting', /^\s*Connecting to [0-9A-Fa-f.:%]+\s*$/],
  ['connected', /^\s*CONNECTED\([0-9A-Fa-f]{8,16}\)/],
  ['established', /^\s*CONNECTION ESTABLISHED/],
  ['reconnect', /^\s*drop connection and then reconnect/],
  ['depth', /^\s*depth=\d+ /],
  ['verify-error', /^\s*verify error:num=\d+/],
  ['verify-return', /^\s*verify return:\d/],
  ['chain', /^\s*Certificate chain\s*$/],
  ['listed', /^\s*\d{1,4} s:/],
  ['server-certificate', /^\s*Server certificate\s*$/],
  ['no-peer', /^\s*no peer certificate available/],
  ['client-ca', /^\s*(?:Acceptable client certificate CA names|No client certificate CA names sent)/],
  ['brief', /^\s*(?:Protocol version: |Ciphersuite: |Peer certificate: )/],
  ['handshake', /^\s*SSL handshake has read \d+ bytes/],
  ['new', /^\s*(?:New|Reused), .{1,40}, Cipher is /],
  ['verification', /^\s*Verif(?:ication(?: error)?|y return code) ?: /],
  ['session', /^\s*(?:SSL-Session:|Post-Handshake New Session Ticket arrived:)/],
  ['connect-errno', /^\s*connect:errno=/],
  [
    'connect-failed',
    /^\s*(?:(?:socket|connect): [A-Z]|gethostbyname failure|getaddrinfo: |\S{1,40} HTTP CONNECT failed|poll error)/,
  ],
  ['error', /^\s*[0-9A-Fa-f]{2,20}:error:[0-9A-Fa-f]{8}:|^\s*(?:read|write):errno=\d/],
  ['ocsp', /^\s*OCSP responses?: /],
  ['trace', /^\s*(?:Received|Sent) (?:D?TLS )?Record\s*$|^\s*(?:<<<|>>>) (?:TLS|SSL|\?\?\?)/],
  ['done', /^\s*(?:DONE|closed|CONNECTION CLOSED BY SERVER)\s*$/],
]

/** What every marked line begins with, to pass over the others quickly. */
const possible =
  /^\s*(?:CONNECT|Connecting|drop conn|depth=|verify |Certificate chain|\d{1,4} s:|Server cert|no peer|Acceptable|No client|Protocol ver|Ciphersuite|Peer cert|SSL handshake|New, |Reused, |Verif|SSL-Session|Post-Hand|connect:|socket:|gethostby|getaddrinfo|poll error|[0-9A-Fa-f]{2,20}:error|read:errno|write:errno|OCSP resp|Received |Sent |<<<|>>>|DONE|closed|\S{1,40} HTTP CONNECT)/

/** Marks that prove nothing by themselves. */
const weak: ReadonlySet<string> = new Set(['error', 'done', 'trace'])

/** `openssl s_client`. */
export const sClient: Format = {
  id: 's_client',
  programs: ['s_client'],
  mark(line, seen) {
    const found = possible.test(line) ? marks.find(([, pattern]) => pattern.test(line))?.[0] : undefined
    if (found !== undefined && (!weak.has(found) || seen.size > 0)) return found
    if (seen.size === 0) return undefined
    if (!seen.has('handshake') && (seen.has('ocsp') || seen.has('trace'))) return 'inside'
    if ((!seen.has('handshake') || seen.has('prexit')) && nooutLine.test(line)) return 'name'
    // What the command at the other end of the pipe printed.
    if (seen.has('piped') && x509.mark(line, seen) !== undefined) return 'piped-line'
    return undefined
  },
  startsNew(mark, seen) {
    if (seen.has('reconnect') || (seen.has('prexit') && mark !== 'connected')) return false
    switch (mark) {
      case 'connecting':
        return seen.has('connected') || seen.has('handshake') || seen.has('established') || seen.has('connect-errno')
      case 'connected':
      case 'established':
        return seen.has(mark) || seen.has('handshake') || seen.has('connect-errno')
      case 'depth':
      case 'verify-error':
        return seen.has('handshake') || seen.has('brief') || seen.has('connect-errno')
      case 'chain':
      case 'handshake':
        return seen.has(mark)
      case 'connect-errno':
      case 'connect-failed':
        return seen.has('handshake') || seen.has('chain') || seen.has('connect-errno')
      default:
        return false
    }
  },
  carries(mark, seen, lines) {
    // With standard error first, the error line of a run stands before its CONNECTED.
    if (mark !== 'connected' && mark !== 'connecting') return 0
    let count = 0
    while (count < lines.length && /^\s*[0-9A-Fa-f]{2,20}:error:/.test(lines.at(-1 - count)?.text ?? '')) count++
    const over = seen.has('done') || (seen.has('no-peer') && lines.slice(0, lines.length - count).some(isError))
    return over ? count : 0
  },
  acceptsPem: (seen) => !seen.has('handshake') || seen.has('piped') || seen.has('prexit'),
  parse: parseSClient,
}

const isError = ({ text }: { readonly text: string }): boolean => /^\s*[0-9A-Fa-f]{2,20}:error:/.test(text)
