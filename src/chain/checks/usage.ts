/** Is the path good for its purpose? RFC 5280 sections 4.2.1.3 and 4.2.1.12, CA/Browser Forum BR section 7.1.2. */
import { anyExtendedKeyUsage, purposes } from '../../standards/policy.ts'
import type { KeyUsageBit, NetscapeType } from '../../x509/model.ts'
import { type Check, called, isWaived, problem } from './check.ts'

/**
 * Certificates whose extended key usage leaves the purpose out: the leaf, and every issuer that has the extension
 * (all clients nest it so, although RFC 5280 does not say it).
 */
export const checkPurpose: Check = (path, options) => {
  if (options.purpose === 'any') return []
  const purpose = purposes[options.purpose]
  return path.certificates.flatMap((certificate, index) => {
    const usages = certificate.extendedKeyUsage
    if (usages === undefined || usages.includes(purpose.oid)) return []
    if (isWaived(path, index, options, 'extendedKeyUsage')) return []
    if (purpose.equivalents.some((other) => usages.includes(other))) return []
    const actual = usages.length === 0 ? 'nothing' : usages.join(', ')
    const facts = { actual, expected: purpose.oid }
    if (usages.includes(anyExtendedKeyUsage)) {
      const message = `${called(certificate)} allows any purpose without naming ${purpose.name}; OpenSSL refuses that, Go and Windows accept it.`
      return [problem(path, index, 'extended-key-usage', message, { severity: 'note', ...facts })]
    }
    const message =
      index === 0
        ? `The extended key usage of ${called(certificate)} does not include ${purpose.name}.`
        : `The extended key usage of the issuer ${called(certificate)} does not include ${purpose.name}, so nothing below it may serve for that.`
    return [problem(path, index, 'extended-key-usage', message, facts)]
  })
}

/** Bits of which a leaf needs one, when it has a key usage at all (OpenSSL, `KU_TLS` and check_purpose_ssl_client). */
const leafUsages: Readonly<Record<'server' | 'client', readonly KeyUsageBit[]>> = {
  server: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  client: ['digitalSignature', 'keyAgreement'],
}

/**
 * A leaf whose key usage does not fit a TLS handshake. Without digitalSignature there is neither TLS 1.3 nor an
 * ephemeral key exchange (RFC 8446 section 4.4.2.2): a note, because the old RSA key exchange may still work.
 */
export const checkLeafKeyUsage: Check = (path, options) => {
  const leaf = path.certificates[0]
  if (leaf?.keyUsage === undefined || options.purpose === 'any') return []
  const wanted = leafUsages[options.purpose]
  if (leaf.keyUsage.includes('digitalSignature')) return []
  const usable = wanted.some((bit) => leaf.keyUsage?.includes(bit) === true)
  const actual = leaf.keyUsage.length === 0 ? 'nothing' : leaf.keyUsage.join(', ')
  const message = usable
    ? `The key usage of ${called(leaf)} allows ${actual} but no signatures, so it cannot serve TLS 1.3 or an ephemeral key exchange.`
    : `The key usage of ${called(leaf)} allows ${actual}, none of which a TLS ${options.purpose} needs.`
  const facts = { actual, expected: wanted.join(' or ') }
  return [
    problem(path, 0, 'key-usage-no-digital-signature', message, { severity: usable ? 'note' : 'fatal', ...facts }),
  ]
}

const netscapeTypes: Readonly<Record<'server' | 'client', NetscapeType>> = {
  server: 'SSL Server',
  client: 'SSL Client',
}

/**
 * A leaf whose Netscape certificate type leaves the purpose out. The extension is older than extended key usage and most
 * clients pass it over, but OpenSSL obeys it (`ns_reject` in check_purpose_ssl_server and _client), and so does Java
 * (`EndEntityChecker`). In issuers OpenSSL does not look at it beside basic constraints.
 */
export const checkNetscapeType: Check = (path, options) => {
  const leaf = path.certificates[0]
  if (leaf?.netscapeCertType === undefined || options.purpose === 'any') return []
  const wanted = netscapeTypes[options.purpose]
  if (leaf.netscapeCertType.includes(wanted)) return []
  const actual = leaf.netscapeCertType.length === 0 ? 'nothing' : leaf.netscapeCertType.join(', ')
  const message = `The Netscape certificate type of ${called(leaf)} allows ${actual}, but not ${wanted}: OpenSSL and Java refuse it for that, Go and browsers do not look at it.`
  return [problem(path, 0, 'netscape-cert-type', message, { actual, expected: wanted })]
}
