/** Extensions that identify the subject and the issuer. Source: RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.6, 4.2.1.10. */
import { children, content, expectTag, sequence, tags } from './der.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import { generalNameLine, readGeneralName, readGeneralNames, readSubtrees } from './general-name.ts'
import { colonHex, hex, upperHex } from './hex.ts'
import { ipText } from './ip.ts'
import type { GeneralName, GeneralSubtree } from './model.ts'

/** SubjectAltName. */
export const subjectAltName: ExtensionDecoder = (value, draft, note) => {
  const names = readGeneralNames(value, 'Subject Alternative Name')
  if (names.length === 0) note('The Subject Alternative Name extension is empty')
  for (const name of names) {
    if (name.type === 'IP' && ipText(name.bytes) === undefined)
      note(`An IP address of ${name.bytes.length} bytes among the names`)
  }
  draft.subjectAltNames = Object.freeze(names)
  return names.map(generalNameLine)
}

/** IssuerAltName. */
export const issuerAltName: ExtensionDecoder = (value) =>
  readGeneralNames(value, 'Issuer Alternative Name').map(generalNameLine)

/** SubjectKeyIdentifier. */
export const subjectKeyId: ExtensionDecoder = (value, draft) => {
  const bytes = content(expectTag(value, tags.octetString, 'Subject Key Identifier'))
  draft.subjectKeyId = hex(bytes)
  return [colonHex(bytes)]
}

/** AuthorityKeyIdentifier. */
export const authorityKeyId: ExtensionDecoder = (value, draft) => {
  let keyId: string | undefined
  let issuer: readonly GeneralName[] | undefined
  let serial: string | undefined
  const lines: string[] = []
  for (const field of sequence(value, 'Authority Key Identifier')) {
    const bytes = content(field)
    if (field.tag === 0x80) {
      keyId = hex(bytes)
      lines.push(`keyid:${colonHex(bytes)}`)
    } else if (field.tag === 0xa1) {
      issuer = Object.freeze(children(field).map((name) => readGeneralName(name)))
      lines.push(...issuer.map(generalNameLine))
    } else if (field.tag === 0x82) {
      serial = upperHex(bytes)
      lines.push(`serial:${colonHex(bytes)}`)
    }
  }
  draft.authorityKeyId = Object.freeze({
    ...(keyId === undefined ? {} : { keyId }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(serial === undefined ? {} : { serial }),
  })
  return lines
}

/** NameConstraints. */
export const nameConstraints: ExtensionDecoder = (value, draft) => {
  let permitted: readonly GeneralSubtree[] = []
  let excluded: readonly GeneralSubtree[] = []
  for (const field of sequence(value, 'Name Constraints')) {
    if (field.tag === 0xa0) permitted = readSubtrees(field)
    else if (field.tag === 0xa1) excluded = readSubtrees(field)
  }
  draft.nameConstraints = Object.freeze({ permitted: Object.freeze(permitted), excluded: Object.freeze(excluded) })
  return [...subtreeLines('Permitted:', permitted), ...subtreeLines('Excluded:', excluded)]
}

function subtreeLines(heading: string, subtrees: readonly GeneralSubtree[]): string[] {
  return subtrees.length === 0 ? [] : [heading, ...subtrees.map(({ base }) => `  ${generalNameLine(base)}`)]
}
