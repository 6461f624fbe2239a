/** Messages of PHP: its streams, and libcurl in Guzzle, Symfony, Composer and WordPress. Source: php-src ext/openssl/xp_ssl.c. */
import { libcurlPatterns } from './libcurl.ts'
import type { MessageTable } from './pattern.ts'

export const php: MessageTable = {
  id: 'php',
  label: 'PHP',
  possible:
    /c?URL error \d|curl error \d|SSL operation failed|Peer certificate CN|peer certificate CN|Failed to enable crypto|cafile stream|php_network|unable to connect to (?:ssl|tls):\/\/|^error:[0-9A-F]{8}:SSL/,
  patterns: [
    {
      code: 62,
      pattern:
        /Peer certificate CN=[`'"]?(?<names>[\w.*-]{1,253})['"`]? did not match expected CN=[`'"]?(?<wanted>[\w.-]{1,253}\w)/,
    },
    { failure: 'dns', pattern: /php_network_getaddresses: [^\n]{0,160}/ },
    { failure: 'refused', pattern: /unable to connect to (?:ssl|tls):\/\/[^\n]{1,300}refused/ },
    { failure: 'timeout', pattern: /unable to connect to (?:ssl|tls):\/\/[^\n]{1,300}timed out/ },
    { failure: 'trust-store', pattern: /failed loading cafile stream[^\n]{0,200}/ },
    // The line below "OpenSSL Error messages:".
    { weak: true, pattern: /^(?<queue>error:[0-9A-Fa-f]{8}:[^\n]{1,400})/ },
    { pattern: /SSL operation failed[^\n]{0,120}(?<queue>error:[0-9A-Fa-f]{8}:[^\n]{1,400})/ },
    { failure: 'verify-failed', pattern: /Unable to locate peer certificate CN|Could not get peer certificate/ },
    ...libcurlPatterns.filter(({ pattern }) => !pattern.source.startsWith('(?<queue>')),
    { failure: 'other', general: true, pattern: /SSL operation failed with code|Failed to enable crypto/ },
  ],
  between: /^(?:PHP )?Warning: |^PHP Fatal error: |^#\d{1,4} |^Stack trace:/,
}
