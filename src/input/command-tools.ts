/** Reads the command lines of clients other than `openssl`: whom they speak to, by what way, with which files. */
import { isFilledInLater, type Place, splitAddress } from './command-address.ts'
import { Options } from './command-syntax.ts'
import { splitHostPort, toPort } from './command-words.ts'
import type { CommandLine } from './model.ts'

/** What is read of a command; the rest of a `CommandLine` is the same for all programs. */
export type CommandFacts = Partial<
  Pick<
    CommandLine,
    | 'host'
    | 'port'
    | 'servername'
    | 'proxy'
    | 'starttls'
    | 'verifyHostname'
    | 'clientCertificate'
    | 'protocolSwitch'
    | 'insecure'
  >
> & { readonly showcerts?: boolean; readonly caFiles?: readonly string[]; readonly operands?: readonly string[] }

/** Reads the words behind a program. Names that a shell has yet to fill in, as `$h`, are not known. */
export function readToolCommand(program: string, words: readonly string[]): CommandFacts {
  const name = program === 'invoke-restmethod' ? 'invoke-webrequest' : program
  const { host, servername, ...facts } = readers[name]?.(new Options(name, words)) ?? {}
  return {
    ...facts,
    ...(isFilledInLater(host) ? {} : known('host', host)),
    ...(isFilledInLater(servername ?? undefined) ? {} : known('servername', servername)),
  }
}

type Reader = (options: Options) => CommandFacts

const place = ({ host, port }: Place): CommandFacts => ({
  ...(host === undefined ? {} : { host }),
  ...(port === undefined ? {} : { port }),
})

const known = <Key extends keyof CommandFacts>(key: Key, value: CommandFacts[Key] | undefined): CommandFacts =>
  value === undefined ? {} : { [key]: value }

const readers: Readonly<Record<string, Reader>> = {
  curl(options) {
    const url = splitAddress(options.value('--url') ?? options.operands.find((word) => !/^[{}]?$/.test(word)))
    const moved = connectTo(options, url)
    const protocol = ['--tlsv1.0', '--tlsv1.1', '--tlsv1.2', '--tlsv1.3', '--sslv3', '-2', '-3'].find((name) =>
      options.has(name),
    )
    return {
      ...place(moved ?? url),
      ...(moved && url.host !== undefined ? { servername: url.host } : {}),
      ...known('proxy', options.value('-x', '--proxy', '--proxy1.0', '--preproxy', '--socks5-hostname', '--socks5')),
      ...known('clientCertificate', withoutPassword(options.value('-E', '--cert'))),
      ...known('protocolSwitch', protocol ?? (options.has('--tls-max') ? '--tls-max' : undefined)),
      ...known('insecure', options.has('-k', '--insecure') || undefined),
      caFiles: options.all('--cacert', '--capath'),
      operands: options.operands,
    }
  },
  wget(options) {
    const setting = options.all('-e', '--execute').find((value) => /^https?_proxy=/i.test(value))
    return {
      ...place(splitAddress(options.operands[0])),
      ...known('proxy', setting?.replace(/^\w{1,12}=/, '')),
      ...known('clientCertificate', options.value('--certificate')),
      ...known('protocolSwitch', options.has('--secure-protocol') ? '--secure-protocol' : undefined),
      ...known('insecure', options.has('--no-check-certificate') || undefined),
      caFiles: options.all('--ca-certificate', '--ca-directory'),
      operands: options.operands,
    }
  },
  'gnutls-cli'(options) {
    const target = splitHostPort(options.operands[0])
    const port = toPort(options.value('-p', '--port')) ?? target.port ?? 443
    return {
      ...place({ ...target, port }),
      ...known('servername', options.value('--sni-hostname')),
      ...known('verifyHostname', options.value('--verify-hostname')),
      ...known('starttls', options.value('--starttls-proto')),
      ...known('clientCertificate', options.value('--x509certfile')),
      ...known('insecure', options.has('--insecure') || undefined),
      showcerts: options.has('--print-cert'),
      caFiles: options.all('--x509cafile'),
      operands: options.operands,
    }
  },
  keytool(options) {
    const host = proxyOfJava(options)
    return {
      ...place(withPort(splitHostPort(options.value('-sslserver')), 443)),
      ...known('proxy', host),
      showcerts: options.has('-sslserver'),
      operands: options.all('-file', '-keystore', '-jarfile'),
    }
  },
  nmap(options) {
    const host = options.operands.at(-1)
    const port = options.value('-p')
    return { ...place({ ...splitHostPort(host), ...known('port', toPort(port)) }), operands: options.operands }
  },
  testssl(options) {
    return {
      ...place(withPort(splitAddress(options.operands.at(-1)), 443)),
      ...known('starttls', options.value('-t', '--starttls')),
      ...known('proxy', options.value('--proxy')),
      caFiles: options.all('--add-ca'),
      operands: options.operands,
    }
  },
  sslscan(options) {
    const starttls = ['smtp', 'imap', 'pop3', 'ftp', 'ldap', 'xmpp', 'psql', 'mysql'].find((protocol) =>
      options.has(`--starttls-${protocol}`),
    )
    return {
      ...place(withPort(splitAddress(options.operands.at(-1)), 443)),
      ...known('servername', options.value('--sni-name')),
      ...known('starttls', starttls),
      ...known('clientCertificate', options.value('--certs')),
      showcerts: options.has('--show-certificate', '--show-certificates'),
      operands: options.operands,
    }
  },
  'invoke-webrequest': powershellRequest,
  'invoke-restmethod': powershellRequest,
  'test-netconnection'(options) {
    const port =
      toPort(options.value('-port')) ?? (/^http$/i.test(options.value('-commontcpport') ?? '') ? 80 : undefined)
    return {
      ...place({
        ...splitHostPort(options.value('-computername', '-cn') ?? options.operands[0]),
        ...known('port', port),
      }),
      operands: options.operands,
    }
  },
}

