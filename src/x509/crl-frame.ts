/** The outermost SEQUENCE of what is no certificate: CRLs and OCSP responses. */
import { err, ok, type Result } from '../core/result.ts'
import { DerFault, type Node, readNode, tags } from './der.ts'
import type { DecodeError } from './model.ts'

/** What is decoded, for the sentences, and how much of it. */
export interface Frame {
  /** As "a CRL". */
  readonly what: string
  readonly maxBytes: number
}

/**
 * Reads a DER structure with its own copy of the bytes.
 * @param read decodes the outer SEQUENCE; told how many bytes follow it
 * @param looksLike names what else the bytes are, once `read` has failed
 * @returns its result, or why the bytes are none. Never throws
 */
export function decodeFramed<T>(
  der: Uint8Array,
  { what, maxBytes }: Frame,
  read: (root: Node, trailing: number) => T,
  looksLike: (bytes: Uint8Array) => string | undefined,
): Result<T, DecodeError> {
  if (der.length === 0) return err({ code: 'empty', message: 'There are no bytes' })
  if (der.length > maxBytes) {
    return err({ code: 'too-large', message: `${der.length} bytes are more than the ${maxBytes} read of ${what}` })
  }
  let bytes: Uint8Array = der
  try {
    if (der[0] !== tags.sequence) throw new DerFault(`The bytes do not begin with a SEQUENCE, as ${what} does`, 0, true)
    const { end } = readNode(der, 0, Number.MAX_SAFE_INTEGER)
    if (!(end <= der.length)) {
      const expected = Number.isFinite(end)
        ? `${der.length} of ${end} bytes are there`
        : 'The first length is cut short'
      return err({ code: 'truncated', message: expected, offset: der.length })
    }
    // Not `slice`, which Node's Buffer overrides to share memory.
    bytes = new Uint8Array(der.subarray(0, end))
    return ok(read(readNode(bytes, 0, end), der.length - end))
  } catch (fault) {
    const kind = looksLike(bytes)
    const sentence = fault instanceof DerFault ? fault.message : `This ${what.replace(/^an? /, '')} cannot be decoded`
    return err({
      code: kind === undefined && fault instanceof DerFault && fault.malformed ? 'not-der' : 'not-a-certificate',
      message: kind === undefined ? sentence : `These bytes are not ${what} but look like this: ${kind}`,
      ...(fault instanceof DerFault ? { offset: fault.offset } : {}),
      ...(kind === undefined ? {} : { looksLike: kind }),
    })
  }
}
