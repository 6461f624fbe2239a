/**
 * Messages of Java: JSSE (all JDKs from 8 on), Android's Conscrypt, and what HTTP, Kafka and JDBC clients put around them.
 * Sources: OpenJDK sun.security.validator, sun.security.ssl, sun.security.util.HostnameChecker, sun.security.provider.certpath.
 */
import { newCapture } from '../../capture.ts'
import type { Format, Segment } from '../../format.ts'
import type { Capture } from '../../model.ts'
import { messageFormat, messagesOf } from './format.ts'
import { isDebugLine, isInsideDebug, readDebug } from './java-debug.ts'
import type { MessagePattern, MessageTable } from './pattern.ts'

const names: readonly MessagePattern[] = [
  { code: 62, pattern: /No subject alternative DNS name matching (?<wanted>[^\s"]{1,253}) found/ },
  { code: 64, pattern: /No subject alternative names matching IP address (?<wanted>[^\s"]{1,60}) found/ },
  { code: 62, nameless: true, pattern: /No subject alternative names present/ },
  { code: 62, pattern: /No name matching (?<wanted>[^\s"]{1,253}) found/ },
  {
    code: 62,
    pattern:
      /Certificate for <(?<wanted>[^>\s]{1,253})> doesn't match any of the subject alternative names: \[(?<names>[^\]\n]{0,3000})/,
  },
  {
    code: 62,
    pattern:
      /Certificate for <(?<wanted>[^>\s]{1,253})> doesn't match common name of the certificate subject: (?<names>[^\s"]{1,253})/,
  },
  { code: 62, pattern: /hostname in certificate didn't match: <(?<wanted>[^>\s]{1,253})> != (?<names>[^\n]{1,600})/ },
  { code: 62, pattern: /Hostname (?<wanted>[\w.:-]{1,253}) not verified/ },
  {
    code: 62,
    pattern: /Host name '(?<wanted>[^']{1,253})' does not match the certificate subject provided by the peer/,
  },
  {
    code: 62,
    pattern:
      /Failed to validate the server name (?:"(?<wanted>[^"]{1,253})" )?in a certificate(?:[^\n]{0,200}?Name in certificate "(?<names>[^"]{1,253})")?/,
  },
  { code: 62, pattern: /The hostname (?<wanted>[\w.:-]{1,253}) could not be verified/ },
  {
    code: 62,
    pattern:
      /Server identity verification failed[^\n]{0,60}?Common Name '(?<names>[^']{1,253})' does not match with '(?<wanted>[^']{1,253})'/,
  },
]

const dates: readonly MessagePattern[] = [
  { code: 10, pattern: /CertificateExpiredException: (?:NotAfter: (?<ends>[^\n]{10,40})|[^\n]{0,200})/ },
  { code: 9, pattern: /CertificateNotYetValidException: (?:NotBefore: (?<starts>[^\n]{10,40})|[^\n]{0,200})/ },
]

const paths: readonly MessagePattern[] = [
  { code: 23, pattern: /Certificate has been revoked|CertificateRevokedException/ },
  { code: 3, pattern: /(?:Unable|Could not) (?:to )?determine revocation status|UNDETERMINED_REVOCATION_STATUS/ },
  { code: 66, pattern: /Algorithm constraints check failed on (?:keysize limits|key size)[^\n]{0,200}/ },
  {
    code: 68,
    pattern: /Algorithm constraints check failed on [^\n]{0,200}|do(?:es)? not conform to algorithm constraints/,
  },
  {
    code: 26,
    depth: 0,
    role: 'server',
    pattern: /Extended key usage does not permit use for TLS client authentication/,
  },
  { code: 26, depth: 0, pattern: /Extended key usage does not permit use for TLS server authentication/ },
  { code: 39, depth: 0, pattern: /KeyUsage does not allow (?:digital signatures|key encipherment|key agreement)/ },
  {
    code: 25,
    pattern: /basic constraints check failed: pathLenConstraint violated[^\n]{0,80}|pathLenConstraint violated/,
  },
  { code: 79, pattern: /basic constraints check failed[^\n]{0,80}|is not a CA certificate/ },
  { code: 32, pattern: /CA key usage check failed[^\n]{0,80}/ },
  { code: 47, pattern: /name constraints check failed/ },
  { code: 34, pattern: /unrecognized critical extension\(s\)/ },
  { code: 7, pattern: /signature check failed/ },
  { failure: 'trust-store', pattern: /trustAnchors parameter must be non-empty|problem accessing trust store/ },
  {
    code: 20,
    pattern:
      /unable to find valid certification path to requested target|Trust anchor for certification path not found|Path does not chain with any of the trust anchors|subject\/issuer name chaining check failed|No trusted certificate found/,
  },
  { code: 20, pattern: /PKIX path building failed/ },
  // Says neither which certificate nor which end of its validity; the cause below it does.
  { code: 10, general: true, pattern: /validity check failed/ },
  { failure: 'verify-failed', general: true, pattern: /PKIX path validation failed|peer not authenticated/ },
]

const handshakes: readonly MessagePattern[] = [
  { pattern: /Received fatal alert: (?<alert>[a-z_]{4,40})/ },
  { pattern: /RECV (?:TLSv1(?:\.[0-3])?|SSLv3) ALERT: {1,3}fatal, (?:description = )?(?<alert>[a-z_]{4,40})/ },
  { pattern: /handshake alert: {1,3}(?<alert>[a-z_]{4,40})/ },
  { pattern: /TlsFatalAlertReceived: (?<alert>[a-z_]{4,40})\(/ },
  { pattern: /SEND (?:TLSv1(?:\.[0-3])?|SSLv3) ALERT: {1,3}fatal, description = (?<alertSent>[a-z_]{4,40})/ },
  { pattern: /SSL routines:OPENSSL_internal:(?<reason>[A-Z0-9_/]{3,60})/ },
  {
    failure: 'other',
    role: 'server',
    requested: 'yes',
    sent: 'empty',
    alertSent: 42,
    pattern: /Empty (?:client|peer) certificate chain|SSLHandshakeException: null cert chain/,
  },
  {
    failure: 'closed',
    pattern:
      /Remote host (?:terminated the handshake|closed connection during handshake)|SSL peer shut down incorrectly|Connection has closed: /,
  },
  {
    failure: 'plain-text',
    pattern:
      /Unsupported or unrecognized SSL message|Unrecognized SSL message, plaintext connection|not an SSL\/TLS record|Unable to parse TLS packet header/,
  },
  {
    failure: 'protocol',
    role: 'server',
    pattern: /Client requested protocol \S{1,20} (?:is )?not enabled or (?:is )?not? ?supported[^\n]{0,60}/,
  },
  {
    failure: 'protocol',
    pattern:
      /No appropriate protocol \(protocol is disabled|The server selected protocol version [^\n]{1,80}|Server chose (?:TLS|SSL)[^\n]{1,90}not enabled or (?:is )?not supported/,
  },
  { failure: 'other', role: 'server', pattern: /no cipher suites in common/ },
  { failure: 'other', pattern: /UnrecoverableKeyException: Cannot recover key/ },
]

const connections: readonly MessagePattern[] = [
  {
    failure: 'proxy-refused',
    pattern: /Unable to tunnel through proxy\. Proxy returns "HTTP\/1\.[01] (?<status>\d{3})/,
  },
  {
    failure: 'dns',
    pattern: /java\.net\.UnknownHostException|UnresolvedAddressException|java\.net\.UnknownHostException: /,
  },
  {
    // The HTTP client of Java 11 to 17 gives no reason.
    failure: 'unreachable',
    general: true,
    pattern: /java\.net\.ConnectException\s*$/,
  },
  {
    failure: 'refused',
    pattern: /(?:ConnectException|HttpHostConnectException|AnnotatedConnectException)[^\n]{0,200}[Cc]onnection refused/,
  },
  {
    failure: 'timeout',
    pattern:
      /SocketTimeoutException: [Cc]onnect(?:ion)? timed out|ConnectException: Connection timed out|HttpConnectTimeoutException|ConnectTimeoutException/,
  },
  { failure: 'unreachable', pattern: /NoRouteToHostException|(?:Connect|Socket)Exception: Network is unreachable/ },
  { failure: 'reset', pattern: /(?:SocketException|IOException|SSLException): Connection reset/ },
  { failure: 'refused', weak: true, pattern: /[Cc]onnection refused/ },
]

export const java: MessageTable = {
  id: 'java',
  label: 'Java',
  possible:
    /Exception|PKIX|alternative (?:DNS )?name|No name matching|doesn't match|didn't match|not verified|does not match|certification path|check failed|trustAnchors|trust store|trusted cert|Trust anchor|fatal alert|ALERT|handshake alert|AlertReceived|SSL peer|SSL message|SSL\/TLS record|TLS packet|Remote host|Connection has|protocol|cipher suites|tunnel|refused|[Kk]ey ?[Uu]sage|pathLen|certificate chain|cert chain|CA certificate|authenticated|revo(?:ked|cation)|REVOCATION|server name|OPENSSL_internal|be verified|identity verif|constraints|critical extension|name chaining|validity/,
  // The deepest causes first: they say most.
  patterns: [...dates, ...names, ...paths, ...handshakes, ...connections],
  serverSide: /\.(?:checkClientTrusted|checkClientCerts)\(/,
  between:
    /^\s+at [\w.$/<>-]{1,300}\(|^\s+\.\.\. \d{1,5} (?:more|common frames)|^Caused by: |^\s+Suppressed: |^Exception in thread /,
}

const messages = messageFormat(java)

/** Messages of Java, and the account of a handshake that `javax.net.debug` prints around them. */
export const javaFormat: Format = {
  ...messages,
  mark(line, seen) {
    const found = messages.mark(line, seen)
    if (found !== undefined) return found
    if (isDebugLine(line)) return 'debug'
    return seen.has('debug') && isInsideDebug(line) ? 'inside' : undefined
  },
  parse: (segment) => withDebug(segment, messagesOf(segment, java)),
}

/** The failure that ends a debug output is that of the handshake it shows. */
function withDebug(segment: Segment, captures: Capture[]): Capture[] {
  const debug = readDebug(segment)
  if (!debug) return captures
  const { source } = segment
  const [first] = captures
  const end = segment.lines.at(-1)?.end ?? segment.end
  const { start, clientAuth, accepted, ...facts } = debug
  const ok = accepted && { text: 'the client went on to its Finished message', ok: true, span: accepted }
  return [
    newCapture({
      document: source.document,
      tool: java.id,
      toolLabel: `${java.label} (javax.net.debug)`,
      ...(segment.command ? { command: segment.command } : {}),
      ...(ok ? { verifyResult: ok } : {}),
      ...first,
      ...facts,
      clientAuth: first && first.clientAuth.sent !== 'unknown' ? first.clientAuth : clientAuth,
      kind: 'connection',
      span: source.span(Math.min(start, segment.lines[0]?.start ?? start), end),
    }),
    ...captures.slice(1).filter((capture) => capture.target?.host !== first?.target?.host),
  ]
}
