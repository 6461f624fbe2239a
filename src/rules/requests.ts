/** Certificate requests among the blocks of a capture: what somebody asks a CA for, and no certificates. */
import type { EncodedBlock } from '../input/model.ts'
import { isRequestLabel } from '../input/pem-labels.ts'
import { type CertificateRequest, decodeRequest } from '../x509/csr.ts'
import type { CaptureContext } from './context.ts'

export interface FoundRequest {
  readonly block: EncodedBlock
  readonly request: CertificateRequest
}

/** Could this block hold a request? Only decoding tells. */
export const isRequestBlock = ({ label, der }: EncodedBlock): boolean =>
  isRequestLabel(label) || (label === 'DER' && der !== undefined && decodeRequest(der).ok)

/** The requests of a capture, in order. */
export function requestsOf(context: CaptureContext): FoundRequest[] {
  return context.capture.blocks.filter(isRequestBlock).flatMap((block) => {
    const decoded = block.der && !block.truncated ? decodeRequest(block.der) : undefined
    return decoded?.ok ? { block, request: decoded.value } : []
  })
}
