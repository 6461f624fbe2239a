/** CA/Browser Forum Baseline Requirements section 6.1.5 and 7.1.3.2; OpenSSL security levels (SSL_CTX_set_security_level). */
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { entryOf, failureSpans } from '../signals.ts'
import { disagreementOf, type WeakThing } from '../ssl-reasons.ts'
import { place, showChainCommand } from '../words.ts'

const codes = [66, 67, 68]

export const weakKeyOrSignature: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'weak-key-or-signature',
    title: 'A key is too short or a signature uses a broken digest.',
    why: 'Current clients refuse RSA below 2048 bits and MD5 or SHA-1 signatures.',
    cause: true,
    explains: codes,
    sources: ['CA/Browser Forum Baseline Requirements 6.1.5, 7.1.3.2', 'OpenSSL SSL_CTX_set_security_level(3)'],
  },
  check(context) {
    const reported = fromFailure(context)
    if (reported) return reported
    const refused = codes.some((code) => context.codes.has(code))
    const problems = (context.build?.paths[0]?.problems ?? []).filter(
      (problem) => problem.code === 'weak-key' || problem.code === 'weak-digest',
    )
    if (context.supplement || (!refused && context.served.length === 0)) return notApplicable('no certificate to check')
    const first = problems[0]
    if (!first && !refused) return pass
    const entry = entryOf(context, first?.certificate)
    const accepted = !refused && context.toolOk !== undefined
    return fail({
      severity: accepted ? 'warning' : 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: first?.message ?? `The client refuses a key or digest of the chain as too weak${place(context)}.`,
      explanation: [
        ...problems.slice(1).map((problem) => problem.message),
        refused
          ? 'The client that made this paste refused it for that reason.'
          : accepted
            ? 'The client that made this paste does not object, but stricter ones do: browsers, Java, and OpenSSL at security level 2 (the default of Debian, Ubuntu and RHEL).'
            : 'Clients differ in how strict they are; current browsers, OpenSSL at security level 2 (the default of Debian, Ubuntu and RHEL) and Java refuse it.',
      ].join(' '),
      evidence: [...(entry ? [entry.span] : []), ...failureSpans(context, codes)],
      ...(first ? { certificate: first.certificate } : {}),
      nextCommand: showChainCommand(context),
    })
  },
}

/** Keys and digests at which the TLS library itself stops, before or without judging the chain of the peer. */
function fromFailure(context: CaptureContext): Outcome | undefined {
  const { capture } = context
  for (const failure of capture.failures) {
    const weak = disagreementOf(failure)
    if (weak !== 'weak-ephemeral' && weak !== 'weak-own-key' && weak !== 'weak-own-digest') continue
    const own = weak !== 'weak-ephemeral'
    const byServer = capture.role === 'server' || (own && capture.kind === 'log')
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: own && !byServer ? 'client' : 'server-operator',
      title: weakTitles[weak](place(context), byServer),
      explanation: weakTexts[weak],
      evidence: [failure.span],
      nextCommand: own
        ? 'openssl x509 -in CERTIFICATE.pem -noout -subject -text | grep -E "Subject:|Public-Key|Signature Algorithm"'
        : `${showChainCommand(context, '-cipher DEFAULT@SECLEVEL=1 -tls1_2')} 2>&1 | grep -E "Temp Key|Cipher is"`,
    })
  }
  return undefined
}

const weakTitles: Readonly<Record<WeakThing, (at: string, byServer: boolean) => string>> = {
  'weak-ephemeral': (at) => `The Diffie-Hellman key of the server${at} is too short for this client.`,
  'weak-own-key': (_, byServer) =>
    `The ${byServer ? 'server' : 'client'} refuses its own certificate: a key in it is too short.`,
  'weak-own-digest': (_, byServer) =>
    `The ${byServer ? 'server' : 'client'} refuses its own certificate: a CA above it signs with a broken digest.`,
}

const weakTexts: Readonly<Record<WeakThing, string>> = {
  'weak-ephemeral':
    'It is the key of the key exchange, not that of the certificate, which need not be replaced. OpenSSL at security level 2 (the default of Debian, Ubuntu and RHEL) wants 2048 bits, as do Java and browsers. The server has to offer ECDHE, or Diffie-Hellman parameters of 2048 bits or more.',
  'weak-own-key':
    'It is the certificate that the program was given to present, not that of the other side: the TLS library does not load it at its security level (2 is the default of Debian, Ubuntu and RHEL and wants RSA 2048 or P-256). It has to be issued anew with a longer key.',
  'weak-own-digest':
    'It is the certificate that the program was given to present, not that of the other side: the TLS library does not load a chain that is signed with SHA-1 or MD5. It has to be issued anew by a CA that signs with SHA-256.',
}
