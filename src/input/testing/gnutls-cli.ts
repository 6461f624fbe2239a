/** Prints what `gnutls-cli` 3.7 prints, and what it prints first when its output goes through a pipe. */
import { type NameParts, names } from './names.ts'
import { issuingPem, leafPem } from './pki.ts'

/** As RFC 4514: the most specific first, with escapes. */
export const reversedName = (parts: NameParts): string =>
  [...parts]
    .reverse()
    .map(([type, value]) => `${type.replace('+', '')}=${value.replace(/[,+"\\<>;]/g, '\\$&')}`)
    .join(',')

export interface GnutlsStory {
  readonly command?: string
  readonly sent?: readonly ('leaf' | 'issuing')[]
  /** The sentences after "The certificate is". */
  readonly status?: string
  readonly printCert?: boolean
  /** Lines after the status. */
  readonly lines?: readonly string[]
  /** Lines on standard error, which a pipe puts first. */
  readonly errors?: readonly string[]
  readonly handshake?: boolean
}

const facts = {
  leaf: {
    subject: names.leaf,
    issuer: names.issuing,
    serial: '0x7a4529b76afe3be3c0bb7965c3c8d4',
    until: '2027-11-24',
    pem: leafPem,
  },
  issuing: {
    subject: names.issuing,
    issuer: names.root,
    serial: '0x5fc2e11f7cb95ea1742f2ac4f5f005',
    until: '2036-11-21',
    pem: issuingPem,
  },
} as const

export function gnutlsRun(story: GnutlsStory = {}): string {
  const { sent = ['leaf', 'issuing'], status = 'trusted.', handshake = true, printCert = false } = story
  const certificates = sent.flatMap((name, index) => {
    const { subject, issuer, serial, until, pem } = facts[name]
    return [
      `- Certificate[${index}] info:`,
      ` - subject \`${reversedName(subject)}', issuer \`${reversedName(issuer)}', serial ${serial}, EC/ECDSA key 256 bits, signed using ECDSA-SHA256, activated \`2026-11-24 18:34:04 UTC', expires \`${until} 18:34:04 UTC', pin-sha256="0ZqS"`,
      ...(index === 0
        ? ['\tPublic Key ID:', `\t\tsha1:${'ab'.repeat(20)}`, '\tPublic Key PIN:', '\t\tpin-sha256:0ZqS', '']
        : []),
      ...(printCert ? ['', pem.trimEnd(), ''] : []),
    ]
  })
  return `${[
    ...(story.command === undefined ? [] : [`$ ${story.command}`]),
    ...(story.errors ?? []),
    'Processed 1 CA certificate(s).',
    "Resolving 'shop.harbour.example:8443'...",
    "Connecting to '192.0.2.7:8443'...",
    ...(sent.length > 0
      ? [
          '- Certificate type: X.509',
          `- Got a certificate list of ${sent.length} certificates.`,
          ...certificates,
          `- Status: The certificate is ${status} `,
        ]
      : []),
    ...(/NOT/.test(status) ? ['*** PKI verification of server certificate failed...'] : []),
    ...(handshake
      ? [
          '- Description: (TLS1.3-X.509)-(ECDHE-SECP256R1)-(ECDSA-SECP256R1-SHA256)-(AES-256-GCM)',
          '- Session ID: 2B:03',
          '- Options:',
          '- Handshake was completed',
          '',
          '- Simple Client Mode:',
          '',
        ]
      : []),
    ...(story.lines ?? []),
  ].join('\n')}\n`
}
