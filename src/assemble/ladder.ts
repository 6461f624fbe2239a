/** The chain as a ladder: what was sent, what is missing between, and the root it leads to. */
import type { BuiltPath } from '../chain/model.ts'
import type { ChainRung } from '../report/types.ts'
import type { CaptureContext, ChainEnd, ServedEntry } from '../rules/context.ts'
import { looksLikeIntermediate, looksLikeRoot, trustOf } from '../rules/signals.ts'
import { downloadUrlsOf, type PublicIssuer } from '../trust/public-cas.ts'
import type { Certificate, Name } from '../x509/model.ts'
import { opensslOneLine, sameNameLoosely, shortName } from '../x509/name.ts'
import { storeLabels } from './summary.ts'

/** Draws the ladder of a capture, leaf first. */
export function ladderOf(context: CaptureContext): ChainRung[] {
  const path = context.build?.paths[0]
  const decoded = context.served.every((entry) => entry.certificate)
  if (path && (decoded || path.anchored)) return join(fromPath(context, path), above(context, path))
  return join(fromNames(context), above(context, undefined))
}

/** A last rung whose issuer follows by name lacks nothing; its signature is just not checked. */
function join(lower: ChainRung[], upper: readonly ChainRung[]): ChainRung[] {
  const last = lower.at(-1)
  const found = upper[0] !== undefined && (upper[0].source === 'printed' || upper[0].role === 'root')
  if (last?.link === 'missing' && found) lower[lower.length - 1] = { ...last, link: 'unverified' }
  return [...lower, ...upper]
}

function fromPath(context: CaptureContext, path: BuiltPath): ChainRung[] {
  const last = path.certificates.length - 1
  return path.certificates.map((certificate, index) => {
    const entry = context.served.find((candidate) => candidate.certificate?.sha256 === certificate.sha256)
    const isRoot = certificate.selfIssued
    const source = entry ? 'served' : path.sources[index] === 'store' ? 'store' : 'supplied'
    const missing = source === 'supplied' && !isRoot && context.servedIs !== 'file'
    const notes: string[] = []
    if (missing) notes.push('not sent by the server')
    if (source === 'supplied') notes.push('found elsewhere in the input')
    if (path.sources[index] === 'imported-root') notes.push('among the imported roots')
    if (isRoot) notes.push(...rootNotes(certificate))
    return {
      role: index === 0 ? 'leaf' : isRoot ? 'root' : 'intermediate',
      name: shortName(certificate.subject),
      subject: opensslOneLine(certificate.subject),
      certificate: certificate.sha256,
      source,
      missing,
      link: index === last ? lastLink(certificate, path) : linkOf(path, index),
      notes,
      ...(entry ? { position: entry.position } : {}),
    }
  })
}

function rootNotes(certificate: Certificate): string[] {
  const stores = storeLabels(certificate)
  return stores.length === 0
    ? ['in no public store']
    : [`in ${stores.slice(0, 4).join(', ')}${stores.length > 4 ? ` and ${stores.length - 4} more` : ''}`]
}

function linkOf(path: BuiltPath, index: number): ChainRung['link'] {
  const status = path.signatures[index]
  return status === 'valid' ? 'verified' : status === 'invalid' ? 'failed' : 'unverified'
}

function lastLink(certificate: Certificate, path: BuiltPath): ChainRung['link'] {
  if (!certificate.selfIssued) return path.anchored ? 'none' : 'missing'
  const status = path.signatures.at(-1)
  return status === 'invalid' ? 'failed' : 'self-signed'
}

/** Rungs of which only the leaf, or none, is decoded: links are by name, so nothing is verified. */
function fromNames(context: CaptureContext): ChainRung[] {
  const { ladder } = context.order
  return ladder.map((entry, index) => {
    const self = entry.issuer !== undefined && entry.issuer.key === entry.subject.key
    return {
      role: index === 0 ? 'leaf' : self ? 'root' : 'intermediate',
      name: shortName(entry.subject),
      subject: opensslOneLine(entry.subject),
      source: entry.certificate ? 'served' : 'printed',
      missing: false,
      link: index < ladder.length - 1 ? 'unverified' : self ? 'self-signed' : 'missing',
      position: entry.position,
      notes: entry.certificate ? [] : ['only its name is in the paste'],
      ...(entry.certificate ? { certificate: entry.certificate.sha256 } : {}),
    }
  })
}

