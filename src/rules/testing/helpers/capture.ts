/** Prints what OpenSSL 3.0 would print for a story told in a few words, so that a test shows what matters and nothing else. */
import { decodeCertificate } from '../../../x509/decode.ts'
import type { Certificate, Name } from '../../../x509/model.ts'
import { type CertificateName, certificates } from './certificates.ts'
import { parsePem } from './pem.ts'

/** A certificate of the fixtures, or a name in words (`CN = R12, O = Example`) of which there is none. */
export type Named = CertificateName | `${string}=${string}`

export interface SClientStory {
  /** Arguments of `openssl s_client`; absent: the command line is not in the paste. */
  readonly command?: string
  /** What the server sends, in its order. A pair of words is a subject and its issuer, printed without a certificate. */
  readonly sent: readonly (CertificateName | readonly [subject: string, issuer: string])[]
  /** `-showcerts`: a PEM block per certificate; false: only the leaf's; none: no PEM block at all. */
  readonly pem?: 'all' | 'leaf' | 'none'
  /** Errors of the verification as it happens: number and depth. */
  readonly errors?: readonly (readonly [code: number, depth: number])[]
  /** The path that the client built, leaf first; by default the certificates sent. */
  readonly path?: readonly Named[]
  /** `Verify return code`; by default the last error, else 0. */
  readonly code?: number
  /** Lines that follow CONNECTED, such as an error line. */
  readonly lines?: readonly string[]
  /** The server asks for a client certificate. */
  readonly asks?: boolean
  /** When the capture was made, as its session says. */
  readonly made?: string
  /** The handshake did not end: no cipher suite. */
  readonly unfinished?: boolean
}

const words: Readonly<Record<number, string>> = {
  0: 'ok',
  2: 'unable to get issuer certificate',
  3: 'unable to get certificate CRL',
  7: 'certificate signature failure',
  9: 'certificate is not yet valid',
  10: 'certificate has expired',
  18: 'self-signed certificate',
  19: 'self-signed certificate in certificate chain',
  20: 'unable to get local issuer certificate',
  21: 'unable to verify the first certificate',
  23: 'certificate revoked',
  50: 'application verification failure',
  24: "issuer certificate doesn't have a public key",
  26: 'unsuitable certificate purpose',
  47: 'permitted subtree violation',
  62: 'hostname mismatch',
  66: 'EE certificate key too weak',
  79: 'invalid CA certificate',
}

const text = (code: number): string => words[code] ?? `error ${code}`

/** The capture of an `s_client` run. */
export function sClient(story: SClientStory): string {
  const { command, sent, errors = [], lines = [] } = story
  const code = story.code ?? errors.at(-1)?.[0] ?? 0
  return [
    ...(command === undefined ? [] : [`$ openssl s_client ${command} </dev/null`]),
    'CONNECTED(00000003)',
    ...verification(story),
    ...lines,
    '---',
    ...(sent.length === 0 ? ['no peer certificate available'] : chain(story)),
    '---',
    ...(story.asks
      ? ['Acceptable client certificate CA names', 'O = Example Partners, CN = Example Partners CA']
      : ['No client certificate CA names sent']),
    '---',
    'SSL handshake has read 1733 bytes and written 405 bytes',
    code === 0 ? 'Verification: OK' : `Verification error: ${text(code)}`,
    '---',
    story.unfinished ? 'New, (NONE), Cipher is (NONE)' : 'New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384',
    ...(story.made === undefined
      ? []
      : [
          'Post-Handshake New Session Ticket arrived:',
          'SSL-Session:',
          `    Start Time: ${Date.parse(story.made) / 1000}`,
          '    Timeout   : 7200 (sec)',
        ]),
    `Verify return code: ${code} (${text(code)})`,
    '---',
    '',
  ].join('\n')
}

