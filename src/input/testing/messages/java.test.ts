import { describe, expect, it } from 'vitest'
import { inspect } from '../../../inspect.ts'
import { at, read, readOne } from '../reading.ts'
import { javaDebug, javaDebug8, javaFailures, javaTrace } from './java.ts'

const now = { now: Date.parse('2026-12-01T00:00:00Z') }
const judge = async (text: string) => inspect({ documents: [{ name: 'paste', text }] }, now)

describe('java: traces', () => {
  it('takes the deepest cause, and the host from the words around it', () => {
    const text = javaTrace({
      causes: javaFailures.path,
      wrapper: 'I/O error on GET request for "https://shop.harbour.example:8443/v1": ',
    })
    const capture = readOne(text)
    expect(capture).toMatchObject({ tool: 'java', kind: 'message', role: 'client' })
    expect(capture.target).toMatchObject({ host: 'shop.harbour.example', port: 8443 })
    expect(at(text, capture.target?.span)).toBe('shop.harbour.example')
    expect(capture.verifyErrors.map(({ code }) => code)).toEqual([20])
    expect(at(text, capture.verifyErrors[0]?.span)).toMatch(/^Caused by: sun\.security\.provider/)
  })

  it('leaves it open why no path was found, and gives the command with host and port', async () => {
    const text = javaTrace({
      causes: javaFailures.path,
      wrapper: 'I/O error on GET request for "https://shop.harbour.example:8443/v1": ',
    })
    const report = await judge(text)
    expect(report.verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable', owner: 'reporter' })
    const [finding] = report.findings
    expect(finding?.nextCommand).toBe(
      'openssl s_client -connect shop.harbour.example:8443 -servername shop.harbour.example -showcerts </dev/null',
    )
    expect(finding?.explanation).toContain('cacerts')
    expect(finding?.evidence[0]?.quote).toContain('unable to find valid certification path')
  })

  it('reads the date of an expired certificate, without saying which it is', async () => {
    const text = javaTrace({ causes: javaFailures.expired })
    expect(readOne(text).verifyErrors).toMatchObject([{ code: 10, date: { value: Date.UTC(2026, 3, 1) } }])
    const report = await judge(text)
    expect(report.verdict).toMatchObject({ status: 'broken', cause: 'expired-leaf' })
    expect(report.findings[0]).toMatchObject({ confidence: 'likely' })
    expect(report.findings[0]?.explanation).toContain('does not tell which certificate')
  })

  it('reads "validity check failed" alone, when the cause below it is cut off', async () => {
    const text = javaTrace({ causes: javaFailures.expired }).split('\nCaused by: java.security.cert.CertificateExp')[0]
    expect(readOne(text as string).verifyErrors[0]).toMatchObject({ code: 10 })
    const report = await judge(text as string)
    expect(report.findings[0]?.explanation).toContain('not valid yet')
  })

  it('is certain of names that Java compared', async () => {
    const report = await judge(javaTrace({ causes: javaFailures.name }))
    expect(report.verdict).toMatchObject({ cause: 'hostname-mismatch', owner: 'server-operator' })
    expect(report.findings[0]).toMatchObject({ confidence: 'certain' })
    expect(report.findings[0]?.nextCommand).toContain('-connect shop.harbour.example:443')
  })

  it.each([
    [
      "Certificate for <a.harbour.example> doesn't match any of the subject alternative names: [b.harbour.example, c.harbour.example]",
      { wanted: 'a.harbour.example', names: ['b.harbour.example', 'c.harbour.example'] },
    ],
    [
      "Certificate for <a.harbour.example> doesn't match common name of the certificate subject: b.harbour.example",
      { wanted: 'a.harbour.example', names: ['b.harbour.example'] },
    ],
    ['No name matching a.harbour.example found', { wanted: 'a.harbour.example' }],
    [
      "hostname in certificate didn't match: <a.harbour.example> != <b.harbour.example>",
      { wanted: 'a.harbour.example' },
    ],
    ['Hostname a.harbour.example not verified:', { wanted: 'a.harbour.example' }],
    ['No subject alternative names present', { names: [] }],
  ])('reads %s', (words, mismatch) => {
    const [error] = readOne(`javax.net.ssl.SSLPeerUnverifiedException: ${words}\n`).verifyErrors
    expect(error?.code).toBe(62)
    expect(error?.mismatch).toMatchObject(mismatch)
  })

  it.each([
    [
      'java.security.cert.CertPathValidatorException: Algorithm constraints check failed on signature algorithm: SHA1withRSA',
      68,
    ],
    [
      'sun.security.validator.ValidatorException: Extended key usage does not permit use for TLS server authentication',
      26,
    ],
    ['java.security.cert.CertificateRevokedException: Certificate has been revoked, reason: KEY_COMPROMISE', 23],
    ['java.security.cert.CertPathValidatorException: basic constraints check failed: this is not a CA certificate', 79],
    ['java.security.cert.CertPathValidatorException: signature check failed', 7],
    ['java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.', 20],
    ['javax.net.ssl.SSLHandshakeException: No subject alternative names matching IP address 192.0.2.7 found', 64],
  ])('gives %s the number %i', (line, code) => {
    expect(readOne(`Caused by: ${line}\n`).verifyErrors.map((error) => error.code)).toEqual([code])
  })

  it.each([
    ['javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate', { kind: 'alert', alert: 42 }],
    ['javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version', { kind: 'protocol', alert: 70 }],
    ['javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake', { kind: 'closed' }],
    ['javax.net.ssl.SSLException: Unsupported or unrecognized SSL message', { kind: 'plain-text' }],
    ['java.net.ConnectException: Connection refused (Connection refused)', { kind: 'refused' }],
    ['java.net.UnknownHostException: shop.harbour.example', { kind: 'dns' }],
    ['java.net.SocketTimeoutException: connect timed out', { kind: 'timeout' }],
    [
      'java.io.IOException: Unable to tunnel through proxy. Proxy returns "HTTP/1.1 407 x"',
      { kind: 'proxy-refused', status: 407 },
    ],
    [
      'java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty',
      { kind: 'trust-store' },
    ],
  ])('reads %s', (line, failure) => {
    expect(readOne(`Exception in thread "main" ${line}\n`).failures[0]).toMatchObject(failure)
  })

  it('blames no server where the trust store of the client is empty', async () => {
    const report = await judge(
      'Caused by: java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty\n',
    )
    expect(report.verdict).toMatchObject({ status: 'broken', cause: 'stale-trust-store', owner: 'client' })
    expect(report.findings[0]?.nextCommand).toContain('keytool -list -cacerts')
  })

  it('tells a server that judges its clients from a client', async () => {
    const empty = 'javax.net.ssl.SSLHandshakeException: Empty client certificate chain\n'
    expect(readOne(empty)).toMatchObject({ role: 'server', clientAuth: { requested: 'yes', sent: 'empty' } })
    const judged = javaTrace({ causes: javaFailures.path, server: true })
    expect(readOne(judged).role).toBe('server')
    expect((await judge(judged)).findings.map(({ rule }) => rule)).not.toContain('hostname-mismatch')
  })

  it('knows a lone cause at the end of a cut paste, and frames before it', () => {
    const text = javaTrace({ causes: javaFailures.path })
    expect(readOne(text.slice(text.lastIndexOf('Caused by'))).verifyErrors[0]?.code).toBe(20)
    expect(readOne(text.slice(text.indexOf('\tat'))).verifyErrors[0]?.code).toBe(20)
  })

  it('does not take a read that timed out for a connection that failed', () => {
    expect(read('java.net.SocketTimeoutException: Read timed out\n').captures).toEqual([])
  })
})

const chain = [
  ['CN=shop.harbour.example, O=Quay Shop, C=NL', 'CN=Harbour TLS CA 2, O="Harbour Trust, N.V.", C=NL'],
  ['CN=Harbour TLS CA 2, O="Harbour Trust, N.V.", C=NL', 'CN=Harbour Root R1, O="Harbour Trust, N.V.", C=NL'],
] as const
const authorities = ['CN=Client CA 7, O="Kühn, Söhne", C=DE', 'CN=Client CA 8, C=DE']

describe('java: javax.net.debug', () => {
  it.each([
    ['JDK 17', javaDebug],
    ['JDK 8', javaDebug8],
  ] as const)('%s: shows what was sent, asked for and answered', (_, print) => {
    const capture = readOne(print({ chain, authorities, answer: 'empty', alert: 'bad_certificate' }))
    expect(capture).toMatchObject({ tool: 'java', kind: 'connection', chainListComplete: true })
    expect(capture.chainList.map(({ subject }) => subject?.text)).toEqual(chain.map(([subject]) => subject))
    expect(capture.chainList.map(({ issuer }) => issuer?.text)).toEqual(chain.map(([, issuer]) => issuer))
    expect(capture.chainList[0]?.notAfter?.value).toBe(Date.UTC(2027, 10, 4, 18, 20))
    expect(capture.clientAuth).toMatchObject({ requested: 'yes', sent: 'empty' })
    expect(capture.clientAuth.acceptableCas.map(({ text }) => text)).toEqual(authorities)
    expect(capture.failures[0]).toMatchObject({ alert: 42 })
  })

  it.each([javaDebug, javaDebug8])('takes CertificateVerify for the proof that one was sent', (print) => {
    expect(readOne(print({ chain, authorities, answer: 'certificate' })).clientAuth.sent).toBe('yes')
  })

  it('names the missing intermediate, as the list of what was sent is whole', async () => {
    const debug = javaDebug({
      chain: chain.slice(0, 1),
      host: 'shop.harbour.example',
      fatal: 'PKIX path building failed',
    })
    const text = `${debug.split(/^.*Finished/m)[0]}${javaTrace({ causes: javaFailures.path })}`
    const capture = readOne(text)
    expect(capture.target?.host).toBe('shop.harbour.example')
    const report = await judge(text)
    expect(report.verdict).toMatchObject({ status: 'broken', cause: 'missing-intermediate' })
    expect(report.verdict.headline).toContain('Harbour TLS CA 2')
  })

  it('lets the handshake that a client finished be healthy', async () => {
    expect((await judge(javaDebug({ chain }))).verdict.status).toBe('healthy')
  })

  it('names the client certificate as the cause where none was sent', async () => {
    const report = await judge(javaDebug({ chain, authorities, answer: 'empty', alert: 'certificate_required' }))
    expect(report.verdict).toMatchObject({ cause: 'client-certificate-missing', owner: 'client' })
  })
})
