import type { Failure } from '../model.ts'

/** bad_certificate to unknown_ca (RFC 8446 section 6.2): the sender does not accept the certificate of the other side. */
const ofCertificate = (alert: number): boolean => alert >= 42 && alert <= 48 && alert !== 47

/** The failure that a fatal alert is, by the side that sent it. */
export function alertFailure(at: Pick<Failure, 'span' | 'text'>, alert: number, outgoing: boolean): Failure {
  if (outgoing) return { ...at, kind: ofCertificate(alert) ? 'verify-failed' : 'alert', alertSent: alert }
  return { ...at, kind: alert === 70 ? 'protocol' : 'alert', alert }
}
