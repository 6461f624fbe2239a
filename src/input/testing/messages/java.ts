/** Prints what Java prints: stack traces with their causes, and `-Djavax.net.debug=ssl:handshake` of JDK 17 and JDK 8. */

const frames = (...names: readonly string[]): string[] => names.map((name) => `\tat java.base/${name}`)

const onTheWay = frames(
  'sun.security.ssl.Alert.createSSLException(Alert.java:131)',
  'sun.security.ssl.TransportContext.fatal(TransportContext.java:383)',
)

export interface TraceStory {
  /** The first line's exception; the messages of the causes follow, outermost first. */
  readonly causes: readonly (readonly [exception: string, message: string])[]
  /** Stands around the first exception, as `I/O error on GET request for "https://...": `. */
  readonly wrapper?: string
  /** The server side judged the certificate of its client. */
  readonly server?: boolean
}

export function javaTrace({ causes, wrapper = '', server = false }: TraceStory): string {
  const judged = frames(
    `sun.security.ssl.X509TrustManagerImpl.${server ? 'checkClientTrusted' : 'checkServerTrusted'}(X509TrustManagerImpl.java:132)`,
  )
  return [
    ...causes.flatMap(([exception, message], index) => [
      index === 0
        ? `Exception in thread "main" ${exception}: ${wrapper}${message}`
        : `Caused by: ${exception}: ${message}`,
      ...(index === 0 ? onTheWay : judged),
      ...(index === 0 ? [] : [`\t... ${18 + index} more`]),
    ]),
    '',
  ].join('\n')
}

const handshake = 'javax.net.ssl.SSLHandshakeException'
const unfound = 'unable to find valid certification path to requested target'
const builder = `sun.security.provider.certpath.SunCertPathBuilderException: ${unfound}`

/** The usual failures. */
export const javaFailures = {
  path: [
    [handshake, `PKIX path building failed: ${builder}`],
    ['sun.security.validator.ValidatorException', `PKIX path building failed: ${builder}`],
    ['sun.security.provider.certpath.SunCertPathBuilderException', unfound],
  ],
  expired: [
    [handshake, 'PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed'],
    ['java.security.cert.CertPathValidatorException', 'validity check failed'],
    ['java.security.cert.CertificateExpiredException', 'NotAfter: Wed Apr 01 00:00:00 UTC 2026'],
  ],
  name: [
    [handshake, 'No subject alternative DNS name matching shop.harbour.example found.'],
    ['java.security.cert.CertificateException', 'No subject alternative DNS name matching shop.harbour.example found.'],
  ],
} as const satisfies Readonly<Record<string, TraceStory['causes']>>

export interface DebugStory {
  /** Subject and issuer of each certificate that the server sends, most specific attribute first. */
  readonly chain: readonly (readonly [subject: string, issuer: string])[]
  /** CA names that the server accepts; undefined: it does not ask. */
  readonly authorities?: readonly string[]
  readonly answer?: 'empty' | 'certificate'
  readonly host?: string
  /** What the client itself ends it with. */
  readonly fatal?: string
  /** Name of the alert that ends it. */
  readonly alert?: string
}

const stamped = (text: string, file = 'CertificateMessage.java:1166'): string =>
  `javax.net.ssl|DEBUG|10|main|2026-11-24 20:28:51.837 UTC|${file}|${text}`

