/**
 * Certificates out of PKCS#12 files (`.p12`, `.pfx`). Private keys are counted and never decrypted.
 * Source: RFC 7292; for the MAC also RFC 9579.
 */
import { err, ok, type Result } from '../core/result.ts'
import { children, content, DerFault, expectTag, type Node, sequence, tags } from './der.ts'
import { readOid } from './der-values.ts'
import { sameBytes } from './hex.ts'
import { type BagFacts, explicit, type Found, type Pkcs12Certificate, parse, readBags } from './pkcs12-bags.ts'
import { decryptWith, deriveKey, readCount, UnknownAlgorithm } from './pkcs12-cipher.ts'
import { bmpPassword, hashes, hmacs, macOf, pkcs12Kdf, purposes, TooMuchWork, Work } from './pkcs12-kdf.ts'
import { keystoreLimits } from './pkcs12-limits.ts'

export type { Pkcs12Certificate } from './pkcs12-bags.ts'

export interface Pkcs12 {
  /** In the order of the file. */
  readonly certificates: readonly Pkcs12Certificate[]
  readonly keys: readonly BagFacts[]
  readonly crls: readonly Uint8Array[]
  /** Bags of other kinds, as secrets. */
  readonly others: number
  /** `verified`: the password's MAC fits. `none`: the file has no MAC. `unchecked`: no password fits, and a part is readable all the same. */
  readonly integrity: 'verified' | 'none' | 'unchecked'
  /** Parts that stay closed for want of the password. */
  readonly closed: number
  readonly password: PasswordUsed
}

/** Which of the passwords opened it; the password itself is not kept. */
export type PasswordUsed = number | undefined

export interface Pkcs12Problem {
  readonly code: 'password' | 'unsupported' | 'damaged' | 'too-much'
  /** As the rest of a sentence that begins with the file's name. */
  readonly message: string
}

const types = {
  data: '1.2.840.113549.1.7.1',
  encrypted: '1.2.840.113549.1.7.6',
  enveloped: '1.2.840.113549.1.7.3',
} as const

const pbmac1 = '1.2.840.113549.1.5.14'

/**
 * Opens a file with the first of some passwords that fits.
 * @param passwords to try, in order
 * @returns what it holds, or why it stays closed. Never throws
 */
export function openPkcs12(bytes: Uint8Array, passwords: readonly string[]): Result<Pkcs12, Pkcs12Problem> {
  if (bytes.length > keystoreLimits.bytes)
    return err({ code: 'too-much', message: `has ${bytes.length} bytes; at most ${keystoreLimits.bytes} are read` })
  try {
    return open(bytes, passwords)
  } catch (error) {
    if (error instanceof TooMuchWork) {
      const rounds = Number.isSafeInteger(error.iterations) ? `${error.iterations}` : 'more'
      return err({
        code: 'too-much',
        message: `derives its keys in ${rounds} rounds; at most ${keystoreLimits.iterations} are done here for one key and ${keystoreLimits.iterationsInAll} for one file`,
      })
    }
    if (error instanceof UnknownAlgorithm)
      return err({
        code: 'unsupported',
        message: `is encrypted with an algorithm that is not read here (${error.oid})`,
      })
    if (error instanceof DerFault) return err({ code: 'damaged', message: `is damaged: ${error.message}` })
    return err({ code: 'damaged', message: 'is damaged' })
  }
}

function open(bytes: Uint8Array, passwords: readonly string[]): Result<Pkcs12, Pkcs12Problem> {
  const [, safe, macData] = sequence(parse(bytes), 'The PKCS#12 file')
  const [type, safeContent] = sequence(safe, 'The content')
  if (readOid(type, 'The type of the content') !== types.data)
    return err({
      code: 'unsupported',
      message: 'is signed with a certificate instead of protected by a password, which is not read here',
    })
  const signed = content(expectTag(explicit(safeContent), tags.octetString, 'The content'))
  const work = new Work()
  const tries = passwords.flatMap((password, index) =>
    // Programs do not agree on what an empty password is.
    password === ''
      ? [
          { password, index, bare: false },
          { password, index, bare: true },
        ]
      : [{ password, index, bare: false }],
  )
  const fitting = macData ? tries.find((attempt) => macFits(macData, signed, attempt, work)) : undefined
  const infos = sequence(parse(signed), 'The list of contents').map(readInfo)
  const candidates = macData ? [fitting].flatMap((found) => found ?? []) : tries
  const found: Found = { certificates: [], keys: [], crls: [], others: 0 }
  let closed = 0
  let used = fitting
  for (const info of infos) {
    if (info.kind === 'plain') readBags(info.data, found, 0)
    else if (info.kind === 'other') return err({ code: 'unsupported', message: info.message })
    else {
      const attempt = candidates.find((candidate) => readEncrypted(info, candidate, found, work))
      if (attempt) used ??= attempt
      else closed++
    }
  }
  const nothing = found.certificates.length + found.crls.length === 0
  if (closed > 0 && nothing) return err({ code: 'password', message: 'is protected by a password' })
  return ok({
    ...found,
    integrity: macData ? (fitting ? 'verified' : 'unchecked') : 'none',
    closed,
    password: used?.index,
  })
}

