/** Extensions that identify the subject and the issuer. Source: RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.6, 4.2.1.10. */
import { children, content, expectTag, optionals, sequence, tags } from './der.ts'
import type { ExtensionDecoder } from './extension-draft.ts'
import { generalNameLine, readGeneralName, readGeneralNames, readSubtrees } from './general-name.ts'
import { colonHex, hex, upperHex } from './hex.ts'
import { ipText } from './ip.ts'
import type { GeneralSubtree } from './model.ts'
import { isAscii } from './text.ts'

/** SubjectAltName. */
export const subjectAltName: ExtensionDecoder = (value, draft, note) => {
  const nodes = sequence(value, 'Subject Alternative Name')
  if (nodes.length === 0) note('The Subject Alternative Name extension is empty', value.start)
  const names = nodes.map((node) => {
    const name = readGeneralName(node)
    const { type, bytes } = name
    if (type === 'IP' && ipText(bytes) === undefined)
      note(`An IP address of ${bytes.length} bytes among the names`, node.start)
    if ((type === 'DNS' || type === 'email' || type === 'URI') && !isAscii(bytes))
      note(`A ${type} name holds characters that its type does not have`, node.start)
    return name
  })
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
  const what = 'Authority Key Identifier'
  const [keyNode, issuerNode, serialNode] = optionals(sequence(value, what), [0x80, 0xa1, 0x82], what)
  const key = keyNode && content(keyNode)
  const issuer = issuerNode && Object.freeze(children(issuerNode).map((name) => readGeneralName(name)))
  const serial = serialNode && content(serialNode)
  draft.authorityKeyId = Object.freeze({
    ...(key === undefined ? {} : { keyId: hex(key) }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(serial === undefined ? {} : { serial: upperHex(serial) }),
  })
  return [
    ...(key === undefined ? [] : [`keyid:${colonHex(key)}`]),
    ...(issuer ?? []).map(generalNameLine),
    ...(serial === undefined ? [] : [`serial:${colonHex(serial)}`]),
  ]
}

/** NameConstraints. */
export const nameConstraints: ExtensionDecoder = (value, draft, note) => {
  const what = 'Name Constraints'
  const [permitted, excluded] = optionals(sequence(value, what), [0xa0, 0xa1], what).map(
    (node): readonly GeneralSubtree[] => Object.freeze(node === undefined ? [] : readSubtrees(node, note)),
  ) as [readonly GeneralSubtree[], readonly GeneralSubtree[]]
  draft.nameConstraints = Object.freeze({ permitted, excluded })
  return [...subtreeLines('Permitted:', permitted), ...subtreeLines('Excluded:', excluded)]
}

function subtreeLines(heading: string, subtrees: readonly GeneralSubtree[]): string[] {
  return subtrees.length === 0 ? [] : [heading, ...subtrees.map(({ base }) => `  ${generalNameLine(base)}`)]
}
