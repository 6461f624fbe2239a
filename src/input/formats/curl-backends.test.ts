import { describe, expect, it } from 'vitest'
import { curlThroughProxy } from '../testing/curl.ts'
import { readOne } from '../testing/reading.ts'

const run = (...lines: readonly string[]) =>
  `* Connected to shop.harbour.example (192.0.2.7) port 443 (#0)\n${lines.map((line) => `${line}\n`).join('')}`

describe('curl: errors of other TLS libraries', () => {
  const cases: readonly (readonly [library: string, line: string, code: number, mismatch?: object])[] = [
    ['GnuTLS', 'server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none', 1],
    ['GnuTLS', 'server verification failed: certificate signer not trusted. (CAfile: none CRLfile: none)', 20],
    ['GnuTLS', 'server certificate expiration date has passed.', 10],
    ['GnuTLS', 'server certificate not activated yet.', 9],
    [
      'GnuTLS',
      "SSL: certificate subject name (other.example) does not match target host name 'shop.harbour.example'",
      62,
      { wanted: 'shop.harbour.example', names: ['other.example'] },
    ],
    [
      'Schannel',
      'schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - Die Zertifikatkette wurde von einer nicht vertrauten Stelle ausgestellt.',
      20,
    ],
    [
      'Schannel',
      'schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.',
      20,
    ],
    [
      'Schannel',
      'schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328) - The received certificate has expired.',
      10,
    ],
    [
      'Schannel',
      'schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.',
      62,
    ],
    [
      'Schannel',
      'schannel: next InitializeSecurityContext failed: CRYPT_E_NO_REVOCATION_CHECK (0x80092012) - The revocation function was unable to check revocation for the certificate.',
      3,
    ],
    ['Schannel', 'schannel: next InitializeSecurityContext failed: CRYPT_E_REVOCATION_OFFLINE (0x80092013)', 3],
    ['Schannel', 'schannel: CertGetCertificateChain trust error CERT_TRUST_IS_PARTIAL_CHAIN', 20],
    ['Secure Transport', 'SSL certificate problem: Invalid certificate chain', 20],
    ['Secure Transport', 'SSL certificate problem: Certificate chain had an expired certificate', 10],
    ['NSS', 'NSS error -8179 (SEC_ERROR_UNKNOWN_ISSUER)', 20],
    ['NSS', 'NSS error -8172 (SEC_ERROR_UNTRUSTED_ISSUER)', 20],
    ['NSS', 'NSS error -8181 (SEC_ERROR_EXPIRED_CERTIFICATE)', 10],
    ['NSS', 'NSS error -12276 (SSL_ERROR_BAD_CERT_DOMAIN)', 62],
    ['mbedTLS', 'Cert verify failed: BADCERT_NOT_TRUSTED', 20],
    ['mbedTLS', 'Cert verify failed: BADCERT_EXPIRED', 10],
    ['wolfSSL', 'SSL_connect failed with error -151: ASN date error, current date after', 10],
    ['wolfSSL', ' CA signer not available for verification', 20],
    ['rustls', 'rustls_connection_process_new_packets: invalid peer certificate: UnknownIssuer', 20],
  ]
  for (const [library, line, code, mismatch] of cases) {
    it(`${library}: ${line.slice(0, 70)}`, () => {
      const capture = readOne(run(`* ${line}`, '* Closing connection 0', `curl: (60) ${line}`))
      expect(capture.verifyErrors).toHaveLength(1)
      expect(capture.verifyErrors[0]).toMatchObject({ code, ...(mismatch ? { mismatch } : {}) })
      expect(capture.verifyResult).toMatchObject({ ok: false, code })
      expect(readOne(`curl: (60) ${line}\n`).verifyErrors).toMatchObject([{ code }])
    })
  }

  const failures: readonly (readonly [library: string, line: string, expected: object])[] = [
    ['GnuTLS', 'gnutls_handshake() failed: Handshake failed', { kind: 'alert', alert: 40 }],
    ['GnuTLS', 'gnutls_handshake() failed: Certificate is required', { kind: 'alert', alert: 116 }],
    ['GnuTLS', 'gnutls_handshake() failed: Error in protocol version', { kind: 'protocol', alert: 70 }],
    ['GnuTLS', 'gnutls_handshake() failed: An unexpected TLS packet was received.', { kind: 'plain-text' }],
    ['GnuTLS', 'gnutls_handshake() failed: The TLS connection was non-properly terminated.', { kind: 'closed' }],
    ['GnuTLS', 'gnutls_handshake() failed: Error in the pull function.', { kind: 'reset' }],
    [
      'Schannel',
      'schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326) - The message received was unexpected or badly formatted.',
      { kind: 'alert' },
    ],
    [
      'Schannel',
      'schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331)',
      { kind: 'protocol' },
    ],
    ['Schannel', 'schannel: failed to receive handshake, SSL/TLS connection failed', { kind: 'closed' }],
    ['NSS', 'NSS error -12227 (SSL_ERROR_HANDSHAKE_FAILURE_ALERT)', { kind: 'alert', alert: 40 }],
    ['NSS', 'NSS error -12263 (SSL_ERROR_RX_RECORD_TOO_LONG)', { kind: 'plain-text' }],
    ['NSS', 'NSS error -5938 (PR_END_OF_FILE_ERROR)', { kind: 'closed' }],
    // An invalid token may be plain text, an alert or a middlebox: no number tells.
    [
      'Schannel',
      'schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308) - The token supplied to the function is invalid',
      { kind: 'other' },
    ],
  ]
  for (const [library, line, expected] of failures) {
    it(`${library}: ${line.slice(0, 80)}`, () => {
      const capture = readOne(run(`* ${line}`, '* Closing connection 0', `curl: (35) ${line}`))
      expect(capture.failures).toMatchObject([expected])
      expect(capture.verifyErrors).toEqual([])
    })
  }

  it('GnuTLS prints its certificate without a heading, names with commas and dates as HTTP does', () => {
    const capture = readOne(
      run(
        '* found 144 certificates in /etc/ssl/certs/ca-certificates.crt',
        '* SSL connection using TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384',
        '*   server certificate verification OK',
        '*   common name: shop.harbour.example (matched)',
        '*   subject: C=NL,O=Quay Shop,CN=shop.harbour.example',
        '*   start date: Tue, 24 Nov 2026 20:24:15 GMT',
        '*   expire date: Mon, 20 Sep 2027 20:24:15 GMT',
        '*   issuer: C=NL,O=Harbour Trust\\, N.V.,CN=Harbour TLS CA 2',
      ),
    )
    expect(capture).toMatchObject({
      toolLabel: 'curl, GnuTLS',
      protocol: { value: 'TLSv1.3' },
      verifyResult: { ok: true },
    })
    const [leaf] = capture.printed
    expect(leaf?.issuer?.name.rdns.flat().map(({ value }) => value)).toEqual([
      'NL',
      'Harbour Trust, N.V.',
      'Harbour TLS CA 2',
    ])
    expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 8, 20, 20, 24, 15))
  })

  it('a name that GnuTLS compared is the name of the certificate', () => {
    const line = "SSL: certificate subject name (other.example) does not match target host name 'shop.harbour.example'"
    expect(readOne(run(`* ${line}`)).printed.map(({ subject }) => subject?.text)).toEqual(['CN=other.example'])
  })

  it('Secure Transport lists the common names of the chain', () => {
    const capture = readOne(
      run(
        '* TLS 1.2 connection using TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        '* Server certificate: shop.harbour.example',
        '* Server certificate: Harbour TLS CA 2',
        '* Server certificate: Harbour Root R1',
      ),
    )
    expect(capture.printed.map(({ subject }) => subject?.text)).toEqual([
      'CN=shop.harbour.example',
      'CN=Harbour TLS CA 2',
      'CN=Harbour Root R1',
    ])
    expect(capture.protocol?.value).toBe('TLSv1.2')
  })

  it('a request for a client certificate, as Schannel, Secure Transport and NSS tell it', () => {
    for (const line of [
      'schannel: a client certificate has been requested',
      'Server requested a client certificate during the handshake',
      'NSS: client certificate not found (nickname not specified)',
    ]) {
      expect(readOne(run(`* ${line}`)).clientAuth.requested).toBe('yes')
    }
    expect(readOne(run('* NSS: client certificate not found (nickname not specified)')).clientAuth.sent).toBe('empty')
    expect(readOne(run('* gnutls_handshake() failed: Handshake failed')).clientAuth.requested).toBe('unknown')
  })

  it('LibreSSL of macOS shows numbers for versions, and its silence on a request means nothing', () => {
    const capture = readOne(
      run(
        '* (304) (OUT), TLS handshake, Client hello (1):',
        '* (304) (IN), TLS handshake, Certificate (11):',
        '* (304) (IN), TLS handshake, Finished (20):',
        '* SSL connection using TLSv1.3 / AEAD-AES256-GCM-SHA384 / [blank] / UNDEF',
      ),
    )
    expect(capture.clientAuth.requested).toBe('unknown')
    expect(capture.cipher?.value).toBe('AEAD-AES256-GCM-SHA384')
  })
})

