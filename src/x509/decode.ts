/**
 * Certificates out of DER. Source: RFC 5280 section 4.1.
 *
 * Lenient: whatever OpenSSL would still load is decoded, and what is odd about it is said in `problems`.
 */
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Sha256, UnixMs } from '../core/brand.ts'
import { unixMs } from '../core/brand.ts'
import { limits } from '../core/limits.ts'
import { err, ok, type Result } from '../core/result.ts'
import { readAlgorithm } from './algorithm.ts'
import {
  children,
  content,
  DerFault,
  expectTag,
  fields as fieldsOf,
  inner,
  type Node,
  optionals,
  readNode,
  tags,
  whole,
} from './der.ts'
import { auditDer, longLength } from './der-audit.ts'
import { bitsFromContent, readBits } from './der-values.ts'
import { emptyDraft } from './extension-draft.ts'
import { readExtensions } from './extensions.ts'
import { hex, sameBytes, upperHex } from './hex.ts'
import { readPublicKey } from './key.ts'
import { looksLike } from './looks-like.ts'
import type { Certificate, DecodeError, DerRange } from './model.ts'
import { readName } from './name-der.ts'
import { collectNotes, type Note } from './notes.ts'
import { readTime } from './time.ts'

/** Stand for a notBefore or notAfter that cannot be read, so that the certificate is valid at no time. */
export const unreadableNotBefore: UnixMs = unixMs(8.64e15)
export const unreadableNotAfter: UnixMs = unixMs(-8.64e15)

/**
 * Decodes one certificate.
 * @param der its bytes; bytes after it (as in OpenSSL's TRUSTED CERTIFICATE) are left out and noted
 * @param maxBytes bytes above which it is not tried
 * @returns a frozen certificate with its own copy of the bytes, or why it is none. Never throws
 */
export function decodeCertificate(
  der: Uint8Array,
  maxBytes: number = limits.certificateBytes,
): Result<Certificate, DecodeError> {
  if (der.length === 0) return err({ code: 'empty', message: 'There are no bytes' })
  if (der.length > maxBytes) {
    return err({
      code: 'too-large',
      message: `${der.length} bytes are more than the ${maxBytes} that are read of one certificate`,
    })
  }
  const frame = readFrame(der)
  if (!frame.ok) return frame
  // Not `slice`, which Node's Buffer overrides to share memory.
  const bytes = new Uint8Array(der.subarray(0, frame.value))
  try {
    return ok(readCertificate(readNode(bytes, 0, bytes.length), der.length - bytes.length))
  } catch (fault) {
    const kind = looksLike(bytes)
    return err({
      code: kind === undefined && fault instanceof DerFault && fault.malformed ? 'not-der' : 'not-a-certificate',
      message: kind === undefined ? sentence(fault) : `These bytes are not a certificate but look like this: ${kind}`,
      ...(fault instanceof DerFault ? { offset: fault.offset } : {}),
      ...(kind === undefined ? {} : { looksLike: kind }),
    })
  }
}

const sentence = (fault: unknown): string =>
  fault instanceof DerFault ? fault.message : 'The certificate cannot be decoded'

/** Length of the outer SEQUENCE, header included. */
function readFrame(der: Uint8Array): Result<number, DecodeError> {
  if (der[0] !== tags.sequence) {
    return err({
      code: 'not-der',
      message: 'The bytes do not begin with a SEQUENCE, as every certificate does',
      offset: 0,
    })
  }
  try {
    const { end } = readNode(der, 0, Number.MAX_SAFE_INTEGER)
    if (end <= der.length) return ok(end)
    if (Number.isFinite(end)) {
      return err({ code: 'truncated', message: `${der.length} of ${end} bytes are there`, offset: der.length })
    }
    return err({ code: 'truncated', message: 'The bytes end inside of the first length', offset: der.length })
  } catch (fault) {
    return err({ code: 'not-der', message: sentence(fault), offset: 0 })
  }
}

