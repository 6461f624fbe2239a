/** Questions that several rules ask of a capture. Each answers from evidence alone. */
import { isPublicName } from '../chain/domain.ts'
import type { Span } from '../core/span.ts'
import type { SignatureMatch } from '../trust/issuer-signatures.ts'
import type { SignatureKind } from '../trust/signature-kinds.ts'
import type { Certificate, Name } from '../x509/model.ts'
import { sameNameLoosely, shortName } from '../x509/name.ts'
import type { CaptureContext, ServedEntry } from './context.ts'

/** X509_V_ERR codes by which OpenSSL says that a path reaches no root it trusts. */
export const trustCodes: readonly number[] = [2, 18, 19, 20, 21, 27]

/**
 * Did the client that made the paste trust the chain? OpenSSL builds the path before it judges dates, names and usage,
 * and goes on after an error, so errors of other kinds alone mean that a trusted root was reached.
 */
export function trustOf(context: CaptureContext): 'trusted' | 'untrusted' | 'unknown' {
  if (context.toolOk) return 'trusted'
  if (trustCodes.some((code) => context.codes.has(code))) return 'untrusted'
  // A message names one thing that is wrong, and that is no word on the rest.
  if (context.capture.kind === 'message') return 'unknown'
  return context.capture.verifyErrors.length > 0 ? 'trusted' : 'unknown'
}

/** Kinds that stand for a proxy that re-signs what it inspects. */
export const interceptionKinds: ReadonlySet<SignatureKind> = new Set([
  'interception-enterprise',
  'interception-endpoint',
  'interception-developer',
  'cloudflare-gateway',
])

/**
 * The best match of one of the kinds. Where the chain is publicly trusted a name proves nothing, except that of the
 * default site of a public platform.
 */
export function recognised(context: CaptureContext, kinds: ReadonlySet<SignatureKind>): SignatureMatch | undefined {
  const open = !isPublic(context)
  return context.signatures.find(
    ({ signature }) => kinds.has(signature.kind) && (open || signature.kind === 'no-sni-default'),
  )
}

/**
 * The issuer by which a proxy that inspects TLS gives itself away. A name of a known product does; one that is only a hint does
 * together with a proxy on the way or a public host, and not where the certificate signs itself, as that of a device does.
 */
export function inspectingProxy(context: CaptureContext): SignatureMatch | undefined {
  if (!context.leaf || context.supplement || context.capture.role === 'server') return undefined
  const match = recognised(context, interceptionKinds)
  if (match?.signature.confidence !== 'hint') return match
  if (isSelfSigned(context)) return undefined
  const publicHost = context.target !== undefined && isPublicName(context.target.host)
  return context.capture.command?.proxy !== undefined || publicHost ? match : undefined
}

const special: ReadonlySet<SignatureKind> = new Set([
  ...interceptionKinds,
  'cloudflare-origin',
  'acme-staging',
  'product-default',
])

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
  if (leaf?.certificate) return context.selfSigned
  return leaf?.issuer !== undefined && leaf.issuer.key === leaf.subject.key
}

/** A file whose leaf is for clients: servers judge it by CAs of their own, and no host name belongs into it. */
export const isClientCertificate = (context: CaptureContext): boolean => context.purpose === 'client'

/** Names that CAs give to roots. */
export const looksLikeRoot = (name: Name): boolean => /\broot\b|\btrust anchor\b/i.test(shortName(name))

/** Names that CAs give to what stands below a root. A number alone tells nothing: roots have generations too. */
export const looksLikeIntermediate = (name: Name): boolean =>
  /\b(?:issuing|intermediate|subordinate|sub-?ca|policy ca|tls ca|server ca)\b/i.test(shortName(name))

const privatePki: ReadonlySet<SignatureKind> = new Set<SignatureKind>(['private-pki'])

/** Is the issuer of the leaf by its name the only CA of a product, as that of a cluster? */
export function isProductRoot(context: CaptureContext, issuer: Name): boolean {
  const match = recognised(context, privatePki)
  if (match?.on !== 'issuer' || match.signature.confidence !== 'certain') return false
  return /\bissuing|intermediate|sub-?ca\b/i.test(shortName(issuer)) === false
}

/** The name of the certificate at a depth of the path that the client built. */
export function nameAtDepth(
  context: CaptureContext,
  depth: number,
): { readonly name: Name; readonly span: Span } | undefined {
  const { capture } = context
  const onPath = capture.verifyPath.find((entry) => entry.depth === depth)
  if (onPath) return { name: onPath.subject.name, span: onPath.span }
  // `openssl verify` prints the name of the certificate at fault before the error.
  const printed =
    capture.tool === 'verify' && capture.verifyErrors[0]?.depth === depth ? capture.printed[0]?.subject : undefined
  return printed && { name: printed.name, span: printed.span }
}

