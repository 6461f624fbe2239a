import type { Format } from '../format.ts'
import { statusLine, tellingOf } from '../http-answer.ts'
import { parseCurl } from './curl-capture.ts'
import { readCurlLine } from './curl-line.ts'

/** Texts behind `* ` that only curl prints: they may be the first line of a paste. */
const own =
  /^(?:Trying \[?[0-9A-Fa-f.:%]+|Connected to \S+ \(|Established connection to |About to connect\(\) to |Host \S+ was resolved|Could ?n[o']t resolve (?:host|proxy)|IPv[46]: |Failed to connect to |connect to \S+ port |Immediate connect fail|Connection #\d|Re-using existing |Uses proxy env variable |Establish HTTP proxy tunnel|CONNECT (?:phase|tunnel)|Proxy CONNECT aborted|Received HTTP code \d|ALPN|(?:TLS|SSL)v[\d.]{1,3} \((?:IN|OUT)\)|\(304\) \((?:IN|OUT)\)|SSL connection using |TLS [\d.]+ connection using|(?:Server|Proxy) certificate:|CA(?:file|path): |successfully set certificate verify locations|SSL Trust |SSL certificate (?:problem|verif)|SSL: |OpenSSL|LibreSSL|TLS connect error|Certificate level \d|schannel: |NSS|Initializing NSS|found \d+ certificates in |GnuTLS |gnutls_handshake|server certificate |server verification failed|mbedTLS|wolfSSL|rustls|Cipher selection: |error setting certificate|could not load PEM|unable to set private key|subject: |issuer: |start date: |expire date: |common name: |subjectAltName|Closing connection|closing connection|using HTTP\/|Using HTTP2|Recv failure|Send failure|Empty reply from server|Operation timed out|Connection timed out|SSL connection timeout)/

const begins = /^(?:Trying |Host \S+ was resolved|About to connect|Could ?n[o']t resolve|Uses proxy env)/
const ends = /^(?:Closing connection|closing connection|Connection #\d+ to host .{1,260} left intact)/

/** Lines of a page are looked at only where curl prints one. */
const mayTell = /^\s{0,12}(?:<|\{|HTTP\/)/

/** `curl -v`, with any TLS library, and the error line that it prints without `-v`. Also what git prints of curl's doings. */
export const curl: Format = {
  id: 'curl',
  programs: ['curl'],
  mark(line, seen) {
    const read = readCurlLine(line)
    if (read?.mark === '!') return 'error'
    if (read?.mark === '*') {
      if (begins.test(read.text)) return 'begin'
      if (ends.test(read.text)) return 'end'
      if (own.test(read.text)) return 'info'
    }
    if (seen.size === 0) return undefined
    if (read || /^\s{0,4}% Total {1,8}% Received/.test(line)) return 'http'
    if (mayTell.test(line) && (statusLine.test(line.trimEnd()) || tellingOf(line) !== undefined)) return 'http'
    return undefined
  },
  startsNew(mark, seen) {
    if (mark === 'begin') return seen.has('end') || seen.has('error')
    return mark === 'error' && seen.has('error')
  },
  acceptsPem: () => false,
  parse: (segment) => [parseCurl(segment)],
}
