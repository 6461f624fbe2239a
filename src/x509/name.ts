/** Distinguished names: made, compared and printed. */
import type { Name, NameAttribute } from './model.ts'
import { scanName } from './name-text.ts'

/**
 * Makes a name of its RDNs and computes the comparison key.
 * @param rdns in the order of the encoding
 * @returns frozen
 */
export function nameFromRdns(rdns: readonly (readonly NameAttribute[])[]): Name {
  const frozen = Object.freeze(rdns.map((rdn) => Object.freeze([...rdn])))
  const key = frozen
    .map((rdn) => (rdn.length === 1 ? attributeKey(rdn[0] as NameAttribute) : rdn.map(attributeKey).sort().join('+')))
    .join(',')
  return Object.freeze({ rdns: frozen, key })
}

/**
 * Parses a distinguished name as any tool prints it: OpenSSL's slash form, `C = NL, O = "Lab, B.V."`, `C=NL, O=Lab, B.V.`,
 * curl's `C=NL; O=Lab`, RFC 2253 and 4514 (Java, GnuTLS, Go, Windows), multi-valued RDNs.
 * @param text the name alone, without `subject=` before it
 * @param options `reversed`: the text has the most specific RDN first, as RFC 4514 prints; the text alone cannot tell
 * @returns RDNs in the order of an encoding; none when the text holds no attribute. Never throws, linear in the text
 */
export function parseNameText(text: string, options: { readonly reversed?: boolean } = {}): Name {
  const rdns = scanName(text)
  return nameFromRdns(options.reversed === true ? rdns.reverse().map((rdn) => rdn.reverse()) : rdns)
}

/** True when both hold the same attributes whatever their order; for names whose printing may be reversed. */
export function sameNameLoosely(a: Name, b: Name): boolean {
  return a.key === b.key || looseKey(a) === looseKey(b)
}

/** RFC 4514: most specific first, `CN=x,O=Lab Trust\, B.V.,C=NL`. */
export function rfc4514(name: Name): string {
  return [...name.rdns]
    .reverse()
    .map((rdn) =>
      [...rdn]
        .reverse()
        .map(({ type, value }) => `${type}=${escapeValue(value)}`)
        .join('+'),
    )
    .join(',')
}

/** As OpenSSL 3.2 and later print: `C=NL, O=Lab Trust, B.V., CN=x`. */
export function opensslOneLine(name: Name): string {
  return name.rdns.map((rdn) => rdn.map(({ type, value }) => `${type}=${value}`).join(' + ')).join(', ')
}

/** What to call a certificate: the last CN, else OU, O, else the last value, else "(empty name)". */
export function shortName(name: Name): string {
  const attributes = name.rdns.flat()
  for (const type of ['CN', 'OU', 'O']) {
    const found = attributes.findLast((attribute) => attribute.type === type && attribute.value !== '')
    if (found !== undefined) return found.value
  }
  return attributes.findLast(({ value }) => value !== '')?.value ?? '(empty name)'
}

const looseKey = (name: Name): string => name.rdns.flat().map(attributeKey).sort().join(',')

const attributeKey = ({ oid, value }: NameAttribute): string => `${oid.toLowerCase()}=${escapeKey(normalise(value))}`

/** RFC 4518's preparation without its tables: NFKC, case folded, white space squeezed and trimmed. */
function normalise(value: string): string {
  const composed = plain.test(value) ? value : value.normalize('NFKC')
  return composed.toLowerCase().replace(/\s+/g, ' ').trim()
}

const plain = /^[\x20-\x7e]*$/

const escapeKey = (value: string): string => value.replace(/[\\,+]/g, '\\$&')

function escapeValue(value: string): string {
  return value
    .replace(/[\\",+<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replaceAll('\0', '\\00')
}
