/** Whom an OCSP response is about and who made it. Source: RFC 6960 sections 4.1.1 and 4.2.2.3. */
import { hex } from './hex.ts'
import { keyBits } from './key.ts'
import type { Certificate } from './model.ts'
import type { OcspCertId, OcspResponder } from './ocsp-model.ts'
import { digests } from './rsa.ts'

/**
 * Is the CertID that of a certificate with this issuer?
 * @returns undefined when the serial number fits but the digest is of a kind unknown here
 */
export function isCertId(id: OcspCertId, certificate: Certificate, issuer: Certificate): boolean | undefined {
  if (plain(id.serial) !== plain(certificate.serial)) return false
  const digest = digests.get(id.hash)
  if (digest === undefined) return undefined
  const { start, end } = certificate.ranges.issuer
  // The name as it stands in the certificate: it is its very bytes that are hashed.
  if (hex(digest(certificate.der.subarray(start, end))) !== id.issuerNameHash) return false
  return hex(digest(keyBits(issuer.publicKey.spki))) === id.issuerKeyHash
}

/** Does a certificate have the name or the key that the response says its responder has? */
export function isResponder(responder: OcspResponder, certificate: Certificate): boolean {
  return 'name' in responder
    ? responder.name.key === certificate.subject.key
    : responder.keyId === certificate.publicKey.keyId.toLowerCase()
}

const plain = (serial: string): string => serial.toUpperCase().replace(/^(?:00)+(?=.)/, '')
