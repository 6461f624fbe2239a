/**
 * Messages of Go and of what is written in it: kubectl, docker, terraform, helm.
 * Sources: Go crypto/x509 verify.go, crypto/tls alert.go and handshake files, net/http transport.go.
 */
import type { MessagePattern, MessageTable } from './pattern.ts'

/** The end of an unknown-authority message: a CA of the right name that the client has, and why it did not do. */
const candidate = 'while trying to verify candidate authority certificate \\\\?"(?<candidate>[^"\\\\\\n]{0,200})'

/** A reason given with a candidate; the certificate at fault is the candidate, or its signature. */
const because = (reason: string): RegExp =>
  new RegExp(`possibly because of [^\\n]{0,60}${reason}[^\\n]{0,120}${candidate}`)

const authorities: readonly MessagePattern[] = [
  {
    code: 10,
    depth: 1,
    pattern: because(
      'has expired or is not yet valid: current time (?<clock>\\S{10,40}) is after (?<ends>[\\dT:Z+-]{10,30})',
    ),
  },
  {
    code: 9,
    depth: 1,
    pattern: because(
      'has expired or is not yet valid: current time (?<clock>\\S{10,40}) is before (?<starts>[\\dT:Z+-]{10,30})',
    ),
  },
  { code: 68, pattern: because('insecure algorithm') },
  { code: 79, depth: 1, pattern: because('(?:cannot sign this kind of certificate|not authorized to sign)') },
  {
    code: 20,
    pattern: new RegExp(`certificate signed by unknown authority \\(possibly because of [^\\n]{1,300}${candidate}`),
  },
  { code: 20, pattern: /certificate signed by unknown authority|x509: "[^"]{0,253}" certificate is not trusted/ },
]

const certificates: readonly MessagePattern[] = [
  {
    code: 10,
    pattern:
      /certificate has expired or is not yet valid: current time (?<clock>\S{10,40}) is after (?<ends>[\dT:Z+-]{10,30})/,
  },
  {
    code: 9,
    pattern:
      /certificate has expired or is not yet valid: current time (?<clock>\S{10,40}) is before (?<starts>[\dT:Z+-]{10,30})/,
  },
  { code: 10, pattern: /certificate has expired or is not yet valid|x509: "[^"]{0,253}" certificate is expired/ },
  {
    code: 64,
    pattern:
      /certificate is valid for (?<names>(?:[\w.*:-]{1,253}, ){0,500}[\w.*:-]{1,253}), not (?<wanted>\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,45})(?![\w.-])/,
  },
  {
    code: 62,
    pattern:
      /certificate is valid for (?<names>(?:[\w.*:-]{1,253}, ){0,500}[\w.*:-]{1,253}), not (?<wanted>[\w.*-]{1,253})/,
  },
  {
    code: 62,
    nameless: true,
    pattern: /certificate is not valid for any names, but wanted to match (?<wanted>[\w.*:-]{1,253})/,
  },
  { code: 62, nameless: true, pattern: /certificate relies on legacy Common Name field/ },
  {
    code: 64,
    pattern: /cannot validate certificate for (?<wanted>[\w.:]{2,60}) because it doesn't contain any IP SANs/,
  },
  { code: 62, pattern: /x509: "[^"]{0,253}" certificate name does not match input/ },
  { code: 79, pattern: /certificate is not authorized to sign other certificates/ },
  { code: 25, pattern: /too many intermediates for path length constraint/ },
  { code: 26, depth: 0, pattern: /x509: certificate specifies an incompatible key usage/ },
  {
    code: 47,
    pattern:
      /x509: a root or intermediate certificate is not authorized to sign for this name[^\n]{0,200}|is (?:not permitted by any constraint|excluded by constraint)/,
  },
  { code: 34, pattern: /x509: unhandled critical extension/ },
  { code: 68, pattern: /x509: cannot verify signature: insecure algorithm[^\n]{0,60}/ },
  { failure: 'verify-failed', pattern: /tls: failed to parse certificate from server: [^\n]{1,120}/ },
]

const handshakes: readonly MessagePattern[] = [
  { pattern: /remote error: tls: (?<alert>[a-z][a-z ]{3,40})/ },
  { pattern: /local error: tls: (?<alertSent>[a-z][a-z ]{3,40})/ },
  {
    failure: 'other',
    role: 'server',
    requested: 'yes',
    sent: 'empty',
    pattern: /tls: client didn't provide a certificate/,
  },
  // Spoken in plain text to a server: its own log tells of the client.
  {
    failure: 'other',
    role: 'server',
    pattern:
      /TLS handshake error from \S{3,80}: (?<text>tls: first record does not look like a TLS handshake|client sent an HTTP request to an HTTPS server|[^\n]{0,120}EOF$)/,
  },
  {
    failure: 'plain-text',
    pattern: /first record does not look like a TLS handshake|server gave HTTP response to HTTPS client/,
  },
  {
    failure: 'protocol',
    pattern: /tls: server selected unsupported protocol version \w{1,10}|tls: no supported versions satisfy MinVersion/,
  },
  { role: 'server', beside: true, pattern: /http: TLS handshake error from \S{3,80}: / },
]

const connections: readonly MessagePattern[] = [
  { failure: 'proxy-refused', pattern: /proxyconnect tcp: (?!dial)[^\n]{1,120}/ },
  { failure: 'proxy-refused', status: 407, pattern: /": (?<text>Proxy Authentication Required)/ },
  {
    failure: 'timeout',
    pattern: /TLS handshake timeout|dial tcp [^\n]{1,120}: (?:i\/o timeout|connect: connection timed out)/,
  },
  {
    failure: 'refused',
    pattern: /dial tcp [^\n]{1,120}: connect: connection refused|connection to the server \S{1,253} was refused/,
  },
  {
    failure: 'dns',
    pattern: /dial tcp: lookup \S{1,253}[^\n]{0,80}: (?:no such host|server misbehaving|i\/o timeout)|: no such host/,
  },
  { failure: 'unreachable', pattern: /dial tcp [^\n]{1,120}: connect: (?:no route to host|network is unreachable)/ },
  { failure: 'reset', pattern: /(?:read|write) tcp [^\n]{1,120}: (?:read|write): connection reset by peer/ },
  { failure: 'closed', pattern: /(?:Get|Post|Put|Head|Patch|Delete) "https:[^"\n]{1,300}": EOF$/ },
]

export const go: MessageTable = {
  id: 'go',
  label: 'Go',
  possible:
    /x509|tls: |TLS handshake|unknown authority|certificate (?:has expired|is (?:valid|not)|relies)|validate certificate|constraint|dial tcp|proxyconnect|Proxy Auth|HTTPS client|no such host|refused|reset|EOF|HTTP request to an/,
  patterns: [...authorities, ...certificates, ...handshakes, ...connections],
}
