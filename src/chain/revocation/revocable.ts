import type { Certificate } from '../../x509/model.ts'
import type { BuiltPath } from '../model.ts'

/** The certificates that somebody else could revoke: all but an anchor and a self-signed end. */
export function revocable({ certificates, anchored, signatures }: BuiltPath): readonly Certificate[] {
  const last = certificates.at(-1)
  const ends = anchored || (last?.selfIssued === true && signatures.at(-1) === 'valid')
  return ends ? certificates.slice(0, -1) : certificates
}
