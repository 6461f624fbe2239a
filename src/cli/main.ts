import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { VerdictStatus } from '../core/finding.ts'
import { certificatesIn, crlsIn, type InputDocument, type InspectOptions, inspect } from '../inspect.ts'
import { reportMarkdown, reportText } from '../report/text.ts'
import type { Report } from '../report/types.ts'
import { type Arguments, parseArguments, usage } from './args.ts'

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
  const options = toOptions(args)
  const names = args.files.length === 0 ? ['-'] : args.files
  if (args.each) return judgeEach(names, options)
  const report = await inspect({ documents: names.map(readInput) }, options)
  print(render(report, args.format))
  return exitCodes[report.verdict.status]
}

/** One JSON line per file; the exit status is that of the worst. */
async function judgeEach(names: readonly string[], options: InspectOptions): Promise<number> {
  let worst = 0
  for (const name of names) {
    const report = await inspect({ documents: [readInput(name)] }, options)
    print(`${JSON.stringify({ file: name, ...report })}\n`)
    const code = exitCodes[report.verdict.status]
    if (code === 1 || (code === 3 && worst === 0)) worst = code
  }
  return worst
}

function toOptions(args: Arguments): InspectOptions {
  const trustedRoots = args.trust.flatMap((name) => {
    const found = certificatesIn(readInput(name))
    if (found.length === 0) throw new UsageError(`${name} holds no certificate`)
    return found
  })
  const crls = args.crl.flatMap((name) => {
    const found = crlsIn(readInput(name))
    if (found.length === 0) throw new UsageError(`${name} holds no CRL`)
    return found
  })
  return {
    now: Date.now(),
    crls,
    publicRoots: args.publicRoots,
    trustedRoots,
    ...(args.host === undefined ? {} : { host: args.host }),
    ...(args.at === undefined ? {} : { at: args.at }),
    ...(args.purpose === undefined ? {} : { purpose: args.purpose }),
  }
}

function readInput(name: string): InputDocument {
  try {
    const bytes = new Uint8Array(readFileSync(name === '-' ? 0 : name))
    return { name: name === '-' ? 'standard input' : basename(name), bytes }
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
