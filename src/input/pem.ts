import { findLoose } from './loose-base64.ts'
import type { MappedText } from './mapped-text.ts'
import type { BlockRole, EncodedBlock } from './model.ts'
import type { PemBlock } from './pem-block.ts'
import { findMarked } from './pem-marked.ts'

const certificateLabels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/** True for the labels that hold an X.509 certificate. */
export const isCertificateLabel = (label: string): boolean => certificateLabels.has(label)

/** Labels of blocks that say something of a chain without being certificates. */
const otherLabelsRead: ReadonlySet<string> = new Set(['PKCS7', 'CMS', 'X509 CRL'])

/** True for the labels of blocks that are read in any way. */
export const isReadLabel = (label: string): boolean => isCertificateLabel(label) || otherLabelsRead.has(label)

/** True for blocks that should hold a certificate: PEM by its label, and DER files. */
export const isCertificateBlock = (block: Pick<EncodedBlock, 'label'>): boolean =>
  block.label === 'DER' || isCertificateLabel(block.label)

/**
 * Finds every PEM block of a text, whole or cut, however indented, quoted or folded into one line, and base64 that
 * lost its markers or was packed once more. Private keys are recognised and left undecoded.
 */
export function findPem(source: MappedText): PemBlock[] {
  const marked = findMarked(source)
  const loose = findLoose(source, marked)
  return loose.length === 0 ? marked : [...marked, ...loose].sort((a, b) => a.start - b.start)
}

/** Gives a block its role. */
export const withRole = (block: Omit<EncodedBlock, 'role'>, role: BlockRole): EncodedBlock => ({ ...block, role })
