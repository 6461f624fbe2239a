/** RFC 6066 section 3: without the server name extension, a server of several sites answers with its default certificate. */
import { isIpAddress } from '../../chain/host-ip.ts'
import { checkHost } from '../../chain/hostname.ts'
import type { SignatureKind } from '../../trust/signature-kinds.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { recognised } from '../signals.ts'
import { place, quoted, shellWord, showChainCommand, shown, targetOf } from '../words.ts'

export const missingOrWrongSni: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'missing-or-wrong-sni',
    title: 'The client sent no server name, or another one than it wanted.',
    why: 'The server then presents a default certificate or that of another site, and everything that follows is about the wrong certificate.',
    cause: true,
    explains: [18, 19, 20, 21, 62],
    sources: ['RFC 6066 section 3', 'RFC 9325 section 3.7'],
  },
  check,
}

const defaults: ReadonlySet<SignatureKind> = new Set<SignatureKind>(['no-sni-default', 'product-default'])
/** Alerts of RFC 8446 section 6: unrecognized_name says it; handshake_failure is what others answer to a missing name. */
const unrecognisedName = 112
const handshakeFailure = 40

function check(context: CaptureContext): Outcome {
  const { leaf, sni, target, capture } = context
  const refusedName = capture.role === 'client' && capture.failures.some(({ alert }) => alert === unrecognisedName)
  if (refusedName) return unrecognised(context)
  if (capture.kind !== 'connection' || context.supplement) return notApplicable('no connection was made')
  if (sni === undefined) return unknown('whether a server name was sent is not known')
  if (!leaf) {
    const refused = capture.noPeerCertificate && capture.failures.some(({ alert }) => alert === handshakeFailure)
    return sni.value === null && refused ? missing(context, 'likely') : notApplicable('there is no server certificate')
  }
  const connect = capture.command?.host
  if (sni.value !== null && connect !== undefined && sni.value !== connect && !isIpAddress(connect))
    return wrong(context, sni.value, connect)
  if (sni.value !== null) return pass
  if (target !== undefined && !isIpAddress(target.host) && leaf.certificate)
    return checkHost(leaf.certificate, target.host).matches ? pass : missing(context, 'likely')
  return missing(context, recognised(context, defaults) ? 'likely' : 'hint')
}

function missing(context: CaptureContext, confidence: 'likely' | 'hint'): Outcome {
  const { leaf, capture, sni, target } = context
  const name = target && !isIpAddress(target.host) ? target.host : undefined
  const product = recognised(context, defaults)
  const how = sni?.stated
    ? 'The command says -noservername.'
    : capture.command?.host !== undefined && isIpAddress(capture.command.host)
      ? 'The command connects to an address and gives no -servername, so none is sent.'
      : 'This generation of the tool sends no server name unless -servername is given.'
  const answer = leaf
    ? `${quoted(leaf.subject)} answers${name ? ` instead of a certificate for ${shown(name)}` : ''}`
    : 'the server refuses the handshake'
  const vendor = product ? `, here that of ${product.signature.vendor}` : ''
  return fail({
    severity: confidence === 'likely' ? 'error' : 'info',
    confidence,
    owner: 'reporter',
    title: `No server name (SNI) was sent, and ${answer}.`,
    explanation: leaf
      ? `${how} A server with several sites then presents its default certificate${vendor}. What this paste shows may not be what real clients see: repeat the command with the name before drawing any other conclusion.`
      : `${how} Many servers of several sites refuse that. Repeat the command with the name before drawing any other conclusion.`,
    evidence: [
      ...(capture.command ? [capture.command.span] : []),
      ...(leaf ? [leaf.span] : []),
      ...alertSpans(context),
    ],
    nextCommand: showChainCommand(context),
  })
}

/** Where gateways take the name from that they send behind them. */
const gatewaySni =
  'A gateway sends the name that it is set to: nginx proxy_ssl_name with proxy_ssl_server_name on, Kong the host of the service or of the upstream, HAProxy "sni", Envoy "sni" of the cluster.'

function unrecognised(context: CaptureContext): Outcome {
  const { sni, capture } = context
  const sent = sni?.value ? `the server name ${shown(sni.value)}` : 'the server name that was sent'
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: 'server-operator',
    title: `The server${capture.side === 'upstream' ? place(context) : ''} does not know ${sent} (SNI).`,
    explanation: `It answers with the alert "unrecognized name": no site of this name is configured there, or the name leads to another server than the intended one.${
      capture.side === 'upstream' ? ` ${gatewaySni}` : ''
    }`,
    evidence: [...alertSpans(context), ...(context.capture.command ? [context.capture.command.span] : [])],
    nextCommand: showChainCommand(context),
  })
}

const alertSpans = (context: CaptureContext) =>
  context.capture.failures
    .filter(({ alert }) => alert === unrecognisedName || alert === handshakeFailure)
    .map(({ span }) => span)

function wrong(context: CaptureContext, sent: string, connect: string): Outcome {
  const { leaf, capture } = context
  if (!leaf?.certificate) return unknown('the names of the certificate are not in the paste')
  if (checkHost(leaf.certificate, sent).matches || !checkHost(leaf.certificate, connect).matches) return pass
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'client',
    title: `The client sends the server name ${shown(sent)} (SNI) to ${shown(connect)}, which answers with a certificate for ${shown(connect)} only.`,
    explanation: `Either the client sends the wrong name (a proxy or gateway that keeps the name of the first leg does that), or the server has no site of that name and falls back to its own. Which of the two is meant decides who acts.`,
    evidence: [...(capture.command ? [capture.command.span] : []), leaf.span],
    nextCommand: `openssl s_client -connect ${shellWord(targetOf(context).connect)} -servername ${shellWord(connect)} -showcerts </dev/null`,
    certificate: leaf.certificate.sha256,
  })
}
