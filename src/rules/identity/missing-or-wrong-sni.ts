/** RFC 6066 section 3: without the server name extension, a server of several sites answers with its default certificate. */
import { isIpAddress } from '../../chain/host-ip.ts'
import { checkHost } from '../../chain/hostname.ts'
import type { SignatureKind } from '../../trust/signature-kinds.ts'
import { fail, notApplicable, pass, unknown, type CaptureRule, type Outcome } from '../contract.ts'
import type { CaptureContext } from '../context.ts'
import { recognised } from '../signals.ts'
import { quoted, shellWord, targetOf } from '../words.ts'

export const missingOrWrongSni: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'missing-or-wrong-sni',
    title: 'The client sent no server name, or another one than it wanted.',
    why: 'The server then presents a default certificate or that of another site, and everything that follows is about the wrong certificate.',
    cause: true,
    explains: [62],
    sources: ['RFC 6066 section 3', 'RFC 9325 section 3.7'],
  },
  check,
}

const defaults: ReadonlySet<SignatureKind> = new Set<SignatureKind>(['no-sni-default', 'product-default'])

function check(context: CaptureContext): Outcome {
  const { leaf, sni, target } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (context.capture.tool !== 's_client') return notApplicable('no connection was made')
  if (sni === undefined) return unknown('whether a server name was sent is not known')
  const connect = context.capture.command?.host
  if (sni.value !== null && connect !== undefined && sni.value !== connect && !isIpAddress(connect)) return wrong(context, sni.value, connect)
  if (sni.value !== null) return pass
  if (connect !== undefined && !isIpAddress(connect) && leaf.certificate) {
    if (checkHost(leaf.certificate, connect).matches) return pass
    return missing(context, connect, 'likely')
  }
  const product = recognised(context, defaults)
  if (product) return missing(context, target?.host, 'likely')
  return missing(context, target?.host, 'hint')
}

function missing(context: CaptureContext, host: string | undefined, confidence: 'likely' | 'hint'): Outcome {
  const { leaf, capture, sni } = context
  const { connect } = targetOf(context)
  const name = host !== undefined && !isIpAddress(host) ? host : undefined
  const default_ = recognised(context, defaults)
  const how = sni?.stated
    ? 'The command says -noservername.'
    : capture.command?.host !== undefined && isIpAddress(capture.command.host)
      ? 'The command connects to an address and gives no -servername, so none is sent.'
      : 'This generation of the tool sends no server name unless -servername is given.'
  return fail({
    severity: confidence === 'likely' ? 'error' : 'warning',
    confidence,
    owner: 'reporter',
    title: `No server name (SNI) was sent, and ${leaf ? quoted(leaf.subject) : 'another certificate'} answered${name ? ` instead of a certificate for ${name}` : ''}.`,
    explanation: `${how} A server with several sites then presents its default certificate${
      default_ ? `, here that of ${default_.signature.vendor}` : ''
    }. What this paste shows may not be what real clients see: repeat the command with the name before drawing any other conclusion.`,
    evidence: [...(capture.command ? [capture.command.span] : []), ...(leaf ? [leaf.span] : [])],
    nextCommand: `openssl s_client -connect ${shellWord(connect)} -servername ${shellWord(name ?? 'HOST')} -showcerts </dev/null`,
  })
}

function wrong(context: CaptureContext, sent: string, connect: string): Outcome {
  const { leaf, capture } = context
  if (!leaf?.certificate) return unknown('the names of the certificate are not in the paste')
  const fitsSent = checkHost(leaf.certificate, sent).matches
  if (fitsSent || checkHost(leaf.certificate, connect).matches === false) return pass
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'client',
    title: `The client asked for ${sent} (SNI) at ${connect}, whose certificate is for ${connect}.`,
    explanation: `The certificate fits the host that was connected to, not the server name that was sent. Check which of the two is meant.`,
    evidence: [...(capture.command ? [capture.command.span] : []), leaf.span],
    nextCommand: `openssl s_client -connect ${shellWord(targetOf(context).connect)} -servername ${shellWord(connect)} -showcerts </dev/null`,
    certificate: leaf.certificate.sha256,
  })
}
