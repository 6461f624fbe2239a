/** General names: the identities in subjectAltName and what constrains them. Source: RFC 5280 section 4.2.1.6. */
import { otherNameTypes } from '../standards/oids.ts'
import { children, content, DerFault, inner, type Node, optionals, sequence, tags } from './der.ts'
import { oidFromContent, readOid } from './der-values.ts'
import { hex } from './hex.ts'
import { ipRangeText, ipText } from './ip.ts'
import type { GeneralName, GeneralNameType, GeneralSubtree } from './model.ts'
import { opensslOneLine, rfc4514 } from './name.ts'
import { readName } from './name-der.ts'
import type { Note } from './notes.ts'
import { latin1, readText } from './text.ts'

/** Decodes a SEQUENCE OF GeneralName. @throws DerFault */
export const readGeneralNames = (node: Node, what: string): GeneralName[] =>
  sequence(node, what).map((name) => readGeneralName(name))

/**
 * Decodes one GeneralName.
 * @param range whether an IP has its mask, as in name constraints
 * @throws DerFault
 */
export function readGeneralName(node: Node, range = false): GeneralName {
  const bytes = content(node)
  switch (node.tag) {
    case 0xa0:
      return Object.freeze({ type: 'otherName', bytes, ...readOtherName(node) })
    case 0x81:
      return make('email', latin1(bytes), bytes)
    case 0x82:
      return make('DNS', latin1(bytes), bytes)
    case 0xa3:
      return make('x400', hex(bytes), bytes)
    case 0xa4: {
      const name = readName(inner(node), 'A directory name')
      return Object.freeze({ type: 'directory', value: rfc4514(name), bytes, name })
    }
    case 0xa5:
      return make('ediParty', hex(bytes), bytes)
    case 0x86:
      return make('URI', latin1(bytes), bytes)
    case 0x87:
      return make('IP', (range ? ipRangeText(bytes) : ipText(bytes)) ?? hex(bytes), bytes)
    case 0x88:
      return make('registeredId', oidFromContent(bytes, node.start), bytes)
    default:
      throw new DerFault(`A general name has tag 0x${node.tag.toString(16).padStart(2, '0')}`, node.start)
  }
}

/** Decodes GeneralSubtrees (RFC 5280 section 4.2.1.10). @throws DerFault */
export function readSubtrees(node: Node, note: Note): GeneralSubtree[] {
  return children(node).map((subtree) => {
    const [base, ...bounds] = sequence(subtree, 'A subtree')
    if (base === undefined) throw new DerFault('A subtree without a name', subtree.start)
    const [minimumNode, maximumNode] = optionals(bounds, [0x80, 0x81], 'A subtree')
    const minimum = minimumNode === undefined ? 0 : bound(minimumNode)
    if (minimumNode !== undefined && minimum === 0)
      note('The minimum of a subtree states its default, which DER leaves out', minimumNode.start)
    return Object.freeze({
      base: readGeneralName(base, true),
      minimum,
      ...(maximumNode === undefined ? {} : { maximum: bound(maximumNode) }),
    })
  })
}

/** As OpenSSL prints it: `DNS:a.example`, `IP Address:192.0.2.1`, `DirName:C=NL, O=Lab`. */
export function generalNameLine({ type, value, name }: GeneralName): string {
  return `${labels[type]}:${name === undefined ? value : opensslOneLine(name)}`
}

const labels: Readonly<Record<GeneralNameType, string>> = {
  DNS: 'DNS',
  IP: 'IP Address',
  email: 'email',
  URI: 'URI',
  directory: 'DirName',
  otherName: 'othername',
  registeredId: 'Registered ID',
  x400: 'X400Name',
  ediParty: 'EdiPartyName',
}

const make = (type: GeneralNameType, value: string, bytes: Uint8Array): GeneralName =>
  Object.freeze({ type, value, bytes })

const bound = (node: Node): number => content(node).reduce((value, byte) => Math.min(value * 256 + byte, 2 ** 48), 0)

/** `UPN:user@example`, or the type and the value in hexadecimal where the value is no string. @throws DerFault */
function readOtherName(node: Node): Pick<GeneralName, 'value' | 'mailbox'> {
  const [type, wrapped, surplus] = children(node)
  const oid = readOid(type, 'The type of an otherName')
  if (wrapped?.tag !== 0xa0 || surplus !== undefined)
    throw new DerFault('An otherName without its one value', node.start)
  const held = inner(wrapped)
  const text = readText(held)
  const mailbox = oid === smtpUtf8Mailbox ? { mailbox: held.tag === tags.utf8String ? (text ?? '') : '' } : {}
  return { value: `${otherNameTypes[oid] ?? oid}:${text ?? hex(content(wrapped))}`, ...mailbox }
}

/** id-on-SmtpUTF8Mailbox, RFC 9598 section 3. */
const smtpUtf8Mailbox = '1.3.6.1.5.5.7.8.9'
