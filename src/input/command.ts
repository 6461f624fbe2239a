import { isFilledInLater } from './command-address.ts'
import { type Call, findCall } from './command-call.ts'
import { mask } from './command-mask.ts'
import { type CommandFacts, readToolCommand } from './command-tools.ts'
import { readOptions, splitHostPort, splitStages, splitWords, toPort } from './command-words.ts'
import { inputLimits } from './limits.ts'
import { type Line, lineFrom } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { CommandLine } from './model.ts'

/** A command in the text, and where it ends. */
export interface FoundCommand {
  readonly command: CommandLine
  /** Offset of the end of its last line in the normalised text. */
  readonly end: number
  /** It stands in a sentence, so what follows may not be its output. */
  readonly inProse: boolean
}

/** Reads the command that starts on a line, with the lines it is continued on; undefined when there is none. */
export function readCommand(source: MappedText, first: Line): FoundCommand | undefined {
  const call = findCall(first.text)
  if (!call) return undefined
  const parts: string[] = []
  let line = { ...first, text: first.text.slice(call.at) }
  for (let count = 0; count < inputLimits.continuations; count++) {
    // Shells mark the lines that go on with a prompt of their own.
    const text = (count === 0 ? line.text : line.text.replace(/^\s{0,8}>{1,2}(?: |$)/, '')).trimEnd()
    if (!continues(text) || line.end >= source.text.length) {
      parts.push(text)
      break
    }
    parts.push(/[\\^`]$/.test(text) ? text.slice(0, -1) : text)
    line = lineFrom(source.text, line.end + 1)
  }
  const command = parseCommand(parts.join(' '), call, source.span(first.start, line.end))
  return { command, end: line.end, inProse: call.inProse }
}

/** A shell reads on after a backslash (cmd: caret, PowerShell: backtick) and after a pipe at the end of the line. */
const continues = (text: string): boolean => /(?:[ \t][\\^`]|[^\\]\\|\|)$/.test(text)

function parseCommand(text: string, call: Call, span: CommandLine['span']): CommandLine {
  const stages = splitStages(text)
  const words = splitWords(stages[0] ?? '')
  const facts = call.openssl ? readOpenssl(words.slice(2), call.program) : readToolCommand(call.program, words.slice(1))
  return {
    showcerts: false,
    caFiles: [],
    untrusted: [],
    operands: [],
    ...facts,
    ...(facts.proxy === undefined ? {} : { proxy: mask(facts.proxy) }),
    ...(facts.operands === undefined ? {} : { operands: facts.operands.map((word) => mask(word)) }),
    span,
    text: mask(stages.map((stage) => stage.trim()).join(' | '), call.program),
    program: call.program,
    pipes: stages.slice(1).map((stage) => mask(stage.trim())),
  }
}

/** Options of `s_client`, `x509`, `verify` and the like. */
function readOpenssl(
  words: readonly string[],
  program: string,
): CommandFacts & Partial<Pick<CommandLine, 'untrusted'>> {
  const options = readOptions(words, program)
  const target = splitHostPort(options.get('-connect')?.[0])
  const host = target.host ?? options.get('-host')?.[0]
  const port = target.port ?? toPort(options.get('-port')?.[0])
  const servername = options.has('-noservername') ? null : options.get('-servername')?.[0]
  const proxy = options.get('-proxy')?.[0]
  const starttls = options.get('-starttls')?.[0]
  const verifyHostname = options.get('-verify_hostname')?.[0] ?? options.get('-verify_ip')?.[0]
  const clientCertificate = options.get('-cert')?.[0]
  const protocolSwitch = [...options.keys()].find((name) => /^-(?:tls1(?:_[0-3])?|ssl[23])$/.test(name))
  return {
    showcerts: options.has('-showcerts'),
    caFiles: ['-CAfile', '-CApath', '-CAstore', '-trusted'].flatMap((name) => options.get(name) ?? []),
    untrusted: options.get('-untrusted') ?? [],
    operands: options.get('') ?? [],
    ...(host === undefined || isFilledInLater(host) ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(servername === undefined || isFilledInLater(servername ?? undefined) ? {} : { servername }),
    ...(proxy === undefined || isFilledInLater(proxy) ? {} : { proxy }),
    ...(starttls === undefined ? {} : { starttls }),
    ...(verifyHostname === undefined || isFilledInLater(verifyHostname) ? {} : { verifyHostname }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(protocolSwitch === undefined ? {} : { protocolSwitch }),
  }
}
