/** RFC 5280 section 6.1.1 (d): trust begins at an anchor that the client has been given; a private root is given by its organisation. */
import type { Confidence } from '../../core/finding.ts'
import type { Span } from '../../core/span.ts'
import { isPublicCaOrganisation, issuerIsPublic } from '../../trust/public-cas.ts'
import type { Name } from '../../x509/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, type Draft, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { untrustedUpstream } from '../gateway-log.ts'
import * as signals from '../signals.ts'
import { toldError, toldOtherKey, toldUnknownRoot } from '../told.ts'
import { issuerElsewhereCommand, quoted, showChainCommand } from '../words.ts'
import { interceptionDoubt } from './helpers.ts'

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
  if (context.supplement) return notApplicable('there is no server certificate')
  if (!leaf)
    return (
      fromClientPath(context) ??
      fromBeside(context) ??
      fromWords(context) ??
      fromGateway(context) ??
      notApplicable('there is no server certificate')
    )
  if (signals.isClientCertificate(context))
    return notApplicable('servers judge client certificates by CAs of their own')
  if (signals.isSelfSigned(context)) return notApplicable('the certificate signs itself')
  if (signals.isSpecial(context)) return notApplicable('the issuer is recognised as something else')
  switch (end.kind) {
    case 'self-signed':
      return fail(
        draft(
          context,
          end.entry.subject,
          end.entry.certificate ? 'certain' : 'likely',
          [end.entry.span],
          sentText(context),
        ),
      )
    case 'supplied':
      if (!end.certificate.selfIssued) return pass
      return fail(draft(context, end.certificate.subject, 'certain', [end.below.span], suppliedText))
    case 'anchored': {
      const root = context.servedBuild?.paths[0]?.certificates.at(-1)
      if (end.by === 'store' || root === undefined) return pass
      if (signals.trustOf(context) !== 'untrusted') return notApplicable('the root is among the imported ones')
      return fail(draft(context, root.subject, 'certain', [leaf.span], importedText))
    }
    case 'unknown':
      return fromIssuer(context, end.below.issuer, end.below.position !== leaf.position, end.below.span)
    case 'nothing':
      return fromClientPath(context) ?? unknown('the issuer is not in the paste')
    default:
      return pass
  }
}

/** A gateway trusts behind it what it was given, and nothing else. */
function fromGateway(context: CaptureContext): Outcome | undefined {
  const found = untrustedUpstream(context)
  return found && fail(found)
}

const suppliedText = 'The root is elsewhere in this input, and its key verifies the signature.'
const importedText = 'It is among the roots imported here, but the client that made this paste does not have it.'
const sentText = (context: CaptureContext): string =>
  context.codes.has(19)
    ? 'The root is part of what was sent, but a root counts only when it is in the store of the client ("self-signed certificate in certificate chain").'
    : 'The root is known from the input, but it is in no public store.'

/** Only the name of the next issuer is known, so what it is has to be told from the name and from what was sent. */
function fromIssuer(context: CaptureContext, issuer: Name | undefined, aboveLeaf: boolean, span: Span): Outcome {
  if (!issuer) return unknown('the issuer is not known')
  if (signals.trustOf(context) === 'trusted')
    return fail(
      draft(
        context,
        topOfClientPath(context) ?? issuer,
        'likely',
        [span],
        'The client that made this paste has its certificate.',
      ),
    )
  if (context.servedIs === 'partial') return unknown('the paste does not show everything the server sent')
  if (signals.looksLikeIntermediate(issuer) && !signals.isProductRoot(context, issuer)) return pass
  const sure = aboveLeaf || signals.looksLikeRoot(issuer) || signals.isProductRoot(context, issuer)
  if (!sure) return fail(draft(context, issuer, 'hint', [span], neutralText))
  const text = `Its certificate is neither in the paste nor in a public store. If ${quoted(issuer)} is not the root but one more intermediate, the server has to send it instead.`
  return fail(draft(context, issuer, 'likely', [span], text))
}

