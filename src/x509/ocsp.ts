/** OCSP responses out of DER, as stapled or saved by `openssl ocsp -respout`. Source: RFC 6960 section 4.2.1. */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Sha256 } from '../core/brand.ts'
import type { Result } from '../core/result.ts'
import { hashAlgorithms } from '../standards/oids.ts'
import { readAlgorithm } from './algorithm.ts'
import { readExtensionList, readReason } from './crl-extensions.ts'
import { decodeFramed } from './crl-frame.ts'
import { crlLimits } from './crl-limits.ts'
import { decodeCertificate, unreadableNotAfter, unreadableNotBefore } from './decode.ts'
import { children, content, DerFault, expectTag, type Node, onlyNode, sequence, tags, whole } from './der.ts'
import { readBits, readOid } from './der-values.ts'
import { hex, upperHex } from './hex.ts'
import { looksLike } from './looks-like.ts'
import type { Certificate, DecodeError, Extension } from './model.ts'
import { readName } from './name-der.ts'
import { collectNotes, type Note } from './notes.ts'
import type {
  OcspBasic,
  OcspCertId,
  OcspCertStatus,
  OcspResponder,
  OcspResponse,
  OcspResponseStatus,
  OcspSingle,
} from './ocsp-model.ts'
import { readTime } from './time.ts'

/** By the numbers of OCSPResponseStatus; 4 is not used. */
const statuses: readonly (OcspResponseStatus | undefined)[] = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
]

/** id-pkix-ocsp-basic and id-pkix-ocsp-nonce. */
const basicType = '1.3.6.1.5.5.7.48.1.1'
const nonceType = '1.3.6.1.5.5.7.48.1.2'

/**
 * Decodes one OCSP response.
 * @param der its bytes; bytes after it are left out and noted
 * @param maxBytes bytes above which it is not tried
 * @returns a frozen response with its own copy of the bytes, or why it is none (`code` is then as for certificates).
 * Never throws
 */
export function decodeOcspResponse(
  der: Uint8Array,
  maxBytes: number = crlLimits.ocspBytes,
): Result<OcspResponse, DecodeError> {
  return decodeFramed(der, { what: 'an OCSP response', maxBytes }, readResponse, (bytes) => {
    const kind = decodeCertificate(bytes).ok ? 'certificate' : looksLike(bytes)
    return kind === 'OCSP response' ? undefined : kind
  })
}

function readResponse(root: Node, trailing: number): OcspResponse {
  const { note, sentences } = collectNotes()
  if (trailing > 0) note(`${trailing} bytes follow the response`)
  const [statusNode, holder] = sequence(root, 'The response')
  const number = expectTag(statusNode, tags.enumerated, 'The status of the response', root)
  const status = number.end - number.body === 1 ? statuses[root.bytes[number.body] as number] : undefined
  if (status === undefined) throw new DerFault('A response status that RFC 6960 does not know', number.start)
  let basic: OcspBasic | undefined
  if (holder !== undefined) {
    const [type, value] = sequence(inside(holder, 0xa0, 'The response bytes'), 'The response bytes')
    const oid = readOid(type, 'The type of the response')
    const octets = expectTag(value, tags.octetString, 'The response bytes', holder)
    if (oid === basicType) basic = readBasic(onlyNode(root.bytes, octets.body, octets.end), note)
    else note(`The response is of the type ${oid}, which is not the basic one`)
  } else if (status === 'successful') note('It says that it is successful but holds no response')
  return Object.freeze({
    der: root.bytes,
    sha256: hex(sha256(root.bytes)) as Sha256,
    status,
    ...(basic === undefined ? {} : { basic }),
    problems: sentences(),
  })
}

function readBasic(node: Node, note: Note): OcspBasic {
  const [body, algorithm, signatureNode, certificatesNode] = sequence(node, 'The basic response')
  const tbs = expectTag(body, tags.sequence, 'The signed part', node)
  const fields = children(tbs)
  if (fields[0]?.tag === 0xa0) fields.shift()
  const [responderNode, producedNode, listNode, extensionsNode] = fields
  const signature = readBits(signatureNode, 'The signature')
  if (signature.unused !== 0) note('The signature is not a whole number of bytes', signatureNode?.start)
  const extensions = readOptionalExtensions(extensionsNode, note)
  const nonce = extensions.find(({ oid }) => oid === nonceType)
  return Object.freeze({
    tbs: whole(tbs),
    signature: signature.bytes,
    signatureAlgorithm: readAlgorithm(algorithm, 'the signature algorithm'),
    signatureWhole: signature.unused === 0,
    responder: readResponder(responderNode, tbs),
    producedAt: readOcspTime(producedNode, 'producedAt', tbs, note) ?? unreadableNotBefore,
    responses: Object.freeze(sequence(listNode, 'The responses', tbs).map((single) => readSingle(single, note))),
    certificates: certificatesNode === undefined ? Object.freeze([]) : readCertificates(certificatesNode, note),
    ...(nonce === undefined ? {} : { nonce: nonceText(nonce.value) }),
    extensions,
  })
}

