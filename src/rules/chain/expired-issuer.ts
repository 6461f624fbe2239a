/** RFC 5280 section 6.1.3 (a) (2): every certificate of the path must be in its validity period. */
import { fail, notApplicable, pass, type CaptureRule } from '../contract.ts'
import { depthOf, failureSpans, notAfterOf } from '../signals.ts'
import { dateText, distance, quoted, server, showChainCommand } from '../words.ts'

export const expiredIssuer: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'expired-issuer',
    title: 'A CA certificate of the chain has expired.',
    why: 'Clients that find no other path refuse the chain, although the server certificate itself is fine.',
    cause: true,
    explains: [10],
    sources: ['RFC 5280 section 6.1.3'],
  },
  check(context) {
    const reported = context.codes.has(10) && (depthOf(context, [10]) ?? 0) > 0
    const issuers = context.order.ladder.slice(1)
    if (context.supplement || (issuers.length === 0 && !reported && !context.build)) return notApplicable('no issuer is known')
    const expired = issuers.find((entry) => {
      const end = notAfterOf(entry)
      return end !== undefined && end < context.at
    })
    const problem = context.build?.paths[0]?.problems.find((entry) => entry.code === 'expired' && entry.index > 0)
    if (!expired && !problem && !reported) return pass
    const otherPath = context.build?.paths.some((path) => path.valid) === true
    const servedPath = context.servedBuild?.paths.some((path) => path.valid) === true
    const certificate = expired?.certificate ?? context.build?.paths[0]?.certificates[problem?.index ?? -1]
    const end = expired ? notAfterOf(expired) : certificate?.notAfter
    const name = expired ? quoted(expired.subject) : certificate ? quoted(certificate.subject) : 'of the chain'
    return fail({
      severity: (otherPath && servedPath) || context.toolOk ? 'warning' : 'error',
      confidence: 'certain',
      owner: expired ? 'server-operator' : 'client',
      title: `The CA certificate ${name}${end === undefined ? ' has expired' : ` expired on ${dateText(end)}`}${
        end !== undefined && end < context.at ? `, ${distance(end, context.at)} ago` : ''
      }.`,
      explanation: otherPath
        ? 'Another path leads to a trusted root, so clients that look for it succeed; those that take the first path they meet (OpenSSL before 1.1.0, old GnuTLS) fail. Leave the expired certificate out of what is sent.'
        : expired
          ? `${server(context)} still sends it. Install the current certificate of that CA (as a rule the same key, signed anew), or have the server certificate issued by its successor.`
          : 'It is not among what was sent: the copy that the client has is out of date.',
      evidence: [...(expired ? [expired.span] : []), ...failureSpans(context, [10])],
      nextCommand: showChainCommand(context),
      ...(certificate ? { certificate: certificate.sha256 } : {}),
    })
  },
}
