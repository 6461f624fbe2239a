/** What a server has against the certificate of its client, by the numbers and words in which servers say it. */
import type { Owner } from '../core/finding.ts'

/** `what` completes "... refuses the client certificate: ". */
export interface Reason {
  readonly what: string
  /** What to check and to do. */
  readonly advice: string
  readonly owner: Owner
}

const reason = (what: string, advice: string, owner: Owner = 'client'): Reason => ({ what, advice, owner })

const unknownCa = reason(
  'its CA is not trusted there',
  'Either the trust file of the server lacks the CA that issued it, or the client sends its own certificate without the intermediate between the two. Compare its issuer with the CA names that the server accepts, and send it with its intermediates.',
)
const expired = reason(
  'it has expired',
  'The client needs a current certificate. Where a new one was issued already, the program still reads the old file, or was not restarted.',
)
const early = reason(
  'it is not valid yet',
  'Its validity has not begun, or the clock of the server is behind. A certificate issued minutes ago fails where clocks differ.',
)
const purpose = reason(
  'it is not meant for clients',
  'It lacks the extended key usage clientAuth (1.3.6.1.5.5.7.3.2): a server certificate was taken for a client certificate. The CA has to issue one for clients.',
)
const revoked = reason('it is revoked', 'The client needs a new certificate; ask the CA why this one was revoked.')
const selfSigned = reason(
  'it is self-signed',
  'The server would have to trust this very certificate. As a rule the client is to present one of a CA that the server names.',
)
const unknownRoot = reason(
  'its root is not trusted there',
  'The client sent its whole chain, and the server does not have the root. Give the root to the server, or take a certificate of a CA that it trusts.',
)
const tooLong = reason(
  'its chain is longer than the server allows',
  'The server limits the number of certificates above that of the client (nginx: ssl_verify_depth, 1 by default; Apache: SSLVerifyDepth). Raise the limit to the number of CA certificates in the chain.',
  'server-operator',
)
const weak = reason(
  'its key or a signature in its chain is too weak',
  'The CA has to issue it anew, with a key of RSA 2048 bits or more, or P-256, and with SHA-256.',
)
const badCa = reason(
  'a CA certificate above it must not issue such certificates',
  'A certificate in its chain is no CA certificate, or has limits that forbid this one. The CA that runs the client certificates has to look.',
  'ca',
)
const badSignature = reason(
  'its signature does not verify',
  'The certificate was altered, or another CA of the same name signed it. Fetch it again from the CA.',
)
const noRevocation = reason(
  'the server cannot find out whether it is revoked',
  'The revocation list that the server was given is missing or out of date. The certificate may be good; the server needs a current list of that CA.',
  'server-operator',
)
const unusable = reason(
  'it could not be used',
  'The server does not say why: its log does. Some servers (Java, Go) answer the same when no certificate came at all.',
)
const unacceptable = reason(
  'it is not acceptable',
  'The server does not say why: its log does. Java servers answer so when they do not trust the CA.',
)
const type = reason(
  'its type is not supported',
  'The kind of its key, or its extended key usage, is not one that the server takes. Compare them with the signature algorithms that the server asks for.',
)
const denied = reason(
  'it is valid, but access is denied',
  'The certificate was accepted as such; who it names is not on the list of those who may enter. The operator of the server has to add it.',
  'server-operator',
)
const keyProof = reason(
  'the proof of its key did not verify',
  'As a rule the private key that the client uses does not belong to the certificate. Compare their public keys.',
)
/** The refusal says nothing of why. */
export const unexplained = reason(
  'the handshake was ended after it',
  'The alert says nothing of why: the log of the server does. Older servers and load balancers answer so to any client certificate that they do not accept, and where the client finds no signature algorithm in common.',
)

