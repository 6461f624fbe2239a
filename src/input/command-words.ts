/** Cuts a shell command into stages, words and options. Works for POSIX shells, cmd and PowerShell alike. */

/** Options of s_client, x509 and verify that take a value; others are flags. */
const withValue: ReadonlySet<string> = new Set(
  `-connect -host -port -servername -proxy -proxy_user -proxy_pass -starttls -CAfile -CApath -CAstore -trusted
   -untrusted -cert -key -pass -verify -verify_depth -verify_hostname -verify_ip -verify_email -verify_name -purpose -cipher
   -ciphersuites -alpn -nextprotoneg -curves -groups -sigalgs -client_sigalgs -in -out -inform -outform -certform -keyform
   -cert_chain -CRL -crl_file -CRLfile -policy -attime -xmpphost -name -sess_in -sess_out -keylogfile -bind -unix -nameopt
   -dateopt -certopt -checkhost -checkip -checkemail -checkend -passin -passout -ext -chainCAfile -chainCApath -auth_level
   -min_protocol -max_protocol -maxfraglen -max_send_frag -split_send_frag -max_pipelines -read_buf -psk -psk_identity
   -psk_session -srpuser -srppass -use_srtp -rand -writerand -engine -provider -provider-path -propquery -ctlogfile
   -dane_tlsa_domain -dane_tlsa_rrdata -early_data -serverinfo -keymatexport -keymatexportlen -msgfile -certfile -mtu`
    .trim()
    .split(/\s+/),
)

/** Options by name with their values; words that are no option have the name ''. Redirections are left out. */
export function readOptions(words: readonly string[], program: string): Map<string, string[]> {
  const options = new Map<string, string[]>()
  const add = (name: string, value?: string) => {
    const values = options.get(name) ?? []
    if (value !== undefined) values.push(value)
    options.set(name, values)
  }
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (/^(?:\d|&)?[<>]/.test(word)) {
      if (/^(?:\d|&)?[<>]+[&-]?$/.test(word)) index++
    } else if (word.startsWith('-') && word.length > 1) {
      const name = word.startsWith('--') ? word.slice(1) : word
      const value = words[index + 1]
      if (withValue.has(name) && value !== undefined) {
        add(name, value)
        index++
      } else add(name)
    } else if (program === 's_client' && /^(?:[\w.-]{1,255}|\[[0-9A-Fa-f:.%]{2,60}\]):\w{1,20}$/.test(word)) {
      add('-connect', word)
    } else add('', word)
  }
  return options
}

/** A port as a number; undefined when it is none. */
export function toPort(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined
  const port = Number(text)
  return port > 0 && port < 65_536 ? port : undefined
}

const services: ReadonlyMap<string, number> = new Map([
  ['https', 443],
  ['ldaps', 636],
  ['imaps', 993],
  ['pop3s', 995],
  ['smtps', 465],
  ['smtp', 25],
  ['submission', 587],
])

/** Splits `host:port`, `[v6]:port`, `host:service`; a URL in its place is a common mistake and read as meant. */
export function splitHostPort(text: string | undefined): { host?: string; port?: number } {
  if (text === undefined) return {}
  const place = /^\w{2,8}:\/\/([^/]{1,300})/.exec(text)?.[1] ?? text
  const match = /^(\[[^\]]{1,100}\]|[^:]{1,300})(?::(\w{0,20}))?$/.exec(place)
  if (!match) return { host: place }
  const host = (match[1] as string).replace(/^\[|\]$/g, '')
  const port = services.get(match[2] ?? '') ?? toPort(match[2])
  return port === undefined ? { host } : { host, port }
}

/** Splits at unquoted pipes, and ends where the command does: at `;`, `&&`, `)`, a backtick, or a comment. */
export function splitStages(text: string): string[] {
  const stages: string[] = []
  let start = 0
  let quote = ''
  let end = text.length
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string
    const before = text[index - 1] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '|') {
      if (text[index + 1] === '|') {
        end = index
        break
      }
      stages.push(text.slice(start, index))
      start = text[index + 1] === '&' ? ++index + 1 : index + 1
    } else if (character === '&' && (before === '>' || before === '<' || text[index + 1] === '>')) continue
    else if (';&)`'.includes(character) || (character === '#' && /\s/.test(before))) {
      end = index
      break
    }
  }
  stages.push(text.slice(start, end))
  return stages.filter((stage, index) => index === 0 || stage.trim() !== '')
}

/** Words of a command without their quotes. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(
    (match) => match[1] ?? match[2] ?? (match[3] as string),
  )
}
