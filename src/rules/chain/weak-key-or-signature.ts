/** CA/Browser Forum Baseline Requirements section 6.1.5 and 7.1.3.2; OpenSSL security levels (SSL_CTX_set_security_level). */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { entryOf, failureSpans } from '../signals.ts'
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
