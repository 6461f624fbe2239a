/** What can be read, in words for people. The page, the command line and the findings say it from here. */
export const whatIsRead: readonly { readonly kind: string; readonly names: readonly string[] }[] = [
  {
    kind: 'tools',
    names: [
      'openssl s_client, x509 and verify',
      'curl',
      'wget',
      'gnutls-cli',
      'keytool',
      'nmap',
      'testssl.sh',
      'sslscan',
    ],
  },
  {
    kind: 'error messages',
    names: ['Java', 'Python', 'Node.js', 'Go', '.NET and PowerShell', 'Ruby', 'PHP', 'Rust', 'git', 'browsers'],
  },
  { kind: 'logs', names: ['nginx', 'Kong', 'Cloudflare', 'F5', 'HAProxy', 'Envoy', 'Apache', 'Tomcat', 'IIS'] },
  {
    kind: 'certificates',
    names: [
      'PEM, base64 and hexadecimal in anything around them',
      'DER',
      'PKCS#7',
      'PKCS#12',
      'Java key stores',
      'ZIP archives',
    ],
  },
  { kind: 'beside them', names: ['CRLs', 'OCSP responses', 'certificate requests'] },
]

/** The same as a part of a sentence: `tools (curl, wget), logs (nginx)`. */
export const whatIsReadText: string = whatIsRead.map(({ kind, names }) => `${kind} (${names.join(', ')})`).join('; ')
