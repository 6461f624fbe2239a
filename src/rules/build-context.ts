/** Puts the evidence of each capture together: decodes, orders, builds paths, and finds where the chain ends. */

import type { AnchorChecks } from '../chain/anchor.ts'
import { isIpAddress } from '../chain/host-ip.ts'
import { matchKeyId } from '../chain/key-ids.ts'
import type { BuiltPath } from '../chain/model.ts'
import { createPool, type Pool } from '../chain/pool.ts'
import { checkRevocation } from '../chain/revocation/check.ts'
import type { CertificateRevocation } from '../chain/revocation/model.ts'
import { checkOcsp } from '../chain/revocation/ocsp.ts'
import { joinRevocation } from '../chain/revocation/outcome.ts'
import { buildPaths } from '../chain/search.ts'
import type { UnixMs } from '../core/brand.ts'
import { limits } from '../core/limits.ts'
import type { Result } from '../core/result.ts'
import type { Capture, EncodedBlock, ReadDocument } from '../input/model.ts'
import { isCertificateBlock } from '../input/pem.ts'
import { matchSignatures, type SignatureMatch } from '../trust/issuer-signatures.ts'
import { isPublicCaOrganisation, issuerIsPublic } from '../trust/public-cas.ts'
import { findRoots } from '../trust/roots.ts'
import { decodeCrl } from '../x509/crl.ts'
import type { Crl } from '../x509/crl-model.ts'
import type { SubtleLike } from '../x509/crypto-subtle.ts'
import { decodeCertificate } from '../x509/decode.ts'
import type { Certificate, DecodeError, SignatureVerifier } from '../x509/model.ts'
import { decodeOcspResponse } from '../x509/ocsp.ts'
import type { OcspResponse } from '../x509/ocsp-model.ts'
import { certificatesInPkcs7 } from '../x509/pkcs7.ts'
import type {
  CaptureContext,
  ChainEnd,
  InputContext,
  SentOrder,
  SentSni,
  ServedEntry,
  Target,
  UndecodedBlock,
} from './context.ts'
import { type Decoded, type DecodedBlock, isSupplement, sentOrder, servedOf } from './served.ts'
import { toldSignatures } from './told.ts'

export interface ContextOptions {
  readonly now: UnixMs
  readonly at?: UnixMs
  readonly host?: string
  readonly purpose?: 'server' | 'client' | 'any'
  readonly anchor?: AnchorChecks
  readonly publicRoots: boolean
  readonly trusted: readonly Certificate[]
  readonly verifier: SignatureVerifier
  /** For signatures of CRLs and OCSP responses. */
  readonly subtle?: SubtleLike | undefined
  /** DER of CRLs beside those in the documents. */
  readonly crls: readonly Uint8Array[]
}

/** What all captures of an input share: certificates and revocation data from anywhere in it. */
interface Shared {
  readonly pool: Pool
  readonly crls: readonly Crl[]
  readonly ocspResponses: readonly OcspResponse[]
}

