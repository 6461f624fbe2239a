import { err, ok, type Result } from '../core/result.ts'

/** What stopped decoding: a character that has no place in base64, and where it stands in the body. */
export interface Base64Problem {
  readonly offset: number
  readonly character: string
}

/** Escapes that JSON, YAML, .env files and shells put into PEM bodies; what each stands for. */
const escapes = /\\(?:[nrt]|u002[bB]|u002[fF]|\/)|%2[bB]|%2[fF]|%3[dD]|%0[aAdD]/g
const escapeValue = (escape: string): string => {
  if (/u002b|%2b/i.test(escape)) return '+'
  if (/u002f|%2f|\\\//i.test(escape)) return '/'
  if (/%3d/i.test(escape)) return '='
  return ' '
}

/** Takes off one line what quoting and source code put around it. A `+` may be data, so only one behind a quote goes. */
const cleanLine = (line: string): string =>
  line
    .trim()
    .replace(/^(?:[>|] {0,4})+/, '')
    .replace(/(["']) {0,4}\+$/, '$1')

/**
 * Decodes the body of a PEM block however it was mangled: indentation, quotes, line prefixes, literal `\n`,
 * URL encoding, the URL-safe alphabet, missing padding. Data after the padding is ignored.
 */
export function decodePemBody(body: string): Result<Uint8Array, Base64Problem> {
  const plain = body
    .split('\n')
    .map(cleanLine)
    .join(' ')
    .replace(escapes, escapeValue)
    .replace(/[\s"',;\\]+/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
  const padding = plain.indexOf('=')
  const data = padding === -1 ? plain : plain.slice(0, padding)
  const bad = /[^A-Za-z0-9+/]/.exec(data)
  if (bad) return err({ offset: Math.max(0, body.indexOf(bad[0])), character: bad[0] })
  return ok(decodeBase64(data))
}

/** Decodes characters of the base64 alphabet; an incomplete last group gives the bytes it still holds. */
export function decodeBase64(data: string): Uint8Array {
  const usable = data.length % 4 === 1 ? data.slice(0, -1) : data
  const binary = atob(usable)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
