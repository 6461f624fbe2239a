/** Prints what nmap, testssl.sh, sslscan and wget print of one server. */
import { leafPem } from './pki.ts'

/** `nmap --script ssl-cert`; `-v` adds the PEM. */
export const nmapRun = (
  options: { readonly pem?: boolean; readonly port?: number; readonly command?: string } = {},
): string => {
  const { port = 8443, pem = false } = options
  const block = leafPem.trimEnd().split('\n')
  return `${[
    options.command ?? `$ nmap -p ${port} --script ssl-cert shop.harbour.example`,
    'Starting Nmap 7.93 ( https://nmap.org ) at 2026-12-01 09:00 UTC',
    'Nmap scan report for shop.harbour.example (192.0.2.7)',
    'Host is up (0.00040s latency).',
    '',
    'PORT     STATE SERVICE',
    `${port}/tcp open  https-alt`,
    '| ssl-cert: Subject: commonName=shop.harbour.example/organizationName=Quay Shop/countryName=NL',
    '| Subject Alternative Name: DNS:shop.harbour.example, DNS:*.harbour.example, IP Address:192.0.2.7',
    '| Issuer: commonName=Harbour TLS CA 2/organizationName=Harbour Trust, N.V./countryName=NL',
    '| Public Key type: ec',
    '| Public Key bits: 256',
    '| Signature Algorithm: ecdsa-with-SHA256',
    '| Not valid before: 2026-11-24T18:34:04',
    '| Not valid after:  2027-11-24T18:34:04',
    `| MD5:   ${'ab'.repeat(16)}`,
    `${pem ? '| ' : '|_'}SHA-1: ${'cd'.repeat(20)}`,
    ...(pem ? block.map((line, index) => `${index === block.length - 1 ? '|_' : '| '}${line}`) : []),
    '',
    'Nmap done: 1 IP address (1 host up) scanned in 1.91 seconds',
  ].join('\n')}\n`
}

export interface TestsslStory {
  readonly trust?: string
  readonly hostname?: string
  readonly validity?: string
  readonly count?: number
  readonly command?: string
}

/** The certificate section of `testssl.sh` 3.0. */
export const testsslRun = (story: TestsslStory = {}): string =>
  [
    story.command ?? '$ testssl.sh -S shop.harbour.example:8443',
    ' Start 2026-12-01 09:00:00        -->> 192.0.2.7:8443 (shop.harbour.example) <<--',
    '',
    ' Testing server defaults (Server Hello) ',
    '',
    ' Signature Algorithm          SHA256 with ECDSA',
    ' Server key size              EC 256 bits',
    ' Serial                       7A4529B76AFE3BE3C0BB7965C3C8D4 (OK: length 15)',
    ` Fingerprints                 SHA1 ${'AB'.repeat(20)}`,
    `                              SHA256 ${'CD'.repeat(32)}`,
    ' Common Name (CN)             shop.harbour.example ',
    ' subjectAltName (SAN)         shop.harbour.example *.harbour.example 192.0.2.7 ',
    ' Issuer                       Harbour TLS CA 2 (Harbour Trust, N.V. from NL)',
    ` Trust (hostname)             ${story.hostname ?? 'Ok via SAN (same w/o SNI)'}`,
    ` Chain of trust               ${story.trust ?? 'Ok   '}`,
    ` Certificate Validity (UTC)   ${story.validity ?? '358 >= 60 days (2026-11-24 18:34 --> 2027-11-24 18:34)'}`,
    ` # of certificates provided   ${story.count ?? 2}`,
    ' OCSP stapling                not offered',
    '',
    ' Done 2026-12-01 09:00:08 [   8s] -->> 192.0.2.7:8443 (shop.harbour.example) <<--',
    '',
  ].join('\n')

/** `sslscan` 2. */
export const sslscanRun = (subject = 'shop.harbour.example', issuer = 'Harbour TLS CA 2'): string =>
  [
    '$ sslscan --no-colour shop.harbour.example:8443',
    'Version: 2.0.7',
    'OpenSSL 3.0.19 27 Jan 2026',
    '',
    'Connected to 192.0.2.7',
    '',
    'Testing SSL server shop.harbour.example on port 8443 using SNI name shop.harbour.example',
    '',
    '  SSL/TLS Protocols:',
    'TLSv1.2   enabled',
    '',
    '  SSL Certificate:',
    'Signature Algorithm: ecdsa-with-SHA256',
    'ECC Curve Name:      prime256v1',
    '',
    `Subject:  ${subject}`,
    'Altnames: DNS:shop.harbour.example, IP Address:192.0.2.7',
    `Issuer:   ${issuer}`,
    '',
    'Not valid before: Nov 24 18:34:04 2026 GMT',
    'Not valid after:  Nov 24 18:34:04 2027 GMT',
    '',
  ].join('\n')

/** `wget`: the request, the connection, and what follows. */
export const wgetRun = (
  lines: readonly string[],
  options: { readonly command?: string; readonly via?: string } = {},
): string =>
  [
    ...(options.command === undefined ? [] : [options.command]),
    '--2026-12-01 09:00:00--  https://shop.harbour.example:8443/',
    ...(options.via
      ? [`Connecting to ${options.via} (${options.via})|192.0.2.99|:3128... connected.`]
      : [
          'Resolving shop.harbour.example (shop.harbour.example)... 192.0.2.7',
          'Connecting to shop.harbour.example (shop.harbour.example)|192.0.2.7|:8443... connected.',
        ]),
    ...lines,
    '',
  ].join('\n')
