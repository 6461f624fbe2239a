/** RFC 5280 section 6.1.3 (a) (2): every certificate of the path must be in its validity period. */
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { depthOf, entryOf, failureSpans, nameAtDepth, notAfterOf, reportedFor, trustOf } from '../signals.ts'
import { toldError, toldIssuerDates } from '../told.ts'
import { dateText, distance, quoted, sends, server, showChainCommand } from '../words.ts'

export const expiredIssuer: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'expired-issuer',
    title: 'A CA certificate of the chain has expired.',
    why: 'Clients that find no other path refuse the chain, although the server certificate itself is fine.',
    cause: true,
    explains: [10],
    sources: ['RFC 5280 section 6.1.3'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  if (context.supplement) return notApplicable('there is no server certificate')
  const told = toldError(context, [10])
  if (told?.depth && !nameAtDepth(context, told.depth)) return fail(toldIssuerDates(context, told))
  const reported = reportedFor(context, 10) === 'issuer'
  const issuers = context.order.ladder.slice(1)
  if (issuers.length === 0 && !reported && !context.build) return notApplicable('no issuer is known')
  const path = context.build?.paths[0]
  const problem = path?.problems.find((entry) => entry.code === 'expired' && entry.index > 0)
  const sent = issuers.find((entry) => isPast(context, entry)) ?? entryOf(context, problem?.certificate)
  if (!sent && !problem && !reported) return pass
  const certificate = sent?.certificate ?? path?.certificates[problem?.index ?? -1]
  const end = sent ? notAfterOf(sent) : certificate?.notAfter
  const atDepth = nameAtDepth(context, depthOf(context, 10) ?? -1)
  const subject = sent?.subject ?? certificate?.subject ?? atDepth?.name
  const spare = hasSpare(context, sent)
  const spared = spare && !reported
  return fail({
    severity: spared || (trustOf(context) === 'trusted' && !reported) ? 'warning' : 'error',
    confidence: 'certain',
    owner: sent ? 'server-operator' : 'client',
    title: `The CA certificate ${subject ? `${quoted(subject)} ` : 'of an issuer '}${
      end === undefined || end >= context.at
        ? 'has expired, says the client'
        : `expired on ${dateText(end)}, ${distance(end, context.at)} ago`
    }.`,
    explanation: textOf(context, sent !== undefined, spare, reported),
    evidence: [...(sent ? [sent.span] : atDepth ? [atDepth.span] : []), ...failureSpans(context, [10])],
    nextCommand: showChainCommand(context),
    ...(certificate ? { certificate: certificate.sha256 } : {}),
  })
}

const isPast = (context: CaptureContext, entry: ServedEntry): boolean => (notAfterOf(entry) ?? context.at) < context.at

/** Is there a way around it: a valid path, or the same name and key in a certificate that is in date? */
function hasSpare(context: CaptureContext, sent: ServedEntry | undefined): boolean {
  if (context.build?.paths.some((path) => path.valid)) return true
  const key = sent?.certificate?.publicKey.spkiSha256
  return (
    key !== undefined &&
    context.served.some(
      ({ certificate }) =>
        certificate?.publicKey.spkiSha256 === key &&
        certificate.subject.key === sent?.subject.key &&
        certificate.notAfter >= context.at,
    )
  )
}

function textOf(context: CaptureContext, sent: boolean, spare: boolean, reported: boolean): string {
  if (spare) {
    const now = reported ? 'This client took the path over the expired certificate. ' : ''
    const remedy = sent
      ? ' Leave the expired certificate out of what is sent.'
      : ' Update the client or its trust store.'
    return `${now}Another path is in date, so clients that look for it succeed; those that take the first path they meet (OpenSSL before 1.1.0, old GnuTLS) fail.${remedy}`
  }
  if (!sent)
    return 'It is not among what was sent: the copy in the trust store of the client is out of date, or the client is so old that it stops at the expired certificate although a newer one would do. Update that store.'
  return `${server(context)} still ${sends(context)} it. Install the current certificate of that CA (as a rule the same key, signed anew), or have the server certificate issued by its successor.`
}
