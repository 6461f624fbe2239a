/**
 * Quoting: how a value from a paste is written in each language that fixes are written in, so that it stays one value.
 * There is none for cmd.exe, where a per cent sign cannot be quoted; what is for Windows is written in PowerShell.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
/** Half of a surrogate pair stands for no character; most languages refuse it. */
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Replaces what a context cannot hold by an underscore. */
const without = (value: string, unwanted: RegExp): string => value.replace(unwanted, '_')

/** Code points as `\uXXXX`, UTF-16 unit by unit. */
const escaped = (text: string): string =>
  [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** One word for a POSIX shell. NUL cannot be part of an argument and becomes an underscore. */
export function sh(value: string): string {
  const word = value.replaceAll('\0', '_')
  // `=` and `%` at the start mean something to some shells, as do braces, brackets and tildes everywhere.
  return /^[\w./@+:-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A file name for a POSIX shell, that no command takes for an option. */
export const shFile = (name: string): string => sh(name.startsWith('-') ? `./${name}` : name)

/** One word for PowerShell. It takes typographic quotes for quotes, so they are doubled as well. */
export function ps(value: string): string {
  const word = value.replaceAll('\0', '_')
  return /^[A-Za-z0-9_./:\\][\w./:\\-]*$/.test(word) ? word : `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`
}

/** A string for JSON. */
export const json = (value: string): string => JSON.stringify(without(value, loneSurrogate))

/** A string for JavaScript, Python, Go, C# and YAML: JSON, with every character escaped that one of them ends a line at or refuses. */
export const text = (value: string): string =>
  json(value).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)

/** A string for YAML, in double quotes. */
export const yaml = text

/**
 * A string for Java. `\u` is translated before the compiler sees quotes, so it is used only for what is beyond ASCII;
 * control characters are written in octal.
 */
export function java(value: string): string {
  const body = [...Array(value.length).keys()].map((at) => {
    const unit = value.charCodeAt(at)
    const character = value.charAt(at)
    if (character === '"' || character === '\\') return `\\${character}`
    if (unit < 0x20 || unit === 0x7f) return `\\${unit.toString(8).padStart(3, '0')}`
    return unit < 0x7f ? character : escaped(character)
  })
  return `"${body.join('')}"`
}

/** A word for the configuration of nginx. A dollar sign starts a variable there and cannot be written, nor can line breaks. */
export function nginx(value: string): string {
  const word = without(value, control).replaceAll('$', '_')
  return /^[\w./:@%+=,*-]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`
}

/** A word for the configuration of HAProxy, in strong quotes, where nothing is expanded. */
export function haproxy(value: string): string {
  const word = without(value, control)
  return /^[\w./:@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A word for the configuration of Apache httpd. `${name}` and `%{name}` are expanded also in quotes. */
export function apache(value: string): string {
  const word = without(value, control).replaceAll('${', '_{').replaceAll('%{', '_{')
  return /^[\w./:@+=,-]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** The value of an XML attribute, without the quotes around it. Tomcat expands `${name}` in its own files. */
export const xml = (value: string): string =>
  without(without(value, control), loneSurrogate)
    .replaceAll('${', '_{')
    .replace(/[\ufffe\uffff]/g, '_')
    .replace(/[&<>"']/g, (character) => entities[character] as string)

/** A comment in any of these languages, or a part of a sentence: one line. */
export const oneLine = (value: string): string => value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
