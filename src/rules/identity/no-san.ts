/** RFC 9525 section 6.3 and CA/Browser Forum Baseline Requirements 7.1.2.7.12: names are in subjectAltName only. */
import { anyExtendedKeyUsage, purposes } from '../../standards/policy.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { isClientCertificate } from '../signals.ts'
import { quoted } from '../words.ts'

export const noSan: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'no-san',
    title: 'The server certificate has no subject alternative name.',
    why: 'Browsers and Go refuse it for every host name, whatever its common name says.',
    cause: false,
    explains: [],
    sources: ['RFC 9525 section 6.3'],
  },
  check(context) {
    const certificate = context.leaf?.certificate
    if (!context.leaf || !certificate || context.supplement) return notApplicable('there is no server certificate')
    if (isClientCertificate(context)) return notApplicable('the certificate is for a client')
    const usages = certificate.extendedKeyUsage
    if (usages && !usages.includes(purposes.server.oid) && !usages.includes(anyExtendedKeyUsage))
      return notApplicable('the certificate is not for a server')
    if (certificate.subjectAltNames.length > 0) return pass
    return fail({
      severity: 'warning',
      confidence: 'certain',
      owner: 'server-operator',
      title: `The certificate ${quoted(certificate.subject)} has no subject alternative name.`,
      explanation:
        'Only some clients (OpenSSL, curl, wget, Java, Node) still compare the common name then; browsers, Apple, Android, Go and Python do not. Issue it again with the host names as DNS entries of subjectAltName.',
      evidence: [context.leaf.span],
      certificate: certificate.sha256,
    })
  },
}
