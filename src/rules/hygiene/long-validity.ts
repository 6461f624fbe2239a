/** CA/Browser Forum TLS Baseline Requirements 6.3.2: how long a public certificate may be valid, by its day of issue. */
import type { UnixMs } from '../../core/brand.ts'
import {
  appleValidityLimit,
  exceeds,
  publicLimitAt,
  type ValidityLimit,
  validityDays,
} from '../../standards/validity.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type CaptureRule, type Draft, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { isClientCertificate, isPublic, notAfterOf, notBeforeOf } from '../signals.ts'
import { place, quoted, showChainCommand } from '../words.ts'

export const longValidity: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'long-validity',
    title: 'The server certificate is valid for longer than the rules of its day allow.',
    why: 'Some clients refuse such a certificate, and the public limits fall to 47 days by 2029, so that renewal has to be automatic.',
    cause: false,
    explains: [],
    sources: [
      'CA/Browser Forum TLS Baseline Requirements 6.3.2',
      'CA/Browser Forum ballot SC-081v3',
      'https://support.apple.com/en-us/103769',
    ],
  },
  check,
}

interface Period {
  readonly leaf: ServedEntry
  readonly from: UnixMs
  readonly to: UnixMs
  readonly days: number
}

function check(context: CaptureContext): Outcome {
  const { leaf } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isClientCertificate(context)) return notApplicable('the certificate is for a client')
  const [from, to] = [notBeforeOf(leaf), notAfterOf(leaf)]
  if (from === undefined || to === undefined) return unknown('no dates are in the paste')
  if (!(to >= from)) return notApplicable('the certificate ends before it begins')
  const period = { leaf, from, to, days: validityDays(from, to) }
  if (!isIssuedByPublicCa(context)) return ofPrivate(context, period)
  const limit = publicLimitAt(from)
  if (limit === undefined) return notApplicable('it was issued before there was a limit without exceptions')
  return exceeds(from, to, limit) ? fail(ofPublic(context, period, limit)) : pass
}

/** A path to a built-in root, also over certificates that were not sent; else what the names tell. */
const isIssuedByPublicCa = (context: CaptureContext): boolean => isVerified(context) || isPublic(context)

const isVerified = ({ build }: CaptureContext): boolean =>
  build?.paths.some(
    ({ anchored, sources, signatures }) =>
      anchored && sources.at(-1) === 'store' && signatures.slice(0, -1).every((status) => status === 'valid'),
  ) === true

function ofPublic(context: CaptureContext, period: Period, limit: ValidityLimit): Draft {
  const { leaf, days } = period
  const most = 'days' in limit.most ? `${limit.most.days} days` : `${limit.most.months} months`
  const bound = `Public CAs are bound to ${most} for what they issue from ${limit.since} on (${limit.source}).`
  const apple = isOverApple(period) ? ` ${appleText}` : ''
  return {
    ...common(context, leaf),
    confidence: isVerified(context) ? 'certain' : 'likely',
    owner: 'ca',
    title: `The certificate ${quoted(leaf.subject)}${place(context)} is valid for ${days} days; issued when it was, a public one may be valid for ${most} at most.`,
    explanation: `${bound} The day of issue is taken from notBefore; a day has 86,400 seconds, and both ends belong to the period.${apple} Chrome and Apple refuse public certificates beyond their limits; others mostly do not look.`,
  }
}

/** The public limits do not hold for a private CA; what Apple asks does. */
function ofPrivate(context: CaptureContext, period: Period): Outcome {
  const { leaf, days } = period
  if (!isOverApple(period)) return notApplicable('the limits are for public CAs, and this is not known to be one')
  return fail({
    ...common(context, leaf),
    confidence: 'likely',
    owner: 'server-operator',
    title: `The certificate ${quoted(leaf.subject)}${place(context)} is valid for ${days} days, which Apple's systems refuse.`,
    explanation: `${appleText} The limits of the CA/Browser Forum do not hold for a private CA. Where no Apple device is a client, nothing has to be done.`,
  })
}

const { days: appleDays } = appleValidityLimit
const appleText = `iOS, macOS and the other systems of Apple accept TLS server certificates issued after 2019-07-01 only if they are valid for ${appleDays} days or fewer, whoever issued them.`

const isOverApple = ({ from, days }: Period): boolean =>
  from >= Date.parse(appleValidityLimit.since) && days > appleDays

function common(context: CaptureContext, leaf: ServedEntry) {
  return {
    severity: 'info',
    evidence: [leaf.span],
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -dates`,
    ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
  } as const
}
