/** A proxy that inspects TLS answers in the server's place with a certificate of its own CA; names of known products and the way there tell. */
import { isPublicName } from '../../chain/domain.ts'
import type { Confidence } from '../../core/finding.ts'
import { fail, notApplicable, pass, unknown, type CaptureRule, type Outcome } from '../contract.ts'
import type { CaptureContext } from '../context.ts'
import { failureSpans, interceptionKinds, isPublic, isSelfSigned, recognised } from '../signals.ts'
import { quoted, shellWord, targetOf } from '../words.ts'

export const interceptionProxy: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'interception-proxy',
    title: 'A proxy between client and server signed this certificate itself.',
    why: 'The client sees the certificate of the proxy, not of the server. Changing the server does not help, and mutual TLS cannot work through it.',
    cause: true,
    explains: [18, 19, 20, 21],
    sources: ['RFC 8446 section 9.3'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { leaf, capture } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isPublic(context)) return pass
  const match = recognised(context, interceptionKinds)
  const throughProxy = capture.command?.proxy !== undefined
  const publicHost = context.target !== undefined && isPublicName(context.target.host)
  if (!match) {
    if (throughProxy && !isSelfSigned(context) && leaf.issuer) return unknown('the issuer is private and the connection went through a proxy; only a capture without the proxy tells')
    return pass
  }
  const confidence = confidenceOf(match.signature.confidence, throughProxy, publicHost)
  if (confidence === 'hint')
    return unknown(`the name of the issuer is one that inspecting proxies use, which alone proves nothing`)
  const { connect, name } = targetOf(context)
  const vendor = match.signature.vendor
  const issuer = leaf.issuer ? quoted(leaf.issuer) : vendor
  return fail({
    severity: context.toolOk ? 'warning' : 'error',
    confidence,
    owner: 'proxy-team',
    title: `A TLS-inspecting proxy (${vendor}) issued the certificate for ${context.target?.host ?? quoted(leaf.subject)}, not the server's own CA.`,
    explanation: `The issuer is ${issuer}, a name of ${vendor}; no public CA stands behind it. The proxy ended the client's TLS connection and re-signed the certificate. ${
      context.toolOk
        ? 'This client trusts the CA of the proxy; clients that do not (Java, Python, Node and containers have stores of their own) fail.'
        : 'This client does not trust the CA of the proxy.'
    }\n\nThe proxy team can exempt ${context.target?.host ?? 'the host'}:${context.target?.port ?? 443} from inspection or let it through as a plain CONNECT tunnel. Otherwise the root of the proxy has to be in the trust store of the failing client; confirm its fingerprint with the proxy team first.${
      match.signature.confidence === 'certain' ? '' : '\n\nThe name alone is no proof: the same command from a network without the proxy settles it.'
    }`,
    evidence: [leaf.span, ...(throughProxy && capture.command ? [capture.command.span] : []), ...failureSpans(context, [18, 19, 20, 21])],
    nextCommand: `openssl s_client -connect ${shellWord(connect)} -servername ${shellWord(name)} </dev/null 2>/dev/null | openssl x509 -noout -issuer -fingerprint -sha256   # from a machine that is not behind the proxy`,
    ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
  })
}

/** A name used by proxies, met on the way through a proxy or for a public host, is more than a hint; still no proof. */
function confidenceOf(signature: Confidence, throughProxy: boolean, publicHost: boolean): Confidence {
  if (signature !== 'hint') return signature
  return throughProxy || publicHost ? 'likely' : 'hint'
}
