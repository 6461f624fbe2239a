/** Prints what `keytool` of JDK 17 prints. */
import { type NameParts, names } from './names.ts'
import { issuingPem, leafPem, rootPem } from './pki.ts'

/** As Java prints names: the most specific first, values with commas in quotes. */
export const javaName = (parts: NameParts): string =>
  [...parts]
    .reverse()
    .map(([type, value]) => `${type.replace('+', '')}=${/[,+"]/.test(value) ? `"${value}"` : value}`)
    .join(', ')

type Which = 'leaf' | 'issuing' | 'root'

const facts = {
  leaf: { subject: names.leaf, issuer: names.issuing, pem: leafPem, until: 'Wed Nov 24 18:34:04 UTC 2027', ca: false },
  issuing: {
    subject: names.issuing,
    issuer: names.root,
    pem: issuingPem,
    until: 'Fri Nov 21 18:32:22 UTC 2036',
    ca: true,
  },
  root: { subject: names.root, issuer: names.root, pem: rootPem, until: 'Mon Nov 19 18:32:21 UTC 2046', ca: true },
} as const

export function keytoolCertificate(which: Which): string[] {
  const { subject, issuer, until, ca } = facts[which]
  return [
    `Owner: ${javaName(subject)}`,
    `Issuer: ${javaName(issuer)}`,
    'Serial number: a4529b76afe3be3c0bb7965c3c8d4',
    `Valid from: Tue Nov 24 18:34:04 UTC 2026 until: ${until}`,
    'Certificate fingerprints:',
    `\t SHA1: ${'AB:'.repeat(19)}AB`,
    `\t SHA256: ${'CD:'.repeat(31)}CD`,
    'Signature algorithm name: SHA256withECDSA',
    'Subject Public Key Algorithm: 256-bit EC (secp256r1) key',
    'Version: 3',
    '',
    'Extensions: ',
    '',
    '#1: ObjectId: 2.5.29.19 Criticality=true',
    'BasicConstraints:[',
    `  CA:${ca}`,
    '  PathLen: undefined',
    ']',
    '',
    ...(ca
      ? []
      : [
          '#2: ObjectId: 2.5.29.17 Criticality=false',
          'SubjectAlternativeName [',
          '  DNSName: shop.harbour.example',
          '  DNSName: *.harbour.example',
          '  IPAddress: 192.0.2.7',
          ']',
          '',
        ]),
    '#3: ObjectId: 2.5.29.14 Criticality=false',
    'SubjectKeyIdentifier [',
    'KeyIdentifier [',
    "0000: E5 01 96 4E 77 27 3E BF   D0 B9 4C 91 74 E9 38 33  ...Nw'>...L.t.83",
    ']',
    ']',
    '',
  ]
}

/** `keytool -printcert -sslserver`. */
export const keytoolServer = (
  sent: readonly Which[],
  command = '$ keytool -printcert -sslserver shop.harbour.example:8443',
): string =>
  [
    ...(command === '' ? [] : [command]),
    ...sent.flatMap((which, index) => [
      `Certificate #${index}`,
      '====================================',
      ...keytoolCertificate(which),
      '',
    ]),
    '',
  ].join('\n')

export interface KeystoreEntry {
  readonly alias: string
  readonly type: 'PrivateKeyEntry' | 'trustedCertEntry'
  readonly chain: readonly Which[]
}

/** `keytool -list -v`, or `-rfc`. */
export function keytoolList(entries: readonly KeystoreEntry[], form: '-v' | '-rfc' = '-v'): string {
  return [
    `$ keytool -list ${form} -keystore shop.p12 -storepass hunter2`,
    'Keystore type: PKCS12',
    'Keystore provider: SUN',
    '',
    `Your keystore contains ${entries.length} entries`,
    '',
    ...entries.flatMap(({ alias, type, chain }) => [
      `Alias name: ${alias}`,
      'Creation date: Nov 24, 2026',
      `Entry type: ${type}`,
      ...(type === 'PrivateKeyEntry' ? [`Certificate chain length: ${chain.length}`] : ['']),
      ...chain.flatMap((which, index) => [
        ...(type === 'PrivateKeyEntry' ? [`Certificate[${index + 1}]:`] : []),
        ...(form === '-rfc' ? [facts[which].pem.trimEnd()] : keytoolCertificate(which)),
      ]),
      '',
      '',
      '*******************************************',
      '*******************************************',
      '',
      '',
    ]),
  ].join('\n')
}