/** JDK 11 and later, TLS 1.3. */
export function javaDebug({ chain, authorities, answer, host, alert, fatal }: DebugStory): string {
  return [
    stamped('Produced ClientHello handshake message (', 'ClientHello.java:639'),
    '"ClientHello": {',
    '  "client version"      : "TLSv1.2",',
    ...(host ? ['    "server_name (0)": {', `      type=host_name (0), value=${host}`, '    },'] : []),
    '}',
    ')',
    stamped('Consuming ServerHello handshake message (', 'ServerHello.java:897'),
    '"ServerHello": {',
    '  "cipher suite"        : "TLS_AES_256_GCM_SHA384(0x1302)",',
    '}',
    ')',
    stamped('Negotiated protocol version: TLSv1.3', 'ServerHello.java:993'),
    ...(authorities
      ? [
          stamped('Consuming CertificateRequest handshake message (', 'CertificateRequest.java:979'),
          '"CertificateRequest": {',
          '      "signature schemes": [ecdsa_secp256r1_sha256, rsa_pss_rsae_sha256]',
          '      "certificate authorities": [',
          ...authorities.map((name, index) => `        ${name}${index === authorities.length - 1 ? ']' : ''}`),
          '}',
          ')',
        ]
      : []),
    stamped('Consuming server Certificate handshake message ('),
    '"Certificate": {',
    '  "certificate_request_context": "",',
    '  "certificate_list": [  ',
    ...chain.flatMap(([subject, issuer], index) => [
      '  {',
      '    "certificate" : {',
      '      "version"            : "v3",',
      '      "serial number"      : "0f:11",',
      `      "issuer"             : "${issuer}",`,
      '      "not before"         : "2026-11-24 18:20:00.000 UTC",',
      '      "not  after"         : "2027-11-04 18:20:00.000 UTC",',
      `      "subject"            : "${subject}",`,
      '      "subject public key" : "EC",',
      '      "extensions"         : [',
      ...(index === 0
        ? ['          SubjectAlternativeName [', '            DNSName: shop.harbour.example', '          ]']
        : ['          BasicConstraints:[', '            CA:true', '          ]']),
      '      ]}',
      '  },',
    ]),
    ']',
    '}',
    ')',
    ...(fatal
      ? [
          `javax.net.ssl|ERROR|10|main|2026-11-24 20:28:51.838 UTC|TransportContext.java:375|Fatal (CERTIFICATE_UNKNOWN): ${fatal} (`,
        ]
      : []),
    stamped('Consuming server Finished handshake message (', 'Finished.java:917'),
    ...(answer === 'empty'
      ? [
          stamped('No X.509 cert selected for [EC, RSA]', 'X509Authentication.java:227'),
          stamped('Produced client Certificate message (', 'CertificateMessage.java:1134'),
          '"Certificate": {',
          '  "certificate_list": [  ',
          ']',
          '}',
          ')',
        ]
      : []),
    ...(answer === 'certificate'
      ? [
          stamped('Produced client Certificate message (', 'CertificateMessage.java:1134'),
          '    "certificate" : {',
          '}',
          stamped('Produced client CertificateVerify handshake message (', 'CertificateVerify.java:1131'),
        ]
      : []),
    stamped('Produced client Finished handshake message (', 'Finished.java:687'),
    ...(alert
      ? [
          stamped('Received alert message (', 'Alert.java:238'),
          '"Alert": {',
          '  "level"      : "fatal",',
          `  "description": "${alert}"`,
          '}',
          ')',
          `javax.net.ssl|ERROR|10|main|2026-11-24 20:28:51.848 UTC|TransportContext.java:375|Fatal (${alert.toUpperCase()}): Received fatal alert: ${alert} (`,
        ]
      : []),
    '',
  ].join('\n')
}

/** JDK 8 before its update 251, TLS 1.2. */
export function javaDebug8({ chain, authorities, answer, alert }: DebugStory): string {
  return [
    '*** ClientHello, TLSv1.2',
    '*** ServerHello, TLSv1.2',
    'Cipher Suite: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    '*** Certificate chain',
    ...chain.flatMap(([subject, issuer], index) => [
      `chain [${index}] = [`,
      '[',
      '  Version: V3',
      `  Subject: ${subject}`,
      '  Key:  Sun RSA public key, 2048 bits',
      '  Validity: [From: Tue Nov 24 18:20:00 UTC 2026,',
      '               To: Thu Nov 04 18:20:00 UTC 2027]',
      `  Issuer: ${issuer}`,
      '  SerialNumber: [    0f11]',
      ']',
    ]),
    '***',
    ...(authorities
      ? [
          '*** CertificateRequest',
          'Cert Types: RSA, DSS, ECDSA',
          'Supported Signature Algorithms: SHA512withECDSA, SHA256withRSA',
          'Cert Authorities:',
          ...authorities.map((name) => `<${name}>`),
        ]
      : []),
    '*** ServerHelloDone',
    ...(answer === 'empty'
      ? [
          'Warning: no suitable certificate found - continuing without client authentication',
          '*** Certificate chain',
          '<Empty>',
          '***',
        ]
      : []),
    ...(answer === 'certificate'
      ? ['*** Certificate chain', 'chain [0] = [', ']', '***', '*** CertificateVerify']
      : []),
    '*** ECDHClientKeyExchange',
    ...(alert ? [`main, RECV TLSv1.2 ALERT:  fatal, ${alert}`] : []),
    '',
  ].join('\n')
}
