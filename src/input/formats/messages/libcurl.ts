/** What libcurl says of a failed transfer, in programs that pass it on: git, PHP, R, cargo. Source: curl lib/vtls. */
import type { MessagePattern } from './pattern.ts'
import { schannelPatterns } from './schannel.ts'

export const libcurlPatterns: readonly MessagePattern[] = [
  {
    code: 62,
    pattern:
      /no alternative certificate subject name matches target (?:host ?name|ip(?:v4|v6)? address) ["'](?<wanted>[^"'\s]{1,253})["']/,
  },
  {
    code: 62,
    pattern:
      /certificate subject name \(?["']?(?<names>[\w.*-]{1,253})["']?\)? does not match target host ?name ["'](?<wanted>[^"'\s]{1,253})["']/,
  },
  { code: 20, pattern: /SSL certificate problem: Invalid certificate chain/ },
  { pattern: /SSL certificate problem: (?<verify>[^"'(\n]{3,160})/ },
  { failure: 'trust-store', pattern: /error setting certificate (?:file|verify locations)[^\n]{0,300}/ },
  {
    failure: 'verify-failed',
    pattern:
      /server certificate verification failed|SSL peer certificate or SSH remote key was not OK|Peer certificate cannot be authenticated/,
  },
  { failure: 'plain-text', pattern: /gnutls_handshake\(\) failed: An unexpected TLS packet was received/ },
  {
    failure: 'closed',
    pattern:
      /gnutls_handshake\(\) failed: The TLS connection was non-properly terminated|SSL_ERROR_SYSCALL in connection|SSL_ERROR_ZERO_RETURN/,
  },
  { failure: 'alert', alert: 40, pattern: /gnutls_handshake\(\) failed: Handshake failed/ },
  {
    failure: 'alert',
    pattern: /(?:gnutls_handshake\(\) failed|GnuTLS recv error \(-12\)): A TLS fatal alert has been received/,
  },
  { pattern: /(?<queue>error:[0-9A-Fa-f]{8}:[^\n]{1,400})/ },
  {
    failure: 'proxy-refused',
    pattern: /(?:Received HTTP code|CONNECT tunnel failed, response) (?<status>\d{3})/,
  },
  { failure: 'proxy-refused', pattern: /Proxy CONNECT aborted/ },
  { failure: 'proxy-refused', general: true, pattern: /Could not resolve proxy: \S{1,253}/ },
  { failure: 'dns', pattern: /Could not resolve host: (?<host>[\w.-]{1,253})/ },
  { failure: 'reset', pattern: /(?:Recv|Send) failure: Connection (?:was )?reset/ },
  {
    failure: 'timeout',
    pattern: /SSL connection timeout|Connection timed out|Failed to connect to [^\n]{1,300}[Tt]imed? ?out/,
  },
  {
    failure: 'refused',
    pattern:
      /Failed to connect to \S{1,253} port \d{1,5}[^\n]{0,80}(?:refused|Couldn't connect to server|Could not connect to server)/,
  },
  ...schannelPatterns,
]