function readResponder(node: Node | undefined, parent: Node): OcspResponder {
  if (node?.tag === 0xa1) return Object.freeze({ name: readName(inside(node, 0xa1, 'The responder'), 'the responder') })
  const octets = inside(node, 0xa2, 'The responder', parent)
  return Object.freeze({ keyId: hex(content(expectTag(octets, tags.octetString, "The responder's key"))) })
}

function readSingle(node: Node, note: Note): OcspSingle {
  const [idNode, statusNode, thisNode, ...optional] = sequence(node, 'A single response')
  const nextNode = optional.find(({ tag }) => tag === 0xa0)
  const thisUpdate = readOcspTime(thisNode, 'thisUpdate', node, note)
  const next = nextNode && inside(nextNode, 0xa0, 'nextUpdate')
  return Object.freeze({
    certId: readCertId(idNode),
    certStatus: readCertStatus(statusNode, node, note),
    thisUpdate: thisUpdate ?? unreadableNotBefore,
    ...(next === undefined ? {} : { nextUpdate: readOcspTime(next, 'nextUpdate', node, note) ?? unreadableNotAfter }),
    extensions: readOptionalExtensions(
      optional.find(({ tag }) => tag === 0xa1),
      note,
    ),
  })
}

function readCertId(node: Node | undefined): OcspCertId {
  const [algorithm, name, key, serial] = sequence(node, 'The identifier of a certificate')
  const hash = readOid(sequence(algorithm, 'The digest of an identifier')[0], 'The digest of an identifier')
  return Object.freeze({
    hash: hashAlgorithms[hash] ?? hash,
    issuerNameHash: hex(content(expectTag(name, tags.octetString, 'The hash of the issuer name', node))),
    issuerKeyHash: hex(content(expectTag(key, tags.octetString, 'The hash of the issuer key', node))),
    serial: upperHex(content(expectTag(serial, tags.integer, 'The serial number', node))),
  })
}

function readCertStatus(node: Node | undefined, parent: Node, note: Note): OcspCertStatus {
  if (node?.tag === 0x80) return Object.freeze({ status: 'good' })
  if (node?.tag === 0x82) return Object.freeze({ status: 'unknown' })
  const [timeNode, reasonNode] = children(expectTag(node, 0xa1, 'The status of a certificate', parent))
  const date = readOcspTime(timeNode, 'The time of revocation', parent, note)
  return Object.freeze({
    status: 'revoked',
    ...(date === undefined ? {} : { date }),
    ...(reasonNode === undefined ? {} : { reason: readReason(inside(reasonNode, 0xa0, 'The reason')) }),
  })
}

function readCertificates(node: Node, note: Note): readonly Certificate[] {
  const list = sequence(inside(node, 0xa0, 'The certificates'), 'The certificates')
  if (list.length > crlLimits.ocspCertificates) {
    note(`Of its ${list.length} certificates only ${crlLimits.ocspCertificates} are read`)
  }
  return Object.freeze(
    list.slice(0, crlLimits.ocspCertificates).flatMap((item) => {
      const decoded = decodeCertificate(whole(item))
      if (!decoded.ok) note(`A certificate that it holds cannot be decoded: ${decoded.error.message}`)
      return decoded.ok ? [decoded.value] : []
    }),
  )
}

/** RFC 6960 wants GeneralizedTime, which RFC 5280 forbids before 2050; so only other remarks are passed on. */
function readOcspTime(node: Node | undefined, what: string, parent: Node, note: Note) {
  if (node === undefined) throw new DerFault(`${what} is missing`, parent.end)
  const time = readTime(node, what, (problem, offset) => {
    if (!problem.includes('before 2050')) note(problem, offset)
  })
  if (time === undefined) note(`${what} is no readable time`)
  return time
}

function readOptionalExtensions(node: Node | undefined, note: Note): readonly Extension[] {
  if (node === undefined) return Object.freeze([])
  return readExtensionList(inside(node, 0xa1, 'The extensions'), {}, undefined, note)
}

/** The one element under an explicit tag. @throws DerFault */
function inside(node: Node | undefined, tag: number, what: string, parent?: Node): Node {
  const outer = expectTag(node, tag, what, parent)
  return onlyNode(outer.bytes, outer.body, outer.end)
}

/** RFC 8954: an OCTET STRING in the extension; older responders put the bytes in bare. */
function nonceText(value: Uint8Array): string {
  try {
    return hex(content(expectTag(onlyNode(value, 0, value.length), tags.octetString, 'The nonce')))
  } catch {
    return hex(value)
  }
}
