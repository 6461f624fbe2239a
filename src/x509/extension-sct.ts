/** Signed certificate timestamps. Source: RFC 6962 sections 3.1, 3.2 and 3.3. */
import { unixMs } from '../core/brand.ts'
import { content, DerFault, expectTag, tags } from './der.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import { base64 } from './hex.ts'
import type { Sct } from './model.ts'

/** The latest instant that a Date can hold, in milliseconds (ECMA-262 section 21.4.1.1). */
const latest = 8.64e15

const signatures: Readonly<Record<number, string>> = { 1025: 'sha256WithRSAEncryption', 1027: 'ecdsa-with-SHA256' }

/** The list of SCTs that a CA embeds. */
export const sctList: ExtensionDecoder = (value, draft) => {
  const bytes = content(expectTag(value, tags.octetString, 'The SCT list'))
  const scts: Sct[] = []
  const lines: string[] = []
  if (uint(bytes, 0, 2) !== bytes.length - 2)
    throw new DerFault('The SCT list has another length than it states', value.start)
  for (let at = 2; at < bytes.length; ) {
    const end = at + 2 + uint(bytes, at, 2)
    if (end > bytes.length) throw new DerFault('An SCT is cut short', value.body + at)
    const { sct, signature } = readSct(bytes.subarray(at + 2, end))
    scts.push(sct)
    lines.push(`v${sct.version + 1}, log ${sct.logId}, ${new Date(sct.time).toISOString()}, ${signature}`)
    at = end
  }
  draft.scts = Object.freeze(scts)
  return lines
}

/** The poison of a precertificate, whose value is NULL. */
export const poison: ExtensionDecoder = (value, draft) => {
  draft.precertificate = true
  return value.tag === tags.null ? ['NULL'] : []
}

function readSct(bytes: Uint8Array): { sct: Sct; signature: string } {
  const version = uint(bytes, 0, 1)
  const time = uint(bytes, 33, 8)
  if (time > latest) throw new DerFault('The time of an SCT is out of range', 0)
  const scheme = uint(bytes, 43 + uint(bytes, 41, 2), 2)
  const sct = Object.freeze({ version, logId: base64(bytes.subarray(1, 33)), time: unixMs(time) })
  return { sct, signature: signatures[scheme] ?? `signature scheme 0x${scheme.toString(16).padStart(4, '0')}` }
}

/** A big-endian number of `size` bytes. @throws DerFault beyond the end */
function uint(bytes: Uint8Array, at: number, size: number): number {
  if (at + size > bytes.length) throw new DerFault('An SCT is cut short', at)
  return bytes.subarray(at, at + size).reduce((value, byte) => value * 256 + byte, 0)
}
