/** The error queue of OpenSSL and BoringSSL inside a log line. Numbers decide before words. */
import type { FailureKind } from '../../model.ts'

export interface SslError {
  readonly kind: FailureKind
  /** TLS alert number received from the peer. */
  readonly alert?: number
  /** The peer was asked for a certificate and gave none. */
  readonly noCertificate?: true
  /** The reason as printed, in lower case with blanks. */
  readonly reason: string
}

/** OpenSSL: `error:0A000418:SSL routines::tlsv1 alert unknown ca`; HAProxy prints the bare number. */
const openssl = /error:([0-9A-Fa-f]{8,16}):[^:\n]{0,60}:[^:\n]{0,80}:([^:()\n/]{0,120})/
/** BoringSSL: `268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED`; the number is decimal. */
const boring = /(?<![\dA-Fa-f])(\d{8,10}):[^:\n|]{1,60}:OPENSSL_internal:([A-Za-z0-9_ /]{0,120})/
const alertNumber = /SSL alert number (\d{1,3})/

/** Reads the first error of a text; undefined when there is none. */
export function sslError(text: string): SslError | undefined {
  const found = openssl.exec(text)
  if (found) {
    const reason = words(found[2] as string)
    return decode(Number.parseInt((found[1] as string).slice(-8), 16), reason, alertNumber.exec(text)?.[1])
  }
  const decimal = boring.exec(text)
  if (decimal) return decode(Number(decimal[1]), words(decimal[2] as string), undefined)
  const alone = alertNumber.exec(text)
  return alone ? decode(0, '', alone[1]) : undefined
}

/** The meaning of an error code alone, as HAProxy logs it in hexadecimal. */
export const sslCode = (hex: string): SslError => decode(Number.parseInt(hex.slice(-8), 16), '', undefined)

const words = (text: string): string => text.replaceAll('_', ' ').trim().toLowerCase()

/** OpenSSL's `ERR_SYSTEM_FLAG`: the rest is an errno. */
const systemFlag = 0x8000_0000

function decode(code: number, reason: string, alertText: string | undefined): SslError {
  // The low 12 bits are the reason in OpenSSL 1, OpenSSL 3 and BoringSSL alike (ERR_GET_REASON).
  const number = code & 0xfff
  const received =
    alertText !== undefined ? Number(alertText) : number >= 1000 && number < 1256 ? number - 1000 : undefined
  if (received !== undefined) return { kind: received === 70 ? 'protocol' : 'alert', alert: received, reason }
  if (code >= systemFlag) return { kind: errnoKind(code - systemFlag), reason }
  const isSsl = reason === '' || !/system library/.test(reason)
  if (isSsl && (/did not return a certificate/.test(reason) || (reason === '' && number === 199)))
    return { kind: 'other', noCertificate: true, reason }
  return { kind: kindOf(reason, number), reason }
}

/** Reasons of libssl by number (`openssl/sslerr.h`), for logs that print no words. */
const kinds: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [101, 'protocol'],
  [118, 'protocol'],
  [134, 'verify-failed'],
  [155, 'plain-text'],
  [156, 'plain-text'],
  [193, 'protocol'],
  [258, 'protocol'],
  [267, 'plain-text'],
  [294, 'closed'],
  [373, 'protocol'],
  [396, 'protocol'],
])

function kindOf(reason: string, number: number): FailureKind {
  if (reason === '') return kinds.get(number) ?? 'other'
  if (/certificate verify failed/.test(reason)) return 'verify-failed'
  if (/wrong version number|http request|packet length too long/.test(reason)) return 'plain-text'
  if (
    /unsupported protocol|unknown protocol|version too (?:low|high)|unsupported version|no protocols available|no shared cipher|no suitable (?:key share|signature algorithm)|inappropriate fallback|legacy sigalg|unsafe legacy renegotiation|dh key too small|wrong ssl version/.test(
      reason,
    )
  )
    return 'protocol'
  return /unexpected eof/.test(reason) ? 'closed' : 'other'
}

/** errno of Linux, macOS and Windows by meaning. */
export function errnoKind(errno: number): FailureKind {
  if ([111, 61, 10061].includes(errno)) return 'refused'
  if ([104, 54, 10054, 32].includes(errno)) return 'reset'
  if ([110, 60, 10060].includes(errno)) return 'timeout'
  return [113, 101, 65, 51].includes(errno) ? 'unreachable' : 'other'
}
