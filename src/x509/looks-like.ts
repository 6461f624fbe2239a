/** What DER is when it is no certificate. Sources: RFC 2986, RFC 5280, RFC 2315, RFC 5958, RFC 8017, RFC 5915, RFC 7292, RFC 6960. */
import { children, type Node, readNode, tags } from './der.ts'
import { readOid } from './der-values.ts'

/** @returns as `DecodeError.looksLike` has it; undefined when it cannot be told */
export function looksLike(bytes: Uint8Array): string | undefined {
  try {
    const root = readNode(bytes, 0, bytes.length)
    return root.tag === tags.sequence ? recognise(children(root)) : undefined
  } catch {
    return undefined
  }
}

function recognise(parts: readonly Node[]): string | undefined {
  const shape = parts.map(({ tag }) => letters[tag] ?? '?').join('')
  const [first, second] = parts
  if (first === undefined) return undefined
  if (shape === 'ssb') return signed(first)
  if (shape.startsWith('o') && second?.tag === 0xa0 && readOid(first, 'Type').startsWith('1.2.840.113549.1.7.'))
    return 'PKCS#7'
  if (shape === 'sb' && holdsOid(first)) return 'public key'
  if (shape === 'so' || (shape === 'sx' && holdsOid(first))) return 'private key'
  if (/^isx/.test(shape) && second !== undefined && holdsOid(second)) return 'private key'
  if (/^ix/.test(shape)) return 'private key'
  if (shape === 'iiiiiiiii' || shape === 'iiiiii') return 'private key'
  if (shape === 'ii') return 'public key'
  if (/^iss?$/.test(shape) && second !== undefined && holdsOid(second)) return 'PKCS#12'
  if (first.tag === tags.enumerated) return 'OCSP response'
  return undefined
}

const letters: Readonly<Record<number, string>> = {
  [tags.sequence]: 's',
  [tags.integer]: 'i',
  [tags.bitString]: 'b',
  [tags.octetString]: 'x',
  [tags.oid]: 'o',
}

/** A signed thing: a request holds [version, name, key, attributes], a CRL a time in the fourth place at the latest. */
function signed(body: Node): string | undefined {
  const parts = children(body)
  const shape = parts.map(({ tag }) => letters[tag] ?? '?').join('')
  if (/^iss/.test(shape) && parts[2] !== undefined && children(parts[2])[1]?.tag === tags.bitString)
    return 'certificate request'
  const time = parts.findIndex(({ tag }) => tag === tags.utcTime || tag === tags.generalizedTime)
  return time === 2 || time === 3 ? 'CRL' : undefined
}

const holdsOid = (node: Node): boolean => children(node)[0]?.tag === tags.oid
