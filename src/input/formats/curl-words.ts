/**
 * What curl says of a failure, whichever TLS library it was built with. Sources: curl lib/vtls (openssl.c, gtls.c, schannel.c,
 * schannel_verify.c, sectransp.c, mbedtls.c, wolfssl.c, rustls.c, nss.c), lib/connect.c, lib/cf-h1-proxy.c.
 */
import type { FailureKind, VerifyError } from '../model.ts'
import { alertNumber } from './messages/alert-names.ts'
import { verifyCode } from './messages/openssl-words.ts'

/** What a message means; `general` ones count only when nothing else is said. */
export interface Meaning {
  readonly code?: number
  readonly mismatch?: VerifyError['mismatch']
  readonly kind?: FailureKind
  readonly alert?: number
  readonly status?: number
  /** A client certificate was asked for. */
  readonly requested?: true
  readonly general?: true
}

type Reader = (match: RegExpExecArray) => Meaning | undefined

/** Numbers of Windows (winerror.h), each with the nearest X509_V_ERR or kind of failure. */
const windows: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  // Untrusted root, and a chain that leads to none: Windows tells them apart only in its chain status.
  ['80090325', { code: 20 }],
  ['800B0109', { code: 20 }],
  ['800B010A', { code: 20 }],
  ['80096004', { code: 7 }],
  ['80090328', { code: 10 }],
  ['800B0101', { code: 10 }],
  ['80090322', { code: 62 }],
  ['800B010F', { code: 62 }],
  ['80090349', { code: 26 }],
  ['800B0110', { code: 26 }],
  ['80092010', { code: 23 }],
  ['800B010C', { code: 23 }],
  ['80092012', { code: 3 }],
  ['80092013', { code: 3 }],
  ['800B010E', { code: 3 }],
  ['80090327', { code: 1 }],
  // What Windows makes of any fatal alert; the number of the alert is lost.
  ['80090326', { kind: 'alert' }],
  ['80090331', { kind: 'protocol' }],
  ['80090320', { kind: 'other', requested: true }],
  ['8009030E', { kind: 'other', requested: true }],
])

/** Numbers of NSS (sslerr.h, secerr.h, prerr.h), as curl of CentOS 7 prints them. */
const nss: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [-8179, { code: 20 }],
  [-8172, { code: 20 }],
  [-8181, { code: 10 }],
  [-8162, { code: 10 }],
  [-8180, { code: 23 }],
  [-8182, { code: 7 }],
  [-8156, { code: 24 }],
  [-8101, { code: 26 }],
  [-8016, { code: 68 }],
  [-12276, { code: 62 }],
  [-12227, { kind: 'alert', alert: 40 }],
  [-12271, { kind: 'alert', alert: 42 }],
  [-12270, { kind: 'alert', alert: 44 }],
  [-12269, { kind: 'alert', alert: 45 }],
  [-12196, { kind: 'alert', alert: 46 }],
  [-12195, { kind: 'alert', alert: 48 }],
  [-12194, { kind: 'alert', alert: 49 }],
  [-12190, { kind: 'protocol', alert: 70 }],
  [-12188, { kind: 'alert', alert: 80 }],
  [-12286, { kind: 'protocol' }],
  [-12273, { kind: 'protocol' }],
  [-12263, { kind: 'plain-text' }],
  [-5938, { kind: 'closed' }],
  [-5961, { kind: 'reset' }],
])

/** Reasons of a connection that did not come about, in the words of any platform. */
export function connectKind(text: string): FailureKind {
  if (/refused/i.test(text)) return 'refused'
  if (/timed? ?out|timeout/i.test(text)) return 'timeout'
  if (/No route to host|unreachable|Host is down/i.test(text)) return 'unreachable'
  if (/reset by peer|Connection was reset/i.test(text)) return 'reset'
  return 'other'
}

/** GnuTLS by its own words (gnutls_strerror, gnutls_alert_get_name). */
export function gnutlsMeaning(text: string): Meaning {
  const plain = text.trim().replace(/\.$/, '')
  const alert = gnutlsAlerts.get(plain.toLowerCase()) ?? alertNumber(plain)
  if (alert !== undefined) return { kind: alert === 70 ? 'protocol' : 'alert', alert }
  if (/unexpected TLS packet/i.test(plain)) return { kind: 'plain-text' }
  if (/non-properly terminated|terminated the connection/i.test(plain)) return { kind: 'closed' }
  if (/Error in the p(?:ull|ush) function/i.test(plain)) return { kind: 'reset' }
  if (/Error in the certificate/i.test(plain)) return { kind: 'verify-failed' }
  if (/unsupported version|cipher suite/i.test(plain)) return { kind: 'protocol' }
  if (/fatal alert/i.test(plain)) return { kind: 'alert', general: true }
  if (/timed out/i.test(plain)) return { kind: 'timeout' }
  return { kind: 'other' }
}

