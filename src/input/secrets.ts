import type { MappedText } from './mapped-text.ts'
import type { SecretPlace } from './model.ts'

interface SecretPattern {
  readonly kind: SecretPlace['kind']
  /** Group 1 is the secret; what stands before it stays readable. */
  readonly pattern: RegExp
}

/**
 * Values that must not travel. Each pattern is linear: gaps are bounded, and what may repeat cannot begin again inside of
 * what was just tried.
 */
const patterns: readonly SecretPattern[] = [
  {
    kind: 'TLS session key',
    pattern: /(?:Master-Key|Resumption PSK|(?:^|\s)PSK) {0,4}: {0,4}([0-9A-Fa-f]{16,256})/dgm,
  },
  {
    kind: 'TLS session key',
    pattern:
      /^[ \t]{0,8}(?:CLIENT_RANDOM|(?:CLIENT|SERVER)_(?:HANDSHAKE|TRAFFIC)_[A-Z0-9_]{1,30}|(?:EARLY_)?EXPORTER_SECRET) [0-9a-f]{64} ([0-9a-f]{32,128})/dgim,
  },
  { kind: 'session ticket', pattern: /(?:^|\s)Session-ID: {0,4}([0-9A-Fa-f]{16,128})/dgm },
  {
    kind: 'credential',
    pattern:
      /\b(?:Proxy-)?Authorization["']?: {0,4}["']?((?:Basic|Bearer|Digest|Negotiate|NTLM|AWS4-HMAC-SHA256) {1,4}[^\s"']{1,8000})/dgi,
  },
  { kind: 'credential', pattern: /\b(?:Set-)?Cookie["']?: {0,4}["']?([^\s"'][^\n"']{0,8000})/dgi },
  {
    kind: 'credential',
    pattern: /\b(?:x-)?(?:api-?key|auth-?token|access-?token|client-?secret)["']?[:=] {0,4}["']?([^\s"',;&]{8,500})/dgi,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:https?|socks5h?|ldaps?|amqps?|postgres(?:ql)?|rediss?|mongodb):\/\/[^\s:/@]{0,200}:([^\s/@]{1,200})@/dg,
  },
  {
    kind: 'password',
    pattern:
      /(?:^|\s)-{1,2}(?:pass|passin|passout|proxy_pass|storepass|keypass|srcstorepass|deststorepass|srckeypass|destkeypass|password|http-password|proxy-password|tlspassword)(?:[ =])(?:pass:)?(?!file:|env:|fd:|stdin|-)(\S{1,200})/dgm,
  },
  // curl and s_client take user and password as one word.
  {
    kind: 'password',
    pattern:
      /(?:^|\s)(?:-[a-zA-Z]{0,6}[uU]|--user|--proxy-user|-proxy_user) {1,4}["']?[^\s:"']{1,200}:([^\s"']{1,200})/dgm,
  },
  // A proxy without a scheme before its credentials.
  {
    kind: 'password',
    pattern: /(?:^|\s)(?:-[a-zA-Z]{0,8}x|--?proxy)[ =]{1,4}["']?[^\s:/@"']{1,200}:([^\s/@"']{1,200})(?=@[\w.[-])/dgm,
  },
  {
    kind: 'password',
    pattern: /(?:^|\s)(?:-E|--cert) {1,4}["']?[^\s:"']{1,300}\.(?:pem|p12|pfx|crt):([^\s"']{1,200})/dgm,
  },
  // Settings: Java's system properties, Tomcat's attributes, YAML, JSON and environment variables.
  {
    kind: 'password',
    pattern:
      /(?:^|[\s"'{,(;.-]|[a-z_])(?:key_?store_?pass(?:word)?|trust_?store_?pass(?:word)?|key_?pass(?:word)?|pass(?:word|wd|phrase))["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?!\$|%|<|\*|changeit\b|null\b|true\b|false\b|file:|env:)([^\s"',;&}<]{3,200})/dgim,
  },
  {
    kind: 'token',
    pattern: /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{2,8000}\.[A-Za-z0-9_-]{2,4000})/dg,
  },
]

/** Rows of the hex dump under `TLS session ticket:`. */
const ticketHeading = /TLS session ticket:[ \t]{0,20}\n((?:[ \t]{0,12}[0-9a-f]{4} - [^\n]{0,120}\n?){1,400})/dg

/** Finds secrets outside PEM blocks (private keys are found with the PEM). Values are never copied, only their places. */
export function findSecrets(source: MappedText): SecretPlace[] {
  const places: SecretPlace[] = []
  for (const { kind, pattern } of [...patterns, { kind: 'session ticket' as const, pattern: ticketHeading }]) {
    for (const match of source.text.matchAll(pattern)) {
      const range = match.indices?.[1]
      if (range) places.push({ kind, span: source.span(range[0], range[1]) })
    }
  }
  return places.sort((a, b) => a.span.start - b.span.start)
}
