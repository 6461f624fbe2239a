import { err, ok, type Result } from '../core/result.ts'
import type { DecodeError } from './model.ts'

/**
 * The certificates of a PKCS#7 / CMS SignedData (RFC 5652 section 5.1), as `.p7b` files hold them, each as DER.
 * The library is loaded only when there is such a file.
 */
export async function certificatesInPkcs7(bytes: Uint8Array): Promise<Result<readonly Uint8Array[], DecodeError>> {
  const { Certificate, ContentInfo, SignedData } = await import('pkijs')
  try {
    const content = ContentInfo.fromBER(new Uint8Array(bytes))
    if (content.contentType !== signedData)
      return err({ code: 'not-a-certificate', message: 'This PKCS#7 holds no certificates.' })
    const signed = new SignedData({ schema: content.content })
    const found = (signed.certificates ?? []).flatMap((entry) =>
      entry instanceof Certificate ? new Uint8Array(entry.toSchema().toBER()) : [],
    )
    return ok(found)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return err({ code: 'not-der', message: `This PKCS#7 cannot be read: ${message}` })
  }
}

/** id-signedData, RFC 5652 section 5.1. */
const signedData = '1.2.840.113549.1.7.2'
