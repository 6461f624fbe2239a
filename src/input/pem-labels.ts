/** What the labels of PEM blocks stand for. Sources: RFC 7468, RFC 4880 section 6.2, RFC 4716, OpenSSL's pem.h. */

const certificateLabels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/** True for the labels that hold an X.509 certificate. */
export const isCertificateLabel = (label: string): boolean => certificateLabels.has(label)

const requestLabels: ReadonlySet<string> = new Set(['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'])

/** True for the labels of PKCS#10 requests. */
export const isRequestLabel = (label: string): boolean => requestLabels.has(label)

/** Labels of blocks that say something of a chain without being certificates. */
const otherLabelsRead: ReadonlySet<string> = new Set(['PKCS7', 'CMS', 'X509 CRL', 'OCSP RESPONSE'])

/** True for the labels of blocks that are read in any way. */
export const isReadLabel = (label: string): boolean =>
  isCertificateLabel(label) || isRequestLabel(label) || otherLabelsRead.has(label)

const labelsOfKinds: Readonly<Record<string, string>> = {
  'PKCS#7': 'PKCS7',
  CRL: 'X509 CRL',
}

/** The label of a block that came without one, from what its bytes look like. */
export const labelOfKind = (kind: string | undefined): string =>
  kind === undefined ? 'CERTIFICATE' : (labelsOfKinds[kind] ?? kind.toUpperCase())

/** Labels of what must not travel: keys, and TLS sessions with their keys. */
export const isSecretLabel = (label: string): boolean => /PRIVATE KEY|^SSL SESSION PARAMETERS$/.test(label)

/** Blocks that are known for what they are, and not read. Each as a sentence. */
const others: readonly (readonly [RegExp, string])[] = [
  [/^PGP /, 'it belongs to OpenPGP, which has no certificates as TLS uses them.'],
  [/^SSH2 |^OPENSSH /, 'it belongs to SSH, which has no certificates as TLS uses them.'],
  [/^ATTRIBUTE CERTIFICATE$/, 'it grants rights to the holder of a certificate, and is none itself.'],
  [/PUBLIC KEY$/, 'a key without a name and an issuer says nothing of a chain.'],
  [/PARAMETERS$/, 'it holds numbers for a key exchange or a curve, and says nothing of a chain.'],
]

/** Says of a block that is not read what it is. */
export function whatLabelSays(label: string): string {
  const known = others.find(([pattern]) => pattern.test(label))
  const article = /^[AEIOU]|^(?:SSH|SSL|X5)/.test(label) ? 'An' : 'A'
  return `${article} ${label} block: ${known?.[1] ?? 'it is no certificate and says nothing of the chain.'}`
}
