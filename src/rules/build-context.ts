/** Puts the evidence of each capture together: decodes, orders, builds paths, and finds where the chain ends. */

import { isIpAddress } from '../chain/host-ip.ts'
import { arrangeByNames, orderOf } from '../chain/paper.ts'
import { createPool, type Pool } from '../chain/pool.ts'
import { buildPaths } from '../chain/search.ts'
import type { Sha256, UnixMs } from '../core/brand.ts'
import { limits } from '../core/limits.ts'
import type { Span } from '../core/span.ts'
import type { Capture, EncodedBlock, ListedCertificate, ReadDocument } from '../input/model.ts'
import { isCertificateBlock } from '../input/pem.ts'
import { matchSignatures, type SignatureMatch } from '../trust/issuer-signatures.ts'
import { isPublicCaOrganisation, issuerIsPublic } from '../trust/public-cas.ts'
import { findRoots } from '../trust/roots.ts'
import { decodeCertificate } from '../x509/decode.ts'
import type { Certificate, SignatureVerifier } from '../x509/model.ts'
import { sameNameLoosely } from '../x509/name.ts'
import { certificatesInPkcs7 } from '../x509/pkcs7.ts'
import type {
  CaptureContext,
  ChainEnd,
  InputContext,
  SentOrder,
  SentSni,
  ServedEntry,
  ServedKnowledge,
  Target,
  UndecodedBlock,
} from './context.ts'

export interface ContextOptions {
  readonly now: UnixMs
  readonly at?: UnixMs
  readonly host?: string
  readonly purpose?: 'server' | 'client' | 'any'
  readonly publicRoots: boolean
  readonly trusted: readonly Certificate[]
  readonly verifier: SignatureVerifier
}

interface DecodedBlock {
  readonly certificate: Certificate
  readonly span: Span
  readonly role: EncodedBlock['role']
}

interface Decoded {
  readonly capture: Capture
  readonly blocks: readonly DecodedBlock[]
  readonly undecoded: readonly UndecodedBlock[]
}

/** Builds the contexts of all captures. Never rejects on account of the input. */
export async function buildContexts(
  documents: readonly ReadDocument[],
  options: ContextOptions,
): Promise<InputContext> {
  const decode = createDecoder()
  const decoded: Decoded[] = []
  for (const document of documents)
    for (const capture of document.captures) decoded.push(await decodeCapture(capture, decode))
  const everything = decoded.flatMap((entry) => entry.blocks.map(({ certificate }) => certificate))
  const captures: CaptureContext[] = []
  const input: InputContext = {
    documents,
    captures,
    now: options.now,
    publicRoots: options.publicRoots,
  }
  for (const [index, entry] of decoded.entries())
    captures.push(await buildContext(index, entry, everything, input, options))
  return input
}

type Decode = (der: Uint8Array) => ReturnType<typeof decodeCertificate>

