/** Messages of Rust: rustls, reqwest, hyper, native-tls, cargo. Sources: rustls error.rs, rustls-webpki; openssl crate. */
import type { MessagePattern, MessageTable } from './pattern.ts'

/** What follows `invalid peer certificate: `, in old (variant names) and new (sentences) releases. */
const certificates: readonly (readonly [words: string, proof: Omit<MessagePattern, 'pattern'>])[] = [
  ['UnknownIssuer|unknown issuer', { code: 20 }],
  [
    '(?:Cert)?NotValidForName|certificate not valid for name "(?<wanted>[^"\\n]{1,253})"(?:; certificate is only valid for (?<names>[^\\n]{1,2000}))?',
    { code: 62 },
  ],
  ['(?:Cert)?NotValidYet|certificate not valid yet', { code: 9 }],
  ['(?:Cert)?Expired|certificate expired', { code: 10 }],
  ['(?:Cert)?Revoked|certificate revoked', { code: 23 }],
  ['UnknownRevocationStatus|unknown revocation status', { code: 3 }],
  ['BadSignature|InvalidSignatureForPublicKey|bad signature', { code: 7 }],
  ['[^\\n]{0,60}CaUsedAsEndEntity', { code: 79, depth: 0 }],
  ['InvalidPurpose|[^\\n]{0,60}RequiredEkuNotFound', { code: 26, depth: 0 }],
  ['[^\\n]{0,60}NameConstraintViolation', { code: 47 }],
  ['[^\\n]{0,60}PathLenConstraintViolated', { code: 25 }],
  ['[^\\n]{0,60}UnsupportedCriticalExtension', { code: 34 }],
  ['[^\\n]{0,60}UnsupportedSignatureAlgorithm', { code: 68 }],
]

export const rust: MessageTable = {
  id: 'rust',
  label: 'Rust',
  possible:
    /peer certificate|InvalidCertificate|fatal alert|corrupt message|os error|dns error|root CA|tls handshake|certificate verify failed|close_notify|sent no certificates|incompatible|CertNot|CertExpired|UnknownIssuer/,
  patterns: [
    ...certificates.map(([words, proof]) => ({
      ...proof,
      pattern: new RegExp(`(?:invalid peer certificate(?: contents)?: |InvalidCertificate\\()(?:${words})`),
    })),
    { failure: 'verify-failed', pattern: /invalid peer certificate(?: contents)?: [^\n]{1,120}/ },
    { pattern: /received fatal alert: (?<alert>[A-Z][A-Za-z]{3,40})/ },
    { failure: 'plain-text', pattern: /received corrupt message of type InvalidContentType/ },
    { failure: 'other', role: 'server', requested: 'yes', sent: 'empty', pattern: /peer sent no certificates/ },
    { failure: 'trust-store', pattern: /no native root CA certificates found|NoRootAnchors/ },
    { failure: 'protocol', pattern: /peer is incompatible: [^\n]{1,80}/ },
    { pattern: /certificate verify failed:[^\n(]{0,160}\((?<verify>[^)\n]{3,160})\)/ },
    { failure: 'closed', pattern: /tls handshake eof|peer closed connection without sending TLS close_notify/ },
    { failure: 'dns', pattern: /dns error: failed to lookup address information/ },
    { failure: 'refused', pattern: /\(os error (?:111|61|10061)\)/ },
    { failure: 'reset', pattern: /\(os error (?:104|54|10054)\)/ },
    { failure: 'timeout', pattern: /\(os error (?:110|60|10060)\)/ },
    { failure: 'unreachable', pattern: /\(os error (?:113|101|65|51)\)/ },
  ],
  between: /^\s*(?:Caused by:?|\d{1,3}: )/,
}