function powershellRequest(options: Options): CommandFacts {
  return {
    ...place(splitAddress(options.value('-uri') ?? options.operands[0])),
    ...known('proxy', options.value('-proxy')),
    ...known('clientCertificate', options.value('-certificate', '-certificatethumbprint')),
    ...known('insecure', options.has('-skipcertificatecheck') || undefined),
    operands: options.operands,
  }
}

const withPort = (found: Place, port: number): Place =>
  found.host === undefined || found.port !== undefined ? found : { ...found, port }

/** curl's `--cert file:password`; a drive letter of Windows is no file. */
const withoutPassword = (file: string | undefined): string | undefined =>
  file?.replace(/^((?:[A-Za-z]:[\\/])?[^:]{2,300}):[^\\/].*$/, '$1')

/** `--connect-to HOST1:PORT1:HOST2:PORT2` and `--resolve HOST:PORT:ADDRESS` lead elsewhere; the name of the URL is still sent. */
function connectTo(options: Options, url: Place): Place | undefined {
  for (const rule of options.all('--connect-to')) {
    const parts = /^(\[[^\]]{0,80}\]|[^:]{0,255}):(\d{0,5}):(\[[^\]]{0,80}\]|[^:]{0,255}):(\d{0,5})$/.exec(rule)
    if (!parts || (parts[1] !== '' && !sameHost(parts[1], url.host))) continue
    const host = parts[3] === '' ? url.host : (parts[3] as string).replace(/^\[|\]$/g, '')
    const port = toPort(parts[4]) ?? url.port
    return { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) }
  }
  for (const rule of options.all('--resolve')) {
    const parts = /^[+-]?([^:]{1,255}):(\d{1,5}):\[?([0-9A-Fa-f:.%]{2,60}?)\]?(?:,.*)?$/.exec(rule)
    if (!parts || !sameHost(parts[1], url.host) || (url.port !== undefined && toPort(parts[2]) !== url.port)) continue
    return { host: parts[3] as string, ...(url.port === undefined ? {} : { port: url.port }) }
  }
  return undefined
}

const sameHost = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && (a === '*' || a.toLowerCase() === b.toLowerCase())

/** `-J-Dhttps.proxyHost=...` and its port. */
function proxyOfJava({ words }: Options): string | undefined {
  const property = (pattern: RegExp) =>
    words.map((word) => pattern.exec(word)?.[1]).find((value) => value !== undefined)
  const host = property(/-Dhttps\.proxyHost=(\S{1,255})/)
  return host === undefined ? undefined : `${host}:${property(/-Dhttps\.proxyPort=(\d{1,5})/) ?? '443'}`
}
