import { base64 } from './hex.ts'

/**
 * A certificate as a PEM block.
 * @param der the certificate's DER
 * @returns lines of 64 characters with both boundary lines and a final newline (RFC 7468 section 2)
 */
export function toPem(der: Uint8Array): string {
  const body = base64(der).replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----\n`
}
