/** Messages of other programs, mostly OpenSSL's words: databases, LDAP, mail; and such words with nothing around them. */
import { verifyWords } from './openssl-words.ts'
import type { MessageTable } from './pattern.ts'

export const programs: MessageTable = {
  id: 'text',
  label: 'Error message',
  possible: /SSL|TLS|certificate|[Ee]rror|ERROR|handshake/,
  patterns: [
    // PostgreSQL (libpq), MySQL, OpenLDAP, mongo.
    {
      code: 62,
      pattern:
        /server certificate for "(?<names>[^"\n]{1,253})" (?:\(and \d{1,4} other names?\) )?does not match host name "(?<wanted>[^"\n]{1,253})"/,
    },
    {
      failure: 'trust-store',
      pattern: /root certificate file "[^"\n]{1,300}" does not exist|could not read root certificate file/,
    },
    { failure: 'plain-text', pattern: /server does not support SSL, but SSL was required/ },
    { failure: 'other', requested: 'yes', sent: 'empty', pattern: /connection requires a valid client certificate/ },
    { pattern: /TLS certificate verification: Error, (?<verify>[^\n]{3,160})/ },
    { pattern: /SSL peer certificate validation failed: (?<verify>[^\n]{3,160})/ },
    { pattern: /certificate verify failed:? ?\((?<verify>[^)\n]{3,160})\)/ },
    { pattern: /SSL (?:connection )?error: (?:ASN: )?(?<queue>error:[0-9A-Fa-f]{8}:[^\n]{1,400})/ },
    { pattern: /SSL error: (?<reason>[a-z][a-z0-9/ ]{3,60})/ },
    // OpenSSL's words behind an error's prefix, or alone on a line.
    {
      pattern: new RegExp(
        `(?:^|[^\\w])(?:[Ee]rror|ERROR|[Ff]atal|FATAL|[Ff]ailed|[Ff]ailure|x509|problem)\\b[^\\n]{0,160}?(?<verify>${verifyWords})`,
      ),
    },
    { pattern: new RegExp(`^\\W{0,20}(?<verify>${verifyWords})\\W{0,20}$`) },
    { failure: 'verify-failed', pattern: /(?:SSL|TLS)[^\n]{0,60}certificate verify failed/ },
  ],
}
