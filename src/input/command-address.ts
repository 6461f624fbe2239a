/** Addresses (URLs) on command lines and in output. */
import { splitHostPort } from './command-words.ts'

/** Who is spoken to. */
export interface Place {
  readonly host?: string
  readonly port?: number
}

const ports: ReadonlyMap<string, number> = new Map([
  ['https', 443],
  ['wss', 443],
  ['http', 80],
  ['ws', 80],
  ['ftps', 990],
  ['ldaps', 636],
  ['imaps', 993],
  ['pop3s', 995],
  ['smtps', 465],
])

/** Host and port of an address, with the port that its scheme stands for; credentials and path are left out. */
export function splitAddress(text: string | undefined): Place {
  if (text === undefined) return {}
  const url =
    /^(?:([A-Za-z][\w+.-]{1,10}):\/\/)?(?:[^/@\s]{0,400}@)?(\[[0-9A-Fa-f:.%]{2,60}\]|[^/?#:@\s]{1,255})(?::(\d{1,5}))?(?:[/?#]|$)/.exec(
      text,
    )
  if (!url) return splitHostPort(text)
  const host = (url[2] as string).replace(/^\[|\]$/g, '')
  const port = url[3] === undefined ? ports.get((url[1] ?? '').toLowerCase()) : Number(url[3])
  return port === undefined || port === 0 || port > 65_535 ? { host } : { host, port }
}

/** A host name that a shell has yet to fill in, as `$h`, `${HOST}`, `%h%`; what it will be is not in the command. */
export const isFilledInLater = (text: string | undefined): boolean => text !== undefined && /[$%{}`*]/.test(text)