/** Alerts (RFC 8446 section 6.2, RFC 5246 section 7.2) that are about the certificate of the client, or its absence. */
export const alertNames: ReadonlyMap<number, string> = new Map([
  [40, 'handshake_failure'],
  [41, 'no_certificate'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [51, 'decrypt_error'],
  [116, 'certificate_required'],
])

const named = (alert: number, base: Reason): readonly [number, Reason] => [
  alert,
  { ...base, what: `${base.what} (${alertNames.get(alert)})` },
]

/** By TLS alert. */
export const reasonsByAlert: ReadonlyMap<number, Reason> = new Map([
  named(40, unexplained),
  named(42, unusable),
  named(43, type),
  named(44, revoked),
  named(45, expired),
  named(46, unacceptable),
  named(48, unknownCa),
  named(49, denied),
  named(51, keyProof),
])

/** By X509_V_ERR (OpenSSL include/openssl/x509_vfy.h), as servers log it of their client. */
export const reasonsByCode: ReadonlyMap<number, Reason> = new Map([
  [
    1,
    reason(
      'it did not pass verification',
      'The server does not say why at this level of its log: an expired one, one of an unknown CA and one without its intermediate look the same (HAProxy logs the number with %[ssl_c_err]).',
    ),
  ],
  ...[2, 20, 21].map((code) => [code, unknownCa] as const),
  ...[3, 11, 12, 33, 44, 54].map((code) => [code, noRevocation] as const),
  [7, badSignature],
  [9, early],
  [10, expired],
  [18, selfSigned],
  [19, unknownRoot],
  [22, tooLong],
  [23, revoked],
  ...[24, 25, 32, 37, 47, 48, 79].map((code) => [code, badCa] as const),
  [26, purpose],
  ...[27, 28].map((code) => [code, unacceptable] as const),
  ...[66, 67, 68].map((code) => [code, weak] as const),
])

interface Words {
  readonly pattern: RegExp
  readonly reason: Reason
}

/** By words: those of `$ssl_client_verify` (nginx), of Cloudflare's ClientMTLSAuthStatus, and of answers (IIS has numbers for them). */
const words: readonly Words[] = [
  { pattern: /chain too long/i, reason: tooLong },
  { pattern: /not yet valid|notyetvalid/i, reason: early },
  { pattern: /expired|403\.17\b/i, reason: expired },
  { pattern: /revoked|403\.13\b/i, reason: revoked },
  { pattern: /self.signed certificate in/i, reason: unknownRoot },
  { pattern: /self.signed/i, reason: selfSigned },
  { pattern: /purpose/i, reason: purpose },
  { pattern: /too weak|too small/i, reason: weak },
  { pattern: /untrusted|not trusted|issuer|first certificate|unknown ca|403\.16\b/i, reason: unknownCa },
]

/** What is wrong, where words tell; else that it was not accepted. */
export const reasonOfWords = (text: string): Reason =>
  words.find(({ pattern }) => pattern.test(text))?.reason ??
  reason('it did not pass verification', 'The server does not say why: its log does.')

/** An answer over a finished connection that is about the certificate of the client. */
export interface AnswerWords {
  readonly says: 'missing' | 'rejected'
  readonly pattern: RegExp
}

/** nginx and what is built on it (Kong, OpenResty, ingress controllers), Kong's mtls-auth, IIS (sub-status 7, 13, 16, 17), and plain words. */
export const answerWords: readonly AnswerWords[] = [
  { says: 'missing', pattern: /No required (?:SSL|TLS) certificate was sent/i },
  { says: 'missing', pattern: /SSL certificate required|403\.7\b/i },
  {
    says: 'missing',
    pattern: /client certificate (?:is |was )?(?:required|missing|not (?:provided|presented|supplied|sent|found))/i,
  },
  { says: 'missing', pattern: /(?:no|missing|requires? a|without a) client certificate/i },
  { says: 'rejected', pattern: /SSL certificate error|TLS certificate failed verification|403\.1[367]\b/i },
  {
    says: 'rejected',
    pattern:
      /(?:invalid|untrusted|bad) client certificate|client certificate (?:is |was |has )?(?:invalid|not trusted|untrusted|expired|revoked|rejected|not accepted|failed)/i,
  },
]

/** Servers' words for a client that sent no certificate, and those of browsers (Chromium) and Windows (0x80090320) that had none to give. */
export const noneCameWords =
  /peer[ _]did[ _]not[ _]return[ _]a[ _]certificate|error:[0-9A-F]{5}0C7:SSL|client sent no required SSL certificate|client didn't provide a certificate|Empty client certificate chain|null cert chain|ERR_SSL_CLIENT_AUTH_CERT_NEEDED|0x80090320|SEC_I_INCOMPLETE_CREDENTIALS/i

/** Chromium's word for a client certificate that the server did not take. */
export const refusedWords = /ERR_BAD_SSL_CLIENT_AUTH_CERT/
