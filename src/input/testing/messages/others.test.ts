import { describe, expect, it } from 'vitest'
import { inspect } from '../../../inspect.ts'
import type { Failure, ToolId } from '../../model.ts'
import { at, read, readOne } from '../reading.ts'
import { dotnet, goGet, nodeFetch, npm, pythonRequests, pythonVerify } from './others.ts'

const judge = async (text: string) =>
  inspect({ documents: [{ name: 'paste', text }] }, { now: Date.parse('2026-12-01T00:00:00Z') })

const names = "Host: shop.harbour.example. is not in the cert's altnames: DNS:a.harbour.example, DNS:b.harbour.example"

describe('node', () => {
  it.each([
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 20],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 21],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 18],
    ['SELF_SIGNED_CERT_IN_CHAIN', 19],
    ['CERT_HAS_EXPIRED', 10],
    ['CERT_NOT_YET_VALID', 9],
    ['CERT_REVOKED', 23],
    ['INVALID_PURPOSE', 26],
  ])('reads %s, with and without colours', (code, number) => {
    for (const colours of [false, true]) {
      const capture = readOne(nodeFetch('something in words', code, [], colours))
      expect(capture).toMatchObject({ tool: 'node', kind: 'message' })
      expect(capture.verifyErrors.map((error) => error.code)).toEqual([number])
    }
  })

  it('knows the words without the code, as Postman prints them', () => {
    expect(readOne('Error: unable to verify the first certificate\n')).toMatchObject({
      tool: 'node',
      verifyErrors: [{ code: 21 }],
    })
  })

  it('reads the names that were compared', () => {
    const capture = readOne(
      nodeFetch(`Hostname/IP does not match certificate's altnames: ${names}`, 'ERR_TLS_CERT_ALTNAME_INVALID', [
        `reason: "${names}"`,
        "host: 'shop.harbour.example'",
      ]),
    )
    expect(capture.verifyErrors[0]?.mismatch).toEqual({
      wanted: 'shop.harbour.example',
      names: ['a.harbour.example', 'b.harbour.example'],
    })
    expect(capture.target?.host).toBe('shop.harbour.example')
  })

  it.each([
    ['connect ECONNREFUSED 192.0.2.7:8443', 'ECONNREFUSED', { kind: 'refused' }],
    ['getaddrinfo ENOTFOUND shop.harbour.example', 'ENOTFOUND', { kind: 'dns' }],
    ['read ECONNRESET', 'ECONNRESET', { kind: 'reset' }],
    ['connect ETIMEDOUT 192.0.2.7:443', 'ETIMEDOUT', { kind: 'timeout' }],
    ['other side closed', 'UND_ERR_SOCKET', { kind: 'closed' }],
    [
      'write EPROTO 80CC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:350:',
      'EPROTO',
      { kind: 'plain-text' },
    ],
    [
      'write EPROTO 80CC:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record/rec_layer_s3.c:1601:SSL alert number 40',
      'EPROTO',
      { kind: 'alert', alert: 40 },
    ],
    ['ssl/tls alert handshake failure', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', { kind: 'alert', alert: 40 }],
    ['tlsv13 alert certificate required', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', { kind: 'alert', alert: 116 }],
  ])('reads %s', (message, code, failure) => {
    expect(readOne(nodeFetch(message, code)).failures[0]).toMatchObject(failure)
  })

  it('takes the place of a connection from the words', () => {
    expect(readOne(nodeFetch('connect ECONNREFUSED 192.0.2.7:8443', 'ECONNREFUSED')).target).toMatchObject({
      address: '192.0.2.7',
      port: 8443,
    })
    expect(readOne(nodeFetch('getaddrinfo ENOTFOUND shop.harbour.example', 'ENOTFOUND')).target?.host).toBe(
      'shop.harbour.example',
    )
  })

  it.each(['ERR!', 'error'] as const)('reads npm %s with its registry', async (word) => {
    const text = npm(
      word,
      'SELF_SIGNED_CERT_IN_CHAIN',
      'https://npm.harbour.example:8443/left',
      'self signed certificate in certificate chain',
    )
    const capture = readOne(text)
    expect(capture.target).toMatchObject({ host: 'npm.harbour.example', port: 8443 })
    const report = await judge(text)
    expect(report.verdict).toMatchObject({ cause: 'private-ca', owner: 'client' })
    expect(report.findings[0]).toMatchObject({ confidence: 'likely' })
    expect(report.findings[0]?.explanation).toContain('NODE_EXTRA_CA_CERTS')
    expect(report.findings[0]?.explanation).toContain('inspects TLS')
  })

  it('takes the host from the command line when only that has it', () => {
    const text = `$ node fetch.mjs https://shop.harbour.example:8447/\n${nodeFetch('certificate has expired', 'CERT_HAS_EXPIRED')}`
    expect(readOne(text).target).toMatchObject({ host: 'shop.harbour.example', port: 8447 })
  })

  it('takes no host from addresses of help pages', () => {
    const text = `${nodeFetch('certificate has expired', 'CERT_HAS_EXPIRED')}See https://docs.harbour.example/tls for help\n`
    expect(readOne(text).target).toBeUndefined()
  })
})

