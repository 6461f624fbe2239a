/** RFC 5280 section 6.1.1 (d): the same chain is trusted or not, depending on the anchors that a client has. */
import { fail, notApplicable, pass, unknown, type CaptureRule, type Outcome } from '../contract.ts'
import type { CaptureContext } from '../context.ts'
import { failureSpans } from '../signals.ts'
import { issuerIsPublic } from '../../trust/public-cas.ts'
import { place, quoted, showChainCommand } from '../words.ts'

const codes = [2, 19, 20, 21, 27]

export const staleTrustStore: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'stale-trust-store',
    title: 'The chain is publicly trusted, but this client does not have the root.',
    why: 'The server is right; the trust store of the client is empty, old, or not the one that was meant.',
    cause: true,
    explains: codes,
    sources: ['RFC 5280 section 6.1.1', 'OpenSSL openssl-verification-options(1)'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { end, leaf } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (context.toolOk === undefined) return notApplicable('no client verified the chain')
  if (context.toolOk || !codes.some((code) => context.codes.has(code))) return pass
  if (end.kind === 'anchored' && end.by === 'store') {
    const path = context.servedBuild?.paths.find((candidate) => candidate.valid)
    if (!path) return unknown('the path to the public root has other problems')
    const root = path.certificates.at(-1)
    return failing(context, root ? quoted(root.subject) : 'a public root', 'certain')
  }
  if (end.kind === 'public' && end.issuer.kind === 'root') {
    const name = end.below.issuer ? quoted(end.below.issuer) : end.issuer.entry.cn
    const former = end.issuer.entry.status === 'former' ? ' It has been removed from the public stores.' : ''
    return failing(context, name ?? 'a public root', 'likely', former)
  }
  return end.kind === 'nothing' ? fromDepth(context) : pass
}

/** Error 20 above the leaf, at a public CA: the client has everything but the root. */
function fromDepth(context: CaptureContext): Outcome {
  const error = context.capture.verifyErrors.find(({ code, depth }) => (code === 20 || code === 2) && depth !== undefined && depth > 0)
  const at = error && context.capture.verifyPath.find((entry) => entry.depth === error.depth)
  if (!at || !issuerIsPublic(at.subject.name)) return pass
  return failing(context, `above ${quoted(at.subject.name)}`, 'likely')
}

function failing(context: CaptureContext, root: string, confidence: 'certain' | 'likely', extra = ''): Outcome {
  const caFiles = context.capture.command?.caFiles ?? []
  const given = caFiles.length > 0 ? `The command names its own trust file (${caFiles.join(', ')}), which lacks this root.` : ''
  return fail({
    severity: 'error',
    confidence,
    owner: 'client',
    title: `The chain${place(context)} is complete up to the public root ${root}, which this client does not trust.`,
    explanation: `What was sent leads to a root of the public stores; nothing is missing on the server.${extra} ${given} Typical reasons: a container without the package of CA certificates, a trust store from before the root was added, or a tool built with another store than that of the system. Other clients succeed.`,
    evidence: [...(context.order.ladder.at(-1) ? [context.order.ladder.at(-1)?.span].filter((span) => span !== undefined) : []), ...failureSpans(context, codes)],
    nextCommand: `openssl version -d; ${showChainCommand(context, '-CAfile /etc/ssl/certs/ca-certificates.crt')}`,
  })
}
