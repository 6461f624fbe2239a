/** Wording that several rules share: names in quotes, dates with distance, commands filled in with the target. */
import { isIpAddress } from '../chain/host-ip.ts'
import type { UnixMs } from '../core/brand.ts'
import { withoutUnseen } from '../core/visible.ts'
import type { Name } from '../x509/model.ts'
import { shortName } from '../x509/name.ts'
import type { CaptureContext, ServedEntry } from './context.ts'
import { hopPlace } from './hop.ts'

const day = 86_400_000

/** `"R12" (Let's Encrypt)`: the short name in quotes, with the organisation when it adds something. */
export function quoted(name: Name): string {
  const short = shown(shortName(name)) || emptyName
  const organisation = name.rdns.flat().findLast((attribute) => attribute.type === 'O')?.value
  return organisation === undefined || shown(organisation) === short
    ? `"${short}"`
    : `"${short}" (${shown(organisation)})`
}

/** For a name in which nothing can be seen. */
const emptyName = '(empty name)'

/** Characters of a value from a certificate that a sentence shows; X.520 allows 64 for most. */
const shownCharacters = 100

/** Text from a paste or a certificate as part of a sentence: one line, of bounded length. */
export function shown(value: string): string {
  const line = withoutUnseen(value).trim()
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)}...` : line
}

/** `2027-01-24 15:53 UTC`. */
export const dateText = (time: UnixMs): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** `61 days`, `1 day`, `5 hours`; for distances between two instants. */
export function distance(from: UnixMs, to: UnixMs): string {
  const span = Math.abs(to - from)
  const [count, unit] =
    span >= day ? [Math.floor(span / day), 'day'] : [Math.max(1, Math.round(span / 3_600_000)), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** `host:port` for commands, and the name to send; placeholders in capitals where the paste does not say. */
export function targetOf(context: CaptureContext): {
  readonly host: string
  readonly port: number
  readonly connect: string
  readonly name: string
} {
  // A log names the address as well, which is what was connected to.
  const logged = context.capture.side ? context.capture.target : undefined
  const connectHost = context.capture.command?.host ?? logged?.address ?? context.target?.host ?? logged?.host ?? 'HOST'
  const port = context.capture.command?.port ?? context.target?.port ?? logged?.port ?? 443
  const host = context.target?.host ?? logged?.host ?? connectHost
  const connect = `${connectHost.includes(':') ? `[${connectHost}]` : connectHost}:${port}`
  return { host, port, connect, name: isIpAddress(host) ? 'HOST' : host }
}

/** The proxy of the command, without the credentials that may stand before it. */
export const proxyOf = (context: CaptureContext): string | undefined =>
  context.capture.command?.proxy?.replace(/^(\w+:\/\/)?.*@/, '$1')

/** The command that shows everything the server sends, filled in with what the paste tells; `extra` goes before the redirection. */
export function showChainCommand(context: CaptureContext, extra = ''): string {
  const { connect, name } = targetOf(context)
  const proxy = proxyOf(context)
  const starttls = context.capture.command?.starttls
  const parts = [
    'openssl s_client',
    `-connect ${shellWord(connect)}`,
    `-servername ${shellWord(name)}`,
    proxy === undefined ? '' : `-proxy ${shellWord(proxy)}`,
    starttls === undefined ? '' : `-starttls ${shellWord(starttls)}`,
    '-showcerts',
    extra,
    '</dev/null',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** A word as a POSIX shell takes it; text from a paste must not become a second command. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** Where this happens, for titles: `at api.example.com:443`, or nothing. */
export function place(context: CaptureContext): string {
  if (context.capture.side) return hopPlace(context.capture)
  const host = context.target?.host
  return host === undefined ? '' : ` at ${host}${context.target?.port === undefined ? '' : `:${context.target.port}`}`
}

/** Who serves the chain, as the subject of a sentence. A file is no server. */
export function server(context: CaptureContext): string {
  if (context.servedIs === 'file') return context.served.length === 1 ? 'This file' : 'This bundle'
  return context.target ? `The server ${shown(context.target.host)}` : 'The server'
}

/** The sentence's verb for a certificate in the chain: a server sends it, a file holds it. */
export const sends = (context: CaptureContext): string => (context.servedIs === 'file' ? 'holds' : 'sends')

/** Fetches the issuer from where the certificate says it is: a root has its own name as issuer, an intermediate another. */
export function issuerFactsCommand(below: ServedEntry): string | undefined {
  const url = below.certificate?.caIssuers.find((address) => /^https?:\/\//i.test(address))
  return url === undefined ? undefined : `curl -s ${shellWord(url)} | openssl x509 -inform DER -noout -subject -issuer`
}

/** The same command from elsewhere, to compare the issuer. */
export function issuerElsewhereCommand(context: CaptureContext): string {
  const { connect, name } = targetOf(context)
  return `openssl s_client -connect ${shellWord(connect)} -servername ${shellWord(name)} </dev/null 2>/dev/null | openssl x509 -noout -issuer -fingerprint -sha256   # from a machine that is not behind the proxy`
}
