/** Wording that the rules on client certificates share: who asks, when the refusal comes, and what in the input would do. */
import type { Span } from '../../core/span.ts'
import type { Capture } from '../../input/model.ts'
import { matchSignatures } from '../../trust/issuer-signatures.ts'
import type { Refusal } from '../client-auth.ts'
import { type ClientFit, clientFits } from '../client-fit.ts'
import type { CaptureContext } from '../context.ts'
import { behind, endpointText, gatewayFirst, gatewayOf } from '../hop.ts'
import { place, quoted, shellWord, showChainCommand, shown } from '../words.ts'

/** The product that wrote a log, at the beginning of a sentence; nothing where it is not one of those known. */
const productOf = (capture: Capture): string | undefined =>
  gatewayOf(capture) === gatewayOf({ tool: 'text' }) ? undefined : gatewayFirst(capture)

/** Who wants the certificate, as the subject of a sentence. */
export function asker(context: CaptureContext): string {
  const { capture } = context
  if (capture.role === 'server') {
    const listener = capture.side === 'downstream' ? endpointText(capture) : ''
    return `${productOf(capture) ?? 'The server'}${listener === '' ? '' : ` (${listener})`}`
  }
  if (capture.side !== 'upstream') return `The server${place(context)}`
  const at = endpointText(capture)
  return `The ${behind(capture)}${at === '' ? '' : ` ${at}`} of ${gatewayOf(capture)}`
}

/** The side that has to present one: a gateway is the client of its upstream. */
export const presenter = ({ capture }: CaptureContext): string =>
  capture.side === 'upstream' ? gatewayOf(capture) : 'the client'

/** Cloudflare Authenticated Origin Pulls: the origin accepts the client certificate of Cloudflare's edge alone. */
export const wantsOriginPull = ({ capture }: CaptureContext): boolean =>
  capture.clientAuth.acceptableCas.some(({ name }) =>
    matchSignatures({ subject: name, issuer: name }).some(
      ({ signature }) => signature.kind === 'cloudflare-origin-pull',
    ),
  )

/** Which hop it is that ends mutual TLS, as far as the input says; a paragraph, or nothing. */
export function hop(context: CaptureContext): string {
  const { capture, signatures } = context
  if (capture.role === 'server')
    return productOf(capture)
      ? `\n\nThis is the word of ${gatewayOf(capture)}, so TLS of this hop ends there: a client certificate that was presented to something in front of it never arrives.`
      : ''
  if (wantsOriginPull(context))
    return "\n\nThe CA that it names is that of Cloudflare's Authenticated Origin Pulls: this origin accepts connections from Cloudflare alone, and refuses a direct one by design. Go through the name that Cloudflare serves."
  if (signatures.some(({ signature }) => signature.kind === 'cloudflare-edge'))
    return "\n\nThe certificate that answered is that of Cloudflare's edge, so it is Cloudflare that asks for the client certificate; the origin behind it never sees it, but for what Cloudflare passes on in headers."
  const device = signatures.find(
    ({ signature }) => signature.kind === 'product-default' && signature.confidence !== 'hint',
  )
  if (device)
    return `\n\nThe certificate that answered is the default one of ${shown(device.signature.vendor)}, so TLS ends there, and it is that device which asks for the client certificate.`
  return ''
}

/** Why the tool reported what it did at the moment it did; a paragraph, or nothing. */
export function timing({ capture }: CaptureContext, refusal: Refusal): string {
  if (capture.role === 'server' || capture.kind === 'message') return ''
  if (refusal.answered)
    return '\n\nThe handshake itself succeeded: such servers take the connection and refuse with an HTTP answer, so only a request shows it.'
  const version = capture.protocol?.value
  if (version === 'TLSv1.3' && capture.cipher)
    return '\n\nWith TLS 1.3 the client is done before the server has looked at its certificate: the tool reports a finished handshake, and the refusal comes with the first thing that it reads.'
  if (version !== undefined && /^(?:TLSv1|SSL)/.test(version) && version !== 'TLSv1.3')
    return '\n\nUp to TLS 1.2 the server judges the client before the handshake ends, so there is no finished handshake to see.'
  return ''
}

/** What the client certificates of the input are worth here; a paragraph, or nothing. */
export function fitText(context: CaptureContext): string {
  const fits = clientFits(context)
  const good = fits.find((fit) => fit.against.length === 0 && fit.toSend.length === 0 && fit.reaches)
  if (good) return `\n\nThe client certificate ${nameOf(good)} fits what the server asks for.`
  const [bad] = fits.filter((fit) => fit.against.length > 0)
  return bad ? `\n\nThe client certificate ${nameOf(bad)} will not do. ${bad.against.join(' ')}` : ''
}

/** A certificate with the file it is in. */
export const nameOf = ({ certificate, file }: ClientFit): string =>
  `${quoted(certificate.subject)}${file === '' || file === 'paste' ? '' : ` in ${shown(file)}`}`

/** The names of the CAs that the server accepts; a sentence, or nothing. */
export function acceptedText({ capture }: CaptureContext): string {
  const { acceptableCas, anyCa } = capture.clientAuth
  if (acceptableCas.length === 0) return anyCa ? ' It names no CA, so any may do.' : ''
  const names = acceptableCas.slice(0, 3).map(({ name }) => quoted(name))
  const more = acceptableCas.length > 3 ? ` and ${acceptableCas.length - 3} more` : ''
  return ` It accepts certificates that lead to ${names.join(', ')}${more}.`
}

/** Where the request and the answer to it stand, behind other places; each once, for one line may say it all. */
export function requestSpans({ capture }: CaptureContext, ...before: readonly Span[]): Span[] {
  const { requestedSpan, sentSpan } = capture.clientAuth
  const spans = [...before, requestedSpan, sentSpan].filter((span) => span !== undefined)
  return spans.filter((span, index) => spans.findIndex(({ start }) => start === span.start) === index)
}

/** The check to make with a client certificate, in the words of the tool at hand. */
export function presentCommand(context: CaptureContext, extra = ''): string {
  const { capture } = context
  const file = shellWord(capture.command?.clientCertificate ?? 'client.pem')
  // Where the log names the listener, a handshake with a certificate shows whether one is taken.
  if (capture.role === 'server' && (extra !== '' || capture.target?.port === undefined))
    return `openssl x509 -in ${file} -noout -subject -issuer -dates -ext extendedKeyUsage`
  return showChainCommand(context, `-cert ${file} -key client.key${extra}`)
}