const neutralText =
  'Its certificate is neither in the paste nor in a public store, and its name does not tell whether it is a root (the client has to trust it) or an intermediate (the server has to send it). Its own subject and issuer tell: a root has both the same.'

/** Another capture shows the chain and a client that trusts it; the program that fails was not given its root. */
function fromBeside(context: CaptureContext): Outcome | undefined {
  const beside = signals.connectionBeside(context)
  if (!beside || signals.trustOf(context) !== 'untrusted' || signals.trustOf(beside) !== 'trusted') return undefined
  if (signals.isPublic(beside) || signals.isSpecial(beside) || signals.isSelfSigned(beside)) return undefined
  const { end } = beside
  const named = end.kind === 'self-signed' ? end.entry.subject : end.kind === 'unknown' ? end.below.issuer : undefined
  const root = topOfClientPath(beside) ?? named
  if (!root) return undefined
  const text =
    'Another capture of this input shows the chain, and a client on it that trusts this CA; the program that fails has a trust store of its own, without it.'
  return fail(draft(context, root, 'likely', [], text))
}

/** The client's words alone: it met an unknown root, or a CA of which it has another generation. */
function fromWords(context: CaptureContext): Outcome | undefined {
  const error = toldError(context, [20]) ?? toldError(context, [19])
  if (!error) return undefined
  const words = error.code === 19 ? toldUnknownRoot(context) : toldOtherKey(context, error)
  return words && !signals.recognised(context, signals.interceptionKinds) ? fail(words) : undefined
}

/** The root by which the client succeeded, when its path is in the paste and goes beyond what was sent. */
function topOfClientPath({ capture, order }: CaptureContext): Name | undefined {
  const depth = Math.max(...capture.verifyPath.map((entry) => entry.depth), 0)
  return depth < order.ladder.length
    ? undefined
    : capture.verifyPath.find((entry) => entry.depth === depth)?.subject.name
}

/** The client's own account: it met an unknown root (19), or an issuer above which it found nothing (20, 2). */
function fromClientPath(context: CaptureContext): Outcome | undefined {
  const at = signals.endOfClientPath(context)
  if (!at || issuerIsPublic(at.name) || isPublicCaOrganisation(at.name)) return undefined
  if (at.isRoot) return fail(draft(context, at.name, 'likely', [at.span], sentText(context)))
  const text = `The client built the chain up to ${quoted(at.name)} and did not find the issuer above it.`
  const title = `The issuer of ${quoted(at.name)}, a private CA, is not in the trust store of this client.`
  return fail({ ...draft(context, at.name, 'likely', [at.span], text), title })
}

function draft(
  context: CaptureContext,
  root: Name,
  confidence: Confidence,
  evidence: readonly Span[],
  text: string,
): Draft {
  const trust = signals.trustOf(context)
  const trusted = trust === 'trusted'
  const name = quoted(root)
  const doubt = trusted ? '' : interceptionDoubt(context)
  const advice = trusted
    ? ' Clients without it fail.'
    : confidence === 'hint'
      ? ''
      : ' The client has to be given the certificate of this CA by its organisation, with the SHA-256 fingerprint confirmed by another way than this connection.'
  return {
    severity: trusted ? 'info' : trust === 'untrusted' ? 'error' : 'warning',
    confidence,
    owner: trusted ? 'nobody' : 'client',
    title: `The chain${context.servedIs === 'file' ? ' in this file' : ''} ends at the private CA ${name}, which ${trusted ? 'this client trusts' : 'is in no public trust store'}.`,
    explanation: `${text}${advice}${doubt}`,
    evidence: [...evidence, ...signals.failureSpans(context, signals.trustCodes)],
    nextCommand:
      doubt !== ''
        ? issuerElsewhereCommand(context)
        : showChainCommand(context, trusted ? '' : '-CAfile PRIVATE-ROOT.pem -verify_return_error'),
  }
}
