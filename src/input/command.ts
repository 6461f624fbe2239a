import type { MappedText } from './mapped-text.ts'
import type { Line } from './lines.ts'
import type { CommandLine } from './model.ts'

/** Does the line call `openssl`? Prompts, `echo |`, `sleep 1 |`, `sudo` and the like may stand before it. */
const call = /(?:^|[\s$#>|;&`('"/\\])openssl(?:\.exe)?["']?\s+(s_client|x509|verify|crl2pkcs7|pkcs7|pkcs12|storeutl)\b/

/**
 * Reads the `openssl` command that starts on a line, following `\` continuations.
 * @returns the command and the index of the last line it takes, or undefined when the line has none.
 */
export function readCommand(
  source: MappedText,
  lines: readonly Line[],
  index: number,
): { readonly command: CommandLine; readonly lastLine: number } | undefined {
  const first = lines[index] as Line
  const match = call.exec(first.text)
  if (!match) return undefined
  let lastLine = index
  let text = first.text
  while (/[\\^`]\s*$/.test(text) && lastLine - index < 20 && lines[lastLine + 1]) {
    lastLine++
    text = `${text.replace(/[\\^`]\s*$/, ' ')} ${(lines[lastLine] as Line).text}`
  }
  const at = match.index + match[0].indexOf('openssl')
  const span = source.span(first.start, (lines[lastLine] as Line).end)
  return { command: parseCommand(text.slice(at), span), lastLine }
}

function parseCommand(text: string, span: CommandLine['span']): CommandLine {
  const stages = splitPipes(text)
  const words = splitWords(stages[0] ?? '')
  const program = words[1] ?? ''
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
    text: stages.join(' | ').trim(),
    program,
    showcerts: options.has('-showcerts'),
    caFiles: ['-CAfile', '-CApath', '-CAstore', '-trusted'].flatMap((name) => options.get(name) ?? []),
    untrusted: options.get('-untrusted') ?? [],
    operands: options.get('') ?? [],
    pipes: stages.slice(1).map((stage) => stage.trim()),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(servername === undefined ? {} : { servername }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(starttls === undefined ? {} : { starttls }),
    ...(verifyHostname === undefined ? {} : { verifyHostname }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(protocolSwitch === undefined ? {} : { protocolSwitch }),
  }
}

/** Options of s_client, x509 and verify that take a value and matter here; others are flags. */
const withValue: ReadonlySet<string> = new Set(
  `-connect -host -port -servername -proxy -proxy_user -proxy_pass -starttls -CAfile -CApath -CAstore -trusted
   -untrusted -cert -key -pass -verify -verify_depth -verify_hostname -verify_ip -verify_email -purpose -cipher -ciphersuites
   -alpn -curves -groups -sigalgs -in -out -inform -outform -certform -keyform -cert_chain -CRL -crl_file -policy
   -attime -xmpphost -name -sess_in -sess_out -keylogfile -bind -nameopt -dateopt -certopt -checkhost -checkip -checkend -passin -passout -ext`
    .trim()
    .split(/\s+/),
)

function readOptions(words: readonly string[], program: string): Map<string, string[]> {
  const options = new Map<string, string[]>()
  const add = (name: string, value?: string) => {
    const values = options.get(name) ?? []
    if (value !== undefined) values.push(value)
    options.set(name, values)
  }
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (/^\d?[<>]/.test(word)) {
      if (/^\d?[<>]+$/.test(word)) index++
    } else if (word.startsWith('-') && word.length > 1) {
      const name = word.startsWith('--') ? word.slice(1) : word
      const value = words[index + 1]
      if (withValue.has(name) && value !== undefined) {
        add(name, value)
        index++
      } else add(name)
    } else if (program === 's_client' && /^[\w.-]+:\d+$/.test(word)) add('-connect', word)
    else add('', word)
  }
  return options
}

function toPort(text: string | undefined): number | undefined {
  const port = Number(text)
  return text !== undefined && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

/** Splits `host:port`, `[v6]:port`, `host:service`. */
export function splitHostPort(text: string | undefined): { host?: string; port?: number } {
  if (text === undefined) return {}
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\w+))?$/.exec(text)
  if (!match) return { host: text }
  const host = (match[1] as string).replace(/^\[|\]$/g, '')
  const port = match[2] === 'https' ? 443 : toPort(match[2])
  return port === undefined ? { host } : { host, port }
}

/** Splits at unquoted pipes, and ends at an unquoted `;`, `&&` or `#`. */
function splitPipes(text: string): string[] {
  const stages: string[] = []
  let stage = ''
  let quote = ''
  for (const character of text) {
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '|') {
      stages.push(stage)
      stage = ''
      continue
    } else if (character === ';' || (character === '&' && !/[<>]$/.test(stage))) break
    stage += character
  }
  stages.push(stage)
  return stages
}

function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? (match[3] as string))
}