describe('curl through a proxy', () => {
  for (const version of ['old', 'new'] as const) {
    for (const answer of [
      '407 Proxy Authentication Required',
      '403 Forbidden',
      '502 Bad Gateway',
      '503 Service Unavailable',
    ]) {
      it(`${version}: ${answer}`, () => {
        const status = Number(answer.slice(0, 3))
        const error = `curl: (56) ${version === 'new' ? `CONNECT tunnel failed, response ${status}` : `Received HTTP code ${status} from proxy after CONNECT`}`
        const capture = readOne(curlThroughProxy(answer, ['* Closing connection 0', error], version))
        expect(capture.failures).toHaveLength(1)
        expect(capture.failures[0]).toMatchObject({ kind: 'proxy-refused', status })
        expect(capture.target).toMatchObject({
          host: 'shop.harbour.example',
          port: 443,
          proxy: 'proxy.harbour.example:3128',
        })
        expect(capture.answer).toBeUndefined()
        expect(readOne(`${error}\n`).failures).toMatchObject([{ kind: 'proxy-refused', status }])
      })
    }
  }

  it('one that hangs up', () => {
    expect(readOne(curlThroughProxy(undefined, ['curl: (56) Proxy CONNECT aborted'])).failures).toMatchObject([
      { kind: 'proxy-refused' },
    ])
  })

  it('credentials asked for, and let through at the second try', () => {
    const text =
      curlThroughProxy('407 Proxy Authentication Required') +
      curlThroughProxy('200 Connection established').replace(/^[\s\S]*?(?=> CONNECT)/, '')
    expect(readOne(text).failures).toEqual([])
  })

  it('an open tunnel: what follows is about the server', () => {
    const capture = readOne(
      curlThroughProxy('200 Connection established', [
        '* TLSv1.3 (OUT), TLS handshake, Client hello (1):',
        '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
        '* SSL certificate problem: self-signed certificate in certificate chain',
        'curl: (60) SSL certificate problem: self-signed certificate in certificate chain',
      ]),
    )
    expect(capture.failures).toEqual([])
    expect(capture.verifyErrors.map(({ code }) => code)).toEqual([19])
    expect(capture.target?.host).toBe('shop.harbour.example')
  })

  it('a proxy that speaks TLS itself: its certificate is not that of the server', () => {
    const proxyPart = [
      '* Connected to proxy.harbour.example (192.0.2.99) port 8443',
      '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
      '* Proxy certificate:',
      '*  subject: CN=proxy.harbour.example',
      '*  SSL certificate verify ok.',
    ].join('\n')
    const tunnel = curlThroughProxy('200 OK', [
      '* Server certificate:',
      '*  subject: CN=shop.harbour.example',
      '*  SSL certificate verify ok.',
    ]).replace(/^[\s\S]*?(?=\* Establish)/, '')
    expect(readOne(`${proxyPart}\n${tunnel}`).printed.map(({ subject }) => subject?.text)).toEqual([
      'CN=shop.harbour.example',
    ])
  })

  it('a proxy that speaks TLS itself and is not trusted is the target', () => {
    const text = [
      '$ curl -v -x https://proxy.harbour.example:8443 https://shop.harbour.example/',
      '* Connected to proxy.harbour.example (192.0.2.99) port 8443',
      '* SSL certificate problem: unable to get local issuer certificate',
      'curl: (60) SSL certificate problem: unable to get local issuer certificate',
      '',
    ].join('\n')
    expect(readOne(text).command).toMatchObject({ host: 'proxy.harbour.example', port: 8443 })
  })

  it('keeps no password of the proxy', () => {
    const text = `* Uses proxy env variable https_proxy == 'http://bob:hunter2@proxy.harbour.example:3128'\n${curlThroughProxy('407 x')}`
    expect(JSON.stringify(readOne(text))).not.toContain('hunter2')
  })
})
