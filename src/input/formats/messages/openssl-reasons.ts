/** Reasons of OpenSSL's error queue that runtimes print without the rest of its line. Source: OpenSSL crypto/err/openssl.txt. */
import type { FailureKind } from '../../model.ts'
import { alertNumber } from './alert-names.ts'

const kinds: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['certificate verify failed', 'verify-failed'],
  ['wrong version number', 'plain-text'],
  ['http request', 'plain-text'],
  ['unknown protocol', 'plain-text'],
  ['packet length too long', 'plain-text'],
  ['record layer failure', 'plain-text'],
  ['unsupported protocol', 'protocol'],
  ['no protocols available', 'protocol'],
  ['unsupported ssl version', 'protocol'],
  ['version too low', 'protocol'],
  ['version too high', 'protocol'],
  ['wrong ssl version', 'protocol'],
  ['unexpected eof while reading', 'closed'],
])

export interface Reason {
  readonly kind: FailureKind
  readonly alert?: number
}

/**
 * Reads a reason in words or as a constant: `tlsv13 alert certificate required`, `TLSV1_ALERT_UNKNOWN_CA`,
 * `SSL/TLS_ALERT_HANDSHAKE_FAILURE`. Reasons that bear an alert's name stand for an alert received.
 */
export function readReason(text: string): Reason {
  const plain = text.toLowerCase().replaceAll('_', ' ').trim()
  const kind = kinds.get(plain)
  if (kind) return { kind }
  const alert = /^(?:sslv3|tlsv1|tlsv13|ssl\/tls|tls)(?: alert)? (.{2,60})$/.exec(plain)
  const number = alert ? alertNumber(alert[1] as string) : undefined
  if (number === undefined) return { kind: 'other' }
  return { kind: number === 70 ? 'protocol' : 'alert', alert: number }
}
