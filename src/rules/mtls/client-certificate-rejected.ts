/** RFC 8446 section 6.2: alerts by which a server says what is wrong with the certificate of the client. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { place, shellWord, showChainCommand } from '../words.ts'

/** TLS alert numbers (RFC 8446 section 6) and what a server means by them after a client certificate was presented. */
const meanings: ReadonlyMap<number, string> = new Map([
  [42, 'it could not be used (bad_certificate)'],
  [43, 'its type is not supported (unsupported_certificate)'],
  [44, 'it is revoked (certificate_revoked)'],
  [45, 'it has expired (certificate_expired)'],
  [46, 'it is not acceptable (certificate_unknown)'],
  [48, 'its CA is not trusted there (unknown_ca)'],
  [49, 'it is valid, but access is denied (access_denied)'],
  [51, 'its signature did not verify (decrypt_error)'],
])

export const clientCertificateRejected: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'client-certificate-rejected',
    title: 'The server refuses the certificate of the client.',
    why: 'The server asks for a client certificate, got one, and does not accept it.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 6.2'],
  },
  check(context) {
    const { capture } = context
    if (capture.kind !== 'connection') return notApplicable('no connection was made')
    const failure = capture.failures.find((entry) => entry.alert !== undefined && meanings.has(entry.alert))
    const presented = capture.command?.clientCertificate !== undefined
    if (!failure || !presented) return pass
    return fail({
      severity: 'error',
      confidence: capture.clientAuth.requested === 'yes' ? 'certain' : 'likely',
      owner: 'client',
      title: `The server${place(context)} refuses the client certificate: ${meanings.get(failure.alert ?? 0)}.`,
      explanation:
        'The alert was received from the server, so this is its judgement of the client, not of its own certificate. Compare the issuer of the client certificate with the CA names that the server accepts.',
      evidence: [failure.span, ...(capture.clientAuth.requestedSpan ? [capture.clientAuth.requestedSpan] : [])],
      nextCommand: showChainCommand(
        context,
        `-cert ${shellWord(capture.command?.clientCertificate ?? 'client.pem')} -key client.key -state`,
      ),
    })
  },
}
