/** RFC 5280 section 6.1.3 (a) (1): the signature must verify with the issuer's key. */
import { fail, notApplicable, pass, type CaptureRule } from '../contract.ts'
import { failureSpans } from '../signals.ts'
import { place, quoted, showChainCommand } from '../words.ts'

export const badSignature: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'bad-signature',
    title: 'A signature does not verify with the key of the named issuer.',
    why: 'The certificate was altered, or the issuer in the chain is another one of the same name.',
    cause: true,
    explains: [7],
    sources: ['RFC 5280 section 6.1.3'],
  },
  check(context) {
    const paths = context.build?.paths ?? []
    if (paths.length === 0 || context.supplement) {
      return context.codes.has(7) ? fromTool(context) : notApplicable('no certificate to check')
    }
    const bad = paths.map((path) => path.problems.find((problem) => problem.code === 'signature-invalid'))
    const first = bad[0]
    if (!first || bad.some((problem) => problem === undefined)) return pass
    const path = paths[0]
    const certificate = path?.certificates[first.index]
    const issuer = path?.certificates[first.index + 1] ?? certificate
    if (!certificate || !issuer) return pass
    const entry = context.served.find((candidate) => candidate.certificate?.sha256 === certificate.sha256)
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: `The signature on ${quoted(certificate.subject)} does not verify with the key of ${quoted(issuer.subject)}.`,
      explanation:
        'The issuer has the right name, but its key did not make this signature. Either the bytes were changed on the way (a paste that lost or gained characters does this too), or the chain holds a certificate of the same name with another key, as after a CA was set up anew.',
      evidence: [...(entry ? [entry.span] : []), ...failureSpans(context, [7])],
      certificate: certificate.sha256,
      nextCommand: showChainCommand(context),
    })
  },
}

function fromTool(context: Parameters<CaptureRule['check']>[0]) {
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'server-operator',
    title: `The tool reports a certificate signature failure${place(context)}.`,
    explanation: 'The certificates themselves are not in the paste, so which signature fails cannot be checked here.',
    evidence: failureSpans(context, [7]),
    nextCommand: showChainCommand(context),
  })
}
