import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { VerdictStatus } from '../core/finding.ts'
import {
  certificatesIn,
  crlsIn,
  type InputDocument,
  type InspectOptions,
  inspect,
  nameAndKeyOnly,
  textsIn,
} from '../inspect.ts'
import { reportMarkdown } from '../report/markdown.ts'
import { reportSarif } from '../report/sarif.ts'
import { reportText } from '../report/text.ts'
import type { Report } from '../report/types.ts'
import { type Arguments, parseArguments, usage } from './args.ts'
import { linkText, redacted, repairedText } from './outputs.ts'

declare const __VERSION__: string

const exitCodes: Readonly<Record<VerdictStatus, number>> = { healthy: 0, 'at-risk': 0, broken: 1, inconclusive: 3 }

/** A message for standard error, and exit status 2. */
class UsageError extends Error {}

async function main(words: readonly string[]): Promise<number> {
  const parsed = parseArguments(words)
  if (!parsed.ok) throw new UsageError(`${parsed.error} (--help lists the options)`)
  const args = parsed.value
  if (args.help) return print(`${usage}\n`)
  if (args.version) return print(`weaklink ${__VERSION__}\n`)
  if (args.files.length === 0 && process.stdin.isTTY)
    throw new UsageError('give a file, or pipe output into standard input (--help lists the options)')
  const options = await toOptions(args)
  const read = (name: string) => readInput(name, args.password)
  const names = args.files.length === 0 ? ['-'] : args.files
  if (args.each) return judgeEach(names, options, args, read)
  const documents = names.map(read)
  const report = await inspect({ documents }, options)
  if (args.output === 'repair') printRepaired(report)
  else if (args.output === 'link') print(`${await linkText(report, await textsIn(documents), args)}\n`)
  else if (args.format === 'sarif') print(reportSarif(redacted(report, args), await textsIn(documents), __VERSION__))
  else print(render(redacted(report, args), args.format))
  return exitCodes[report.verdict.status]
}

/** The chain and nothing else; what is not in it is told on standard error. */
function printRepaired(report: Report): void {
  const repaired = repairedText(report)
  if (!repaired) throw new UsageError('the input holds no server certificate whose chain could be put in order')
  print(repaired.pem)
  for (const note of repaired.notes) process.stderr.write(`weaklink: ${note}\n`)
}

/** One JSON line per file; the exit status is that of the worst. */
async function judgeEach(
  names: readonly string[],
  options: InspectOptions,
  args: Arguments,
  read: (name: string) => InputDocument,
): Promise<number> {
  let worst = 0
  for (const name of names) {
    const report = await inspect({ documents: [read(name)] }, options)
    print(`${JSON.stringify({ file: name, ...redacted(report, args) })}\n`)
    const code = exitCodes[report.verdict.status]
    if (code === 1 || (code === 3 && worst === 0)) worst = code
  }
  return worst
}

async function toOptions(args: Arguments): Promise<InspectOptions> {
  const trustedRoots: Uint8Array[] = []
  for (const name of args.trust) {
    const found = await certificatesIn(readInput(name, args.password))
    if (found.length === 0) throw new UsageError(`${name} holds no certificate, or needs a password (--password)`)
    trustedRoots.push(...found)
  }
  const crls: Uint8Array[] = []
  for (const name of args.crl) {
    const found = await crlsIn(readInput(name))
    if (found.length === 0) throw new UsageError(`${name} holds no CRL`)
    crls.push(...found)
  }
  return {
    now: Date.now(),
    crls,
    publicRoots: args.publicRoots,
    ...(args.anchors === 'name-and-key' ? { anchor: nameAndKeyOnly } : {}),
    trustedRoots,
    ...(args.host === undefined ? {} : { host: args.host }),
    ...(args.at === undefined ? {} : { at: args.at }),
    ...(args.purpose === undefined ? {} : { purpose: args.purpose }),
  }
}

function readInput(name: string, passwordFrom?: string): InputDocument {
  const bytes = new Uint8Array(readBytes(name === '-' ? 0 : name, name))
  const password = passwordFrom === undefined ? {} : { password: readPassword(passwordFrom) }
  return { name: name === '-' ? 'standard input' : basename(name), bytes, ...password }
}

/** Not from the command line itself, which every user of the machine can list. */
function readPassword(from: string): string {
  const variable = /^env:(.+)$/s.exec(from)?.[1]
  if (variable === undefined) return readBytes(from, from).toString('utf8').split(/\r?\n/)[0] ?? ''
  const value = process.env[variable]
  if (value === undefined) throw new UsageError(`there is no environment variable ${variable}`)
  return value
}

function readBytes(from: string | 0, name: string): Buffer {
  try {
    return readFileSync(from)
  } catch (error) {
    throw new UsageError(`cannot read ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function render(report: Report, format: Arguments['format']): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  return format === 'markdown' ? reportMarkdown(report) : reportText(report)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`weaklink: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  },
)
