/** DER written as hexadecimal: plain, as numbers or escapes of source code, or in rows as xxd, hexdump and od print it. */
import { limits } from '../core/limits.ts'
import { looksLike } from '../x509/looks-like.ts'
import { derLength } from './der.ts'
import { lineFrom } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import { decodedBlock, type PemBlock, secretBlock } from './pem-block.ts'
import { labelOfKind } from './pem-labels.ts'

/** How DER of 256 bytes and more begins: two SEQUENCEs within one another, or one and a version or a type. */
const between = '[ \\t:,]{0,3}(?:\\\\x|0[xX])?'
const head = new RegExp(
  `(?<![0-9A-Fa-f])30${between}82${between}[0-9A-Fa-f]{2}${between}[0-9A-Fa-f]{2}${between}(?:30|02|06)(?=${between}[0-9A-Fa-f]{2})`,
  'g',
)

const nextHead = /[\s:,"'+;]{0,100}(?:\\x|0[xX])?3082[0-9A-Fa-f]{4}/y

/** Two digits, and what may stand before them: blanks, line ends, quotes, and the signs of source code. */
const pair = /[\s:,"'+;]{0,100}(?:\\\n[\s]{0,100})?(?:\\x|0[xX])?([0-9A-Fa-f]{2})/y
/** Of the digits of a row only blanks are between. */
const rowPair = /[ \t-]{0,3}([0-9A-Fa-f]{2})/y
/** The number of the first byte of a row. */
const rowStart = /^[ \t>|]{0,8}(?:0[xX])?([0-9A-Fa-f]{3,8})(?::| -|[ \t])[ \t]{0,4}/

/** Bytes that are worth a guess: no certificate is shorter. */
const minimumBytes = 64
/** Bytes of a row at most. */
const longestRow = 64

/** Finds what lies outside of the blocks that are known already, in order. */
export function findHex(source: MappedText, known: readonly PemBlock[]): PemBlock[] {
  const { text } = source
  const found: PemBlock[] = []
  let next = 0
  head.lastIndex = 0
  for (let match = head.exec(text); match !== null && found.length < limits.certificates; match = head.exec(text)) {
    const at = match.index
    while (next < known.length && (known[next] as PemBlock).end <= at) next++
    const block = known[next]
    if (block && block.start <= at) {
      head.lastIndex = Math.max(head.lastIndex, block.end)
      continue
    }
    const limit = block?.start ?? text.length
    let digits = readRows(text, at) ?? readRun(text, at, limit)
    let piece = toBlock(source, at, digits)
    while (piece) {
      found.push(piece)
      // Another one may follow without anything between them.
      const { end } = piece
      nextHead.lastIndex = end
      if (piece.block.truncated || !nextHead.test(text)) break
      digits = readRun(text, end, limit)
      piece = toBlock(source, end, digits)
    }
    // Whatever was looked at is not looked at again, or a text of heads alone would take forever.
    head.lastIndex = Math.max(head.lastIndex, piece ? piece.end : digits.end - longestHead)
  }
  return found
}

/** Characters of a head at most. */
const longestHead = 64

interface Digits {
  readonly bytes: Uint8Array
  /** Offset behind the last digit that was taken. */
  readonly end: number
}

/** Reads digits one after another, until the stated length is there or something else comes. */
function readRun(text: string, at: number, limit: number): Digits {
  const bytes: number[] = []
  let wanted = 4
  let end = at
  while (bytes.length < wanted && bytes.length < limits.certificateBytes) {
    pair.lastIndex = end
    const match = pair.exec(text)
    if (!match || pair.lastIndex > limit) break
    bytes.push(Number.parseInt(match[1] as string, 16))
    end = pair.lastIndex
    if (bytes.length === 4) wanted = derLength(Uint8Array.from(bytes)) ?? 4
  }
  return { bytes: Uint8Array.from(bytes), end }
}

/** Reads the rows of a dump; undefined when the digits at this place are none of a row. */
function readRows(text: string, at: number): Digits | undefined {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const first = rowStart.exec(text.slice(lineStart, Math.min(at + 1, lineStart + 40)))
  if (!first || lineStart + first[0].length !== at) return undefined
  const size = rowSize(text, lineStart, first[1] as string, at)
  if (size === undefined) return undefined
  const bytes: number[] = []
  let wanted = size
  let end = at
  for (let start = lineStart; bytes.length < wanted && bytes.length < limits.certificateBytes; ) {
    const line = lineFrom(text, start)
    const prefix = rowStart.exec(line.text)
    if (!prefix) break
    rowPair.lastIndex = start + prefix[0].length
    for (let count = 0; count < size && bytes.length < wanted; count++) {
      const from: number = rowPair.lastIndex
      const match = rowPair.exec(text)
      if (!match || rowPair.lastIndex > line.end) {
        rowPair.lastIndex = from
        break
      }
      bytes.push(Number.parseInt(match[1] as string, 16))
      end = rowPair.lastIndex
      if (bytes.length === 4) wanted = derLength(Uint8Array.from(bytes)) ?? 4
    }
    start = line.end + 1
    if (start > text.length) break
  }
  return { bytes: Uint8Array.from(bytes), end }
}

/** Bytes of a row: the numbers of two rows tell, in hexadecimal or, with od, in octal. */
function rowSize(text: string, lineStart: number, number: string, at: number): number | undefined {
  const line = lineFrom(text, lineStart)
  const next = rowStart.exec(lineFrom(text, line.end + 1).text)?.[1]
  if (next === undefined) return undefined
  let pairs = 0
  rowPair.lastIndex = at
  while (pairs < longestRow && rowPair.test(text) && rowPair.lastIndex <= line.end) pairs++
  const sizes = [16, 8].map((base) => Number.parseInt(next, base) - Number.parseInt(number, base))
  return sizes.find((size) => size > 0 && size <= pairs)
}

function toBlock(source: MappedText, at: number, { bytes, end }: Digits): PemBlock | undefined {
  const stated = derLength(bytes)
  if (bytes.length < minimumBytes || stated === undefined) return undefined
  const whole = stated <= bytes.length
  const kind = whole ? looksLike(bytes) : undefined
  if (kind === 'private key') return secretBlock(source, 'PRIVATE KEY', at, end, false)
  // Of a part it can be told only that it is one of a certificate: two SEQUENCEs begin it.
  if (!whole && (bytes[4] !== 0x30 || bytes.length < stated / 4)) return undefined
  return decodedBlock(source, labelOfKind(kind), at, end, bytes, whole ? undefined : 'end')
}
