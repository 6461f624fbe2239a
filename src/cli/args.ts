import { err, ok, type Result } from '../core/result.ts'

export interface Arguments {
  readonly format: 'text' | 'json' | 'markdown'
  readonly host?: string
  /** Milliseconds since 1970. */
  readonly at?: number
  readonly purpose?: 'server' | 'client' | 'any'
  readonly trust: readonly string[]
  readonly crl: readonly string[]
  readonly publicRoots: boolean
  readonly each: boolean
  readonly help: boolean
  readonly version: boolean
  /** Paths; `-` is standard input. */
  readonly files: readonly string[]
}

export const usage = `Usage: weaklink [options] [FILE... | -]

Reads what TLS tools printed (openssl s_client, x509, verify), PEM bundles and DER certificates,
and says what is wrong with the chain. Each file is one document of one input; without files,
standard input is read.

  --json                 the report as JSON
  --markdown             the findings as Markdown
  --host H               check the certificates against this name
  --at ISO8601           judge validity at this instant
  --purpose P            server, client or any
  --trust FILE           also trust the roots in this file (PEM or DER); may be repeated
  --crl FILE             also use the CRLs in this file (PEM or DER); may be repeated
  --no-public-roots      trust only what --trust gives
  --each                 judge file by file, one JSON line each
  --help, --version

Exit status: 0 healthy or at risk, 1 broken, 3 inconclusive, 2 usage error.`

/** Flags of the contract that this version does not support, with what to do instead. */
const unsupported: ReadonlySet<string> = new Set(['--redact', '--link', '--repair'])

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
    each: false,
    help: false,
    version: false,
    files: [] as string[],
  }
  const values: { host?: string; at?: number; purpose?: 'server' | 'client' | 'any' } = {}
  const queue = words.flatMap((word) => {
    const match = /^(--[a-z-]+)=(.*)$/s.exec(word)
    return match ? [match[1] as string, match[2] as string] : [word]
  })
  for (let index = 0; index < queue.length; index++) {
    const word = queue[index] as string
    const value = () => {
      index++
      return queue[index]
    }
    switch (word) {
      case '--json':
      case '--markdown': {
        const format = word === '--json' ? 'json' : 'markdown'
        if (draft.format !== 'text' && draft.format !== format) return err('--json and --markdown exclude each other')
        draft.format = format
        break
      }
      case '--host': {
        const host = value()
        if (!host) return err('--host needs a name')
        values.host = host
        break
      }
      case '--at': {
        const time = Date.parse(value() ?? '')
        if (Number.isNaN(time)) return err('--at needs an instant in ISO 8601, as 2026-12-01T00:00:00Z')
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
      case '--no-public-roots':
        draft.publicRoots = false
        break
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
        draft.files.push(...queue.slice(index + 1))
        index = queue.length
        break
      default:
        if (unsupported.has(word)) return err(`${word} is not supported by this version`)
        if (word.startsWith('-') && word !== '-') return err(`unknown option ${word}`)
        draft.files.push(word)
    }
  }
  if (draft.each && draft.files.length === 0) return err('--each needs files')
  return ok({ ...draft, ...values })
}