/** The certificate that a server's own errors are about, as it names it: that of its client. */
export const verifiedName = ({ capture }: CaptureContext): { readonly name: Name; readonly span: Span } | undefined =>
  capture.printed[0]?.subject ?? capture.verifyPath.find(({ depth }) => depth === 0)?.subject

/**
 * The capture of a connection to the same server elsewhere in the input, by which a message without a chain can be explained.
 * A message that names no host is taken to be about the only host that the input has connections to.
 */
export function connectionBeside(context: CaptureContext): CaptureContext | undefined {
  const { kind, role } = context.capture
  if ((kind !== 'message' && kind !== 'log') || role === 'server') return undefined
  const connections = context.input.captures.filter(
    (other) => other.capture.kind === 'connection' && other.target !== undefined && other.served.length > 0,
  )
  const host = context.target?.host.toLowerCase()
  if (host === undefined) {
    const hosts = new Set(connections.map((other) => other.target?.host.toLowerCase()))
    return kind === 'message' && hosts.size === 1 ? connections[0] : undefined
  }
  return connections.find((other) => other.target?.host.toLowerCase() === host)
}

/** Depth and name at which the client ran out of issuers (2, 20) or met an unknown root (19), above the leaf. */
export function endOfClientPath(context: CaptureContext) {
  for (const { code, depth } of context.capture.verifyErrors) {
    if (depth === undefined || depth === 0 || (code !== 2 && code !== 19 && code !== 20)) continue
    const at = nameAtDepth(context, depth)
    if (at) return { ...at, isRoot: code === 19 }
  }
  return undefined
}

/** A sent certificate with the name of the missing issuer and another key than it has. */
export const namesakeOf = (context: CaptureContext, below: ServedEntry): ServedEntry | undefined =>
  context.served.find(
    (entry) =>
      entry.certificate !== undefined &&
      below.certificate !== undefined &&
      entry.certificate.sha256 !== below.certificate.sha256 &&
      below.issuer !== undefined &&
      sameNameLoosely(entry.subject, below.issuer),
  )

/** Where the tool says that verification failed: the error lines, else the final word. */
export function failureSpans(context: CaptureContext, codes?: readonly number[]): Span[] {
  const { capture } = context
  const errors = capture.verifyErrors.filter((error) => codes === undefined || codes.includes(error.code))
  if (errors.length > 0) return unique(errors.map((error) => error.span))
  const result = capture.verifyResult
  if (result && !result.ok && (codes === undefined || result.code === undefined || codes.includes(result.code)))
    return [result.span]
  return []
}

/** Does the tool report the code for the leaf (depth 0), for an issuer (above), or without saying where? */
export function reportedFor(context: CaptureContext, code: number): 'leaf' | 'issuer' | 'somewhere' | undefined {
  if (!context.codes.has(code)) return undefined
  const depths = context.capture.verifyErrors.flatMap((error) => (error.code === code ? [error.depth] : []))
  if (depths.includes(0)) return 'leaf'
  return depths.some((depth) => depth !== undefined) ? 'issuer' : 'somewhere'
}

/** Depth at which the tool first reported the code, when it says so. */
export const depthOf = (context: CaptureContext, code: number): number | undefined =>
  context.capture.verifyErrors.find((error) => error.code === code && error.depth !== undefined)?.depth

/** The list of sent certificates is whole: seen from its heading to its end. */
export const listIsWhole = (context: CaptureContext): boolean => context.servedIs === 'complete'

function unique(spans: readonly Span[]): Span[] {
  const seen = new Set<number>()
  return spans.filter((span) => !seen.has(span.start) && seen.add(span.start))
}

/** End and start of validity, from the certificate or as printed. */
export const notAfterOf = (entry: ServedEntry) => entry.certificate?.notAfter ?? entry.notAfter
export const notBeforeOf = (entry: ServedEntry) => entry.certificate?.notBefore ?? entry.notBefore

/** The sent entry that holds a certificate. */
export const entryOf = (context: CaptureContext, sha256: Certificate['sha256'] | undefined): ServedEntry | undefined =>
  sha256 === undefined ? undefined : context.served.find((entry) => entry.certificate?.sha256 === sha256)

/** Files that hold the public roots; giving one says nothing of a private CA. */
const systemStores =
  /(?:^|\/)(?:ca-certificates\.crt|ca-bundle\.(?:crt|pem)|tls-ca-bundle\.pem|cacert\.pem|cert\.pem)$|^\/etc\/(?:ssl|pki)\//

/** Trust files of the user's own, as the command names them. */
export const ownTrustFiles = (context: CaptureContext): readonly string[] =>
  (context.capture.command?.caFiles ?? []).filter((file) => !systemStores.test(file))