describe('python', () => {
  it.each([
    ['unable to get local issuer certificate', 20],
    ['self-signed certificate', 18],
    ['self signed certificate in certificate chain', 19],
    ['certificate has expired', 10],
    ["Hostname mismatch, certificate is not valid for 'shop.harbour.example'.", 62],
    ["IP address mismatch, certificate is not valid for '192.0.2.7'.", 64],
    ['Missing Authority Key Identifier', 85],
  ])('reads "%s" once, with host and port', (reason, code) => {
    const host = code === 64 ? '192.0.2.7' : 'shop.harbour.example'
    const capture = readOne(pythonRequests(host, 8443, pythonVerify(reason)))
    expect(capture).toMatchObject({ tool: 'python', kind: 'message' })
    expect(new Set(capture.verifyErrors.map((error) => error.code))).toEqual(new Set([code]))
    expect(capture.target).toMatchObject({ host, port: 8443 })
  })

  it('says no more than Python 3.6 does', async () => {
    const text = 'ssl.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:852)\n'
    expect(readOne(text)).toMatchObject({ verifyErrors: [], failures: [{ kind: 'verify-failed' }] })
    expect((await judge(text)).verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
  })

  it.each<[string, Partial<Failure>]>([
    ['[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2580)', { alert: 116 }],
    ['[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure (_ssl.c:1006)', { alert: 40 }],
    ['[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)', { kind: 'plain-text' }],
    ['[SSL] record layer failure (_ssl.c:1006)', { kind: 'plain-text' }],
    ['[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1006)', { kind: 'closed' }],
    ['[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1006)', { kind: 'protocol' }],
  ])('reads %s', (words, failure) => {
    expect(readOne(`ssl.SSLError: ${words}\n`).failures[0]).toMatchObject(failure)
  })

  it.each<[string, Partial<Failure>]>([
    ['ConnectionRefusedError: [Errno 111] Connection refused', { kind: 'refused' }],
    ['socket.gaierror: [Errno -2] Name or service not known', { kind: 'dns' }],
    ['ConnectionResetError: [Errno 104] Connection reset by peer', { kind: 'reset' }],
    ['OSError: Tunnel connection failed: 407 Proxy Authentication Required', { kind: 'proxy-refused', status: 407 }],
    ['OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /etc/x.pem', { kind: 'trust-store' }],
  ])('reads %s', (words, failure) => {
    expect(readOne(`${words}\n`).failures[0]).toMatchObject(failure)
  })

  it('names strict verification as the reason where Python 3.13 finds one', async () => {
    const report = await judge(
      pythonRequests('shop.harbour.example', 443, pythonVerify('Missing Authority Key Identifier')),
    )
    expect(report.verdict).toMatchObject({ cause: 'ca-constraint-violation', owner: 'ca' })
    expect(report.findings[0]?.explanation).toContain('3.13')
  })
})

const shop = 'https://shop.harbour.example:8443/v1'
const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
const because = (reason: string, ca: string) =>
  `${unknownAuthority} (possibly because of "${reason}" while trying to verify candidate authority certificate "${ca}")`
const dates =
  'x509: certificate has expired or is not yet valid: current time 2026-11-24T20:29:00Z is after 2026-04-01T00:00:00Z'

describe('go', () => {
  it.each([
    [unknownAuthority, 20],
    ['x509: certificate signed by unknown authority', 20],
    ['x509: certificate is valid for a.harbour.example, b.harbour.example, not shop.harbour.example', 62],
    ['x509: certificate is not valid for any names, but wanted to match shop.harbour.example', 62],
    ['x509: certificate relies on legacy Common Name field, use SANs instead', 62],
    ["x509: cannot validate certificate for 192.0.2.7 because it doesn't contain any IP SANs", 64],
    ['x509: certificate is valid for 192.0.2.8, not 192.0.2.7', 64],
    [dates, 10],
    ['x509: certificate specifies an incompatible key usage', 26],
    ['x509: certificate is not authorized to sign other certificates', 79],
  ])('reads %s', (words, code) => {
    const capture = readOne(goGet(shop, words))
    expect(capture).toMatchObject({ tool: 'go', kind: 'message' })
    expect(capture.verifyErrors.map((error) => error.code)).toEqual([code])
    expect(capture.target).toMatchObject({ host: 'shop.harbour.example', port: 8443 })
  })

  it('reads names, dates and the clock of the client', () => {
    const [error] = readOne(
      goGet(shop, 'x509: certificate is valid for a.harbour.example, *.b.example, not shop.harbour.example'),
    ).verifyErrors
    expect(error?.mismatch).toEqual({ wanted: 'shop.harbour.example', names: ['a.harbour.example', '*.b.example'] })
    const expired = readOne(goGet(shop, dates))
    expect(expired.verifyErrors[0]?.date?.value).toBe(Date.UTC(2026, 3, 1))
    expect(expired.startTime?.value).toBe(Date.UTC(2026, 10, 24, 20, 29))
  })

  it('tells a CA of the same name from an expired one and from a weak signature', () => {
    const first = (words: string) => readOne(goGet(shop, words)).verifyErrors[0]
    expect(first(because('x509: ECDSA verification failure', 'Harbour CA'))).toMatchObject({
      code: 20,
      candidate: { value: 'Harbour CA' },
    })
    expect(first(because(dates, 'Harbour CA'))).toMatchObject({ code: 10, depth: 1 })
    expect(first(because('x509: cannot verify signature: insecure algorithm SHA1-RSA', 'Harbour CA'))?.code).toBe(68)
  })

  it.each<[string, Partial<Failure>]>([
    ['remote error: tls: bad certificate', { kind: 'alert', alert: 42 }],
    ['remote error: tls: unknown certificate authority', { kind: 'alert', alert: 48 }],
    ['remote error: tls: certificate required', { kind: 'alert', alert: 116 }],
    ['local error: tls: protocol version not supported', { kind: 'protocol', alertSent: 70 }],
    ['tls: first record does not look like a TLS handshake', { kind: 'plain-text' }],
    ['http: server gave HTTP response to HTTPS client', { kind: 'plain-text' }],
    ['dial tcp 192.0.2.7:8443: connect: connection refused', { kind: 'refused' }],
    ['dial tcp: lookup shop.harbour.example on 192.0.2.53:53: no such host', { kind: 'dns' }],
    ['net/http: TLS handshake timeout', { kind: 'timeout' }],
    ['EOF', { kind: 'closed' }],
    ['Proxy Authentication Required', { kind: 'proxy-refused', status: 407 }],
  ])('reads %s', (words, failure) => {
    expect(readOne(goGet(shop, words)).failures[0]).toMatchObject(failure)
  })

  it('keeps a proxy that cannot be reached apart from the server', () => {
    const capture = readOne(goGet(shop, 'proxyconnect tcp: dial tcp 192.0.2.9:3128: connect: connection refused'))
    expect(capture.target).toMatchObject({ host: 'shop.harbour.example', proxy: '192.0.2.9:3128' })
    expect(capture.failures[0]?.kind).toBe('refused')
  })

  it("takes a server's log for the side of the server", () => {
    const text = "http: TLS handshake error from 192.0.2.44:51820: tls: client didn't provide a certificate\n"
    expect(readOne(text)).toMatchObject({ role: 'server', clientAuth: { requested: 'yes', sent: 'empty' } })
    expect(
      readOne('http: TLS handshake error from 192.0.2.44:51820: remote error: tls: bad certificate\n'),
    ).toMatchObject({
      role: 'server',
      failures: [{ alert: 42 }],
    })
  })
})

describe('.net and windows', () => {
  it.each([
    [
      'The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch, RemoteCertificateChainErrors',
      [62],
    ],
    ['The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot', [19]],
    ['The remote certificate is invalid because of errors in the certificate chain: PartialChain', [20]],
    [
      'The remote certificate is invalid because of errors in the certificate chain: NotTimeValid, UntrustedRoot',
      [19, 10],
    ],
    [
      'The remote certificate is invalid because of errors in the certificate chain: RevocationStatusUnknown, OfflineRevocation',
      [3],
    ],
  ])('reads %s', (words, codes) => {
    const capture = readOne(dotnet(words))
    expect(capture).toMatchObject({ tool: 'dotnet', kind: 'message' })
    expect(capture.verifyErrors.map((error) => error.code)).toEqual(codes)
  })

  it('says of the old message only what it says', async () => {
    const text =
      'Invoke-WebRequest : The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.\n'
    const report = await judge(text)
    expect(report.verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
    expect(report.findings[0]?.explanation).toContain('certlm.msc')
  })

  it.each([
    ['schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - etwas anderes', 20],
    ['HRESULT -2146893022', 62],
    ['Fehler 0x800B0101', 10],
    ['Exception from HRESULT: 0x80092013', 3],
  ])('reads %s by its number', (line, code) => {
    expect(readOne(`${line}\n`)).toMatchObject({ tool: 'dotnet', verifyErrors: [{ code }] })
  })

  it('does not take an alert of an event log for the word of a server', async () => {
    const event = (code: number) =>
      `A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is ${code}.\n`
    expect(readOne(event(48)).failures[0]).toMatchObject({ kind: 'other' })
    expect((await judge(event(48))).verdict).toMatchObject({ status: 'inconclusive' })
    expect(readOne(event(70)).failures[0]).toMatchObject({ alert: 70 })
  })
})

describe('other programs', () => {
  it.each<[ToolId, string, number]>([
    [
      'git',
      "fatal: unable to access 'https://shop.harbour.example/r.git/': SSL certificate problem: self-signed certificate",
      18,
    ],
    [
      'git',
      "fatal: unable to access 'https://shop.harbour.example/r.git/': SSL: no alternative certificate subject name matches target host name 'shop.harbour.example'",
      62,
    ],
    [
      'git',
      "fatal: unable to access 'https://shop.harbour.example/r.git/': schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)",
      20,
    ],
    [
      'php',
      'cURL error 60: SSL certificate problem: certificate has expired (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://shop.harbour.example/',
      10,
    ],
    [
      'php',
      "PHP Warning:  file_get_contents(): Peer certificate CN=`a.harbour.example' did not match expected CN=`shop.harbour.example' in /srv/x.php",
      62,
    ],
    [
      'ruby',
      'OpenSSL::SSL::SSLError: SSL_connect returned=1 errno=0 peeraddr=192.0.2.7:443 state=error: certificate verify failed (unable to get local issuer certificate) https://shop.harbour.example/',
      20,
    ],
    [
      'rust',
      'error sending request for url (https://shop.harbour.example/): invalid peer certificate: UnknownIssuer',
      20,
    ],
    [
      'rust',
      'https://shop.harbour.example/: invalid peer certificate: certificate expired: verification time 1790000000 (UNIX), but certificate is not valid after 1780000000 (10000000 seconds ago)',
      10,
    ],
    [
      'browser',
      'This server could not prove that it is shop.harbour.example; its security certificate is from a.harbour.example.',
      62,
    ],
    [
      'text',
      'psql: error: connection to server at "shop.harbour.example" (192.0.2.9), port 5432 failed: SSL error: certificate verify failed (certificate has expired)',
      10,
    ],
  ])('%s: %s', (tool, line, code) => {
    const capture = readOne(`${line}\n`)
    expect(capture).toMatchObject({ tool, kind: 'message' })
    expect(capture.verifyErrors.map((error) => error.code)).toEqual([code])
    expect(capture.target?.host).toBe('shop.harbour.example')
  })

  it.each([
    ['NET::ERR_CERT_AUTHORITY_INVALID', 20],
    ['NET::ERR_CERT_COMMON_NAME_INVALID', 62],
    ['NET::ERR_CERT_WEAK_KEY', 66],
    ['SEC_ERROR_UNKNOWN_ISSUER', 20],
    ['SSL_ERROR_BAD_CERT_DOMAIN', 62],
    ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', 18],
    ['Error Domain=NSURLErrorDomain Code=-1202 "The certificate for this server is invalid."', 20],
  ])('reads the code of the browser %s', (line, code) => {
    expect(readOne(`${line}\n`)).toMatchObject({ tool: 'browser', verifyErrors: [{ code }] })
  })

  it.each(['NET::ERR_CERT_KNOWN_INTERCEPTION_BLOCKED', 'MOZILLA_PKIX_ERROR_MITM_DETECTED'])(
    'takes %s for the word of the browser on interception',
    async (line) => {
      const report = await judge(`An error occurred during a connection to shop.harbour.example. ${line}\n`)
      expect(report.verdict).toMatchObject({ cause: 'interception-proxy', owner: 'proxy-team' })
      expect(report.findings[0]?.nextCommand).toContain('shop.harbour.example:443')
    },
  )

  it.each<[string, Partial<Failure>]>([
    ['SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT', { alert: 116 }],
    ['ERR_SSL_VERSION_OR_CIPHER_MISMATCH', { kind: 'protocol' }],
    ['net::ERR_CONNECTION_RESET', { kind: 'reset' }],
    ['error trying to connect: tcp connect error: Connection refused (os error 111)', { kind: 'refused' }],
    [
      'OpenSSL::SSL::SSLError: SSL_connect SYSCALL returned=5 errno=0 state=SSLv3/TLS write client hello',
      { kind: 'closed' },
    ],
  ])('reads %s', (line, failure) => {
    expect(readOne(`${line}\n`).failures[0]).toMatchObject(failure)
  })

  it('points at the words in the paste', () => {
    const text =
      "ticket 4711:\nfatal: unable to access 'https://shop.harbour.example/r.git/': SSL certificate problem: certificate has expired\nthanks\n"
    const capture = readOne(text)
    expect(at(text, capture.verifyErrors[0]?.span)).toMatch(/^fatal: unable to access/)
    expect(at(text, capture.target?.span)).toBe('shop.harbour.example')
  })

  it('leaves prose alone that names no failure', () => {
    expect(read('The certificate is fine and TLS works; Python and Java agree, see errors.\n').captures).toEqual([])
  })
})
