/** Tells from its output which implementation an `s_client` is: it decides default SNI and what silence means. */
import type { Capture } from '../model.ts'
import type { Draft } from './s-client-draft.ts'

type Generation = NonNullable<Capture['generation']>

/** Lines that only some generations print. */
const clues: readonly (readonly [string, RegExp])[] = [
  [
    '3.2',
    /^\s*(?:Connecting to [0-9A-Fa-f.:%]+\s*$|Peer Temp Key: |Negotiated TLS1\.3 group: |This TLS version forbids renegotiation|Protocol: (?:TLS|SSL)v|[0-9A-Fa-f]{16}:error:\w{8}:[^:]*:[^:]*:(?:ssl\/tls alert|reason\(\d+\):\.\.\/ssl\/record\/methods))/,
  ],
  ['3.2', /^\s*(?:depth=\d+ |\d+ s:|i:|subject=|Peer certificate: )(?:[A-Za-z]+|[\d.]+)=[^ ]/],
  ['3.2', /HTTP CONNECT failed, reason=\d/],
  ['3.0', /HTTP CONNECT failed, reason= \d|^\s*a:PKEY: /],
  ['3.0', /^\s*verify error:num=1[89]:self-signed /],
  ['1.1', /HTTP CONNECT failed: \d/],
  ['libressl', /^\s*(?:write W BLOCK|read R BLOCK)\s*$|Cipher {0,4}(?:is|:) AEAD-|:error:1404[0-9A-F]{4}:/],
  [
    '1.1',
    /^\s*(?:Extended master secret: |Peer signature type: |Max Early Data: |Verification: OK|Verification error: )/,
  ],
  ['1.0', /^\s*(?:Peer signing digest: |Server Temp Key: )/],
  ['1.0.2', /^\s*(?:Peer signing digest: |Shared Requested Signature Algorithms: )/],
  ['key-arg', /^\s*(?:Key-Arg {3}|PSK identity): /],
  ['slash', /^\s*(?:\d+ s:|i:|subject=|issuer=)\//],
  ['slash-depth', /^\s*depth=\d+ \//],
  ['session', /^\s*Start Time: \d/],
]

/** Something of this is in every line that is a clue. */
const possible = /[:=]|Connecting|forbids|CONNECT|BLOCK|AEAD/

/** Notes what a line gives away. */
export function noteClues(draft: Draft, text: string): void {
  if (!possible.test(text)) return
  for (const [clue, pattern] of clues) if (!draft.clues.has(clue) && pattern.test(text)) draft.clues.add(clue)
}

/** Undefined when nothing tells. */
export function generationOf({ clues: seen }: Draft): Generation | undefined {
  if (seen.has('slash-depth')) return 'openssl-0.9.8'
  if (!seen.has('slash') && !seen.has('old-new')) {
    if (seen.has('3.2')) return 'openssl-3.2+'
    if (seen.has('3.0')) return 'openssl-3.0'
    return seen.has('1.1') ? 'openssl-1.1' : undefined
  }
  if (seen.has('key-arg')) return 'openssl-1.0'
  // Slash names and the constant "TLSv1/SSLv3" without the lines that OpenSSL has in its session block.
  if (seen.has('libressl') || (seen.has('old-new') && seen.has('session'))) return 'libressl'
  if (seen.has('1.1')) return 'openssl-1.1'
  return seen.has('1.0.2') ? 'openssl-1.0' : undefined
}

export const generationLabels: Readonly<Record<Generation, string>> = {
  'openssl-0.9.8': 'openssl s_client, 0.9.8',
  'openssl-1.0': 'openssl s_client, 1.0',
  'openssl-1.1': 'openssl s_client, 1.1 or later',
  'openssl-3.0': 'openssl s_client, 3.0 or 3.1',
  'openssl-3.2+': 'openssl s_client, 3.2 or later',
  libressl: 'LibreSSL s_client',
}
