/**
 * The outer form of a link's fragment: `w`, the version, the kind, then base64url of the content with a checksum, and
 * a last letter that is always there: what is missing at the end was cut, and programs that drop punctuation from
 * the end of an address find none.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { err, ok, type Result } from '../core/result.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { shareLimits } from './limits.ts'

/** The version that this code writes. Every version that was ever written stays readable. */
const written = 1

/** `findings`: no certificates. `certificates`: what is needed to judge again. `input`: everything but secrets. */
export type LinkKind = 'findings' | 'certificates' | 'input'

const letters: Readonly<Record<LinkKind | 'encrypted', string>> = {
  findings: 'f',
  certificates: 'c',
  input: 'i',
  encrypted: 'x',
}

export interface Frame {
  readonly kind: LinkKind | 'encrypted'
  readonly content: Uint8Array
}

export type FrameFault = 'not-a-link' | 'cut' | 'damaged' | 'too-new' | 'too-large'

const end = 'e'
/** Bytes of the hash that are kept: against accidents, not against forgery. */
const checkBytes = 4

const check = (content: Uint8Array): Uint8Array => sha256(content).subarray(0, checkBytes)

export function writeFrame({ kind, content }: Frame): string {
  const bytes = new Uint8Array(content.length + checkBytes)
  bytes.set(content)
  bytes.set(check(content), content.length)
  return `w${written}${letters[kind]}${toBase64url(bytes)}${end}`
}

/** A fragment, a whole link, or text around one: finds what begins like a fragment of ours. */
export function findFragment(text: string): string | undefined {
  const trimmed = text.trim()
  const from = trimmed.indexOf('#')
  const fragment = from === -1 ? trimmed : trimmed.slice(from + 1)
  return /^w\d{1,3}[a-z][\w-]*$/.test(fragment) ? fragment : undefined
}

export function readFrame(fragment: string): Result<Frame, FrameFault> {
  const head = /^w(\d{1,3})([a-z])/.exec(fragment)
  if (!head) return err('not-a-link')
  if (fragment.length > shareLimits.fragmentCharacters) return err('too-large')
  if (Number(head[1]) > written) return err('too-new')
  const kind = (Object.keys(letters) as Frame['kind'][]).find((one) => letters[one] === head[2])
  if (kind === undefined || Number(head[1]) < 1) return err('damaged')
  const body = fragment.slice(head[0].length)
  // The end letter may also be the last of what is left of a cut link; then the checksum tells.
  if (!body.endsWith(end)) return err('cut')
  const bytes = fromBase64url(body.slice(0, -1))
  if (bytes === undefined || bytes.length < checkBytes) return err('damaged')
  const content = bytes.subarray(0, bytes.length - checkBytes)
  const sum = check(content)
  return sum.every((byte, index) => byte === bytes[content.length + index]) ? ok({ kind, content }) : err('damaged')
}