/** The lines on standard error: all that is left when only that stream was pasted. */
export function verification({ sent, errors = [], path }: SClientStory): string[] {
  const names = (path ?? sent).map((entry) => (typeof entry === 'string' ? nameLine(entry) : entry[0]))
  const depthLine = (depth: number) => `depth=${depth} ${names[depth]}`
  const failed = errors.flatMap(([code, depth]) => [
    depthLine(depth),
    `verify error:num=${code}:${text(code)}`,
    'verify return:1',
  ])
  const top = Math.max(0, ...errors.map(([, depth]) => depth))
  const depths = errors.length > 0 ? top : names.length - 1
  const rest = Array.from({ length: names.length === 0 ? 0 : depths + 1 }, (_, index) => depths - index)
  return [...failed, ...rest.flatMap((depth) => [depthLine(depth), 'verify return:1'])]
}

function chain({ sent, pem = 'all' }: SClientStory): string[] {
  const leaf = sent[0]
  const block = typeof leaf === 'string' && pem !== 'none' ? [certificates[leaf].trimEnd()] : []
  return [
    'Certificate chain',
    ...sent.flatMap((entry, position) => {
      if (typeof entry !== 'string') return [` ${position} s:${entry[0]}`, `   i:${entry[1]}`]
      const certificate = certificateOf(entry)
      return [
        ` ${position} s:${oneLine(certificate.subject)}`,
        `   i:${oneLine(certificate.issuer)}`,
        ...(pem === 'none'
          ? []
          : [`   v:NotBefore: ${date(certificate.notBefore)}; NotAfter: ${date(certificate.notAfter)}`]),
        ...(pem === 'all' ? [certificates[entry].trimEnd()] : []),
      ]
    }),
    '---',
    'Server certificate',
    ...block,
    `subject=${typeof leaf === 'string' ? nameLine(leaf) : leaf?.[0]}`,
    `issuer=${typeof leaf === 'string' ? oneLine(certificateOf(leaf).issuer) : leaf?.[1]}`,
  ]
}

/** PEM of several certificates, as in a file. */
export const bundle = (...names: readonly CertificateName[]): string => names.map((name) => certificates[name]).join('')

/** DER of a certificate, for options that import roots. */
export const der = (name: CertificateName): Uint8Array => parsePem(certificates[name])

export function certificateOf(name: CertificateName): Certificate {
  const decoded = decodeCertificate(der(name))
  if (!decoded.ok) throw new Error(`${name}: ${decoded.error.message}`)
  return decoded.value
}

const nameLine = (entry: Named): string =>
  entry in certificates ? oneLine(certificateOf(entry as CertificateName).subject) : entry

/** As OpenSSL 3.0 prints names: `C = GB, O = Example Retail, CN = shop.example`. */
const oneLine = (name: Name): string =>
  name.rdns
    .map((rdn) => rdn.map(({ type, value }) => `${type} = ${/[,+"]/.test(value) ? `"${value}"` : value}`).join(' + '))
    .join(', ')

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function date(time: number): string {
  const at = new Date(time)
  const day = String(at.getUTCDate()).padStart(2)
  return `${months[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 19)} ${at.getUTCFullYear()} GMT`
}

/** The usual target, and what the tool prints when it finds no issuer for the only certificate sent. */
export const toShop = '-connect shop.example:443 -servername shop.example -showcerts'
export const noIssuer = [
  [20, 0],
  [21, 0],
] as const

/** A line of the OpenSSL error queue for an alert that was received. */
export const alertLine = (alert: number, reason = 'tlsv1 alert'): string =>
  `40F7A1B2C37F0000:error:0A000${(1000 + alert).toString(16).toUpperCase()}:SSL routines:ssl3_read_bytes:${reason}:../ssl/record/rec_layer_s3.c:1584:SSL alert number ${alert}`

/** Documents of these names and texts. */
export const files = (...entries: readonly (readonly [name: string, text: string])[]) =>
  entries.map(([name, text]) => ({ name, text }))
