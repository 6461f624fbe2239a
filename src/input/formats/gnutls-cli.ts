import type { Format } from '../format.ts'
import type { Line } from '../lines.ts'
import { parseGnutls } from './gnutls-capture.ts'
import { x509 } from './x509.ts'

/** Lines of `gnutls-cli`, 3.3 to 3.8. Source: GnuTLS src/cli.c, src/common.c, src/socket.c. */
const marks: readonly (readonly [string, RegExp])[] = [
  ['processed', /^Processed \d+ (?:CA certificate|client X\.509|client certificate|CRL)/],
  ['resolving', /^Resolving '\S{1,300}'\.\.\./],
  ['connecting', /^Connecting to '\S{1,300}'\.\.\./],
  ['not-connected', /^(?:Cannot resolve \S{1,300}: |Could not connect to \S{1,300}: |Cannot connect to \S{1,300}: )/],
  ['list', /^- (?:Certificate type: X\.?509|Got a certificate list of \d+ certificates)/],
  ['certificate', /^- Certificate\[\d{1,4}\] info:/],
  ['subject', /^ ?- subject `/],
  ['status', /^- Status: The certificate|^\*\*\* PKI verification of server certificate failed/],
  ['alert', /^\*\*\* (?:Received alert \[\d{1,3}\]|Non fatal error: )/],
  ['fatal', /^\*\*\* (?:Fatal error: |Server has terminated)|^\*\*\* Handshake has failed/],
  ['client', /^- (?:Successfully sent \d+ certificate|Server has requested a certificate)/],
  [
    'session',
    /^- (?:Description: \(|Session ID: |Options:|Handshake was completed|Simple Client Mode|Peer has closed)/,
  ],
  ['debug', /^\|<\d>\| /],
]

/** Words that other programs print, too. */
const weak: ReadonlySet<string> = new Set(['debug'])

export const gnutlsCli: Format = {
  id: 'gnutls-cli',
  programs: ['gnutls-cli'],
  mark(line, seen) {
    const text = line.trimEnd()
    const found = /^\s{0,12}(?:[-*|]|Processed|Resolving|Connecting|Cannot|Could)/.test(text)
      ? marks.find(([, pattern]) => pattern.test(text.trimStart()))?.[0]
      : undefined
    if (found !== undefined && (seen.size > 0 || !weak.has(found))) return found
    if (seen.size > 0 && /^\s{1,16}(?:Public Key (?:ID|PIN):|sha(?:1|256):[0-9a-f]{40}|pin-sha256:)/.test(line))
      return 'key'
    return seen.has('piped') && x509.mark(line, seen) !== undefined ? 'piped-line' : undefined
  },
  startsNew(mark, seen) {
    if (mark === 'processed') return seen.has('resolving')
    if (mark === 'resolving') return seen.has('resolving')
    return mark === 'not-connected' && seen.has('not-connected')
  },
  carries(mark, _, lines) {
    // Through a pipe the error line of a run stands before the rest of it.
    if (mark !== 'processed' && mark !== 'resolving') return 0
    let count = 0
    while (count < lines.length && isError(lines.at(-1 - count) as Line)) count++
    return lines.slice(0, lines.length - count).some(isEnd) ? count : 0
  },
  acceptsPem: (seen) => !seen.has('session') || seen.has('piped'),
  parse: (segment) => [parseGnutls(segment)],
}

const isError = ({ text }: Line): boolean => /^\s*(?:\*\*\* (?:Fatal error|Received alert)|\|<\d>\|)/.test(text)
const isEnd = ({ text }: Line): boolean =>
  /^\s*(?:- (?:Peer has closed|Simple Client Mode)|\*\*\* (?:PKI verification|Fatal error|Server has)|Cannot |Could not )/.test(
    text,
  )
