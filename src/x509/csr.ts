/** Certificate requests. Source: RFC 2986, RFC 2985 section 5.4.2. */
import { err, ok, type Result } from '../core/result.ts'
import { children, DerFault, type Node, readNode, sequence, tags } from './der.ts'
import { readOid } from './der-values.ts'
import { emptyDraft } from './extension-draft.ts'
import { readExtensions } from './extensions.ts'
import { readPublicKey } from './key.ts'
import { looksLike } from './looks-like.ts'
import type { DecodeError, GeneralName, Name, PublicKey } from './model.ts'
import { readName } from './name-der.ts'

/** What somebody asks a CA to certify. */
export interface CertificateRequest {
  readonly subject: Name
  readonly publicKey: PublicKey
  readonly subjectAltNames: readonly GeneralName[]
}

/** extensionRequest, RFC 2985 section 5.4.2; the other is Microsoft's from before it. */
const extensionRequests: ReadonlySet<string> = new Set(['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'])

/**
 * Decodes a PKCS#10 request.
 * @param der its bytes; what follows it is left out
 * @returns the request, or why it is none. Never throws
 */
export function decodeRequest(der: Uint8Array): Result<CertificateRequest, DecodeError> {
  try {
    const root = readNode(der, 0, der.length)
    if (looksLike(der.subarray(0, root.end)) !== 'certificate request')
      throw new DerFault('It is no certificate request', 0)
    const [, subject, key, attributes] = sequence(sequence(root, 'The request')[0], 'The request')
    if (key === undefined) throw new DerFault('The request has no public key', root.start)
    return ok({
      subject: readName(subject, 'the subject'),
      publicKey: readPublicKey(key, ignored),
      subjectAltNames: attributes?.tag === 0xa0 ? namesOf(attributes) : [],
    })
  } catch (fault) {
    const message = fault instanceof DerFault ? fault.message : 'The request cannot be decoded'
    return err({ code: 'not-a-certificate', message })
  }
}

/** A request is shown, not judged: what is odd about its encoding matters to nobody here. */
const ignored = (): void => undefined

function namesOf(attributes: Node): readonly GeneralName[] {
  for (const attribute of children(attributes)) {
    const [type, values] = sequence(attribute, 'An attribute')
    const list = values?.tag === tags.set ? children(values)[0] : undefined
    if (!list || !extensionRequests.has(readOid(type, 'The type of an attribute'))) continue
    return readExtensions(list, ignored).facts.subjectAltNames
  }
  return emptyDraft().subjectAltNames
}
