/** One JSON object of a log, whole or cut off, with the places of its values. */
import type { Span } from '../../../core/span.ts'
import type { MappedText } from '../../mapped-text.ts'

export class JsonEntry {
  readonly span: Span
  /** Seen from its first brace to its last, so that what is not in it was not logged. */
  readonly whole: boolean
  private readonly text: string
  private readonly start: number
  private readonly source: MappedText
  private readonly value: unknown
  /** How a quote is written: with a backslash when the entry is itself a string of another object. */
  private readonly quote: '"' | '\\"'

  constructor(source: MappedText, start: number, end: number) {
    this.text = source.text.slice(start, end)
    this.start = start
    this.source = source
    this.span = source.span(start, end)
    this.quote = isEscaped(this.text) ? '\\"' : '"'
    this.value = parse(this.quote === '"' ? this.text : this.text.replaceAll('\\"', '"').replaceAll('\\\\', '\\'))
    this.whole = this.value !== undefined
  }

  /** A value by its path; in an entry that is cut, the first value of the last name on the path. */
  get(...path: readonly string[]): unknown {
    if (!this.whole) return this.loose(path.at(-1) as string)
    let value: unknown = this.value
    for (const name of path) {
      if (value === null || typeof value !== 'object') return undefined
      value = Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined
    }
    return value
  }

  /** Text of a value; numbers as they read. Undefined for what is absent, `null` or no plain value. */
  string(...path: readonly string[]): string | undefined {
    const value = this.get(...path)
    return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined
  }

  number(...path: readonly string[]): number | undefined {
    const value = this.string(...path)
    return value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value)
  }

  has(name: string): boolean {
    return this.text.includes(`"${name}${this.quote}`)
  }

  /** Where a name stands with its value. */
  place(name: string): Span | undefined {
    const found = this.find(name)
    return found && this.source.span(this.start + found.start, this.start + found.end)
  }

  private find(name: string): { readonly start: number; readonly end: number; readonly raw: string } | undefined {
    const key = `${this.quote}${name}${this.quote}`
    for (let at = this.text.indexOf(key); at !== -1; at = this.text.indexOf(key, at + 1)) {
      const begin = at + key.length
      const value = /^\s{0,8}:\s{0,8}(\\?"[^"\n]{0,300}"|-?[\d.]{1,30}|null|true|false)/.exec(
        this.text.slice(begin, begin + 400),
      )
      if (value) return { start: at, end: begin + value[0].length, raw: value[1] as string }
    }
    return undefined
  }

  private loose(name: string): unknown {
    const raw = this.find(name)?.raw
    if (raw === undefined || raw === 'null') return undefined
    return raw.endsWith('"') ? raw.replace(/^\\?"/, '').replace(/\\?"$/, '') : Number(raw)
  }
}

/** The first quote tells. */
export const isEscaped = (text: string): boolean => {
  const first = text.indexOf('"')
  return first > 0 && text[first - 1] === '\\'
}

function parse(text: string): unknown {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
