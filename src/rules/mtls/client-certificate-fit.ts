/** RFC 8446 sections 4.3.2 and 4.4.2: what a client certificate has to be for the server that asks for one. */
import { refusalsOf, requestedOf } from '../client-auth.ts'
import { type ClientFit, clientFits } from '../client-fit.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, type Draft, fail, notApplicable, type Outcome, unknown } from '../contract.ts'
import { quoted, shellWord, showChainCommand } from '../words.ts'
import { asker, nameOf, requestSpans } from './helpers.ts'

export const clientCertificateFit: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'client-certificate-fit',
    title: 'A client certificate of the input, held against what the server asks for.',
    why: 'Programs that find no certificate to the liking of the server send none at all, and say nothing of it.',
    cause: false,
    explains: [],
    sources: ['RFC 8446 section 4.3.2', 'RFC 8446 section 4.4.2', 'RFC 5246 section 7.4.6'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { kind } = context.capture
  if (kind === 'file' || kind === 'verification') return notApplicable('no connection was made')
  const asked = requestedOf(context) === 'yes' || refusalsOf(context).found.length > 0
  if (!asked) return notApplicable('no client certificate was asked for')
  const { acceptableCas, anyCa } = context.capture.clientAuth
  const fits = clientFits(context)
  if (fits.length === 0) return notApplicable('no client certificate is in the input')
  // Where nothing tells what the server accepts, only what speaks against a certificate is worth a word.
  const told = acceptableCas.length > 0 || anyCa === true
  const drafts = fits.filter(({ against }) => told || against.length > 0).map((fit) => draft(context, fit))
  return drafts.length === 0
    ? unknown('which client certificates the server accepts is not in the paste')
    : fail(...drafts)
}

function draft(context: CaptureContext, fit: ClientFit): Draft {
  const { against, open, toSend, reaches } = fit
  const common = {
    certificate: fit.certificate.sha256,
    evidence: [fit.span, ...(reaches ? [reaches.span] : requestSpans(context))],
  }
  const name = `The client certificate ${nameOf(fit)}`
  if (against.length > 0)
    return {
      ...common,
      severity: 'warning',
      confidence: 'certain',
      owner: 'client',
      title: `${name} is not one that ${lower(asker(context))} accepts${against.length > 1 ? `, for ${against.length} reasons` : ''}.`,
      explanation: [...against, ...missing(fit), ...open].join(' '),
      nextCommand: `openssl x509 -in ${shellWord(fit.file || 'client.pem')} -noout -subject -issuer -dates -ext extendedKeyUsage,keyUsage`,
    }
  if (toSend.length > 0)
    return {
      ...common,
      severity: 'warning',
      confidence: 'certain',
      owner: 'client',
      title: `${name} has to be sent with ${toSend.map(quoted).join(', ')}, which its file does not hold.`,
      explanation: [...missing(fit), ...open].join(' '),
      nextCommand: showChainCommand(context, '-cert client.pem -key client.key -cert_chain client-chain.pem'),
    }
  return {
    ...common,
    severity: 'info',
    confidence: reaches ? 'certain' : 'hint',
    owner: 'nobody',
    title: reaches
      ? `${name} fits what ${lower(asker(context))} asks for.`
      : `Nothing speaks against ${lower(name)}, but whether the server trusts its CA is not known.`,
    explanation: [
      ...(reaches
        ? [`It leads to ${quoted(reaches.name)}, a CA that the server names; its dates, usage and key fit as well.`]
        : []),
      ...open,
    ].join(' '),
  }
}

const lower = (text: string): string => (/^The /.test(text) ? `t${text.slice(1)}` : text)

function missing({ toSend, reaches }: ClientFit): string[] {
  if (toSend.length === 0) return []
  return [
    `The server names ${reaches ? quoted(reaches.name) : 'only the root'}, so it need not have ${toSend.map(quoted).join(' and ')}: the client has to send ${toSend.length === 1 ? 'it' : 'them'}. Append ${toSend.length === 1 ? 'it' : 'them'} to the file of the client certificate.`,
  ]
}
