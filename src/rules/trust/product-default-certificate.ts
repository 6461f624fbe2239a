/** Products start with a certificate of their own until somebody installs the right one. */
import { checkHost } from '../../chain/hostname.ts'
import type { SignatureKind } from '../../trust/signature-kinds.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { failureSpans, recognised } from '../signals.ts'
import { toldDefault, toldError } from '../told.ts'
import { place, quoted, showChainCommand } from '../words.ts'

const kinds: ReadonlySet<SignatureKind> = new Set<SignatureKind>(['product-default', 'no-sni-default'])

export const productDefaultCertificate: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'product-default-certificate',
    title: 'The server presents the certificate that its product is delivered with.',
    why: 'The intended certificate is not configured for this name or port, or was not selected.',
    cause: true,
    explains: [18, 19, 20, 21, 62],
    sources: ['Vendor documentation named in the data of issuer signatures'],
  },
  check(context) {
    const { leaf, target } = context
    const told = toldError(context, [62, 64])
    const recognisedByName = told && recognised(context, kinds)
    if (told && recognisedByName) return fail(toldDefault(context, told, recognisedByName.signature.vendor))
    if (!leaf || context.supplement) return notApplicable('there is no server certificate')
    const match = recognised(context, kinds)
    if (!match || match.signature.confidence === 'hint') return pass
    if (leaf.certificate && target && checkHost(leaf.certificate, target.host).matches) return pass
    const { vendor, kind } = match.signature
    const noName = context.sni?.value === null
    return fail({
      severity: 'error',
      confidence: noName ? 'likely' : match.signature.confidence,
      owner: 'server-operator',
      title: `${context.servedIs === 'file' ? 'This file holds' : `The server${place(context)} presents`} the default certificate of ${vendor} (${quoted(leaf.subject)}), not one of its own.`,
      explanation: `${vendor} falls back to this certificate when ${kind === 'no-sni-default' ? 'it serves no site of the name that was asked for, or no name was sent' : 'none is configured for the name or port that was asked for'}. ${
        noName
          ? 'No server name was sent here, so repeat the command with -servername first.'
          : 'Check which certificate is bound to this name, that the secret or file it refers to exists, and that the configuration was reloaded.'
      }`,
      evidence: [leaf.span, ...failureSpans(context)],
      nextCommand: showChainCommand(context),
      ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
    })
  },
}