interface Attempt {
  readonly password: string
  readonly index: number
  readonly bare: boolean
}

type Info =
  | { readonly kind: 'plain'; readonly data: Uint8Array }
  | { readonly kind: 'encrypted'; readonly algorithm: Node; readonly data: Uint8Array }
  | { readonly kind: 'other'; readonly message: string }

/** RFC 7292 section 4: is the content authentic under this password? @throws DerFault, UnknownAlgorithm, TooMuchWork */
function macFits(macData: Node, signed: Uint8Array, { password, bare }: Attempt, work: Work): boolean {
  const [info, saltNode, countNode] = sequence(macData, 'The MAC')
  const [algorithm, digestNode] = sequence(info, 'The digest of the MAC')
  const digest = content(expectTag(digestNode, tags.octetString, 'The digest of the MAC'))
  const [type, parameters] = sequence(algorithm, 'The algorithm of the MAC')
  const oid = readOid(type, 'The algorithm of the MAC')
  if (oid === pbmac1) {
    const [derivation, scheme] = sequence(parameters, 'The parameters of the MAC')
    const schemeOid = readOid(sequence(scheme, 'The scheme of the MAC')[0], 'The scheme of the MAC')
    const hash = hmacs[schemeOid]
    if (!hash) throw new UnknownAlgorithm(schemeOid)
    const key = deriveKey(derivation, password, keyLength(derivation) ?? hash.outputLen, work)
    return sameBytes(macOf(hash, key, signed), digest)
  }
  const hash = hashes[oid]
  if (!hash) throw new UnknownAlgorithm(oid)
  const salt = content(expectTag(saltNode, tags.octetString, 'The salt of the MAC'))
  const count = countNode ? readCount(countNode) : 1
  const key = pkcs12Kdf(hash, purposes.mac, bmpPassword(password, bare), salt, count, hash.outputLen, work)
  return sameBytes(macOf(hash, key, signed), digest)
}

/** The key length that PBKDF2 parameters state; RFC 9579 section 5 requires it. */
function keyLength(derivation: Node | undefined): number | undefined {
  const parameters = sequence(sequence(derivation, 'The key derivation')[1], 'The PBKDF2 parameters')
  const node = parameters[2]
  return node?.tag === tags.integer ? Math.min(readCount(node), 1_024) : undefined
}

/** One ContentInfo of the AuthenticatedSafe. @throws DerFault */
function readInfo(node: Node): Info {
  const [type, body] = sequence(node, 'A content')
  const oid = readOid(type, 'The type of a content')
  if (oid === types.data)
    return { kind: 'plain', data: content(expectTag(explicit(body), tags.octetString, 'A content')) }
  if (oid === types.enveloped)
    return {
      kind: 'other',
      message: 'is encrypted for the holder of another key instead of with a password, which is not read here',
    }
  if (oid !== types.encrypted) return { kind: 'other', message: `has a part of an unknown kind (${oid})` }
  const [, encrypted] = sequence(explicit(body), 'An encrypted content')
  const [, algorithm, data] = sequence(encrypted, 'An encrypted content')
  if (!algorithm || !data) throw new DerFault('An encrypted content has no data', node.start)
  return { kind: 'encrypted', algorithm, data: octets(data) }
}

/** The octets of an implicitly tagged string, which BER may have in pieces. @throws DerFault */
function octets(node: Node): Uint8Array {
  if (node.tag !== 0xa0) return content(expectTag(node, 0x80, 'Encrypted data'))
  const parts = children(node).map(content)
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

/** False when the password does not open it. @throws UnknownAlgorithm, TooMuchWork */
function readEncrypted(
  info: Extract<Info, { kind: 'encrypted' }>,
  attempt: Attempt,
  found: Found,
  work: Work,
): boolean {
  const plain = decryptWith(info.algorithm, info.data, attempt.password, attempt.bare, work)
  // Of random bytes one in 256 has a fitting padding; they are no list of bags.
  if (!plain || plain[0] !== tags.sequence) return false
  try {
    readBags(plain, found, 0)
    return true
  } catch (error) {
    if (error instanceof DerFault) return false
    throw error
  }
}
