/** JSON access logs: which gateway wrote an entry is told by the names in it. */
import type { Dialect } from './event.ts'
import { cloudflareEntry } from './json-cloudflare.ts'
import { jsonEntries } from './json-entries.ts'
import { envoyEntry } from './json-envoy.ts'
import { kongEntry } from './json-kong.ts'
import { nginxEntry } from './json-nginx.ts'

/** Names that no other JSON has; a quote may have a backslash before it. */
const names =
  /"(?:upstream_status|upstream_uri|client_verify|balancer_latency(?:_ns)?|EdgeResponseStatus|OriginResponseStatus|ClientMTLSAuthStatus|OriginSSLProtocol|ClientSSLProtocol|certPresented|certVerified|upstream_transport_failure_reason|downstream_transport_failure_reason|response_flags|response_code_details|ssl_client_verify|upstream_addr)\\?"\s{0,4}:|"latencies\\?"\s{0,4}:\s{0,4}\{/

export const jsonLog: Dialect = {
  id: 'json',
  mark: (line) => line.includes('"') && names.test(line),
  read: (lines, source) =>
    jsonEntries(lines, source).flatMap(
      (entry) => kongEntry(entry) ?? cloudflareEntry(entry) ?? envoyEntry(entry) ?? nginxEntry(entry) ?? [],
    ),
}