/** The rung that is known to be needed above the last one, as far as names and tables tell. */
function above(context: CaptureContext, path: BuiltPath | undefined): ChainRung[] {
  const { end } = context
  if (path?.anchored || path?.certificates.at(-1)?.selfIssued) return []
  if (end.kind === 'public') return known(end.below, end.issuer, context)
  if (end.kind === 'supplied') {
    const top = path?.certificates.at(-1) ?? end.certificate
    return top.selfIssued ? [] : [needed(context, top, top.issuer, 'unknown')]
  }
  if (end.kind !== 'unknown' && end.kind !== 'public-organisation') return []
  const { issuer } = end.below
  if (!issuer) return []
  return trustOf(context) === 'trusted'
    ? fromClient(context, issuer)
    : [needed(context, end.below.certificate, issuer, end.kind)]
}

/** The client verified the chain, so what is not in the paste is in its own store; `depth=` lines name it. */
function fromClient(context: CaptureContext, issuer: Name): ChainRung[] {
  const path = context.capture.verifyPath
  const at = path.find((entry) => sameNameLoosely(entry.subject.name, issuer))
  const names = at ? distinctDepths(path.filter((entry) => entry.depth >= at.depth)) : [issuer]
  return names.map((name, index) => {
    const last = index === names.length - 1
    return {
      role: last ? 'root' : 'intermediate',
      name: shortName(name),
      subject: opensslOneLine(name),
      source: at ? 'printed' : 'unknown',
      missing: !last,
      link: last ? 'none' : 'unverified',
      notes: [last ? 'in the trust store of this client' : 'not sent by the server; this client had it'],
    }
  })
}

/** Names by depth, lowest first; a depth is printed again for each error at it. */
function distinctDepths(path: CaptureContext['capture']['verifyPath']): Name[] {
  const names = new Map(path.map((entry) => [entry.depth, entry.subject.name]))
  return [...names].sort(([a], [b]) => a - b).map(([, name]) => name)
}

/** The next issuer, of which only the name is known. */
function needed(
  context: CaptureContext,
  below: Certificate | undefined,
  issuer: Name,
  kind: ChainEnd['kind'],
): ChainRung {
  const url = below?.caIssuers[0]
  const isPublic = kind === 'public-organisation'
  const root =
    !isPublic && (looksLikeRoot(issuer) || (context.order.ladder.length > 1 && !looksLikeIntermediate(issuer)))
  const where = context.servedIs === 'complete' ? 'not sent' : 'not in the paste'
  return {
    role: root ? 'root' : 'intermediate',
    name: shortName(issuer),
    subject: opensslOneLine(issuer),
    source: 'unknown',
    missing: !root,
    link: 'none',
    notes: [isPublic ? `${where}; of a public CA` : `${where}, and in no public store`],
    ...(url === undefined ? {} : { url }),
  }
}

function known(below: ServedEntry, issuer: PublicIssuer, context: CaptureContext): ChainRung[] {
  if (!below.issuer) return []
  const keyId = below.certificate?.authorityKeyId?.keyId
  const url = below.certificate?.caIssuers[0] ?? (keyId === undefined ? undefined : downloadUrlsOf(keyId)[0])
  const place = issuer.by === 'key-id' ? 'known by its key id' : 'known by its name'
  const isRoot = issuer.kind === 'root'
  const rung: ChainRung = {
    role: isRoot ? 'root' : 'intermediate',
    name: shortName(below.issuer),
    subject: opensslOneLine(below.issuer),
    source: 'known',
    missing: !isRoot,
    link: isRoot ? 'none' : 'unverified',
    notes: isRoot
      ? [`a public root, ${place}`]
      : [
          context.servedIs === 'complete' ? 'not sent by the server' : 'not in the paste',
          `a public intermediate, ${place}`,
        ],
    ...(isRoot || url === undefined ? {} : { url }),
  }
  if (issuer.kind === 'root') return [rung]
  const { root } = issuer.entry
  const name = root.cn ?? root.o ?? 'public root'
  const subject = [root.o && `O=${root.o}`, root.cn && `CN=${root.cn}`].filter(Boolean).join(', ')
  return [
    rung,
    {
      role: 'root',
      name,
      subject,
      source: 'known',
      missing: false,
      link: 'none',
      notes: ['a public root, known by the tables'],
    },
  ]
}
