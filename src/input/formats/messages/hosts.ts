/** Where a message says who was spoken to: phrases of libraries, addresses (URL), fields of error objects, command lines. */

export interface Place {
  readonly host?: string
  readonly port?: number
  readonly address?: string
  readonly proxy?: string
  /** Offset of the name in the line, and its length. */
  readonly at: number
  readonly length: number
}

const name = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?'
const ip = '\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.%]{2,60}\\]|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{2,45}'
const port = '(?<port>\\d{1,5})'

/** Each with its flags; `host` or `address` is what was spoken to. The most telling first. */
const phrases: readonly RegExp[] = [
  // requests, urllib3; aiohttp; Apache HttpClient; OkHttp; Kafka; PostgreSQL.
  new RegExp(`ConnectionPool\\(host='(?<host>${name})', port=${port}\\)`),
  new RegExp(`HTTPS?Connection\\(host='(?<host>${name})', port=${port}\\)`),
  new RegExp(`Cannot connect to host (?<host>${name}):${port} ssl`),
  new RegExp(`Connect to (?:https?://)?(?<host>${name}):${port}(?: \\[|/| failed| timed out)`),
  new RegExp(`[Ff]ailed to connect to /?(?<host>${name})(?:/(?<address>${ip}))?:${port}`),
  new RegExp(`Connection to node -?\\d{1,6} \\((?<host>${name})?/(?<address>${ip}):${port}\\)`),
  new RegExp(`connection to server at "(?<host>${name})" \\((?<address>${ip})\\), port ${port}`),
  // Netty, java.net: name/address:port.
  new RegExp(
    `(?:refused|timed out|reset|exception|unreachable)[^/]{0,60}?[: ](?<host>${name})/(?<address>${ip}):${port}`,
    'i',
  ),
  // Node.
  new RegExp(`Host: (?<host>${name})\\. is not in the cert`),
  new RegExp(`getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (?<host>${name})(?: ${name}:${port})?`),
  new RegExp(`attempted address(?:es)?: (?<host>${name}):${port}`),
  new RegExp(`^\\s{0,20}"?(?:hostname|host|servername)"?: ?["'](?<host>${name})["']`),
  new RegExp(`^\\s{0,20}"?(?:remoteAddress|address)"?: ?["'](?<address>${ip})["']`),
  new RegExp(`connect E[A-Z]{3,15} (?<address>${ip}):${port}`),
  // Go.
  /proxyconnect tcp: dial tcp (?:lookup )?(?<proxy>[^\s,"]{1,120}?)(?::? |$)/,
  new RegExp(`lookup (?<host>${name})(?: on |: )`),
  new RegExp(`(?:dial tcp|read tcp [^\\s>]{1,60}->|connect:) ?(?<address>${ip}):${port}`),
  new RegExp(`connection to the server (?<host>${name}):${port} was refused`),
  // .NET, Ruby, PHP, git and libcurl.
  new RegExp(`(?:refused|known\\.|failed|respond\\.?|reachable\\.?|host\\.?) \\((?<host>${name}):${port}\\)`),
  new RegExp(`Failed to open TCP connection to (?<host>${name}):${port}`),
  new RegExp(`peeraddr=(?<address>${ip}):${port}`),
  new RegExp(`(?:ssl|tls|sslv3|tlsv1\\.2)://(?<host>${name}):${port}`),
  new RegExp(`Failed to connect to (?<host>${name}) port ${port}`),
  new RegExp(`connection to (?<host>${name}):${port}`),
  new RegExp(`Could not resolve host: (?<host>${name})`),
  new RegExp(`Failed to resolve '(?<host>${name})'`),
  new RegExp(`bind failed: (?<host>${name}):${port}`),
  new RegExp(`did not continue to (?<host>${name})`),
  new RegExp(`type=host_name \\(0\\), value=(?<host>${name})`),
  // Browsers.
  new RegExp(`(?<host>${name}) uses an invalid security certificate`),
  new RegExp(`steal your information from (?<host>${name})`),
  new RegExp(`An error occurred during a connection to (?<host>${name})(?::${port})?`),
  new RegExp(
    `(?<host>${name}) (?:refused to connect|took too long to respond|sent an invalid response|unexpectedly closed)`,
  ),
  new RegExp(`UnknownHostException: (?:https?://)?(?<host>${name})(?:[:\\s]|$)`),
]

/** What any phrase contains, to pass over other lines. */
const anyPhrase =
  /host=|to host |onnect|onnection|\/\d|Host: |getaddrinfo|attempted|host(?:name)?"?: |servername|ddress"?: |tcp|lookup|\(\S{1,253}:\d|peeraddr|(?:ssl|tls|sslv3|tlsv1\.2):\/\/|resolve|UnknownHost|information from|error occurred|took too|sent an invalid|unexpectedly|host_name|invalid security|bind failed|continue to/

const defaultPorts: Readonly<Record<string, number>> = {
  https: 443,
  http: 80,
  wss: 443,
  ldaps: 636,
  smtps: 465,
  imaps: 993,
  amqps: 5671,
  rediss: 6379,
  postgresql: 5432,
  postgres: 5432,
  mysql: 3306,
  sqlserver: 1433,
}

const url = new RegExp(
  `(?<scheme>https?|wss|ldaps|smtps|imaps|amqps|rediss|postgres(?:ql)?|mysql|sqlserver)://(?:[^\\s/@"'<>]{1,200}@)?(?<host>${name}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::(?<port>\\d{1,5}))?(?<path>[^\\s"'<>)]{0,300})`,
  'g',
)

/** Sites that messages point to for help. What they are asked for by a program is named by a phrase, not only by an address. */
const helpSite =
  /(?:^|\.)(?:readthedocs\.(?:io|org)|curl\.se|curl\.haxx\.se|stackoverflow\.com|aka\.ms|go\.microsoft\.com)$|^(?:docs|help|support|learn|developer|bugs|errors|www\.kaspersky)\.|^(?:www\.)?golang\.org$/i
const helpPath = /^\/(?:\S{0,100}\/)?(?:docs?|wiki|issues|blob|en\/latest|help|troubleshooting|faq|questions)\b/i

const phrased = (text: string): Place | undefined => {
  if (!anyPhrase.test(text)) return undefined
  for (const phrase of phrases) {
    const match = phrase.exec(text)
    if (match?.groups) return toPlace(match, match.groups)
  }
  return undefined
}

/** Who a line says was spoken to, in a phrase of a library; undefined when it says nothing. */
export function placeIn(text: string): Place | undefined {
  const found = phrased(text)
  const requested = requestedUrl.test(text) ? addressesIn(text, true)[0] : undefined
  if (!requested) return found
  // An address with a path is what was asked for; the phrase may add the IP address it led to.
  return {
    ...requested,
    ...(found?.address ? { address: found.address } : {}),
    ...(found?.proxy ? { proxy: found.proxy } : {}),
  }
}

/** Words right before the address of a request. */
const requestedUrl =
  /(?:\b(?:Get|Post|Put|Head|Patch|Delete|Options|GET|POST|PUT|HEAD|PATCH|DELETE|request for|request to|unable to access|validation failed for|endpoint URL:|fetch URL|error trying to connect|for url|loading|reach|from\/to \S{1,60}) ?[("'\u0060]{0,2}|\burl: ?["'])[a-z]{3,10}:\/\//

/** The addresses (URL) of a line, without those of help pages. */
export function addressesIn(text: string, withHelp = false): Place[] {
  if (!text.includes('://')) return []
  const places: Place[] = []
  for (const match of text.matchAll(url)) {
    const { groups } = match
    if (!groups) continue
    const help = helpSite.test(groups.host ?? '') || helpPath.test(groups.path ?? '')
    if (help && !withHelp) continue
    const place = toPlace(match, groups)
    if (place) places.push({ ...place, port: place.port ?? defaultPorts[groups.scheme ?? ''] ?? 443 })
    if (places.length >= maximumAddresses) break
  }
  return places
}

/** Addresses of one line that are looked at. */
const maximumAddresses = 8

/** A command line behind a prompt: what follows belongs to another run. */
export const promptLine =
  /^\s{0,8}(?:\(\S{1,40}\) )?(?:[$%#] |PS [^>]{0,120}> ?|[A-Z]:\\[^>]{0,120}>|[\w.-]{1,32}@[\w.-]{1,64}[: ][^$#%]{0,80}[$#%] )\S/

function toPlace(
  match: RegExpExecArray | RegExpMatchArray,
  groups: Readonly<Record<string, string | undefined>>,
): Place | undefined {
  const shown = groups.host ?? groups.address ?? groups.proxy
  if (shown === undefined) return undefined
  const portNumber = groups.port === undefined ? Number.NaN : Number(groups.port)
  return {
    at: (match.index ?? 0) + match[0].indexOf(shown),
    length: shown.length,
    ...(groups.host === undefined ? {} : { host: bare(groups.host) }),
    ...(groups.address === undefined ? {} : { address: bare(groups.address) }),
    ...(groups.proxy === undefined ? {} : { proxy: groups.proxy }),
    ...(portNumber > 0 && portNumber < 65_536 ? { port: portNumber } : {}),
  }
}

/** Without the brackets of an IPv6 address and the dot at the end of an absolute name. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/\.$/, '')
