import { readOptions, splitHostPort, splitStages, splitWords, toPort } from './command-words.ts'
import { inputLimits } from './limits.ts'
import { type Line, lineFrom } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { CommandLine } from './model.ts'

/** Does the line call `openssl`? Prompts, `echo |`, `sleep 1 |`, `sudo` and the like may stand before it. */
const call =
  /(?:^|[\s$#>%|;&`('"/\\])(openssl(?:-?\d[\d.]{0,5})?(?:\.exe)?["']?)[ \t]{1,40}(s_client|x509|verify|crl2pkcs7|pkcs7|pkcs12|storeutl)(?![\w-])/i

/** A command in the text, and where it ends. */
export interface FoundCommand {
  readonly command: CommandLine
  /** Offset of the end of its last line in the normalised text. */
  readonly end: number
  /** It stands in a sentence, so what follows may not be its output. */
  readonly inProse: boolean
}

/** Reads the `openssl` command that starts on a line, with the lines it is continued on; undefined when there is none. */
export function readCommand(source: MappedText, first: Line): FoundCommand | undefined {
  if (!/openssl/i.test(first.text)) return undefined
  const match = call.exec(first.text)
  if (!match) return undefined
  const at = match.index + match[0].indexOf(match[1] as string)
  const parts: string[] = []
  let line = { ...first, text: first.text.slice(at) }
  for (let count = 0; count < inputLimits.continuations; count++) {
    const text = line.text.trimEnd()
    if (!continues(text) || line.end >= source.text.length) {
      parts.push(line.text)
      break
    }
    parts.push(/[\\^`]$/.test(text) ? text.slice(0, -1) : text)
    line = lineFrom(source.text, line.end + 1)
  }
  const command = parseCommand(parts.join(' '), source.span(first.start, line.end))
  return {
    command,
    end: line.end,
    inProse: /^\W{0,4}[A-Z][a-z']*,? (?:[a-z]+ )*\W{0,2}$/.test(first.text.slice(0, at)),
  }
}

/** A shell reads on after a backslash (cmd: caret, PowerShell: backtick) and after a pipe at the end of the line. */
const continues = (text: string): boolean => /(?:[ \t][\\^`]|[^\\]\\|\|)$/.test(text)

function parseCommand(text: string, span: CommandLine['span']): CommandLine {
  const stages = splitStages(text)
  const words = splitWords(stages[0] ?? '')
  const program = (words[1] ?? '').toLowerCase()
  const options = readOptions(words.slice(2), program)
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
    span,
    text: mask(stages.map((stage) => stage.trim()).join(' | ')),
    program,
    showcerts: options.has('-showcerts'),
    caFiles: ['-CAfile', '-CApath', '-CAstore', '-trusted'].flatMap((name) => options.get(name) ?? []),
    untrusted: options.get('-untrusted') ?? [],
    operands: options.get('') ?? [],
    pipes: stages.slice(1).map((stage) => mask(stage.trim())),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(servername === undefined ? {} : { servername }),
    ...(proxy === undefined ? {} : { proxy: mask(proxy) }),
    ...(starttls === undefined ? {} : { starttls }),
    ...(verifyHostname === undefined ? {} : { verifyHostname }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(protocolSwitch === undefined ? {} : { protocolSwitch }),
  }
}

/** Takes passwords out of what is kept of a command. */
const mask = (text: string): string =>
  text
    .replace(/(\s-{1,2}(?:pass|passin|passout|proxy_pass|psk)[ =])(?!file:|env:|fd:|stdin)\S{1,400}/g, '$1***')
    .replace(/(\/\/[^\s:/@]{1,200}:)[^\s/@]{1,200}@/g, '$1***@')
