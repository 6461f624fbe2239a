/** RFC 5246 section 7.4.2 and RFC 8446 section 4.4.2: the sender gives every certificate up to the root; only the root may be left out. */
import type { Confidence } from '../../core/finding.ts'
import type { Name } from '../../x509/model.ts'
import { sameNameLoosely } from '../../x509/name.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type CaptureRule, type Draft, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import * as signals from '../signals.ts'
import { toldError, toldLeafOnly } from '../told.ts'
import { issuerFactsCommand, quoted, sends, server, showChainCommand } from '../words.ts'

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
  if (toldError(context, [21]) && !toldError(context, [18, 19])) return fail(toldLeafOnly(context))
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (signals.isSelfSigned(context)) return notApplicable('the certificate signs itself')
  switch (end.kind) {
    case 'anchored':
    case 'self-signed':
      return pass
    case 'nothing':
      return unknown('the issuer is not in the paste')
    case 'supplied': {
      if (end.certificate.selfIssued) return pass
      if (context.servedIs === 'partial') return unknown('the list of sent certificates is not whole')
      if (context.servedIs === 'file')
        return unknown('the issuer is in another file, and no file tells what a server sends')
      return fail(draft(context, end.below, end.certificate.subject, 'certain', suppliedText))
    }
    case 'public':
      if (end.issuer.kind === 'root') return pass
      return judgeNamed(
        context,
        end.below,
        end.issuer.by === 'key-id' && !end.issuer.conflict ? 'certain' : 'likely',
        publicText,
      )
    case 'public-organisation':
      if (end.below.issuer && signals.looksLikeRoot(end.below.issuer))
        return unknown(`${quoted(end.below.issuer)} may be a root that is newer than the tables used here`)
      return judgeNamed(context, end.below, 'likely', organisationText)
    case 'unknown':
      return judgeUnknown(context, end.below)
  }
}

const suppliedText = 'It is elsewhere in this input and its key verifies the signature, so the missing link is certain.'
const publicText =
  'It is an intermediate of a public CA: no client has it in its root store, so the server has to send it.'
const organisationText =
  'The organisation runs public CAs, which never sign server certificates with a root, so this issuer is an intermediate that the server has to send.'

function judgeNamed(context: CaptureContext, below: ServedEntry, confidence: Confidence, text: string): Outcome {
  if (below.issuer === undefined) return unknown('the issuer is not known')
  if (signals.listIsWhole(context)) return fail(draft(context, below, below.issuer, confidence, text))
  if (context.servedIs === 'file' && context.served.length > 1)
    return fail(draft(context, below, below.issuer, 'likely', text))
  return unknown('the paste does not show everything the server sent')
}

/** A private issuer of which only the name is known may be a root, which need not be sent, or an intermediate. */
function judgeUnknown(context: CaptureContext, below: ServedEntry): Outcome {
  const { issuer } = below
  if (issuer === undefined) return unknown('the issuer is not known')
  if (signals.isSpecial(context)) return notApplicable('the issuer is recognised as something else')
  if (signals.trustOf(context) === 'trusted') return clientHadIt(context, below, issuer)
  const file = context.servedIs === 'file' && context.served.length > 1
  if (!signals.listIsWhole(context) && !file) return unknown('the paste does not show everything the server sent')
  if (signals.looksLikeRoot(issuer) || signals.isProductRoot(context, issuer)) return pass
  const namesake = signals.namesakeOf(context, below)
  if (namesake && namesake.certificate?.selfIssued === false)
    return fail(draft(context, below, issuer, 'likely', namesakeText))
  if (signals.looksLikeIntermediate(issuer)) return fail(draft(context, below, issuer, 'likely', privateText))
  return unknown(`nothing tells whether ${quoted(issuer)} is a root or an intermediate`)
}

const privateText =
  'The issuer belongs to no public CA; its name suggests an intermediate, which the server has to send. If it is a private root instead, the client has to trust it.'
const namesakeText =
  'A certificate of that name is there, but with another key than the one that signed: it is of another generation of that CA, and the one that belongs to this certificate has to be sent.'

/** The client verified the chain with a certificate of its own between what was sent and the root. */
function clientHadIt(context: CaptureContext, below: ServedEntry, issuer: Name): Outcome {
  const path = context.capture.verifyPath
  const own = path.find((entry) => sameNameLoosely(entry.subject.name, issuer))
  const above = own && path.some((entry) => entry.depth > own.depth)
  if (!own || !above || !signals.listIsWhole(context)) return pass
  const text = 'This client completed the chain from its own files; others will not.'
  const base = draft(context, below, issuer, 'likely', text)
  return fail({ ...base, evidence: [own.span, ...base.evidence] })
}

function draft(
  context: CaptureContext,
  below: ServedEntry,
  missing: Name,
  confidence: Confidence,
  text: string,
): Draft {
  const file = context.servedIs === 'file'
  const name = quoted(missing)
  const url = below.certificate?.caIssuers[0]
  const sent = context.served.map((entry) => quoted(entry.subject)).join(', then ')
  const strangers = context.order.strangers.map((entry) => quoted(entry.subject)).join(', ')
  const instead = strangers === '' ? '' : ` ${strangers} did not issue it: the wrong chain file is probably installed.`
  const fetch = url === undefined ? '' : `\n\nThe certificate below it names where to fetch it: ${url}`
  return {
    severity: signals.trustOf(context) === 'trusted' ? 'warning' : 'error',
    confidence,
    owner: 'server-operator',
    title: file
      ? `${server(context)} lacks the intermediate certificate ${name}.`
      : `${server(context)} does not send its intermediate certificate ${name}.`,
    explanation: `${server(context)} ${sends(context)} ${sent}. The issuer of ${quoted(below.subject)}, ${name}, is missing.${instead} ${text}${fetch}`,
    evidence: [below.span, ...signals.failureSpans(context, [2, 20, 21])],
    nextCommand: (confidence === 'likely' ? issuerFactsCommand(below) : undefined) ?? showChainCommand(context),
    ...(below.certificate ? { certificate: below.certificate.sha256 } : {}),
  }
}