/** Names that GnuTLS gives to alerts (RFC 8446 section 6). Source: GnuTLS lib/alert.c. */
const gnutlsAlerts: ReadonlyMap<string, number> = new Map([
  ['handshake failed', 40],
  ['certificate is bad', 42],
  ['certificate is not supported', 43],
  ['certificate was revoked', 44],
  ['certificate is expired', 45],
  ['unknown certificate', 46],
  ['ca is unknown', 48],
  ['access was denied', 49],
  ['decode error', 50],
  ['decrypt error', 51],
  ['error in protocol version', 70],
  ['insufficient security', 71],
  ['internal error', 80],
  ['an unsupported extension was sent', 110],
  ['the server name sent was not recognized', 112],
  ['certificate is required', 116],
  ['no supported application protocol could be negotiated', 120],
])

const q = '["\'`]'

/** The first that fits decides; numbers before words. */
const patterns: readonly (readonly [RegExp, Reader])[] = [
  [/\(0x([0-9A-Fa-f]{8})\)|error mask: 0x([0-9A-Fa-f]{8})/, (m) => windows.get((m[1] ?? '').toUpperCase())],
  [/CERT_TRUST_IS_(?:PARTIAL_CHAIN|UNTRUSTED_ROOT)/, () => ({ code: 20 })],
  [/CERT_TRUST_IS_NOT_TIME_VALID/, () => ({ code: 10 })],
  [/CERT_TRUST_IS_REVOKED/, () => ({ code: 23 })],
  [/CERT_TRUST_(?:REVOCATION_STATUS_UNKNOWN|IS_OFFLINE_REVOCATION)/, () => ({ code: 3 })],
  [/NSS error (-\d{4,5})|(?:^|\()(?:SSL|SEC|PR)_\w{4,60} \((-\d{4,5})\)/, (m) => nss.get(Number(m[1] ?? m[2]))],
  [/SSL certificate verify result: .{0,200}?\((\d{1,4})\)/, (m) => ({ code: Number(m[1]) })],
  [/OpenSSL verify result: ([0-9a-f]{1,4})\b/, (m) => nonZero(Number.parseInt(m[1] as string, 16))],
  [
    new RegExp(
      `no alternative certificate subject name matches target (?:host ?name|(ipv[46] address)) ${q}([^"'\`\\s]{1,255})${q}`,
      'i',
    ),
    (m) => ({ code: m[1] ? 64 : 62, mismatch: { wanted: m[2] as string } }),
  ],
  [
    new RegExp(
      `certificate subject name (?:${q}([^"'\`]{1,255})${q}|\\(([^)]{1,255})\\)) does not match target host ?name ${q}([^"'\`\\s]{1,255})${q}`,
      'i',
    ),
    (m) => ({ code: 62, mismatch: { wanted: m[3] as string, names: [(m[1] ?? m[2]) as string] } }),
  ],
  [
    new RegExp(`^common name: (.{1,255}?) \\(does not match ${q}([^"'\`\\s]{1,255})${q}\\)`),
    (m) => ({ code: 62, mismatch: { wanted: m[2] as string, names: [m[1] as string] } }),
  ],
  [
    new RegExp(
      `subjectAltName(?:s)?:? (?:host )?${q}?([^"'\`\\s]{1,255}?)${q}? does not match|subjectAltName does not match (?:host name |ipv[46] address )?(\\S{1,255})`,
      'i',
    ),
    (m) => ({ code: 62, mismatch: { wanted: (m[1] ?? m[2]) as string } }),
  ],
  [
    /(?:failed to match connection hostname|connection hostname) \(([^)]{1,255})\) (?:against|did not match)/,
    (m) => ({ code: 62, mismatch: { wanted: m[1] as string } }),
  ],
  [
    /subject alt name\(s\) (?:or|and) common name do not match "?([^"\s]{1,255})|certificate not valid for name "([^"]{1,255})"/,
    (m) => ({ code: 62, mismatch: { wanted: (m[1] ?? m[2]) as string } }),
  ],
  [/unable to obtain common name from peer certificate|certificate peer hostname mismatch/i, () => ({ code: 62 })],
  [
    /Requested domain name does not match the server's certificate|NotValidForName|BADCERT_CN_MISMATCH/,
    () => ({ code: 62 }),
  ],
  [
    /server certificate expiration date has passed|BADCERT_EXPIRED|current date after|\bhad an expired certificate|Peer's Certificate has expired|invalid peer certificate: (?:Other\()?.{0,20}Expired/i,
    () => ({ code: 10 }),
  ],
  [
    /server certificate not activated yet|BADCERT_FUTURE|current date before|that is not yet valid|NotValidYet/i,
    () => ({ code: 9 }),
  ],
  [/BADCERT_REVOKED|invalid peer certificate: .{0,20}Revoked/, () => ({ code: 23 })],
  [
    /BADCERT_NOT_TRUSTED|CA signer not available for verification|no signer error to confirm|UnknownIssuer|Invalid certificate chain|Untrusted root certificate|No root certificate|certificate signer not (?:trusted|found)|issuer is not recognized|issuer has been marked as not trusted/i,
    () => ({ code: 20 }),
  ],
  [/SSL certificate problem: (.{1,300})/, (m) => ({ code: verifyCode(m[1] as string) ?? 1 })],
  [/server (?:certificate )?verification failed/i, () => ({ code: 1 })],
  [/invalid peer certificate/i, () => ({ code: 1 })],
  [/SSL peer certificate or SSH remote key was not OK/, () => ({ code: 1, general: true })],
  [/(?:HTTP code|CONNECT tunnel failed, response) (\d{3})/, (m) => ({ kind: 'proxy-refused', status: Number(m[1]) })],
  [
    /Proxy CONNECT aborted|Can't complete SOCKS[45] connection|cannot complete SOCKS5 connection/i,
    () => ({ kind: 'proxy-refused' }),
  ],
  [/Could ?n[o']t resolve (?:host|proxy)|Resolving timed out|getaddrinfo\(\) .{0,40}failed/i, () => ({ kind: 'dns' })],
  [
    /gnutls_handshake\(\) failed: (.{1,200})|GnuTLS recv error \(-\d{1,4}\): (.{1,200})/,
    (m) => gnutlsMeaning((m[1] ?? m[2]) as string),
  ],
  [
    /requested a client certificate during the handshake|a client certificate has been requested|NSS: client certificate not found/i,
    () => ({ requested: true }),
  ],
  [
    /SSL_ERROR_SYSCALL|SSL_ERROR_ZERO_RETURN|Empty reply from server|failed to receive handshake|server closed the connection|Server aborted the SSL handshake|SSL\/TLS connection failed/i,
    () => ({ kind: 'closed' }),
  ],
  [
    /(?:Recv|Send) failure: (.{1,200})|OpenSSL SSL_connect: (Connection reset by peer)/,
    (m) => ({ kind: sendKind((m[1] ?? m[2]) as string) }),
  ],
  [/(?:SSL connection|Connection|Operation) time(?:d )?out/i, () => ({ kind: 'timeout' })],
  [
    /(?:Failed to connect to|connect to|Could not connect to|Connection to) .{1,300}?(?:failed|refused|server|after|timed out|unreachable|host)/i,
    (m) => ({ kind: connectKind(m.input), ...(connectKind(m.input) === 'other' ? { general: true } : {}) }),
  ],
  [/error setting certificate|error adding trust anchors/i, () => ({ kind: 'trust-store' })],
  [
    /could not load PEM client certificate|unable to set (?:private key|client cert)|could not (?:load|parse|import|open) .{0,60}(?:cert|key)|unable to use client certificate/i,
    () => ({ kind: 'other' }),
  ],
  [
    /^option .{1,80}: (?:is unknown|requires parameter|is ambiguous)|^try 'curl --help'|URL (?:using bad|rejected|malformed)|no URL specified/i,
    () => ({ kind: 'usage' }),
  ],
]

const nonZero = (code: number): Meaning | undefined => (code === 0 ? undefined : { code })
const sendKind = (text: string): FailureKind => (/Broken pipe/i.test(text) ? 'closed' : connectKind(text))

/** The meaning of a message of curl without the marks before it; undefined when it says nothing of a failure. */
export function curlMeaning(text: string): Meaning | undefined {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(text)
    const meaning = match && read(match)
    if (meaning) return meaning
  }
  return undefined
}

/** Exit codes whose words say no more. Source: curl(1), EXIT CODES. */
export const exitMeanings: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [2, { kind: 'usage' }],
  [3, { kind: 'usage' }],
  [5, { kind: 'dns' }],
  [6, { kind: 'dns' }],
  [7, { kind: 'other' }],
  [28, { kind: 'timeout' }],
  [35, { kind: 'other' }],
  [51, { code: 1 }],
  [52, { kind: 'closed' }],
  [55, { kind: 'other' }],
  [56, { kind: 'other' }],
  [58, { kind: 'other' }],
  [60, { code: 1 }],
  [66, { kind: 'other' }],
  [77, { kind: 'trust-store' }],
  [97, { kind: 'proxy-refused' }],
  [98, { kind: 'other', requested: true }],
])
