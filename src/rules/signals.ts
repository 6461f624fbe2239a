/** Questions that several rules ask of a capture. Each answers from evidence alone. */
import type { SignatureMatch } from '../trust/issuer-signatures.ts'
import type { SignatureKind } from '../trust/signature-kinds.ts'
import type { Name } from '../x509/model.ts'
import { shortName } from '../x509/name.ts'
import type { CaptureContext, ServedEntry } from './context.ts'
import type { Span } from '../core/span.ts'

/** Kinds that stand for a proxy that re-signs what it inspects. */
export const interceptionKinds: ReadonlySet<SignatureKind> = new Set([
  'interception-enterprise',
  'interception-endpoint',
  'interception-developer',
  'cloudflare-gateway',
])

/** The best match of one of the kinds, unless the chain is publicly trusted, where a name proves nothing. */
export function recognised(context: CaptureContext, kinds: ReadonlySet<SignatureKind>): SignatureMatch | undefined {
  if (isPublic(context)) return undefined
  return context.signatures.find((match) => kinds.has(match.signature.kind))
}

const special: ReadonlySet<SignatureKind> = new Set([...interceptionKinds, 'cloudflare-origin', 'acme-staging', 'product-default'])

/** Is the issuer recognised, with more than a hint, as something that other rules name better? */
export const isSpecial = (context: CaptureContext): boolean => {
  const match = recognised(context, special)
  return match !== undefined && match.signature.confidence !== 'hint'
}

/** Does the chain end at a public root, or does its next issuer belong to a public CA? */
export function isPublic(context: CaptureContext): boolean {
  const { end } = context
  if (end.kind === 'anchored') return end.by === 'store'
  if (end.kind === 'public') return end.issuer.conflict === undefined
  return end.kind === 'public-organisation'
}

/** The leaf signs itself: by its signature where there is one to check, else by its names. */
export function isSelfSigned(context: CaptureContext): boolean {
  const { leaf } = context
  if (leaf?.certificate) {
    const path = context.build?.paths[0]
    return leaf.certificate.selfIssued && path?.signatures.at(-1) !== 'invalid'
  }
  return leaf?.issuer !== undefined && leaf.issuer.key === leaf.subject.key
}

/** Names that CAs give to roots. */
export const looksLikeRoot = (name: Name): boolean => /\broot\b|\btrust anchor\b/i.test(shortName(name))

/** Names that CAs give to what stands below a root. */
export const looksLikeIntermediate = (name: Name): boolean =>
  /\b(?:issuing|intermediate|subordinate|sub-?ca|server ca|tls ca|policy ca|ca ?\d+$|[a-z]{0,3}ca\d+$)/i.test(shortName(name))

/** Where the tool says that verification failed: the error lines, else the final word. */
export function failureSpans(context: CaptureContext, codes?: readonly number[]): Span[] {
  const { capture } = context
  const errors = capture.verifyErrors.filter((error) => codes === undefined || codes.includes(error.code))
  if (errors.length > 0) return unique(errors.map((error) => error.span))
  const result = capture.verifyResult
  if (result && !result.ok && (codes === undefined || result.code === undefined || codes.includes(result.code))) return [result.span]
  return []
}

/** Depth at which the tool reported one of the codes. */
export const depthOf = (context: CaptureContext, codes: readonly number[]): number | undefined =>
  context.capture.verifyErrors.find((error) => codes.includes(error.code))?.depth

/** The highest sent entry reached from the leaf. */
export const topOf = (context: CaptureContext): ServedEntry | undefined => context.order.ladder.at(-1)

/** The list of sent certificates is whole: seen from its heading to its end. */
export const listIsWhole = (context: CaptureContext): boolean => context.servedIs === 'complete'

function unique(spans: readonly Span[]): Span[] {
  const seen = new Set<number>()
  return spans.filter((span) => !seen.has(span.start) && seen.add(span.start))
}

/** The certificate at a place of the sent chain has a date problem, seen in it or printed. */
export const notAfterOf = (entry: ServedEntry) => entry.certificate?.notAfter ?? entry.notAfter
export const notBeforeOf = (entry: ServedEntry) => entry.certificate?.notBefore ?? entry.notBefore
