import { err, ok, type Result } from '../core/result.ts'

export interface Arguments {
  readonly format: 'text' | 'json' | 'markdown' | 'sarif'
  readonly host?: string
  /** Milliseconds since 1970. */
  readonly at?: number
  readonly purpose?: 'server' | 'client' | 'any'
  readonly trust: readonly string[]
  readonly crl: readonly string[]
  /** A file whose first line is the password of key stores, or `env:` and the name of a variable. */
  readonly password?: string
  readonly publicRoots: boolean
  /** `openssl`: an expired or constrained root is refused as OpenSSL does. `name-and-key`: RFC 5280 to the letter. */
  readonly anchors: 'openssl' | 'name-and-key'
  readonly each: boolean
  /** What to print in place of the report. */
  readonly output: 'report' | 'link' | 'repair'
  /** Replace hosts, addresses, organisations, serial numbers and fingerprints by placeholders. */
  readonly redact: boolean
  /** Address that the link begins with; without it only the fragment is printed. */
  readonly linkBase?: string
  readonly help: boolean
  readonly version: boolean
  /** Paths; `-` is standard input. */
  readonly files: readonly string[]
}

export const usage = `Usage: weaklink [options] [FILE... | -]

Reads what TLS tools, programs and gateways print (openssl, curl, keytool, Java, Go, nginx, Kong and
others) and certificates in any file (PEM, DER, PKCS#7, PKCS#12, Java key stores, ZIP archives of them),
and says what is wrong with the chain. Each file is one document of one input; without files,
standard input is read.

  --json                 the report as JSON
  --markdown             the findings as Markdown
  --sarif                the findings as SARIF 2.1.0, with the lines they rest on
  --host H               check the certificates against this name
  --at ISO8601           judge validity at this instant
  --purpose P            server, client or any
  --trust FILE           also trust the roots in this file (PEM or DER); may be repeated
  --crl FILE             also use the CRLs in this file (PEM or DER); may be repeated
  --password FILE        opens PKCS#12 files with the first line of this file; env:NAME takes a variable
  --no-public-roots      trust only what --trust gives
  --anchors A            openssl: dates and constraints of a root count; name-and-key: they do not (RFC 5280)
  --redact               replace hosts, addresses, organisations, serial numbers and fingerprints by placeholders
  --link                 print a link that carries the report (with --redact: the findings without certificates)
  --link-base URL        address of the page that the link opens; without it only the part from # on is printed
  --repair               print the chain in the right order (PEM) and nothing else
  --each                 judge file by file, one JSON line each
  --help, --version

Exit status: 0 healthy or at risk, 1 broken, 3 inconclusive, 2 usage error.`

/**
 * Reads the command line.
 * @returns the arguments, or one line that says what is wrong.
 */
