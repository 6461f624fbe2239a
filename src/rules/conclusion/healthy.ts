/** RFC 5280 section 6.1: a path that validates to a trust anchor, for the name that was asked for. */
import { isIpAddress } from '../../chain/host-ip.ts'
import type { CaptureContext } from '../context.ts'
import { type ConclusionRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { beyondTls } from '../gateway-log.ts'
import { edgeStatus } from '../gateway-open.ts'
import { place, quoted, shown } from '../words.ts'

export const healthy: ConclusionRule = {
  scope: 'conclusion',
  meta: {
    slug: 'healthy',
    title: 'The chain is complete, in date and trusted.',
    why: 'A failure that is still seen has another cause than the certificates of this hop.',
    cause: true,
    explains: [],
    sources: ['RFC 5280 section 6.1'],
  },
  check(context, found) {
    const { leaf, capture } = context
    if (context.supplement) return notApplicable('there is no server certificate')
    if (found.some((result) => result.findings.some((finding) => finding.severity === 'error'))) return pass
    // The certificate of the edge is fine, and the edge says that behind it something is not.
    if (edgeStatus(capture) !== undefined) return pass
    const beyond = beyondTls(context)
    if (beyond) return fail(beyond)
    // The tool's own failure stands, also where no rule explains it; so does an alert after the certificates.
    if (context.toolOk === false || capture.failures.some((failure) => failure.kind === 'alert')) return pass
    if (!leaf && context.toolOk && capture.kind === 'connection') return clientVerified(context)
    if (!leaf)
      return capture.tool === 'verify' && context.toolOk
        ? fileVerified(context)
        : notApplicable('there is no server certificate')
    const path = context.servedBuild?.paths.find((candidate) => candidate.valid)
    if (!path && !context.toolOk) return pass
    const root = path?.certificates.at(-1)
    const own = path !== undefined && context.end.kind === 'anchored'
    const chain = context.servedIs === 'file' ? 'The chain in this file' : `The chain${place(context)}`
    return fail({
      severity: 'info',
      confidence: own ? 'certain' : 'likely',
      owner: 'nobody',
      title: own
        ? `${chain} is complete and leads to the trusted root ${root ? quoted(root.subject) : ''}.`
        : `The client verified the chain${place(context)} with its own trust store.`,
      explanation: own
        ? `Signatures, dates and constraints of ${context.order.ladder.length === 1 ? 'the certificate' : 'all certificates'} were checked here.${nameText(context)}`
        : `The tool reports success. The root it trusts is not in the paste, so the last step cannot be checked here; clients without that root fail.${nameText(context)}`,
      evidence: [leaf.span, ...(capture.verifyResult?.ok ? [capture.verifyResult.span] : [])],
      ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    })
  },
}

/** Says so when nobody compared the name. */
function nameText({ target, leaf, purpose }: CaptureContext): string {
  if (purpose === 'client') return ''
  if (target && !(target.from === 'connect' && isIpAddress(target.host)) && leaf?.certificate) return ''
  return ' The host name that clients use is not known, so the name was not checked.'
}

/** Some clients say only that they got through, and show no certificate. */
function clientVerified(context: CaptureContext): Outcome {
  const { verifyResult } = context.capture
  return fail({
    severity: 'info',
    confidence: 'likely',
    owner: 'nobody',
    title: `The client verified the chain${place(context)} with its own trust store.`,
    explanation:
      'The tool reports success and prints no certificate, so nothing can be checked here; clients with another trust store may fail.',
    evidence: verifyResult ? [verifyResult.span] : [],
  })
}

function fileVerified(context: CaptureContext): Outcome {
  const { command, verifyResult } = context.capture
  const file = command?.operands[0]
  return fail({
    severity: 'info',
    confidence: 'likely',
    owner: 'nobody',
    title: `"openssl verify" accepts ${file === undefined ? 'the certificate' : shown(file)} with the files it was given.`,
    explanation:
      'It shows that these files fit together. What a server sends, and which host name clients use, is not part of this check.',
    evidence: verifyResult ? [verifyResult.span] : [],
  })
}
