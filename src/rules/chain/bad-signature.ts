/** RFC 5280 section 6.1.3 (a) (1): the signature must verify with the issuer's key. */
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { depthOf, entryOf, failureSpans, nameAtDepth } from '../signals.ts'
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
    if (!first || bad.some((problem) => problem === undefined)) return context.codes.has(7) ? fromTool(context) : pass
    const accepted = context.toolOk === true
    const path = paths[0]
    const certificate = path?.certificates[first.index]
    const issuer = path?.certificates[first.index + 1] ?? certificate
    if (!certificate || !issuer) return pass
    const entry = entryOf(context, certificate.sha256)
    return fail({
      severity: accepted ? 'warning' : 'error',
      confidence: 'certain',
      owner: accepted ? 'reporter' : 'server-operator',
      title: `The signature on ${quoted(certificate.subject)} does not verify with the key of ${quoted(issuer.subject)}.`,
      explanation: accepted
        ? 'The tool verified it, so the bytes were probably changed on their way into this paste. Copy the certificates once more.'
        : 'The issuer has the right name, but its key did not make this signature. Either the bytes were changed on the way (a paste that lost or gained characters does this too), or the chain holds a certificate of the same name with another key, as after a CA was set up anew.',
      evidence: [...(entry ? [entry.span] : []), ...failureSpans(context, [7])],
      certificate: certificate.sha256,
      nextCommand: showChainCommand(context),
    })
  },
}

function fromTool(context: CaptureContext): Outcome {
  const named = nameAtDepth(context, depthOf(context, 7) ?? -1)
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'server-operator',
    title: `The client reports that the signature on ${named ? quoted(named.name) : 'a certificate'}${place(context)} does not verify.`,
    explanation: context.build
      ? 'The certificates in the paste verify, so the client has another certificate of the same name in its own files, or the server does not always send the same ones.'
      : 'The certificates themselves are not in the paste, so which signature fails cannot be checked here.',
    evidence: [...(named ? [named.span] : []), ...failureSpans(context, [7])],
    nextCommand: showChainCommand(context),
  })
}
