/** RFC 5280 section 6.3 and RFC 6960: a CA takes a certificate back before it expires. */
import type { Revoked } from '../../chain/revocation/model.ts'
import type { StapledStatus } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { failureSpans } from '../signals.ts'
import { dateText, place, quoted, showChainCommand } from '../words.ts'

const codes = [23]

export const revoked: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'revoked',
    title: 'A certificate of the chain is revoked.',
    why: 'Clients that check revocation refuse it; the others trust a certificate that its CA has taken back.',
    cause: true,
    explains: codes,
    sources: ['RFC 5280 section 6.3', 'RFC 6960 section 2.2'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  if (context.supplement) return notApplicable('there is no server certificate')
  for (const { index, certificate, outcome } of context.revocation) {
    if (outcome.status === 'revoked') return found(context, index, certificate, outcome)
  }
  const stapled = context.capture.stapled?.find(({ status }) => status === 'revoked')
  if (stapled) return fromText(context, stapled)
  if (!context.codes.has(23)) return context.leaf ? pass : notApplicable('there is no server certificate')
  const error = context.capture.verifyErrors.find(({ code }) => code === 23)
  const subject = context.capture.verifyPath.find(({ depth }) => depth === error?.depth)?.subject.name
  const name = subject ? ` ${quoted(subject)}` : ''
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: (error?.depth ?? 0) > 0 ? 'ca' : 'server-operator',
    title: `The certificate${name}${place(context)} is revoked, the client says.`,
    explanation:
      'It asked its CA or a list for that, and the answer is not in this input. A revoked certificate has to be replaced.',
    evidence: failureSpans(context, codes),
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -serial -ext crlDistributionPoints,authorityInfoAccess`,
  })
}

/** A stapled response is printed as text, so its signature cannot be checked here, and `s_client` does not check it. */
function fromText(context: CaptureContext, stapled: StapledStatus): Outcome {
  const when = stapled.revokedAt ? ` since ${dateText(stapled.revokedAt.value)}` : ''
  const reason = stapled.reason ? ` (${stapled.reason})` : ''
  const serial = stapled.serial === undefined ? '' : ` with the serial number ${stapled.serial.slice(0, 64)}`
  const { leaf } = context
  const other =
    leaf?.certificate && stapled.serial !== undefined && !sameSerial(leaf.certificate.serial, stapled.serial)
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'server-operator',
    title: `The OCSP response that the server${place(context)} staples calls ${
      leaf && !other ? quoted(leaf.subject) : `a certificate${serial}`
    } revoked${when}.`,
    explanation: `The response lists the certificate${serial} as revoked${reason}. openssl s_client shows such a response and does not judge it; browsers refuse the connection. The signature of the response cannot be checked from its printed form.`,
    evidence: [stapled.span, ...(leaf ? [leaf.span] : [])],
    nextCommand: showChainCommand(context, '-status'),
    ...(leaf?.certificate && !other ? { certificate: leaf.certificate.sha256 } : {}),
  })
}

const sameSerial = (a: string, b: string): boolean => a.replace(/^0+/, '') === b.replace(/^0+/, '')

function found(context: CaptureContext, index: number, sha256: string, outcome: Revoked): Outcome {
  const certificate = context.build?.paths[0]?.certificates[index]
  const entry = context.served.find((candidate) => candidate.certificate?.sha256 === sha256)
  const source = outcome.source.kind === 'crl' ? 'A CRL' : 'An OCSP response'
  const stale = outcome.stale ? ' It is out of date, but what was revoked for good stays so.' : ''
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: index === 0 ? 'server-operator' : 'ca',
    title: `The certificate ${certificate ? quoted(certificate.subject) : sha256.slice(0, 16)} is revoked.`,
    explanation: `${outcome.message} ${source} in this input says so, and its signature was verified.${stale}\n\n${
      index === 0
        ? 'The certificate has to be replaced by a new one, with a new key when the key was exposed.'
        : 'Everything below this CA has to be issued anew by another one.'
    }`,
    evidence: [...(entry ? [entry.span] : []), ...failureSpans(context, codes)],
    ...(certificate ? { certificate: certificate.sha256 } : {}),
  })
}
