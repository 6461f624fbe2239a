/** Base64 without BEGIN and END lines: certificates that lost them, and PEM that was encoded once more. */
import { looksLike } from '../x509/looks-like.ts'
import { decodeBase64 } from './base64.ts'
import { keystoreFormat } from './bytes.ts'
import { derLength, innerTag } from './der.ts'
import { inputLimits } from './limits.ts'
import { MappedText } from './mapped-text.ts'
import { decodedBlock, type PemBlock, secretBlock } from './pem-block.ts'
import { labelOfKind } from './pem-labels.ts'
import { findMarked } from './pem-marked.ts'

/**
 * How such a token begins: a DER SEQUENCE of 256 bytes and more (`MII`), what small private keys begin with, the marks of
 * Java key stores, and base64 of `-----BEGIN` or `Bag Attri`. At least a good part of a line has to follow.
 */
const heads =
  /(?<![A-Za-z0-9+/=_-])(?:MI[IJKLGHM]|\/u3\+7Q|zs7Ozg|MH[cQ]CAQ|MC4CAQAwBQYDK2V|LS0tLS1CRUdJTi|QmFnIEF0dHJp)(?=[A-Za-z0-9+/_-]{32})/g

/** Shorter tokens are not worth a guess: no certificate has so few characters. */
const minimumCharacters = 100

/** Finds them between the blocks that are known already. */
export function findLoose(source: MappedText, known: readonly PemBlock[]): PemBlock[] {
  const { text } = source
  const found: PemBlock[] = []
  let next = 0
  let covered = 0
  heads.lastIndex = 0
  for (let match = heads.exec(text); match !== null; match = heads.exec(text)) {
    const at = match.index
    while (next < known.length && (known[next] as PemBlock).end <= at) next++
    const block = known[next]
    if (block && block.start <= at) {
      heads.lastIndex = Math.max(heads.lastIndex, block.end)
      continue
    }
    if (at < covered) continue
    const token = gather(text, at, block?.start ?? text.length, match[0])
    covered = token.end
    heads.lastIndex = Math.max(heads.lastIndex, token.end)
    found.push(...readToken(source, at, token, match[0]))
  }
  return found
}

function readToken(source: MappedText, at: number, token: Token, head: string): PemBlock[] {
  if (head.startsWith('L') || head.startsWith('Q')) return readPacked(source, at, token)
  if (head.startsWith('/') || head.startsWith('z')) return [keystore(source, at, token, 'Java')]
  const bytes = head.startsWith('MI') ? decodeBase64(token.data.slice(0, 64)) : undefined
  return bytes && keystoreFormat(bytes) ? [keystore(source, at, token, 'PKCS#12')] : readBare(source, at, token)
}

/** A key store may need a password, so it is named and not opened here. */
function keystore(source: MappedText, start: number, { end }: Token, kind: string): PemBlock {
  const span = source.span(start, end)
  const reason = `A ${kind} key store in base64. Decode it (base64 -d) into a file, and add that file.`
  const label = 'KEY STORE'
  return { start, end, label, block: { span, label, truncated: false }, skipped: { span, reason } }
}

interface Token {
  readonly data: string
  readonly end: number
}

const tokenPart = /[A-Za-z0-9+/_-]*={0,2}/y

/**
 * Takes the token at an offset: one run of characters, and while it fills its line, the lines after it. A DER element
 * says in its first characters how many it has, so the token ends there.
 */
function gather(text: string, at: number, limit: number, head: string): Token {
  const wanted = head.startsWith('M') ? statedCharacters(text.slice(at, at + 8)) : inputLimits.packedCharacters
  const parts: string[] = []
  let length = 0
  let end = at
  let from = at
  while (from < limit && length < wanted) {
    tokenPart.lastIndex = from
    const part = (tokenPart.exec(text)?.[0] ?? '').slice(0, limit - from)
    if (part === '' || (parts.length > 0 && part.length < 4)) break
    const rest = text.slice(from + part.length, from + part.length + 8)
    // A later line has to be of base64 alone; what ends it may be the end of the value around it.
    if (parts.length > 0 && !/^(?:[ \t\\]*(?:\n|$)|["'<),;])/.test(rest)) break
    parts.push(part)
    length += part.length
    end = from + part.length
    const lineEnd = /^[ \t"',\\+]{0,6}\n[ \t"'>|#]{0,7}/.exec(text.slice(end, end + 20))
    if (!lineEnd || part.endsWith('=')) break
    from = end + lineEnd[0].length
    for (const indented = from + 64; from < indented && (text[from] === ' ' || text[from] === '\t'); ) from++
  }
  return { data: parts.join('').replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''), end }
}

/** Characters of base64 without padding that the DER element at the start of a token has. */
function statedCharacters(head: string): number {
  if (!/^[A-Za-z0-9+/]{8}$/.test(head)) return head.length
  const stated = derLength(decodeBase64(head))
  return stated === undefined ? head.length : Math.ceil((stated * 4) / 3)
}

/** One certificate, or another DER structure, or a key. */
function readBare(source: MappedText, at: number, token: Token): PemBlock[] {
  if (!/^[A-Za-z0-9+/]+$/.test(token.data)) return []
  const bytes = decodeBase64(token.data)
  const stated = derLength(bytes)
  const tag = innerTag(bytes)
  if (bytes[0] !== 0x30 || stated === undefined) return []
  const der = bytes.subarray(0, Math.min(stated, bytes.length))
  if (tag === 0x02) {
    const version = bytes[derHeader(bytes) + 1] === 1 && (bytes[derHeader(bytes) + 2] as number) <= 1
    const isKey = der.length === stated ? looksLike(der) === 'private key' : version && token.data.length >= 40
    return isKey ? [secretBlock(source, 'PRIVATE KEY', at, token.end, der.length < stated)] : []
  }
  const whole = der.length === stated
  const isPkcs7 = tag === 0x06 && whole && looksLike(der) === 'PKCS#7'
  if (token.data.length < minimumCharacters || (tag !== 0x30 && !isPkcs7)) return []
  if (!whole && !startsLine(source.text, at)) return []
  const kind = whole ? looksLike(der) : undefined
  return [decodedBlock(source, labelOfKind(kind), at, token.end, der, whole ? undefined : 'end')]
}

const derHeader = (bytes: Uint8Array): number => ((bytes[1] as number) < 0x80 ? 2 : 2 + ((bytes[1] as number) & 0x7f))

const startsLine = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t"'>|]*$/.test(text.slice(Math.max(0, at - 40), at))

/** PEM inside of base64, as Kubernetes keeps it. Every block of it has the place of the token. */
function readPacked(source: MappedText, at: number, token: Token): PemBlock[] {
  const bytes = decodeBase64(token.data)
  let text = ''
  for (let from = 0; from < bytes.length; from += 8_192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8_192))
  return findMarked(MappedText.original(text, source.document)).map(({ label, block, secret, skipped }) => {
    const span = source.span(at, token.end)
    const { problem, ...rest } = block
    return {
      start: at,
      end: token.end,
      label,
      block: { ...rest, span, ...(problem ? { problem: { ...problem, span } } : {}) },
      ...(secret ? { secret: { ...secret, span } } : {}),
      ...(skipped ? { skipped: { ...skipped, span } } : {}),
    }
  })
}
