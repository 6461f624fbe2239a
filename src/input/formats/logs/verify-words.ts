/** Why a certificate was refused, from the words of programs that print no X509_V_ERR number. */

interface Words {
  readonly code: number
  readonly pattern: RegExp
}

/** First match wins: "self-signed certificate in certificate chain" is not "self-signed certificate". */
const words: readonly Words[] = [
  { code: 64, pattern: /IP address mismatch/i },
  { code: 62, pattern: /host ?name mismatch|verify SAN list|SAN matcher|subject alt name|does not match/i },
  { code: 19, pattern: /self[- ]signed certificate in (?:certificate )?chain/i },
  { code: 18, pattern: /self[- ]signed certificate/i },
  { code: 10, pattern: /certificate has expired|CertificateExpiredException|NotAfter:/i },
  { code: 9, pattern: /not yet valid|CertificateNotYetValidException/i },
  { code: 23, pattern: /certificate (?:has been |is )?revoked|has been revoked/i },
  { code: 21, pattern: /unable to verify the first certificate/i },
  {
    code: 20,
    pattern:
      /unable to get (?:local )?issuer certificate|PKIX path building failed|unable to find valid certification path/i,
  },
  { code: 22, pattern: /chain too long/i },
  { code: 26, pattern: /(?:unsuitable|unsupported) certificate purpose/i },
]

/** The X509_V_ERR number of the same meaning; undefined when the words do not say why. */
export const verifyCodeOf = (text: string): number | undefined => words.find(({ pattern }) => pattern.test(text))?.code
