/**
 * Messages of .NET (Framework, Core and later), PowerShell and SQL clients.
 * Sources: dotnet/runtime System.Net.Security and System.Net.Http resources; X509ChainStatusFlags.
 */
import type { MessagePattern, MessageTable } from './pattern.ts'
import { schannelPatterns } from './schannel.ts'

/** Flags of a chain that was refused; a message may list several. */
const flags: readonly (readonly [name: string, code: number])[] = [
  ['UntrustedRoot', 19],
  ['PartialChain', 20],
  ['NotTimeValid', 10],
  ['Revoked', 23],
  ['RevocationStatusUnknown|OfflineRevocation', 3],
  ['NotValidForUsage', 26],
  ['HasWeakSignature', 68],
  ['InvalidBasicConstraints', 79],
  ['NotSignatureValid', 7],
  ['InvalidNameConstraints|HasNotPermittedNameConstraint|HasExcludedNameConstraint', 47],
  ['ExplicitDistrust', 28],
]

const chain: readonly MessagePattern[] = flags.map(([names, code]) => ({
  code,
  beside: true,
  pattern: new RegExp(
    `(?:errors in the certificate chain|[Cc]hain ?[Ss]tatus|ChainErrors|X509Chain)[^\\n]{0,200}\\b(?<text>${names})\\b`,
  ),
}))

export const dotnet: MessageTable = {
  id: 'dotnet',
  label: '.NET',
  possible:
    /RemoteCertificate|remote (?:certificate|party|name|host)|certificate chain|[Cc]hain ?[Ss]tatus|ChainErrors|X509Chain|transport stream|frame size|packet format|SslException|OpenSSL error|--->|Exception|actively refused|properly respond|such host|trust relationship|secure channel|SSL connection|proxy tunnel|0x80|-214\d|SEC_E_|CRYPT_E_|CERT_E_|ERROR_(?:INTERNET|WINHTTP)|principal name|CN name|trusted root|root certificate|received certificate|validity period|check revocation|common algorithm/i,
  patterns: [
    { code: 62, pattern: /\bRemoteCertificateNameMismatch\b/ },
    ...chain,
    ...schannelPatterns,
    { pattern: /remote party sent a TLS alert: '(?<alert>\w{4,40})'/ },
    {
      failure: 'closed',
      pattern: /remote party has closed the transport stream|unexpected EOF or 0 bytes from the transport stream/,
    },
    { failure: 'plain-text', pattern: /Cannot determine the frame size or a corrupted frame|unexpected packet format/ },
    {
      pattern: /(?:SslException|OpenSSL error|--->|Exception:)[^\n]{0,120}(?<queue>error:[0-9A-Fa-f]{8}:[^\n]{0,400})/,
    },
    {
      failure: 'proxy-refused',
      pattern: /proxy tunnel request to proxy '(?<text>[^']{1,200})' failed with status code '(?<status>\d{3})'/,
    },
    {
      failure: 'refused',
      pattern:
        /target machine actively refused it|HttpRequestException: Connection refused|SocketException \(\d{2,6}\): Connection refused/,
    },
    { failure: 'timeout', pattern: /connected party did not properly respond after a period of time/ },
    {
      failure: 'dns',
      pattern:
        /No such host is known|remote name could not be resolved(?:: '(?<host>[\w.-]{1,253})')?|SocketException \((?:11001|-?\d{1,6})\): Name or service not known|HttpRequestException: Name or service not known/,
    },
    {
      failure: 'reset',
      pattern: /existing connection was forcibly closed by the remote host|SocketException \((?:104|10054)\)/,
    },
    {
      failure: 'verify-failed',
      pattern: /rejected by the provided RemoteCertificateValidationCallback|RemoteCertificateNotAvailable/,
    },
    {
      failure: 'verify-failed',
      general: true,
      pattern:
        /The remote certificate is invalid(?: according to the validation procedure)?|Could not establish trust relationship for the SSL\/TLS secure channel|RemoteCertificateChainErrors/,
    },
    {
      failure: 'other',
      general: true,
      pattern:
        /Could not create SSL\/TLS secure channel|The SSL connection could not be established|SSL Handshake failed with OpenSSL error/,
    },
  ],
  between:
    /^\s+at [\w.<>`[\],]{1,300}\(|^\s+--- End of (?:inner exception )?stack trace|^\s*\+ (?:CategoryInfo|FullyQualifiedErrorId)|^At (?:line|\S{1,200}):\d/,
}
