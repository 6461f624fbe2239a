/** Logs of servers and gateways. All of them are one format, because the lines of several are mixed in one stream. */
import type { Format, Segment } from '../../format.ts'
import type { Line } from '../../lines.ts'
import type { Capture } from '../../model.ts'
import { accessLog } from './access.ts'
import { apache } from './apache.ts'
import { cloudflare } from './cloudflare.ts'
import { envoy } from './envoy.ts'
import type { Dialect } from './event.ts'
import { f5 } from './f5.ts'
import { groupEvents } from './group.ts'
import { haproxy } from './haproxy.ts'
import { iis } from './iis.ts'
import { jsonLog } from './json-log.ts'
import { nginxErrors } from './nginx.ts'
import { tomcat } from './tomcat.ts'

/** The first that knows a line has it. */
const dialects: readonly Dialect[] = [
  nginxErrors,
  jsonLog,
  accessLog,
  haproxy,
  f5,
  apache,
  envoy,
  iis,
  cloudflare,
  tomcat,
]

/** What some line of every dialect must hold; most lines of other tools hold none of it. */
const possible =
  /\d#\d|0126\d{4}:|\bAH0\d{4}|\[[A-Z][a-z]{2} [A-Z][a-z]{2} |\/[A-Z][a-z]{2}\/\d{4}:|reason: |TLS[_ ]error|disconnect\/reset|OPENSSL_internal|HTTP\/|403|52[0-6]|https-|_\w{3,30}\\?"|[Ss]tatus\\?"|AuthStatus|SSLProtocol|certPresented|certVerified|latencies\\?"|#(?:Fields|Software)|SSL certificate| while /
/** Lines that only follow another of their log: the exception under a connector's line, the ray of an error page. */
const following: ReadonlySet<string> = new Set(['tomcat', 'cloudflare'])

function dialectOf(line: string, seen: ReadonlySet<string>): Dialect | undefined {
  const continued = dialects.find(({ id }) => following.has(id) && seen.has(id))
  if (!continued && !possible.test(line)) return undefined
  return dialects.find((dialect) => dialect.mark(line, seen))
}

export const serverLog: Format = {
  id: 'nginx',
  mark: (line, seen) => dialectOf(line, seen)?.id,
  startsNew: () => false,
  acceptsPem: () => false,
  parse,
}

function parse({ lines, source }: Segment): Capture[] {
  const seen = new Set<string>()
  const own = new Map<Dialect, Line[]>()
  const unclaimed: Line[] = []
  for (const line of lines) {
    const dialect = dialectOf(line.text, seen)
    if (dialect && dialect !== jsonLog) {
      seen.add(dialect.id)
      const list = own.get(dialect)
      if (list) list.push(line)
      else own.set(dialect, [line])
    } else unclaimed.push(line)
  }
  // An object may be printed over lines of which few are known by themselves.
  const events = [...own].flatMap(([dialect, list]) => dialect.read(list, source))
  const entries = jsonLog.read(unclaimed, source)
  const all = [...events, ...entries].sort((a, b) => a.span.start - b.span.start)
  return groupEvents(all, source)
}
