/** How each rule comes to its outcome, in words for its page; see docs.ts. Beside the rules, so that they stay small. */
import type { RuleSlug } from '../core/finding.ts'

export interface Tells {
  /** What makes it a finding. */
  readonly fails: string
  /** What makes it pass, or not apply. */
  readonly passes: string
  /** When it cannot tell; absent: it always can. */
  readonly unknown?: string
  /** A command that shows or tries it; absent: the usual capture. */
  readonly example?: string
}

const viaProxy = 'openssl s_client -connect HOST:443 -servername HOST -proxy PROXY:8080 -showcerts </dev/null 2>&1'
const withClientCertificate =
  'openssl s_client -connect HOST:443 -servername HOST -cert client.pem -key client.key -showcerts </dev/null 2>&1'

/** What most captures can be made with. */
export const usualExample =
  'openssl s_client -connect HOST:443 -servername HOST -showcerts </dev/null 2>&1 | weaklink -'

/** The compiler sees to it that every rule has an entry. */
export const tells: Readonly<Record<RuleSlug, Tells>> = {
  'proxy-connect-failed': {
    fails: 'The tool reports that the proxy answered CONNECT with an error status, as 403, 407 or 502.',
    passes: 'No such answer is in the paste, or no proxy is involved.',
    example: `${viaProxy} | weaklink -`,
  },
  'not-tls': {
    fails:
      'The tool reports that the first bytes of the answer are no TLS record, the answer says that plain HTTP came to a TLS port, or STARTTLS was asked for and not offered.',
    passes: 'No such error is in the paste, or a certificate was sent.',
    example: 'curl -v --max-time 10 http://HOST:PORT/ -o /dev/null 2>&1 | weaklink -',
  },
  'connection-failed': {
    fails:
      'The tool reports a refused, reset, closed or timed-out connection or a name without address, and nothing shows that the handshake got further.',
    passes: 'A connection came about, or the client ended it because of the certificate.',
    example: 'curl -v --max-time 10 https://HOST/ -o /dev/null 2>&1 | weaklink -',
  },
  'protocol-mismatch': {
    fails:
      'An alert or error says that version, cipher suite or signature algorithm do not fit; or the server ended the handshake without sending a certificate, and nothing else explains it.',
    passes: 'A certificate was sent, or no connection was made.',
    unknown:
      'The server may have refused for want of a server name, or whether it sent a certificate before it refused is not in the paste.',
    example: 'openssl s_client -connect HOST:443 -servername HOST -tls1_2 -showcerts </dev/null 2>&1 | weaklink -',
  },
  'client-certificate-missing': {
    fails: 'The server asked for a client certificate, and an alert, a status or a log line says that none came.',
    passes: 'No refusal is in the paste, or a proxy that inspects TLS stands between and is the cause.',
    unknown: 'There is a refusal, and nothing tells whether a client certificate was missing or not accepted.',
    example: `${withClientCertificate} | weaklink -`,
  },
  'client-certificate-rejected': {
    fails: 'A client certificate was sent, and an alert, a status or a log line says that it is not accepted.',
    passes: 'No refusal is in the paste, or a proxy that inspects TLS stands between and is the cause.',
    unknown: 'There is a refusal, and nothing tells whether a client certificate was missing or not accepted.',
    example: `${withClientCertificate} | weaklink -`,
  },
  'client-certificate-fit': {
    fails:
      'The server asks for a client certificate and the input holds one. The finding says what speaks for and against it: issuer, purpose, dates, key.',
    passes: 'No client certificate was asked for, or none is in the input.',
    unknown: 'Nothing tells which CAs the server accepts.',
    example: 'weaklink capture.txt client.pem',
  },
  'client-certificate-requested': {
    fails: 'The capture shows a certificate request of the server, as "Acceptable client certificate CA names".',
    passes: 'None was asked for, or a refusal is there already and has its own finding.',
    unknown: 'The tool does not show whether a client certificate was asked for.',
  },
  'cloudflare-origin': {
    fails: 'The issuer of the leaf is the Cloudflare Origin CA.',
    passes: 'The issuer is another one.',
    example: 'openssl s_client -connect ORIGIN:443 -servername HOST -showcerts </dev/null 2>&1 | weaklink -',
  },
  'interception-proxy': {
    fails:
      'The issuer is a CA of a product that inspects TLS, or the page of such a proxy answered, and the connection bears it out.',
    passes: 'The chain belongs to a public CA, or nothing points to a proxy.',
    unknown:
      'The name of the issuer is one that inspecting proxies use, or the issuer is private and the connection went through a proxy. Only a capture without the proxy tells.',
    example: `${viaProxy} | weaklink -`,
  },
  'acme-staging': {
    fails: 'The issuer of the leaf is a staging CA of an ACME service.',
    passes: 'The issuer is another one.',
  },
  'missing-or-wrong-sni': {
    fails:
      'The capture shows that no server name was sent, or another one than that of the address; or the server answers that it does not know the name.',
    passes: 'The right server name was sent, or the certificate covers the wanted name all the same.',
    unknown: 'Whether a server name was sent is not in the paste.',
  },
  'product-default-certificate': {
    fails:
      'Subject and issuer are those of a certificate that a product is delivered with, and it does not cover the wanted name.',
    passes: 'The certificate is not recognised as one, or it covers the wanted name.',
  },
  'self-signed-leaf': {
    fails: 'The leaf is verified by its own key, or the tool reports code 18.',
    passes: 'Another certificate issued it, or this very certificate is trusted by the client.',
  },
  'wrong-clock': {
    fails:
      'A client calls a certificate expired or not yet valid, although it was in date by the date that the input gives for the same moment.',
    passes: 'No client complains of dates, or the dates bear it out.',
    example: 'date -u; curl -sI https://HOST/ | grep -i ^date',
  },
  'expired-leaf': {
    fails: 'The end of validity lies before the instant that is judged at, or the client reports code 10 for the leaf.',
    passes: 'It is in date, or the clock of the client is shown to be wrong.',
    example: 'openssl x509 -in server.pem -noout -enddate -subject',
  },
  'not-yet-valid': {
    fails: 'The beginning of validity lies after the instant that is judged at, or the client reports code 9.',
    passes: 'The time of every certificate has come, or the clock of the client is shown to be wrong.',
    example: 'openssl x509 -in server.pem -noout -startdate -subject',
  },
  'expired-issuer': {
    fails:
      'A CA certificate that was sent, or of the best path, is out of date, or the client reports code 10 above the leaf.',
    passes: 'All of them are in date. A spare path around the expired one makes it a warning.',
  },
  revoked: {
    fails:
      'A CRL or OCSP response in the input, signed by whoever may sign it, lists the certificate; or the client says so (code 23).',
    passes: 'Nothing in the input says that it is revoked.',
    example: 'weaklink --crl ca.crl capture.txt',
  },
  'revocation-unavailable': {
    fails:
      'The client reports that CRL or OCSP were missing, too old or not usable; or those in the input do not answer for the certificate.',
    passes: 'They answer, or no CRL and no OCSP response is in the input.',
    example: 'weaklink --crl ca.crl capture.txt',
  },
  'bad-signature': {
    fails: 'On every path a signature does not verify with the key of the issuer; or the client reports code 7.',
    passes: 'At least one path has good signatures only.',
    example: 'openssl verify -CAfile root.pem -untrusted fullchain.pem server.pem 2>&1 | weaklink -',
  },
  'ca-constraint-violation': {
    fails:
      'No path is free of a violation: an issuer that is no CA, a path length that is exceeded, a key usage or purpose that does not allow it, a name outside the permitted ones. Or the client reports one.',
    passes: 'At least one path has none.',
    example: 'weaklink --purpose server fullchain.pem',
  },
  'weak-key-or-signature': {
    fails:
      'A key or digest of the best path is below what current clients take, or a client refuses it for that reason.',
    passes: 'Keys and digests are strong enough.',
  },
  'missing-intermediate': {
    fails:
      'The whole list of what was sent is known, and the issuer of its last certificate is an intermediate that is not in it. It is certain when that certificate is elsewhere in the input or is a known public one; it is likely when only its name says so.',
    passes: 'The chain leads to a root, or the issuer is a root, which need not be sent.',
    unknown:
      'The paste does not show everything that was sent, as without -showcerts or when cut; or nothing tells whether the issuer is a root or an intermediate.',
  },
  'verification-misused': {
    fails:
      'The command in the paste shows it: "openssl verify" without -untrusted, an intermediate as -CAfile, or a check that was switched off.',
    passes: 'The command is right, or there is none.',
    example: 'openssl verify -CAfile root.pem -untrusted fullchain.pem server.pem',
  },
  'stale-trust-store': {
    fails: 'The client refuses the chain, although it leads to a root that public stores hold.',
    passes: 'The client accepts it, or the chain leads to no public root.',
    unknown: 'The path to the public root has other problems.',
    example: 'openssl s_client -connect HOST:443 -servername HOST -CApath /etc/ssl/certs </dev/null 2>&1 | weaklink -',
  },
  'private-ca': {
    fails:
      'The chain ends at a root that no public store holds and that the client does not trust. It is certain when the root is in the input, and likely when only its name is.',
    passes: 'The root is public, or it was imported as trusted.',
    unknown: 'Nothing tells whether the issuer is a root or an intermediate.',
    example: 'weaklink --trust private-ca.pem capture.txt',
  },
  'hostname-mismatch': {
    fails:
      'None of the names in the certificate matches the wanted host by the rules of RFC 9525, or the client reports code 62 or 64.',
    passes: 'One of them matches.',
    unknown: 'The wanted name is not known, only an address is, or the names of the certificate are not in the paste.',
    example: 'weaklink --host api.shop.example fullchain.pem',
  },
  'wrong-order': {
    fails:
      'The certificates that belong to the chain do not each follow the one that they issued, or the leaf is not first.',
    passes: 'The order is right, or there are fewer than two.',
    example: 'weaklink --repair capture.txt > fullchain.pem',
  },
  'extra-certificates': {
    fails: 'A certificate was sent over which no path from the leaf leads.',
    passes: 'Every one belongs to a path, or may stand above a chain that is not whole.',
    example: 'weaklink --repair capture.txt > fullchain.pem',
  },
  'duplicate-certificates': {
    fails: 'The same certificate, by its SHA-256, was sent twice or more.',
    passes: 'Each was sent once.',
    example: 'weaklink --repair capture.txt > fullchain.pem',
  },
  'root-included': {
    fails: 'A certificate after the leaf names itself as issuer.',
    passes: 'None does.',
    example: 'weaklink --repair capture.txt > fullchain.pem',
  },
  'no-san': {
    fails: 'The server certificate is in the input and has no subjectAltName.',
    passes: 'It has one, or it is no certificate of a server.',
    example: 'openssl x509 -in server.pem -noout -ext subjectAltName',
  },
  'wildcard-scope': {
    fails:
      'A wildcard stands for a public suffix, is not the whole leftmost label, or has another form that clients differ on.',
    passes: 'The wildcards are as usual, or there are none.',
    unknown: 'The names of the certificate are not in the paste.',
    example: 'openssl x509 -in server.pem -noout -ext subjectAltName',
  },
  'trust-differs-by-client': {
    fails: 'Judged by store and habits of each client, some accept the chain and some refuse it.',
    passes: 'All of those that can be judged agree.',
    unknown: 'No client can be judged by what is known.',
  },
  'expires-soon': {
    fails:
      'A certificate of the chain is in date, and the rest of its time is short: less than a third of its life and less than 21 days.',
    passes: 'There is time left, or it has expired, which has a finding of its own.',
    unknown: 'No dates are in the paste.',
    example: 'weaklink --at 2027-01-31 capture.txt',
  },
  'long-validity': {
    fails:
      'From first to last day it is longer than the limit of the day on which a public CA issued it, or than clients take of a private CA.',
    passes: 'It is within the limit, or none applied on that day.',
    unknown: 'No dates are in the paste.',
    example: 'openssl x509 -in server.pem -noout -dates',
  },
  'incomplete-capture': {
    fails: 'The output breaks off, lacks parts that the tool always prints, or a certificate block is cut.',
    passes: 'It is whole.',
  },
  'gateway-answer': {
    fails: 'A log line of a gateway tells at which stage a request ended.',
    passes: 'It was answered, or the input is no log of a gateway.',
    unknown: 'The log does not tell on which side it happened.',
    example: 'weaklink error.log',
  },
  'work-limit-reached': {
    fails: 'The search for paths used up its budget of steps or signatures.',
    passes: 'All paths were tried.',
  },
  'secret-in-paste': {
    fails: 'The input holds a private key, a session key, a password, a token or a cookie.',
    passes: 'None was found.',
    example: 'weaklink --redact --markdown capture.txt',
  },
  'certificate-request': {
    fails: 'A block of the input is a certificate request (PKCS#10).',
    passes: 'There is none.',
    example: 'openssl req -in server.csr -noout -text -verify',
  },
  'unreadable-input': {
    fails: 'A block or file cannot be decoded, needs a password, or holds nothing that is known.',
    passes: 'Everything was read.',
    example: 'weaklink --password env:STORE_PASSWORD store.p12',
  },
  'unsafe-workaround': {
    fails: 'A command, setting or piece of code in the input switches verification off, as curl -k does.',
    passes: 'None was found.',
  },
  healthy: {
    fails:
      'It concludes when no other finding is an error: the chain leads to a trusted root and everything was checked here, or the client verified it and says so.',
    passes: 'It stays silent when another rule found an error, or the tool failed.',
  },
  undeterminable: {
    fails:
      'It concludes when no rule could settle the cause. It lists what is not known, and the command that would tell.',
    passes: 'It stays silent when a rule settled the cause.',
  },
}
