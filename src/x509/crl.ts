/** Certificate revocation lists out of DER. Source: RFC 5280 section 5. */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Sha256 } from '../core/brand.ts'
import type { Result } from '../core/result.ts'
import { readAlgorithm } from './algorithm.ts'
import { summariseEntries } from './crl-entries.ts'
import { type CrlFacts, crlDecoders, readExtensionList } from './crl-extensions.ts'
import { decodeFramed } from './crl-frame.ts'
import { crlLimits } from './crl-limits.ts'
import type { Crl } from './crl-model.ts'
import { decodeCertificate, unreadableNotAfter, unreadableNotBefore } from './decode.ts'
import { children, content, DerFault, expectTag, type Node, sequence, tags, whole } from './der.ts'
import { readBits } from './der-values.ts'
import { hex, sameBytes } from './hex.ts'
import { looksLike } from './looks-like.ts'
import type { DecodeError } from './model.ts'
import { readName } from './name-der.ts'
import { collectNotes } from './notes.ts'
import { readTime } from './time.ts'

/**
 * Decodes one CRL, complete or delta.
 * @param der its bytes; bytes after it are left out and noted
 * @param maxBytes bytes above which it is not tried
 * @returns a frozen CRL with its own copy of the bytes, or why it is none (`code` is then as for certificates).
 * Never throws; linear in the bytes
 * @example
 * const crl = decodeCrl(bytes)
 * if (crl.ok) findRevoked(crl.value, certificate.serial, certificate.issuer.key)
 */
export function decodeCrl(der: Uint8Array, maxBytes: number = crlLimits.crlBytes): Result<Crl, DecodeError> {
  return decodeFramed(der, { what: 'a CRL', maxBytes }, readCrl, (bytes) => {
    const kind = decodeCertificate(bytes).ok ? 'certificate' : looksLike(bytes)
    return kind === 'CRL' ? undefined : kind
  })
}

function readCrl(root: Node, trailing: number): Crl {
  const { note, sentences } = collectNotes()
  if (trailing > 0) note(`${trailing} bytes follow the CRL`)
  const [body, outerAlgorithm, signatureNode] = sequence(root, 'The CRL')
  const tbs = expectTag(body, tags.sequence, 'The signed part', root)
  const fields = children(tbs)
  const versionNode = fields[0]?.tag === tags.integer ? fields.shift() : undefined
  const [tbsAlgorithm, issuerNode, thisNode, ...rest] = fields
  const tbsSignatureAlgorithm = readAlgorithm(tbsAlgorithm, 'the signature algorithm inside')
  const issuer = readName(issuerNode, 'the issuer', note)
  const thisUpdate = readTime(expectTime(thisNode, tbs), 'thisUpdate', note)
  const nextNode = isTime(rest[0]) ? rest.shift() : undefined
  const nextUpdate = nextNode && (readTime(nextNode, 'nextUpdate', note) ?? unreadableNotAfter)
  const list = rest[0]?.tag === tags.sequence ? rest.shift() : undefined
  const entries = Object.freeze({ start: list?.body ?? tbs.end, end: list?.end ?? tbs.end })
  const { count, unknownCritical } = summariseEntries(root.bytes, entries)
  const facts: CrlFacts = { freshest: Object.freeze([]) }
  const extensionsNode = rest[0]?.tag === 0xa0 ? rest.shift() : undefined
  const extensions =
    extensionsNode === undefined
      ? Object.freeze([])
      : readExtensionList(expectOnly(extensionsNode), crlDecoders, facts, note)
  expectNothing(rest[0])
  const signatureAlgorithm = readAlgorithm(outerAlgorithm, 'the signature algorithm')
  const signature = readBits(signatureNode, 'The signature')

  const version = versionNode === undefined ? 1 : (content(versionNode).at(-1) ?? 0) + 1
  if (version !== 1 && version !== 2) note(`The version is ${version}, which no standard defines`)
  if (version === 1 && extensionsNode !== undefined) note('A version 1 CRL with extensions')
  if (thisUpdate === undefined) note('thisUpdate is no readable time; the CRL counts as never in force')
  if (nextUpdate === unreadableNotAfter) note('nextUpdate is no readable time; the CRL counts as never in force')
  if (nextUpdate === undefined) note('It has no nextUpdate, which RFC 5280 asks for')
  if (!sameBytes(signatureAlgorithm.der, tbsSignatureAlgorithm.der))
    note('The signature algorithm differs inside and outside of the signed part')
  if (signature.unused !== 0) note('The signature is not a whole number of bytes', signatureNode?.start)

  return Object.freeze({
    der: root.bytes,
    sha256: hex(sha256(root.bytes)) as Sha256,
    version,
    issuer,
    thisUpdate: thisUpdate ?? unreadableNotBefore,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    signatureAlgorithm,
    tbsSignatureAlgorithm,
    signature: signature.bytes,
    signatureWhole: signature.unused === 0,
    tbs: whole(tbs),
    extensions,
    ...facts,
    entryCount: count,
    entries,
    unknownCriticalInEntries: unknownCritical,
    problems: sentences(),
  })
}

const isTime = (node: Node | undefined): boolean => node?.tag === tags.utcTime || node?.tag === tags.generalizedTime

function expectTime(node: Node | undefined, parent: Node): Node {
  return node !== undefined && isTime(node) ? node : expectTag(node, tags.utcTime, 'thisUpdate', parent)
}

/** What an explicit tag holds. @throws DerFault */
function expectOnly(node: Node): Node {
  const inside = children(node)
  expectNothing(inside[1])
  return expectTag(inside[0], tags.sequence, 'The extensions', node)
}

/** A field that is not read could have changed what the CRL says. @throws DerFault when there is one */
function expectNothing(node: Node | undefined): void {
  if (node !== undefined) throw new DerFault('A field that no CRL has', node.start)
}
