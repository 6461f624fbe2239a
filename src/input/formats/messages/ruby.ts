/** Messages of Ruby: openssl, net/http, bundler, rubygems. Source: ruby/openssl ossl_ssl.c; net/protocol. */
import type { MessageTable } from './pattern.ts'

export const ruby: MessageTable = {
  id: 'ruby',
  label: 'Ruby',
  possible:
    /SSL_connect|SSL_accept|SSL_read|SSL_write|OpenSSL::|Errno::|Net::|Failed to open TCP|SocketError|does not match the server certificate/,
  patterns: [
    { pattern: /SSL_(?:connect|read) returned=[^\n]{0,160}certificate verify failed \((?<verify>[^)\n]{3,160})\)/ },
    { code: 62, pattern: /hostname \\?"(?<wanted>[^"\\\s]{1,253})\\?" does not match the server certificate/ },
    {
      failure: 'other',
      role: 'server',
      requested: 'yes',
      sent: 'empty',
      pattern: /SSL_accept returned=[^\n]{0,160}peer did not return a certificate/,
    },
    { role: 'server', pattern: /SSL_accept returned=[^\n]{0,160}state=[^:\n]{1,60}: (?<reason>[a-z][a-z0-9/ ]{3,60})/ },
    { failure: 'reset', pattern: /SSL_connect SYSCALL returned=\d errno=(?:104|54)\b|Errno::ECONNRESET/ },
    { failure: 'closed', pattern: /SSL_connect SYSCALL returned=\d errno=0\b/ },
    { pattern: /SSL_(?:connect|read|write)[^\n]{0,160}?state=[^:\n]{1,60}: (?<reason>[a-z][a-z0-9/ ]{3,60})/ },
    { pattern: /SSL_(?:read|write): (?<reason>[a-z][a-z0-9/ ]{3,60})/ },
    {
      failure: 'dns',
      pattern:
        /Failed to open TCP connection to [^\n]{1,300}\(getaddrinfo|SocketError[^\n]{0,80}getaddrinfo|Socket::ResolutionError/,
    },
    {
      failure: 'refused',
      pattern: /Errno::ECONNREFUSED|Failed to open TCP connection to [^\n]{1,300}Connection refused/,
    },
    { failure: 'timeout', pattern: /Net::OpenTimeout|Errno::ETIMEDOUT/ },
    { failure: 'unreachable', pattern: /Errno::E(?:HOST|NET)UNREACH/ },
  ],
  between: /^\s+from \S{1,300}:\d{1,6}:in /,
}
