import { findHex } from './hex-dump.ts'
import { findLoose } from './loose-base64.ts'
import type { MappedText } from './mapped-text.ts'
import type { BlockRole, EncodedBlock } from './model.ts'
import type { PemBlock } from './pem-block.ts'
import { isCertificateLabel } from './pem-labels.ts'
import { findMarked } from './pem-marked.ts'
import { findPythonBytes } from './python-bytes.ts'

/** True for blocks that should hold a certificate: PEM by its label, and DER files. */
export const isCertificateBlock = (block: Pick<EncodedBlock, 'label'>): boolean =>
  block.label === 'DER' || isCertificateLabel(block.label)

/**
 * Finds every PEM block of a text, whole or cut, however indented, quoted or folded into one line, and base64 that
 * lost its markers, was packed once more, or is written as hexadecimal. Private keys are recognised and left undecoded.
 */
export function findPem(source: MappedText): PemBlock[] {
  const marked = findMarked(source)
  let found = marked
  for (const find of [findLoose, findHex, findPythonBytes]) {
    const more = find(source, found)
    if (more.length > 0) found = [...found, ...more].sort((a, b) => a.start - b.start)
  }
  return found
}

/** Gives a block its role. */
export const withRole = (block: Omit<EncodedBlock, 'role'>, role: BlockRole): EncodedBlock => ({ ...block, role })
