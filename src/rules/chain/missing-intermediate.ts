/** RFC 5246 section 7.4.2 and RFC 8446 section 4.4.2: the sender gives every certificate up to the root; only the root may be left out. */
import { fail, notApplicable, pass, unknown, type CaptureRule, type Draft, type Outcome } from '../contract.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { failureSpans, isSelfSigned, isSpecial, listIsWhole, looksLikeIntermediate, looksLikeRoot } from '../signals.ts'
import { quoted, server, showChainCommand } from '../words.ts'
import type { Confidence } from '../../core/finding.ts'
import type { Name } from '../../x509/model.ts'
import { sameNameLoosely } from '../../x509/name.ts'

export const missingIntermediate: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'missing-intermediate',
    title: 'A certificate between leaf and root is not sent.',
    why: 'Browsers often have it cached or fetch it; curl, Java, Go, Python and most others do not and fail.',
    cause: true,
    explains: [2, 20, 21],
    sources: ['RFC 8446 section 4.4.2', 'RFC 5246 section 7.4.2'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { end, leaf } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isSelfSigned(context)) return notApplicable('the certificate signs itself')
  switch (end.kind) {
    case 'anchored':
    case 'self-signed':
    case 'nothing':
      return pass
    case 'supplied': {
      if (end.certificate.selfIssued) return pass
      if (context.servedIs === 'partial') return unknown('the list of sent certificates is not whole')
      return fail(draft(context, end.below, end.certificate.subject, listIsWhole(context) ? 'certain' : 'likely', suppliedText))
    }
    case 'public':
      if (end.issuer.kind === 'root') return pass
      return judgeNamed(context, end.below, end.issuer.by === 'key-id' && !end.issuer.conflict ? 'certain' : 'likely', publicText)
    case 'public-organisation':
      return judgeNamed(context, end.below, 'likely', organisationText)
    case 'unknown':
      return judgeUnknown(context, end.below)
  }
}

const suppliedText = 'It is elsewhere in this input and its key verifies the signature, so the missing link is certain.'
const publicText = 'It is an intermediate of a public CA: no client has it in its root store, so the server has to send it.'
const organisationText =
  'The organisation runs public CAs, which never sign server certificates with a root, so this issuer is an intermediate that the server has to send.'

function judgeNamed(context: CaptureContext, below: ServedEntry, confidence: Confidence, text: string): Outcome {
  if (below.issuer === undefined) return unknown('the issuer is not known')
  if (listIsWhole(context)) return fail(draft(context, below, below.issuer, confidence, text))
  if (context.servedIs === 'file' && context.served.length > 1) return fail(draft(context, below, below.issuer, 'likely', text))
  return unknown('the paste does not show everything the server sent')
}

/** A private issuer of which only the name is known may be a root, which need not be sent, or an intermediate. */
function judgeUnknown(context: CaptureContext, below: ServedEntry): Outcome {
  const { issuer } = below
  if (issuer === undefined) return unknown('the issuer is not known')
  if (isSpecial(context)) return notApplicable('the issuer is recognised as something else')
  if (context.toolOk) return clientHadIt(context, below, issuer)
  if (!listIsWhole(context)) return unknown('the paste does not show everything the server sent')
  if (looksLikeRoot(issuer)) return pass
  const sentOne = context.order.ladder.length === 1
  const caGiven = (context.capture.command?.caFiles.length ?? 0) > 0
  const pointer = (below.certificate?.caIssuers.length ?? 0) > 0
  if (sentOne && (looksLikeIntermediate(issuer) || caGiven || pointer)) return fail(draft(context, below, issuer, 'likely', privateText))
  return unknown(`nothing tells whether ${quoted(issuer)} is a root or an intermediate`)
}

const privateText =
  'The issuer belongs to no public CA, and neither the server nor the client has its certificate. Its name or the way the check was run suggests an intermediate, which the server has to send; if it is a private root instead, the client has to trust it.'

/** The client verified the chain with a certificate of its own between what was sent and the root. */
function clientHadIt(context: CaptureContext, below: ServedEntry, issuer: Name): Outcome {
  const path = context.capture.verifyPath
  const own = path.find((entry) => sameNameLoosely(entry.subject.name, issuer))
  const above = own && path.some((entry) => entry.depth > own.depth)
  if (!own || !above || !listIsWhole(context)) return pass
  const base = draft(context, below, issuer, 'likely', 'This client completed the chain from its own files; others will not.')
  return fail({ ...base, severity: 'warning', evidence: [own.span, ...base.evidence] })
}

function draft(context: CaptureContext, below: ServedEntry, missing: Name, confidence: Confidence, text: string): Draft {
  const name = quoted(missing)
  const url = below.certificate?.caIssuers[0]
  const sent = context.order.ladder.map((entry) => quoted(entry.subject)).join(', then ')
  const fetch = url === undefined ? '' : `\n\nThe certificate below it names where to fetch it: ${url}`
  return {
    severity: context.toolOk ? 'warning' : 'error',
    confidence,
    owner: 'server-operator',
    title:
      context.servedIs === 'file'
        ? `This bundle lacks the intermediate certificate ${name}.`
        : `${server(context)} does not send its intermediate certificate ${name}.`,
    explanation: `${context.servedIs === 'file' ? 'It holds' : 'What was sent is'} ${sent}. The next issuer, ${name}, is missing. ${text}${fetch}`,
    evidence: [below.span, ...failureSpans(context, [2, 20, 21])],
    nextCommand: showChainCommand(context),
    ...(below.certificate ? { certificate: below.certificate.sha256 } : {}),
  }
}
