/** RFC 5280 section 6.1.1 (d): trust begins at an anchor that the client has been given; a private root is given by its organisation. */
import { fail, notApplicable, pass, unknown, type CaptureRule, type Draft, type Outcome } from '../contract.ts'
import type { CaptureContext } from '../context.ts'
import { failureSpans, isSelfSigned, isSpecial, looksLikeIntermediate, looksLikeRoot } from '../signals.ts'
import { quoted, showChainCommand } from '../words.ts'
import type { Confidence } from '../../core/finding.ts'
import type { Name } from '../../x509/model.ts'
import { isPublicCaOrganisation, issuerIsPublic } from '../../trust/public-cas.ts'
import type { Span } from '../../core/span.ts'

const codes = [2, 18, 19, 20, 21, 27]

export const privateCa: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'private-ca',
    title: 'The chain ends at a CA that no public store holds.',
    why: 'Each client has to be given the root; runtimes such as Java, Python and Node each have a store of their own.',
    cause: true,
    explains: [2, 19, 20, 21],
    sources: ['RFC 5280 section 6.1.1'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { end, leaf } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isSelfSigned(context)) return notApplicable('the certificate signs itself')
  if (isSpecial(context)) return notApplicable('the issuer is recognised as something else')
  switch (end.kind) {
    case 'self-signed':
      return fail(draft(context, end.entry.subject, end.entry.certificate ? 'certain' : 'likely', [end.entry.span], rootText(context)))
    case 'supplied':
      if (!end.certificate.selfIssued) return pass
      return fail(draft(context, end.certificate.subject, 'certain', [end.below.span], 'The root is elsewhere in this input, and its key verifies the signature.'))
    case 'anchored':
      if (end.by === 'store') return pass
      return notApplicable('the root is among those that were imported as trusted')
    case 'unknown': {
      const { issuer } = end.below
      if (!issuer) return unknown('the issuer is not known')
      if (context.toolOk) return fail(draft(context, issuer, 'likely', [end.below.span], 'The client that made this paste has its certificate.'))
      if (context.servedIs === 'partial') return unknown('the paste does not show everything the server sent')
      if (context.order.ladder.length > 1 || looksLikeRoot(issuer))
        return fail(draft(context, issuer, 'likely', [end.below.span], belowText(issuer)))
      if (looksLikeIntermediate(issuer)) return pass
      return fail(draft(context, issuer, 'hint', [end.below.span], neutralText))
    }
    case 'nothing':
      return fromDepth(context)
    default:
      return pass
  }
}

/** Error 20 above the leaf: the client found the issuer of the leaf, but not the issuer of that one. */
function fromDepth(context: CaptureContext): Outcome {
  const error = context.capture.verifyErrors.find(({ code, depth }) => (code === 20 || code === 2) && depth !== undefined && depth > 0)
  const at = error && context.capture.verifyPath.find((entry) => entry.depth === error.depth)
  if (!error || !at) return pass
  if (issuerIsPublic(at.subject.name) || isPublicCaOrganisation(at.subject.name)) return pass
  const base = draft(context, at.subject.name, 'likely', [at.span], `The client built the chain up to ${quoted(at.subject.name)} and did not find the issuer above it.`)
  const title = `The issuer of ${quoted(at.subject.name)}, a private CA, is not in the trust store of this client.`
  return fail({ ...base, title })
}

const rootText = (context: CaptureContext): string =>
  context.codes.has(19)
    ? 'The root is part of what was sent, but a root counts only when it is in the store of the client ("self-signed certificate in certificate chain").'
    : 'The root is known from the input, but it is in no public store.'

const belowText = (issuer: Name): string =>
  `Its certificate is neither in the paste nor in a public store. If ${quoted(issuer)} is not the root but one more intermediate, the server has to send it instead.`

const neutralText =
  'Its certificate is neither in the paste nor in a public store, and its name does not tell whether it is a root (the client has to trust it) or an intermediate (the server has to send it). Its own subject and issuer tell: a root has both the same.'

function draft(context: CaptureContext, root: Name, confidence: Confidence, evidence: readonly Span[], text: string): Draft {
  const trusted = context.toolOk === true
  const failed = context.toolOk === false
  const name = quoted(root)
  return {
    severity: trusted ? 'info' : failed ? 'error' : 'warning',
    confidence,
    owner: trusted ? 'nobody' : 'client',
    title: trusted
      ? `The chain ends at the private CA ${name}, which this client trusts.`
      : `The chain ends at the private CA ${name}, which is in no public trust store.`,
    explanation: `${text} ${
      trusted
        ? 'Clients without it fail.'
        : 'The client has to be given the certificate of this CA by its organisation, with the SHA-256 fingerprint confirmed by another way than this connection.'
    }`,
    evidence: [...evidence, ...failureSpans(context, codes)],
    nextCommand: trusted ? showChainCommand(context) : showChainCommand(context, '-CAfile PRIVATE-ROOT.pem -verify_return_error'),
  }
}