/** Builds the contexts of all captures. Never rejects on account of the input. */
export async function buildContexts(
  documents: readonly ReadDocument[],
  options: ContextOptions,
): Promise<InputContext> {
  const decode = createDecoder()
  const decoded = documents.flatMap((document) => document.captures.map((capture) => decodeCapture(capture, decode)))
  // One pool for all captures: what each needs besides its own certificates is the same.
  const everything = createPool(options.publicRoots ? findRoots : undefined)
  for (const entry of decoded)
    everything.add(
      entry.blocks.map(({ certificate }) => certificate),
      'supplied',
    )
  everything.add(options.trusted, 'imported-root')
  const given = options.crls.map((der) => decodeCrl(der)).flatMap((result) => (result.ok ? result.value : []))
  const shared: Shared = {
    pool: everything,
    crls: [...given, ...decoded.flatMap(({ crls }) => crls)],
    ocspResponses: decoded.flatMap(({ ocspResponses }) => ocspResponses),
  }
  const captures: CaptureContext[] = []
  const input: InputContext = {
    documents,
    captures,
    now: options.now,
    publicRoots: options.publicRoots,
  }
  for (const [index, entry] of decoded.entries())
    captures.push(await buildContext(index, entry, shared, input, options))
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

function decodeCapture(capture: Capture, decode: Decode): Decoded {
  const blocks: DecodedBlock[] = []
  const undecoded: UndecodedBlock[] = []
  const crls: Crl[] = []
  const ocspResponses: OcspResponse[] = []
  for (const block of capture.blocks.slice(0, limits.certificates)) {
    const { der, span, role } = block
    if (der && (block.label === 'PKCS7' || block.label === 'CMS')) openContainer(block, der)
    else if (der && block.label === 'X509 CRL') keep(block, decodeCrl(der), crls)
    else if (der && block.label === 'OCSP RESPONSE') keep(block, decodeOcspResponse(der), ocspResponses)
    else if (der && isCertificateBlock(block)) {
      const result = decode(der)
      if (result.ok) blocks.push({ certificate: result.value, span, role })
      else if (result.error.looksLike === 'PKCS#7') openContainer(block, der)
      else if (result.error.looksLike === 'CRL') keep(block, decodeCrl(der), crls)
      else if (result.error.looksLike === 'OCSP response') keep(block, decodeOcspResponse(der), ocspResponses)
      else undecoded.push(block.truncated ? { block } : { block, error: result.error })
    } else if (isCertificateBlock(block)) undecoded.push({ block })
  }
  return { capture, blocks, undecoded, crls, ocspResponses }

  function keep<T>(block: EncodedBlock, result: Result<T, DecodeError>, list: T[]): void {
    if (result.ok) list.push(result.value)
    else undecoded.push(block.truncated ? { block } : { block, error: result.error })
  }

  function openContainer(block: EncodedBlock, der: Uint8Array): void {
    const contained = certificatesInPkcs7(der)
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
  shared: Shared,
  input: InputContext,
  options: ContextOptions,
): Promise<CaptureContext> {
  const { capture } = decoded
  const { at, atReason } = instantOf(capture, options)
  const { served, servedIs } = servedOf(decoded)
  const onlyRevocation = served.length === 0 && decoded.crls.length + decoded.ocspResponses.length > 0
  const supplement = onlyRevocation || isSupplement(capture, served)
  const order = sentOrder(served)
  const leaf = capture.kind === 'connection' ? served[0] : order.ladder[0]
  const codes = codesOf(capture)
  const toolOk = toolOkOf(capture, codes)
  const target = targetOf(capture, options)
  const purpose = leaf?.certificate ? purposeOf(capture, leaf.certificate, options) : 'server'
  const sni = sniOf(capture)
  const paths =
    leaf?.certificate && !supplement
      ? await buildBoth(leaf.certificate, served, shared.pool, at, purpose, options)
      : undefined
  const revocation = await revocationOf(paths?.build.paths[0], at, shared, options)
  const signatures = leaf ? signaturesOf(leaf, order) : toldSignatures(capture)
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
    purpose,
    selfSigned: (paths?.build.paths ?? []).some((path) => path.certificates.length === 1 && endSignsItself(path)),
    order,
    end,
    signatures,
    revocation,
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

/** A server's errors are about the certificate of its client, and say nothing of its own. */
function codesOf(capture: Capture): ReadonlySet<number> {
  if (capture.role === 'server') return new Set()
  const codes = new Set(capture.verifyErrors.map((error) => error.code))
  if (capture.verifyResult?.code) codes.add(capture.verifyResult.code)
  return codes
}

/** "ok" without a certificate means that nothing was verified. */
function toolOkOf(capture: Capture, codes: ReadonlySet<number>): boolean | undefined {
  if (codes.size > 0) return false
  // A client that was told not to verify says nothing when it succeeds.
  if (capture.role === 'server' || capture.command?.insecure) return undefined
  if (capture.noPeerCertificate || !capture.verifyResult) return capture.verifyResult?.ok === false ? false : undefined
  return capture.verifyResult.ok
}

function targetOf(capture: Capture, options: ContextOptions): Target | undefined {
  const { command } = capture
  const port = command?.port === undefined ? {} : { port: command.port }
  if (options.host !== undefined && options.host !== '') return { host: options.host, from: 'option', ...port }
  if (!command || capture.kind === 'file' || capture.kind === 'verification') return spokenTo(capture, port)
  const span = command.span
  if (command.verifyHostname !== undefined)
    return { host: command.verifyHostname, from: 'verify-hostname', span, ...port }
  if (typeof command.servername === 'string') return { host: command.servername, from: 'servername', span, ...port }
  return command.host === undefined ? spokenTo(capture, port) : { host: command.host, from: 'connect', span, ...port }
}

/** The peer that the output itself names; a server's own output names its clients, which is no target. */
function spokenTo({ target, role }: Capture, port: Partial<Pick<Target, 'port'>>): Target | undefined {
  const host = target?.host ?? target?.address
  if (!target || host === undefined || role === 'server') return undefined
  return {
    host,
    from: 'output',
    span: target.span,
    ...(target.port === undefined ? {} : { port: target.port }),
    ...port,
  }
}

/** What the command says, else the default of the generation: OpenSSL 1.1.1 and later send the host of -connect, older ones and LibreSSL before 4 do not. */
function sniOf(capture: Capture): SentSni | undefined {
  const { command, generation } = capture
  if (sendsHost.has(capture.tool)) return sniOfHost(capture)
  if (!command || capture.tool !== 's_client') return undefined
  if (command.servername !== undefined) return { value: command.servername, stated: true }
  if (command.host === undefined) return undefined
  if (isIpAddress(command.host)) return { value: null, stated: false }
  if (generation === 'openssl-3.0' || generation === 'openssl-3.2+') return { value: command.host, stated: false }
  if (generation === 'openssl-0.9.8' || generation === 'openssl-1.0') return { value: null, stated: false }
  return undefined
}

/** Clients that send the host they were given. Java leaves out names without a dot (sun.security.ssl.Utilities). */
const sendsHost: ReadonlySet<Capture['tool']> = new Set([
  'curl',
  'wget',
  'gnutls-cli',
  'keytool',
  'nmap',
  'testssl',
  'sslscan',
])

/** RFC 6066 section 3: an address is no server name. */
function sniOfHost({ tool, kind, command, target }: Capture): SentSni | undefined {
  const stated = typeof command?.servername === 'string' && tool !== 'curl'
  const host = command?.servername ?? command?.host ?? target?.host
  if (host === undefined || kind !== 'connection') return undefined
  return { value: isIpAddress(host) || (tool === 'keytool' && !host.includes('.')) ? null : host, stated }
}

/** A file's leaf that is for client authentication only is judged as what it is. */
function purposeOf(capture: Capture, leaf: Certificate, options: ContextOptions): 'server' | 'client' | 'any' {
  if (options.purpose !== undefined) return options.purpose
  if (capture.role === 'server') return 'client'
  if (capture.kind === 'connection') return 'server'
  const usages: readonly string[] | undefined = leaf.extendedKeyUsage
  if (usages === undefined || usages.includes(keyPurpose.serverAuth)) return 'server'
  return usages.includes(keyPurpose.clientAuth) ? 'client' : 'any'
}

/** RFC 5280 section 4.2.1.12. */
const keyPurpose = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const

/** What the revocation data of the input says of a path. */
async function revocationOf(
  path: BuiltPath | undefined,
  at: UnixMs,
  { pool, crls, ocspResponses }: Shared,
  { verifier, subtle }: ContextOptions,
): Promise<readonly CertificateRevocation[]> {
  if (!path || crls.length + ocspResponses.length === 0) return []
  const context = { at, pool, verifier, subtle }
  const byCrl = crls.length === 0 ? [] : await checkRevocation(path, crls, context)
  const byOcsp = ocspResponses.length === 0 ? [] : await checkOcsp(path, ocspResponses, context)
  return joinRevocation(byCrl, byOcsp)
}

async function buildBoth(
  leaf: Certificate,
  served: readonly ServedEntry[],
  everything: Pool,
  at: UnixMs,
  purpose: 'server' | 'client' | 'any',
  options: ContextOptions,
) {
  const sent = served.flatMap((entry) => entry.certificate ?? [])
  const search = (pool: Pool) =>
    buildPaths(leaf, pool, options.verifier, { at, purpose, ...(options.anchor ? { anchor: options.anchor } : {}) })
  const own = createPool(options.publicRoots ? findRoots : undefined)
  own.add(sent, 'served')
  own.add(options.trusted, 'imported-root')
  const servedBuild = await search(own)
  return { servedBuild, build: everything.size === own.size ? servedBuild : await search(everything) }
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
  const namesItself = top.issuer.key === top.subject.key
  const proven = top.certificate && pathTop?.sha256 === top.certificate.sha256 ? servedPath : undefined
  if (namesItself && (proven === undefined || endSignsItself(proven))) return { kind: 'self-signed', entry: top }
  const next = suppliedIssuer(top, paths)
  if (next) return { kind: 'supplied', below: top, certificate: next }
  const issuer = options.publicRoots ? issuerIsPublic(top.issuer, top.certificate?.authorityKeyId?.keyId) : undefined
  if (issuer && !(issuer.kind === 'root' && issuer.entry.status === 'pending'))
    return { kind: 'public', below: top, issuer }
  // An origin or staging CA bears the organisation of a public one.
  const named = signatures.some(({ signature }) => signature.confidence !== 'hint' && !publicKinds.has(signature.kind))
  if (options.publicRoots && !named && isPublicCaOrganisation(top.issuer))
    return { kind: 'public-organisation', below: top }
  return { kind: 'unknown', below: top }
}

/** Recognised names that stand under publicly trusted issuers. */
const publicKinds: ReadonlySet<string> = new Set(['cloudflare-edge', 'no-sni-default'])

/** Does the last certificate of a path sign itself? One that only has its issuer's name does not. */
function endSignsItself(path: BuiltPath): boolean {
  const last = path.certificates.at(-1)
  const status = path.signatures.at(-1)
  if (last === undefined || !last.selfIssued) return false
  return status === 'valid' || (status === 'unverified' && matchKeyId(last, last) !== 'mismatch')
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
