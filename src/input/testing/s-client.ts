/** Prints what `openssl s_client` of each generation prints, in its shape, from given names and PEM. */
import { type NameParts, type NameStyle, names, printName } from './names.ts'
import { issuingPem, leafPem, responderPem } from './pki.ts'

export type Generation = '0.9.8' | '1.0.1' | '1.0.2' | '1.1.1' | '3.0' | '3.5' | 'libressl'

/** How a generation prints names: in `depth=` lines, and everywhere else. */
export const styles: Readonly<Record<Generation, readonly [depth: NameStyle, list: NameStyle]>> = {
  '0.9.8': ['slash', 'slash'],
  '1.0.1': ['spaced', 'slash'],
  '1.0.2': ['spaced', 'slash'],
  '1.1.1': ['spaced', 'spaced'],
  '3.0': ['spaced', 'spaced'],
  '3.5': ['tight', 'tight'],
  libressl: ['spaced', 'slash'],
}

export interface Sent {
  readonly subject: NameParts
  readonly issuer: NameParts
  readonly notBefore: string
  readonly notAfter: string
  readonly pem: string
}

export const sentLeaf: Sent = {
  subject: names.leaf,
  issuer: names.issuing,
  notBefore: 'Nov 24 18:20:00 2026 GMT',
  notAfter: 'Nov  4 18:20:00 2027 GMT',
  pem: leafPem,
}

export const sentIssuing: Sent = {
  subject: names.issuing,
  issuer: names.root,
  notBefore: 'Nov 24 18:20:00 2026 GMT',
  notAfter: 'Nov 21 18:20:00 2036 GMT',
  pem: issuingPem,
}

/** One callback of the verification. */
export interface Step {
  readonly depth: number
  readonly name: NameParts
  readonly error?: readonly [code: number, text: string]
  /** What is printed below the error, as `notAfter=...`. */
  readonly below?: string
}

export const verifiedSteps: readonly Step[] = [
  { depth: 2, name: names.root },
  { depth: 1, name: names.issuing },
  { depth: 0, name: names.leaf },
]

export const missingIssuerSteps: readonly Step[] = [
  { depth: 0, name: names.leaf, error: [20, 'unable to get local issuer certificate'] },
  { depth: 0, name: names.leaf, error: [21, 'unable to verify the first certificate'] },
  { depth: 0, name: names.leaf },
]

export interface Run {
  readonly generation: Generation
  readonly chain?: readonly Sent[]
  readonly steps?: readonly Step[]
  readonly result?: readonly [code: number, text: string]
  readonly showcerts?: boolean
  /** `asked`: a request with a CA list; `asked-without-list`: one without; else none is shown. */
  readonly clientCertificate?: 'asked' | 'asked-without-list'
  readonly status?: 'none' | 'stapled'
  /** Lines that follow the dump, as an alert in TLS 1.3. */
  readonly after?: readonly string[]
  readonly tls?: '1.2' | '1.3'
  /** Which stream comes first: a terminal mixes them, a pipe puts standard error first or loses it. */
  readonly order?: 'terminal' | 'stderr-first' | 'stdout-only' | 'stderr-only'
  readonly command?: string
}

/** A whole run with a handshake. */
export function sClientRun(run: Run): string {
  const errors = errorStream(run)
  const connected = 'CONNECTED(00000003)'
  const output = outputStream(run)
  const order = run.order ?? 'terminal'
  const body =
    order === 'terminal'
      ? [connected, ...errors, ...output]
      : order === 'stderr-first'
        ? [...errors, connected, ...output]
        : order === 'stdout-only'
          ? [connected, ...output]
          : errors
  const connecting = run.generation === '3.5' && order !== 'stdout-only' ? ['Connecting to 192.0.2.7'] : []
  return `${[...(run.command ? [run.command] : []), ...connecting, ...body, ...(run.after ?? [])].join('\n')}\n`
}

function errorStream({ generation, steps = verifiedSteps }: Run): string[] {
  const [style] = styles[generation]
  return steps.flatMap(({ depth, name, error, below }) => [
    `depth=${depth} ${printName(name, style)}`,
    ...(error ? [`verify error:num=${error[0]}:${error[1]}`] : []),
    ...(below ? [below] : []),
    `verify return:1`,
  ])
}

function outputStream(run: Run): string[] {
  const { generation, chain = [sentLeaf, sentIssuing], showcerts = false } = run
  const [, style] = styles[generation]
  const leaf = chain[0] ?? sentLeaf
  const print = (name: NameParts) => printName(name, style)
  const list = chain.flatMap((entry, index) => [
    `${String(index).padStart(2)} s:${print(entry.subject)}`,
    `   i:${print(entry.issuer)}`,
    ...keyLines(generation, entry),
    ...(showcerts ? [entry.pem.trimEnd()] : []),
  ])
  const blank = generation === '1.1.1' ? [''] : []
  return [
    ...ocspLines(run),
    ...(generation === 'libressl' ? ['write W BLOCK'] : []),
    '---',
    'Certificate chain',
    ...list,
    '---',
    'Server certificate',
    ...(showcerts ? [] : [leaf.pem.trimEnd()]),
    `subject=${print(leaf.subject)}`,
    ...blank,
    `issuer=${print(leaf.issuer)}`,
    ...blank,
    '---',
    ...clientLines(run),
    '---',
    'SSL handshake has read 2762 bytes and written 401 bytes',
    ...verificationLine(run),
    '---',
    ...sessionLines(run),
    '---',
  ]
}

