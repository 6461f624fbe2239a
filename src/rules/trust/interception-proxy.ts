/** A proxy that inspects TLS answers in the server's place with a certificate of its own CA; names of known products and the way there tell. */
import type { SignatureMatch } from '../../trust/issuer-signatures.ts'
import { refusalsOf, requestedOf, sentOf } from '../client-auth.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import {
  failureSpans,
  inspectingProxy,
  interceptionKinds,
  isPublic,
  isSelfSigned,
  recognised,
  trustOf,
} from '../signals.ts'
import { toldInterception } from '../told.ts'
import { issuerElsewhereCommand, quoted, shown } from '../words.ts'

const codes = [18, 19, 20, 21]

export const interceptionProxy: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'interception-proxy',
    title: 'A proxy between client and server signed this certificate itself.',
    why: 'The client sees the certificate of the proxy, not of the server. Changing the server does not help, and mutual TLS cannot work through it.',
    cause: true,
    explains: codes,
    sources: ['RFC 8446 section 9.3'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { leaf, capture } = context
  const told = toldInterception(context, recognised(context, interceptionKinds))
  if (told) return fail(told)
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isPublic(context)) return pass
  const match = inspectingProxy(context)
  if (match) return failing(context, leaf, match)
  const named = recognised(context, interceptionKinds) !== undefined
  // A re-signed certificate has an issuer; a device that shows its own, self-signed one has the product's name as well.
  if (isSelfSigned(context)) return pass
  if (named) return unknown('the name of the issuer is one that inspecting proxies use, which alone proves nothing')
  if (capture.command?.proxy === undefined || !leaf.issuer) return pass
  return unknown(
    'the issuer is private and the connection went through a proxy; only a capture without the proxy tells',
  )
}

function failing(context: CaptureContext, leaf: ServedEntry, match: SignatureMatch): Outcome {
  const { capture, target } = context
  const trusted = trustOf(context) === 'trusted'
  const [refused] = refusalsOf(context).found
  const certain = match.signature.confidence === 'certain'
  const { vendor } = match.signature
  const known = vendor.startsWith('Unnamed') ? undefined : vendor
  const issuer = leaf.issuer ? quoted(leaf.issuer) : 'its issuer'
  const host = target ? shown(target.host) : quoted(leaf.subject)
  const named = known ? `a name of ${known}` : 'a name that inspecting proxies use'
  return fail({
    severity: trusted && !refused ? 'warning' : 'error',
    confidence: certain ? 'certain' : 'likely',
    owner: 'proxy-team',
    title: `A TLS-inspecting proxy${known ? ` (${known})` : ''} ${
      certain ? 'issued' : 'probably issued'
    } the certificate for ${host}, not the server's own CA.`,
    explanation: `The issuer is ${issuer}, ${named}; no public CA stands behind it. Such a proxy ends the client's TLS connection and signs the certificate anew. ${
      trusted
        ? 'This client trusts the CA of the proxy; clients that do not (Java, Python, Node and containers have stores of their own) fail.'
        : 'This client does not trust the CA of the proxy.'
    }${mutualTls(context)}\n\nThe proxy team can exempt ${target ? host : 'the host'}:${target?.port ?? 443} from inspection or let it through as a plain CONNECT tunnel. Otherwise the root of the proxy has to be in the trust store of the failing client; confirm its fingerprint with the proxy team first.${
      certain ? '' : '\n\nThe name alone is no proof: the same command from a network without the proxy settles it.'
    }`,
    evidence: [
      leaf.span,
      ...(capture.command?.proxy !== undefined ? [capture.command.span] : []),
      ...failureSpans(context, codes),
      ...(refused ? [refused.span] : []),
    ],
    nextCommand: issuerElsewhereCommand(context),
    ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
  })
}

/** Mutual TLS ends at whatever ends TLS: the key of the client never leaves it, so the proxy cannot answer in its place. */
function mutualTls(context: CaptureContext): string {
  const [refused] = refusalsOf(context).found
  const sent = sentOf(context)
  if (!refused && requestedOf(context) !== 'yes' && sent !== 'named' && sent !== 'yes') return ''
  return `\n\nMutual TLS cannot work through it: the proxy has no key for the client certificate, so the server gets none, or that of the proxy. ${
    refused
      ? 'That is why the client is refused here; a client certificate will not help as long as the proxy inspects. '
      : ''
  }The connection has to be exempt from inspection or tunnelled. Else mutual TLS has to be two separate legs, client to proxy and proxy to server, and the server then knows the proxy only.`
}