/** Decodes each distinct block once: the same certificate is in many captures. */
function createDecoder(): Decode {
  const known = new Map<string, ReturnType<typeof decodeCertificate>>()
  return (der) => {
    // Length and a stretch of signature bytes tell certificates apart well enough for a cache key, the rest is compared.
    const key = `${der.length}:${String.fromCharCode(...der.subarray(-24))}`
    const cached = known.get(key)
    if (cached?.ok && sameBytes(cached.value.der, der)) return cached
    const result = decodeCertificate(der)
    if (!cached && result.ok) known.set(key, result)
    return result
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

async function decodeCapture(capture: Capture, decode: Decode): Promise<Decoded> {
  const blocks: DecodedBlock[] = []
  const undecoded: UndecodedBlock[] = []
  for (const block of capture.blocks.slice(0, limits.certificates)) {
    const { der, span, role } = block
    if (der && (block.label === 'PKCS7' || block.label === 'CMS')) await openContainer(block, der)
    else if (der && isCertificateBlock(block)) {
      const result = decode(der)
      if (result.ok) blocks.push({ certificate: result.value, span, role })
      else if (result.error.looksLike === 'PKCS#7') await openContainer(block, der)
      else undecoded.push(block.truncated ? { block } : { block, error: result.error })
    } else if (isCertificateBlock(block)) undecoded.push({ block })
  }
  return { capture, blocks, undecoded }

  async function openContainer(block: EncodedBlock, der: Uint8Array): Promise<void> {
    const contained = await certificatesInPkcs7(der)
    if (!contained.ok) {
      undecoded.push({ block, error: contained.error })
      return
    }
    for (const inner of contained.value.slice(0, limits.certificates)) {
      const result = decode(inner)
      if (result.ok) blocks.push({ certificate: result.value, span: block.span, role: block.role })
      else undecoded.push({ block, error: result.error })
    }
  }
}

async function buildContext(
  index: number,
  decoded: Decoded,
  everything: readonly Certificate[],
  input: InputContext,
  options: ContextOptions,
): Promise<CaptureContext> {
  const { capture } = decoded
  const { at, atReason } = instantOf(capture, options)
  const { served, servedIs } = servedOf(decoded)
  const supplement = isSupplement(capture, served)
  const order = sentOrder(served)
  const leaf = capture.tool === 's_client' ? served[0] : order.ladder[0]
  const codes = new Set(capture.verifyErrors.map((error) => error.code))
  if (capture.verifyResult?.code) codes.add(capture.verifyResult.code)
  const toolOk = toolOkOf(capture, codes)
  const target = targetOf(capture, options)
  const sni = sniOf(capture)
  const paths =
    leaf?.certificate && !supplement
      ? await buildBoth(
          leaf.certificate,
          served,
          everything,
          at,
          purposeOf(capture, leaf.certificate, options),
          options,
        )
      : undefined
  const signatures = signaturesOf(leaf, order)
  const end = endOf(served, order, paths, options, signatures)
  return {
    index,
    capture,
    input,
    at,
    atReason,
    served,
    servedIs,
    supplement,
    order,
    end,
    signatures,
    codes,
    undecoded: decoded.undecoded,
    decoded: decoded.blocks.map(({ span, certificate }) => ({ span, certificate })),
    ...(leaf && !supplement ? { leaf } : {}),
    ...(target ? { target } : {}),
    ...(sni ? { sni } : {}),
    ...(toolOk === undefined ? {} : { toolOk }),
    ...(paths ? { build: paths.build, servedBuild: paths.servedBuild } : {}),
  }
}

function instantOf(capture: Capture, options: ContextOptions): Pick<CaptureContext, 'at' | 'atReason'> {
  if (options.at !== undefined) return { at: options.at, atReason: 'option' }
  if (capture.startTime) return { at: capture.startTime.value, atReason: 'capture' }
  return { at: options.now, atReason: 'now' }
}

/** Joins the chain list (names, in sent order) with the PEM blocks, which may be all of it or the leaf alone. */
function servedOf(decoded: Decoded): { served: ServedEntry[]; servedIs: ServedKnowledge } {
  const { capture } = decoded
  const server = decoded.blocks.filter(({ role }) => role === 'server')
  if (capture.chainList.length > 0) {
    const left = [...server]
    const served = capture.chainList.flatMap((listed, position) => {
      if (!listed.subject) return []
      const found = left.findIndex((entry) => fits(entry.certificate, listed))
      const match = found === -1 ? undefined : left.splice(found, 1)[0]
      return [toEntry(position, listed, match?.certificate)]
    })
    return { served, servedIs: capture.chainListComplete && !capture.cut ? 'complete' : 'partial' }
  }
  if (server.length > 0) {
    return {
      served: server.map(({ certificate, span }, position) => fromCertificate(position, certificate, span)),
      servedIs: 'partial',
    }
  }
  const loose = decoded.blocks.map(({ span, certificate }, position) => fromCertificate(position, certificate, span))
  if (loose.length > 0 && capture.tool !== 's_client') return { served: loose, servedIs: 'file' }
  const printed = capture.printed.flatMap((listed, position) => (listed.subject ? [toEntry(position, listed)] : []))
  if (printed.length === 0) return { served: [], servedIs: 'none' }
  return { served: printed, servedIs: capture.tool === 'x509' ? 'file' : 'partial' }
}

function fits(certificate: Certificate, listed: ListedCertificate): boolean {
  if (listed.subject && !sameNameLoosely(certificate.subject, listed.subject.name)) return false
  return !listed.issuer || sameNameLoosely(certificate.issuer, listed.issuer.name)
}

function toEntry(position: number, listed: ListedCertificate, certificate?: Certificate): ServedEntry {
  const subject = certificate?.subject ?? listed.subject?.name
  const issuer = certificate?.issuer ?? listed.issuer?.name
  return {
    position,
    subject: subject ?? { rdns: [], key: '' },
    span: listed.span,
    ...(issuer ? { issuer } : {}),
    ...(certificate ? { certificate } : {}),
    ...(listed.notBefore ? { notBefore: listed.notBefore.value } : {}),
    ...(listed.notAfter ? { notAfter: listed.notAfter.value } : {}),
    ...(listed.names ? { printedNames: listed.names.value } : {}),
  }
}

function fromCertificate(position: number, certificate: Certificate, span: Span): ServedEntry {
  return { position, certificate, subject: certificate.subject, issuer: certificate.issuer, span }
}

/** CA certificates without any sign of a connection are material for other captures. */
function isSupplement(capture: Capture, served: readonly ServedEntry[]): boolean {
  if (capture.tool === 's_client' || capture.tool === 'verify') return false
  return (
    served.length > 0 && served.every((entry) => entry.certificate?.isCa === true && looksLikeCa(entry.certificate))
  )
}

/** A self-signed server certificate may carry the CA flag as well; host names give it away. */
const looksLikeCa = (certificate: Certificate): boolean =>
  !certificate.subjectAltNames.some((name) => name.type === 'DNS' || name.type === 'IP')

function sentOrder(served: readonly ServedEntry[]): SentOrder {
  const certificates = served.flatMap((entry) => entry.certificate ?? [])
  if (certificates.length === served.length && served.length > 0) {
    const { expectedOrder, extras, inOrder } = orderOf(certificates)
    const first = new Map<Sha256, ServedEntry>()
    const repeats: ServedEntry[] = []
    for (const entry of served) {
      const { sha256 } = entry.certificate as Certificate
      if (first.has(sha256)) repeats.push(entry)
      else first.set(sha256, entry)
    }
    const pick = (list: readonly Certificate[]) => list.flatMap((certificate) => first.get(certificate.sha256) ?? [])
    return { inOrder, ladder: pick(expectedOrder), strangers: pick(extras), repeats }
  }
  const named = served.flatMap((entry) => (entry.issuer ? [{ ...entry, issuer: entry.issuer }] : []))
  const chain = arrangeByNames(named)
  const original = (entry: ServedEntry) => served.find((candidate) => candidate.position === entry.position) ?? entry
  const ladder = chain.ladder.map(original)
  return {
    inOrder: chain.inOrder,
    ladder: ladder.length === 0 ? served.slice(0, 1) : ladder,
    strangers: chain.extras.map(original),
    repeats: chain.duplicates.map(original),
  }
}

/** "ok" without a certificate means that nothing was verified. */
function toolOkOf(capture: Capture, codes: ReadonlySet<number>): boolean | undefined {
  if (codes.size > 0) return false
  if (capture.noPeerCertificate || !capture.verifyResult) return capture.verifyResult?.ok === false ? false : undefined
  return capture.verifyResult.ok
}

function targetOf(capture: Capture, options: ContextOptions): Target | undefined {
  const { command } = capture
  const port = command?.port === undefined ? {} : { port: command.port }
  if (options.host !== undefined && options.host !== '') return { host: options.host, from: 'option', ...port }
  if (!command || capture.tool !== 's_client') return undefined
  const span = command.span
  if (command.verifyHostname !== undefined)
    return { host: command.verifyHostname, from: 'verify-hostname', span, ...port }
  if (typeof command.servername === 'string') return { host: command.servername, from: 'servername', span, ...port }
  return command.host === undefined ? undefined : { host: command.host, from: 'connect', span, ...port }
}

/** What the command says, else the default of the generation: OpenSSL 1.1.1 and later send the host of -connect, older ones and LibreSSL before 4 do not. */
function sniOf(capture: Capture): SentSni | undefined {
  const { command, generation } = capture
  if (!command || capture.tool !== 's_client') return undefined
  if (command.servername !== undefined) return { value: command.servername, stated: true }
  if (command.host === undefined) return undefined
  if (isIpAddress(command.host)) return { value: null, stated: false }
  if (generation === 'openssl-3.0' || generation === 'openssl-3.2+') return { value: command.host, stated: false }
  if (generation === 'openssl-0.9.8' || generation === 'openssl-1.0') return { value: null, stated: false }
  return undefined
}

/** A file's leaf that is for client authentication only is judged as what it is. */
function purposeOf(capture: Capture, leaf: Certificate, options: ContextOptions): 'server' | 'client' | 'any' {
  if (options.purpose !== undefined) return options.purpose
  if (capture.tool === 's_client') return 'server'
  const usages: readonly string[] | undefined = leaf.extendedKeyUsage
  if (usages === undefined || usages.includes(keyPurpose.serverAuth)) return 'server'
  return usages.includes(keyPurpose.clientAuth) ? 'client' : 'any'
}

/** RFC 5280 section 4.2.1.12. */
const keyPurpose = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const

async function buildBoth(
  leaf: Certificate,
  served: readonly ServedEntry[],
  everything: readonly Certificate[],
  at: UnixMs,
  purpose: 'server' | 'client' | 'any',
  options: ContextOptions,
) {
  const roots = options.publicRoots ? findRoots : undefined
  const sent = served.flatMap((entry) => entry.certificate ?? [])
  const search = (pool: Pool) => buildPaths(leaf, pool, options.verifier, { at, purpose })
  const own = createPool(roots)
  own.add(sent, 'served')
  own.add(options.trusted, 'imported-root')
  const all = createPool(roots)
  all.add(sent, 'served')
  all.add(everything, 'supplied')
  all.add(options.trusted, 'imported-root')
  const servedBuild = await search(own)
  return { servedBuild, build: all.size === own.size ? servedBuild : await search(all) }
}

function endOf(
  served: readonly ServedEntry[],
  order: SentOrder,
  paths: Awaited<ReturnType<typeof buildBoth>> | undefined,
  options: ContextOptions,
  signatures: readonly SignatureMatch[],
): ChainEnd {
  const allDecoded = served.length > 0 && served.every((entry) => entry.certificate)
  const servedPath = paths?.servedBuild.paths[0]
  if (servedPath?.anchored) {
    const anchor = servedPath.certificates.at(-1)
    const imported = options.trusted.some((root) => root.sha256 === anchor?.sha256)
    return { kind: 'anchored', by: imported || servedPath.sources.at(-1) === 'imported-root' ? 'imported' : 'store' }
  }
  const pathTop = servedPath?.certificates.at(-1)
  const top =
    (allDecoded && pathTop ? served.find((entry) => entry.certificate?.sha256 === pathTop.sha256) : undefined) ??
    order.ladder.at(-1)
  if (!top?.issuer) return { kind: 'nothing' }
  if (top.issuer.key === top.subject.key) return { kind: 'self-signed', entry: top }
  const next = suppliedIssuer(top, paths)
  if (next) return { kind: 'supplied', below: top, certificate: next }
  const issuer = options.publicRoots ? issuerIsPublic(top.issuer, top.certificate?.authorityKeyId?.keyId) : undefined
  if (issuer && !(issuer.kind === 'root' && issuer.entry.status === 'pending'))
    return { kind: 'public', below: top, issuer }
  // An origin or staging CA bears the organisation of a public one.
  const named = signatures.some(
    ({ signature }) => signature.confidence !== 'hint' && signature.kind !== 'cloudflare-edge',
  )
  if (options.publicRoots && !named && isPublicCaOrganisation(top.issuer))
    return { kind: 'public-organisation', below: top }
  return { kind: 'unknown', below: top }
}

/** The certificate above `top` in a path over the whole input, when its signature was verified. */
function suppliedIssuer(
  top: ServedEntry,
  paths: Awaited<ReturnType<typeof buildBoth>> | undefined,
): Certificate | undefined {
  for (const path of paths?.build.paths ?? []) {
    const at = path.certificates.findIndex((certificate) => certificate.sha256 === top.certificate?.sha256)
    if (at === -1 || path.signatures[at] !== 'valid') continue
    const next = path.certificates[at + 1]
    if (next && path.sources[at + 1] !== 'store') return next
  }
  return undefined
}

function signaturesOf(leaf: ServedEntry | undefined, order: SentOrder): SignatureMatch[] {
  if (!leaf) return []
  const sans = leaf.certificate?.subjectAltNames ?? leaf.printedNames ?? []
  const ofLeaf = matchSignatures({ subject: leaf.subject, sans, ...(leaf.issuer ? { issuer: leaf.issuer } : {}) })
  const above = order.ladder
    .slice(1)
    .flatMap((entry) => (entry.issuer ? matchSignatures({ issuer: entry.issuer }) : []))
  return [...ofLeaf, ...above]
}