function keyLines(generation: Generation, entry: Sent): string[] {
  if (generation !== '3.0' && generation !== '3.5') return []
  const key =
    generation === '3.0'
      ? 'id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256'
      : 'EC, (prime256v1); sigalg: ecdsa-with-SHA256'
  return [`   a:PKEY: ${key}`, `   v:NotBefore: ${entry.notBefore}; NotAfter: ${entry.notAfter}`]
}

function clientLines({ generation, clientCertificate }: Run): string[] {
  const [, style] = styles[generation]
  const list =
    clientCertificate === 'asked'
      ? ['Acceptable client certificate CA names', printName(names.clientCa, style)]
      : ['No client certificate CA names sent']
  const modern = !['0.9.8', '1.0.1', 'libressl'].includes(generation)
  const asked =
    clientCertificate !== undefined && modern ? ['Requested Signature Algorithms: ECDSA+SHA256:RSA+SHA256'] : []
  const digest = modern ? ['Peer signing digest: SHA256'] : []
  const type = generation === '1.1.1' || generation === '3.0' ? ['Peer signature type: ECDSA'] : []
  const key = {
    '0.9.8': [],
    '1.0.1': [],
    '1.0.2': ['Server Temp Key: ECDH, P-256, 256 bits'],
    '1.1.1': ['Server Temp Key: X25519, 253 bits'],
    '3.0': ['Server Temp Key: X25519, 253 bits'],
    '3.5': ['Peer signature type: ecdsa_secp256r1_sha256', 'Peer Temp Key: X25519, 253 bits'],
    libressl: ['Server Temp Key: ECDH, X25519, 253 bits'],
  }[generation]
  return [...list, ...asked, ...digest, ...type, ...key]
}

function verificationLine({ generation, result = [0, 'ok'] }: Run): string[] {
  if (['0.9.8', '1.0.1', '1.0.2', 'libressl'].includes(generation)) return []
  return [result[0] === 0 ? 'Verification: OK' : `Verification error: ${result[1]}`]
}

export const cipherOf = (generation: Generation): string =>
  generation === 'libressl'
    ? 'AEAD-AES256-GCM-SHA384'
    : generation === '0.9.8'
      ? 'AES256-SHA'
      : 'TLS_AES_256_GCM_SHA384'

function sessionLines(run: Run): string[] {
  const { generation, result = [0, 'ok'] } = run
  const modern = ['1.1.1', '3.0', '3.5'].includes(generation)
  const protocol = modern || generation === 'libressl' ? 'TLSv1.3' : generation === '0.9.8' ? 'TLSv1' : 'TLSv1.2'
  const cipher = cipherOf(generation)
  const code = `Verify return code: ${result[0]} (${result[1]})`
  const head = [
    `New, ${modern ? protocol : 'TLSv1/SSLv3'}, Cipher is ${cipher}`,
    ...(generation === '3.5' ? [`Protocol: ${protocol}`] : []),
    'Server public key is 256 bit',
    generation === '3.5' ? 'This TLS version forbids renegotiation.' : 'Secure Renegotiation IS NOT supported',
    'Compression: NONE',
    'Expansion: NONE',
  ]
  const session = (ticket: string) => [
    'SSL-Session:',
    `    Protocol  : ${protocol}`,
    `    Cipher    : ${cipher}`,
    `    Session-ID: ${ticket.repeat(32)}`,
    '    Session-ID-ctx: ',
    ...(modern
      ? [`    Resumption PSK: ${ticket.repeat(48)}`]
      : [`    Master-Key: ${generation === 'libressl' ? '' : ticket.repeat(48)}`]),
    ...(['0.9.8', '1.0.1', '1.0.2'].includes(generation) ? ['    Key-Arg   : None'] : []),
    ...(generation === '1.0.2' ? ['    PSK identity: None'] : []),
    ...(generation === 'libressl'
      ? []
      : ['    TLS session ticket:', '    0000 - 61 4b ab af 5f 35 c1 8a-ca 81 76 d4 46 2d 1f b1   CONNECTED(0000', '']),
    '    Start Time: 1795546800',
    '    Timeout   : 7200 (sec)',
    `    ${code}`,
    ...(modern ? ['    Extended master secret: no', '    Max Early Data: 0'] : []),
  ]
  if (!modern) return [...head, ...session('5C')]
  const tickets = ['A1', 'B2'].flatMap((ticket) => [
    '---',
    'Post-Handshake New Session Ticket arrived:',
    ...session(ticket),
    '---',
    'read R BLOCK',
  ])
  return [...head, 'Early data was not sent', code, '---', ...tickets.slice(0, -1)]
}

function ocspLines({ status }: Run): string[] {
  if (status === undefined) return []
  if (status === 'none') return ['OCSP response: no response sent']
  return [
    'OCSP response: ',
    '======================================',
    'OCSP Response Data:',
    '    OCSP Response Status: successful (0x0)',
    '    Response Type: Basic OCSP Response',
    '    Responder Id: C = NL, O = "Harbour Trust, N.V.", CN = Harbour OCSP Responder',
    '    Cert Status: good',
    'Certificate:',
    '    Data:',
    '        Serial Number:',
    '            0a:0b',
    '        Issuer: C = NL, O = "Harbour Trust, N.V.", CN = Harbour TLS CA 2',
    '        Subject: C = NL, O = "Harbour Trust, N.V.", CN = Harbour OCSP Responder',
    responderPem.trimEnd(),
    '======================================',
  ]
}
