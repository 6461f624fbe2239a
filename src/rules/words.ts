/** Wording that several rules share: names in quotes, dates with distance, commands filled in with the target. */
import type { UnixMs } from '../core/brand.ts'
import { shortName } from '../x509/name.ts'
import type { Name } from '../x509/model.ts'
import type { CaptureContext } from './context.ts'

const day = 86_400_000

/** `"R12" (Let's Encrypt)`: the short name in quotes, with the organisation when it adds something. */
export function quoted(name: Name): string {
  const short = shortName(name)
  const organisation = name.rdns.flat().findLast((attribute) => attribute.type === 'O')?.value
  return organisation === undefined || organisation === short ? `"${short}"` : `"${short}" (${organisation})`
}

/** `2027-01-24 15:53 UTC`. */
export const dateText = (time: UnixMs): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** `61 days`, `1 day`, `5 hours`; for distances between two instants. */
export function distance(from: UnixMs, to: UnixMs): string {
  const span = Math.abs(to - from)
  const [count, unit] = span >= day ? [Math.floor(span / day), 'day'] : [Math.max(1, Math.round(span / 3_600_000)), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** `host:port` for commands; placeholders in capitals where the paste does not say. */
export function targetOf(context: CaptureContext): { readonly host: string; readonly port: number; readonly connect: string; readonly name: string } {
  const connectHost = context.capture.command?.host ?? context.target?.host ?? 'HOST'
  const port = context.capture.command?.port ?? context.target?.port ?? 443
  const host = context.target?.host ?? connectHost
  return { host, port, connect: `${connectHost.includes(':') ? `[${connectHost}]` : connectHost}:${port}`, name: host }
}

/** The command that shows everything the server sends, filled in with what the paste tells; `extra` goes before the redirection. */
export function showChainCommand(context: CaptureContext, extra = ''): string {
  const { connect, name } = targetOf(context)
  const proxy = context.capture.command?.proxy
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
export const shellWord = (word: string): string => (/^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

/** Where this happens, for titles: `at api.example.com:443`, or nothing. */
export function place(context: CaptureContext): string {
  const host = context.target?.host
  return host === undefined ? '' : ` at ${host}${context.target?.port === undefined ? '' : `:${context.target.port}`}`
}

/** Who serves the chain, as the subject of a sentence. */
export const server = (context: CaptureContext): string =>
  context.servedIs === 'file' ? 'This bundle' : context.target ? `The server ${context.target.host}` : 'The server'
