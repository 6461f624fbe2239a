/** Finds the call of a known program in a line: where it stands, and whether it is a command or a word in a sentence. */

export interface Call {
  /** Column at which the program stands. */
  readonly at: number
  /** The subcommand of `openssl`, else the program, in lower case and without `.exe`, `.sh` or a version. */
  readonly program: string
  readonly openssl: boolean
  /** It stands in a sentence, so what follows may not be its output. */
  readonly inProse: boolean
}

/** Prompts, `echo |`, `sleep 1 |`, `sudo` and the like may stand before it. */
const openssl =
  /(?:^|[\s$#>%|;&`('"/\\\]])(openssl(?:-?\d[\d.]{0,5})?(?:\.exe)?["']?)[ \t]{1,40}(s_client|x509|verify|crl2pkcs7|pkcs7|pkcs12|storeutl)(?![\w-]| result:)/i

const tools =
  /(?:^|[\s$#>%|;&`('"/\\\]])((curl|wget|gnutls-cli|keytool|nmap|testssl|sslscan|Invoke-WebRequest|Invoke-RestMethod|iwr|irm|Test-NetConnection|tnc)(?:\.exe|\.sh)?["']?)(?=[ \t])/gi

/** What the first word behind a program has to be: an option, an address, a host name, a variable. `Nmap 7.93` is no command. */
const argument =
  /^[ \t]{1,40}(?:-{1,2}[A-Za-z\d]|["']?(?:\w{2,8}:\/\/|(?:[\w-]{1,63}\.){1,20}[A-Za-z]{2,63}\b|(?:\d{1,3}\.){3}\d|\[[0-9A-Fa-f:.%]{2,60}\]|::|\$|localhost\b|[\w.-]{1,255}:\d))/

/** Other names of the same programs. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['iwr', 'invoke-webrequest'],
  ['irm', 'invoke-restmethod'],
  ['tnc', 'test-netconnection'],
])

/** Programs that fetch a file for the command behind the pipe, which then is the one that prints. */
const fetchers: ReadonlySet<string> = new Set(['curl', 'wget', 'invoke-webrequest', 'invoke-restmethod'])

/** The call in a line; undefined when there is none. */
export function findCall(text: string): Call | undefined {
  const ssl = opensslCall(text)
  const tool = toolCall(text)
  if (!ssl || !tool) return ssl ?? tool
  return tool.at < ssl.at && !fetchers.has(tool.program) ? tool : ssl
}

function opensslCall(text: string): Call | undefined {
  if (!/openssl/i.test(text)) return undefined
  const match = openssl.exec(text)
  if (!match) return undefined
  const at = match.index + match[0].indexOf(match[1] as string)
  const inProse = /^\W{0,4}[A-Z][a-z']*,? (?:[a-z]+ )*\W{0,2}$/.test(text.slice(0, at))
  return { at, program: (match[2] as string).toLowerCase(), openssl: true, inProse }
}

/** Every program is looked at once, so the scan is linear in the line. */
function toolCall(text: string): Call | undefined {
  if (!possible.test(text)) return undefined
  for (const match of text.matchAll(tools)) {
    const at = match.index + match[0].indexOf(match[1] as string)
    const rest = text.slice(at + (match[1] as string).length, at + longestLead)
    if (!argument.test(rest)) continue
    const name = (match[2] as string).toLowerCase()
    const inProse = !leads(text.slice(Math.max(0, at - longestLead), at))
    return { at, program: aliases.get(name) ?? name, openssl: false, inProse }
  }
  return undefined
}

const possible =
  /curl|wget|gnutls-cli|keytool|nmap|testssl|sslscan|Invoke-(?:Web|Rest)|\biwr\b|\birm\b|Test-NetC|\btnc\b/i

/** Characters before and behind a program that are looked at. */
const longestLead = 400

/** Words after which a shell expects a command. */
const wrappers =
  /(?:^|\s)(?:sudo|time|do|then|else|exec|env|command|nohup|watch|xargs|proxychains4?|--|\w{1,60}=\S{0,200})$/

/** Does a command stand behind this text: nothing, a prompt, a separator, or a program that runs another? */
function leads(before: string): boolean {
  const text = before.trimEnd()
  if (text === '' || /[$#>%|;&(`+~\]=❯➜!{]$/.test(text)) return true
  // A path to the program, or a quote around it.
  if (/[\\/"']$/.test(before)) return leads(before.replace(/(?:^|[\s"'&])["']?[^\s"']{0,200}$/, ' '))
  return wrappers.test(text) || /(?:^|[\s$#>%])(?:docker|podman|kubectl|oc|ssh|timeout|nsenter)\s\S/.test(text)
}
