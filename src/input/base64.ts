import { err, ok, type Result } from '../core/result.ts'

/** What stopped decoding: something that has no place in base64, and where it stands in the body. */
export interface Base64Problem {
  readonly offset: number
  readonly found: string
}

/** Escapes that JSON, YAML, .env files, shells and URLs put into PEM bodies; what each stands for. */
const escapes = /\\(?:[nrt]|u002[bB]|u002[fF]|u003[dD]|u000[aAdD]|\/)|%2[bB]|%2[fF]|%3[dD]|%0[aAdD]|%20/g
const escapeValue = (found: string): string => {
  if (/u002b|%2b/i.test(found)) return '+'
  if (/u002f|%2f|\\\//i.test(found)) return '/'
  if (/3d$/i.test(found)) return '='
  return ' '
}

/** Length of what quoting and source code put before the data of a line. A `+` may be data: it goes only before a quote. */
function leadLength(line: string): number {
  let at = 0
  while (at < line.length && ' \t>|#*'.includes(line[at] as string)) at++
  // Joined strings, and the letters of strings of bytes.
  const joined = /^(?:[+.&] {0,4})?(?:[bBrRuU]{1,2}|@)?(?=["'])/.exec(line.slice(at, at + 8))
  return at + (joined?.[0].length ?? 0)
}

/** Takes off one line what quoting and source code put around it. */
function cleanLine(line: string): string {
  const rest = line.slice(leadLength(line)).trimEnd()
  const tail = /(["']) {0,4}(?:[+.&\\;]|& _|\)|\);){1,2}$/.exec(rest.slice(-12))
  return tail ? rest.slice(0, rest.length - tail[0].length + 1) : rest
}

const toAlphabet = (text: string): string =>
  text
    .replace(escapes, escapeValue)
    .replace(/[\s"',;\\]+/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')

/** What says that something was left out. */
const elision = /\.{2,}|\u2026|\*{2,}|\[[^\]\n]{0,40}\]|<[^>\n]{0,40}>|REDACTED|snip/i

/** The same alone on its line, which may be of letters only. */
const elisionAlone =
  /^[ \t>|#"']*((?:\.{2,}|\u2026|\*{2,}|\[[^\]\n]{0,40}\]|<[^>\n]{0,40}>|-* ?(?:REDACTED|snip|snipped|omitted|truncated) ?-*)) *["',;]*$/i

/**
 * Decodes the body of a PEM block however it was mangled: indentation, quotes, line prefixes, literal `\n`,
 * URL encoding, the URL-safe alphabet, missing padding. Data after the padding is ignored.
 */
export function decodePemBody(body: string): Result<Uint8Array, Base64Problem> {
  const lines = body.split('\n')
  const left = locateElision(lines)
  if (left) return err(left)
  const plain = toAlphabet(lines.map(cleanLine).join(' '))
  const padding = plain.indexOf('=')
  const data = padding === -1 ? plain : plain.slice(0, padding)
  const bad = /[^A-Za-z0-9+/]/.exec(data)
  return bad ? err(locate(lines, bad[0])) : ok(decodeBase64(data))
}

function locateElision(lines: readonly string[]): Base64Problem | undefined {
  let start = 0
  for (const line of lines) {
    const found = line.length <= 80 ? elisionAlone.exec(line)?.[1] : undefined
    if (found !== undefined) return { offset: start + line.indexOf(found), found }
    start += line.length + 1
  }
  return undefined
}

/** Finds the line that holds what is no base64, and what it holds. */
function locate(lines: readonly string[], character: string): Base64Problem {
  let start = 0
  for (const line of lines) {
    if (/[^A-Za-z0-9+/=]/.test(toAlphabet(cleanLine(line)))) {
      const lead = leadLength(line)
      const left = elision.exec(line.slice(lead))
      if (left) return { offset: start + lead + left.index, found: left[0] }
      return { offset: start + Math.max(lead, line.indexOf(character, lead)), found: character }
    }
    start += line.length + 1
  }
  return { offset: 0, found: character }
}

/** True for what says that a part was left out, as `...`. */
export const isElision = (text: string): boolean => elision.test(text)

/** True for a line that says so and nothing else. */
export const isElisionLine = (line: string): boolean => line.length <= 80 && elisionAlone.test(line)

/** Decodes characters of the base64 alphabet; an incomplete last group gives the bytes it still holds. */
export function decodeBase64(data: string): Uint8Array {
  const usable = data.length % 4 === 1 ? data.slice(0, -1) : data
  const binary = atob(usable)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
