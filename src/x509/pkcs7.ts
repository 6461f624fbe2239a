import * as asn1js from 'asn1js'
import { err, ok, type Result } from '../core/result.ts'
import type { DecodeError } from './model.ts'

/**
 * The certificates of a PKCS#7 / CMS SignedData (RFC 5652 section 5.1), as `.p7b` files hold them, each as DER.
 * asn1js reads it, since such files often come in BER with indefinite lengths, which certificates never have.
 */
export function certificatesInPkcs7(bytes: Uint8Array): Result<readonly Uint8Array[], DecodeError> {
  try {
    const { result, offset } = asn1js.fromBER(new Uint8Array(bytes))
    if (offset === -1) return err({ code: 'not-der', message: `This PKCS#7 cannot be read: ${result.error}` })
    const [type, content] = elements(result)
    if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== signedData)
      return err({ code: 'not-a-certificate', message: 'This PKCS#7 is of a kind that holds no certificates.' })
    const [signed] = elements(content)
    // version, digestAlgorithms, encapContentInfo, [0] certificates, ...
    const set = elements(signed).find(({ idBlock }) => idBlock.tagClass === contextSpecific && idBlock.tagNumber === 0)
    // CertificateChoices: only a plain certificate is a SEQUENCE; the others are tagged.
    return ok(elements(set).flatMap((entry) => (entry instanceof asn1js.Sequence ? entry.valueBeforeDecodeView : [])))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return err({ code: 'not-der', message: `This PKCS#7 cannot be read: ${reason}` })
  }
}

/** id-signedData, RFC 5652 section 5.1. */
const signedData = '1.2.840.113549.1.7.2'
const contextSpecific = 3

const elements = (block: asn1js.AsnType | undefined): readonly asn1js.AsnType[] =>
  block instanceof asn1js.Constructed ? block.valueBlock.value : []