export function parseArguments(words: readonly string[]): Result<Arguments, string> {
  const draft = {
    format: 'text' as Arguments['format'],
    trust: [] as string[],
    crl: [] as string[],
    publicRoots: true,
    anchors: 'openssl' as Arguments['anchors'],
    each: false,
    output: 'report' as Arguments['output'],
    redact: false,
    help: false,
    version: false,
    files: [] as string[],
  }
  const values: {
    linkBase?: string
    host?: string
    at?: number
    purpose?: 'server' | 'client' | 'any'
    password?: string
  } = {}
  for (let index = 0; index < words.length; index++) {
    const [word, joined] = split(words[index] as string)
    if (joined !== undefined && flags.has(word)) return err(`${word} takes no value`)
    // Another option is no value; a file of such a name can be given with =.
    const value = () => {
      if (joined !== undefined) return joined
      const next = words[index + 1]
      if (next?.startsWith('--')) return undefined
      index++
      return next
    }
    switch (word) {
      case '--json':
      case '--markdown':
      case '--sarif': {
        const format = word.slice(2) as Arguments['format']
        if (draft.format !== 'text' && draft.format !== format)
          return err(`--${draft.format} and ${word} exclude each other`)
        draft.format = format
        break
      }
      case '--host': {
        const host = value()?.trim()
        if (!host) return err('--host needs a name')
        if (!isHost(host)) return err('--host is a host name or an IP address, without scheme, port and path')
        values.host = host
        break
      }
      case '--at': {
        const time = instant(value() ?? '')
        if (time === undefined) return err('--at needs an instant in ISO 8601, as 2026-12-01T00:00:00Z')
        values.at = time
        break
      }
      case '--purpose': {
        const purpose = value()
        if (purpose !== 'server' && purpose !== 'client' && purpose !== 'any')
          return err('--purpose is server, client or any')
        values.purpose = purpose
        break
      }
      case '--anchors': {
        const anchors = value()
        if (anchors !== 'openssl' && anchors !== 'name-and-key') return err('--anchors is openssl or name-and-key')
        draft.anchors = anchors
        break
      }
      case '--trust': {
        const file = value()
        if (!file) return err('--trust needs a file')
        draft.trust.push(file)
        break
      }
      case '--crl': {
        const file = value()
        if (!file) return err('--crl needs a file')
        draft.crl.push(file)
        break
      }
      case '--password': {
        const from = value()
        if (!from || from === 'env:') return err('--password needs a file, or env:NAME')
        values.password = from
        break
      }
      case '--no-public-roots':
        draft.publicRoots = false
        break
      case '--redact':
        draft.redact = true
        break
      case '--link':
      case '--repair': {
        const output = word === '--link' ? 'link' : 'repair'
        if (draft.output !== 'report' && draft.output !== output) return err('--link and --repair exclude each other')
        draft.output = output
        break
      }
      case '--link-base': {
        const address = value() ?? ''
        if (!/^https?:\/\/[^\s#]+$/i.test(address)) return err('--link-base needs a web address without a fragment')
        values.linkBase = address
        break
      }
      case '--each':
        draft.each = true
        break
      case '--help':
      case '-h':
        draft.help = true
        break
      case '--version':
        draft.version = true
        break
      case '--':
        draft.files.push(...words.slice(index + 1))
        index = words.length
        break
      default:
        if (word.startsWith('-') && word !== '-') return err(`unknown option ${word}`)
        draft.files.push(word)
    }
  }
  if (draft.each && draft.files.length === 0) return err('--each needs files')
  if (draft.each && draft.output !== 'report') return err(`--each and --${draft.output} exclude each other`)
  if (draft.format !== 'text' && draft.output !== 'report')
    return err(`--${draft.format} and --${draft.output} exclude each other`)
  if (draft.redact && draft.output === 'repair') return err('a certificate cannot be redacted: leave out --redact')
  if (draft.each && (draft.format === 'markdown' || draft.format === 'sarif'))
    return err(`--each writes JSON lines, not ${draft.format === 'sarif' ? 'SARIF' : 'Markdown'}`)
  const read = [...(draft.files.length === 0 ? ['-'] : draft.files), ...draft.trust, ...draft.crl]
  if (read.filter((file) => file === '-').length > 1) return err('standard input (-) can be read only once')
  return ok({ ...draft, ...values })
}

/** Options without a value. */
const flags: ReadonlySet<string> = new Set([
  '--redact',
  '--link',
  '--repair',
  '--json',
  '--markdown',
  '--sarif',
  '--no-public-roots',
  '--each',
  '--help',
  '--version',
])

/** `--option=value` as two; what follows `--` never gets here. */
function split(word: string): readonly [word: string, joined?: string] {
  const match = /^(--[a-z-]+)=(.*)$/s.exec(word)
  return match ? [match[1] as string, match[2] as string] : [word]
}

/** A name with or without dots, or an address; an address in brackets may hold colons, a bare one at least two. */
const isHost = (text: string): boolean =>
  !/[\s/@?#]/.test(text) && (/^\[[^\]]+\]$/.test(text) || !/^[^:]*:[^:]*$/.test(text))

const isoShape = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** An instant: a day, which begins at midnight UTC, or a time of day with its zone. Other forms mean other instants elsewhere. */
function instant(text: string): number | undefined {
  const day = isoShape.exec(text)?.[1]
  const time = Date.parse(text)
  // 30 February would pass for 2 March.
  if (day === undefined || Number.isNaN(time) || new Date(Date.parse(day)).toISOString().slice(0, 10) !== day)
    return undefined
  return time
}
