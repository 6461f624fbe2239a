/** Extensions that are shown and decide nothing. Sources: RFC 7633, RFC 6960 section 4.2.2.2.1, RFC 3280 section 4.2.1.4, MS-WCCE 2.2.2.7.7. */
import { content, DerFault, expectTag, sequence, tags } from './der.ts'
import { bigUnsigned, readOid } from './der-values.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import { readText } from './text.ts'
import { readTime } from './time.ts'

/** A value that is one string, as the Netscape comment. */
export const oneString: ExtensionDecoder = (value) => {
  const text = readText(value)
  if (text === undefined) throw new DerFault('The value is no string', value.start)
  return [text]
}

/** A value that is one number, as Microsoft's CA version. */
export const oneNumber: ExtensionDecoder = (value) => [
  String(bigUnsigned(content(expectTag(value, tags.integer, 'The value')).subarray(0, 64))),
]

/** A value that is NULL: the extension being there says it all. */
export const nothing: ExtensionDecoder = (value) => {
  expectTag(value, tags.null, 'The value')
  return []
}

/** TLS Feature, known as "must staple". */
export const tlsFeature: ExtensionDecoder = (value) =>
  sequence(value, 'TLS Feature').map((feature) => {
    const number = String(bigUnsigned(content(expectTag(feature, tags.integer, 'A feature')).subarray(0, 64)))
    return features[number] ?? number
  })

const features: Readonly<Record<string, string>> = { '5': 'status_request', '17': 'status_request_v2' }

/** Microsoft's certificate template: an OID and a version. */
export const microsoftTemplate: ExtensionDecoder = (value) => {
  const [type, major, minor] = sequence(value, 'The template')
  const version = [major, minor].flatMap((node) =>
    node === undefined ? [] : [String(bigUnsigned(content(node).subarray(0, 64)))],
  )
  return [`Template=${readOid(type, 'The template')}${version.length === 0 ? '' : `, version ${version.join('.')}`}`]
}

/** PrivateKeyUsagePeriod. */
export const privateKeyUsagePeriod: ExtensionDecoder = (value) =>
  sequence(value, 'Private Key Usage Period').map((field) => {
    const time = readTime({ ...field, tag: tags.generalizedTime }, 'A limit of the private key usage period', () => {})
    return `${field.tag === 0x80 ? 'Not Before' : 'Not After'}: ${time === undefined ? 'unreadable' : new Date(time).toISOString()}`
  })
