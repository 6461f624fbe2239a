/** Distinguished names as the generations of OpenSSL print them. */

/** Attributes in the order of the encoding; `+` before a type joins it to the one before. */
export type NameParts = readonly (readonly [type: string, value: string])[]

export type NameStyle = 'slash' | 'spaced' | 'tight'

export const names = {
  root: [
    ['C', 'NL'],
    ['O', 'Harbour Trust, N.V.'],
    ['CN', 'Harbour Root R1'],
  ],
  issuing: [
    ['C', 'NL'],
    ['O', 'Harbour Trust, N.V.'],
    ['CN', 'Harbour TLS CA 2'],
  ],
  leaf: [
    ['C', 'NL'],
    ['O', 'Quay Shop'],
    ['CN', 'shop.harbour.example'],
  ],
  clientCa: [
    ['C', 'DE'],
    ['O', 'Kühn & Söhne'],
    ['OU', 'PKI'],
    ['+CN', 'Client CA 7'],
  ],
} as const satisfies Readonly<Record<string, NameParts>>

/** A name in one of the three styles of OpenSSL. */
export function printName(parts: NameParts, style: NameStyle): string {
  return parts
    .map(([type, value], index) => {
      const joined = type.startsWith('+')
      const bare = joined ? type.slice(1) : type
      if (style === 'slash') return `/${bare}=${escapeBytes(value, '\\x')}`
      const separator = index === 0 ? '' : joined ? ' + ' : ', '
      if (style === 'tight') return `${separator}${bare}=${value}`
      const quoted = /[,+"<>;]/.test(value) ? `"${escapeBytes(value, '\\')}"` : escapeBytes(value, '\\')
      return `${separator}${bare} = ${quoted}`
    })
    .join('')
}

const escapeBytes = (text: string, mark: string): string =>
  [...new TextEncoder().encode(text)]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `${mark}${byte.toString(16).toUpperCase()}`))
    .join('')