function readCertificate(root: Node, trailing: number): Certificate {
  const { note, sentences } = collectNotes()
  if (trailing > 0) note(`${trailing} bytes follow the certificate`)
  const [body, outerAlgorithm, signatureNode] = fieldsOf(root, 3, 'The certificate')
  const tbs = expectTag(body, tags.sequence, 'The signed part', root)
  const fields = children(tbs)
  const versionNode = fields[0]?.tag === 0xa0 ? fields.shift() : undefined
  const [serialNode, tbsAlgorithm, issuerNode, validityNode, subjectNode, spkiNode, ...rest] = fields
  const serial = expectTag(serialNode, tags.integer, 'The serial number', tbs)
  const tbsSignatureAlgorithm = readAlgorithm(tbsAlgorithm, 'the signature algorithm', note)
  const issuer = readName(issuerNode, 'the issuer', note)
  const [from, to] = fieldsOf(validityNode, 2, 'The validity')
  if (from === undefined || to === undefined) throw new DerFault('The validity lacks a time', tbs.start)
  const subject = readName(subjectNode, 'the subject', note)
  const spki = expectTag(spkiNode, tags.sequence, 'The public key', tbs)
  const publicKey = readPublicKey(spki, note)
  const [issuerIdNode, subjectIdNode, extensionsNode] = optionals(rest, [0x81, 0x82, 0xa3], 'The signed part')
  const issuerUniqueId = issuerIdNode && hex(bitsFromContent(issuerIdNode).bytes)
  const subjectUniqueId = subjectIdNode && hex(bitsFromContent(subjectIdNode).bytes)
  const { extensions, facts } =
    extensionsNode === undefined
      ? { extensions: Object.freeze([]), facts: emptyDraft() }
      : readExtensions(inner(extensionsNode), note)
  const signatureAlgorithm = readAlgorithm(outerAlgorithm, 'the signature algorithm')
  const signature = readBits(signatureNode, 'The signature')

  const version = readVersion(versionNode, note)
  const serialBytes = content(serial)
  const selfIssued = issuer.key === subject.key
  const notBefore = readTime(from, 'notBefore', note)
  const notAfter = readTime(to, 'notAfter', note)
  if (notBefore === undefined) note('notBefore is no readable time; the certificate counts as never valid', from.start)
  if (notAfter === undefined) note('notAfter is no readable time; the certificate counts as never valid', to.start)
  if (notBefore !== undefined && notAfter !== undefined && notAfter < notBefore)
    note('notAfter is before notBefore', to.start)
  if (version < 3 && extensionsNode !== undefined)
    note(`A version ${version} certificate with extensions`, extensionsNode.start)
  if (version === 3 && extensionsNode === undefined) note('A version 3 certificate without extensions')
  const idNode = issuerIdNode ?? subjectIdNode
  if (version < 2 && idNode !== undefined) note('A version 1 certificate with a unique identifier', idNode.start)
  if (!sameBytes(signatureAlgorithm.der, tbsSignatureAlgorithm.der))
    note('The signature algorithm differs inside and outside of the signed part', outerAlgorithm?.start)
  if (signature.unused !== 0) note('The signature is not a whole number of bytes', signatureNode?.start)
  if (issuer.rdns.length === 0) note('The issuer is an empty name', issuerNode?.start)
  noteSerial(serial, note)
  if (root.longLength) note(longLength, root.start)
  auditDer(root.bytes, tbs.start, signatureNode?.start ?? root.end, note)
  if (signatureNode?.longLength === true) note(longLength, signatureNode.start)

  return Object.freeze({
    der: root.bytes,
    sha256: hex(sha256(root.bytes)) as Sha256,
    sha1: hex(sha1(root.bytes)),
    version,
    serial: upperHex(serialBytes),
    serialNegative: (serialBytes[0] ?? 0) >= 0x80,
    issuer,
    subject,
    notBefore: notBefore ?? unreadableNotBefore,
    notAfter: notAfter ?? unreadableNotAfter,
    publicKey,
    signatureAlgorithm,
    tbsSignatureAlgorithm,
    signature: signature.bytes,
    tbs: whole(tbs),
    ...(issuerUniqueId === undefined ? {} : { issuerUniqueId }),
    ...(subjectUniqueId === undefined ? {} : { subjectUniqueId }),
    extensions,
    ...facts,
    isCa: facts.basicConstraints?.ca ?? (version === 1 && selfIssued),
    selfIssued,
    problems: sentences(),
    ranges: Object.freeze({
      tbs: range(tbs),
      serial: range(serial),
      issuer: range(issuerNode),
      validity: range(validityNode),
      subject: range(subjectNode),
      spki: range(spki),
      signature: range(signatureNode),
    }),
  })
}

/** The version as people count it; 1 when absent. @throws DerFault */
function readVersion(node: Node | undefined, note: Note): number {
  if (node === undefined) return 1
  const value = content(expectTag(inner(node), tags.integer, 'The version', node))
  const version = (value.length === 1 ? (value[0] as number) : 255) + 1
  if (version === 1) note('The version states its default, which DER leaves out', node.start)
  if (version > 3) note(`The version is ${version}, which no standard defines`, node.start)
  return version
}

/** RFC 5280 section 4.1.2.2: positive, at most 20 octets. */
function noteSerial(node: Node, note: Note): void {
  const bytes = content(node)
  const [first = 0, second = 0] = bytes
  if (bytes.length === 0) note('The serial number has no digits', node.start)
  else if (first >= 0x80) note('The serial number is negative', node.start)
  else if (bytes.every((byte) => byte === 0)) note('The serial number is zero', node.start)
  if (bytes.length > 20) note(`The serial number has ${bytes.length} octets; RFC 5280 allows 20`, node.start)
  const padded = bytes.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (padded) note('The serial number has superfluous leading octets', node.start)
}

const range = (node: Node | undefined): DerRange => Object.freeze({ start: node?.start ?? 0, end: node?.end ?? 0 })

/**
 * A serial number as OpenSSL's `-serial` prints it: without the octet that only carries the sign.
 * @param serial as `Certificate.serial` has it
 */
export function serialAsPrinted(serial: string): string {
  return serial.length > 2 && serial.startsWith('00') ? serial.slice(2) : serial
}
