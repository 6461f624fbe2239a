import { describe, expect, it } from 'vitest'
import * as print from '../../testing/logs/gateways.ts'
import { at, read, readOne } from '../../testing/reading.ts'

const peer = { address: '10.0.0.5', port: 8443 }

describe('HAProxy', () => {
  it.each([
    [print.haproxyFront('SSL client certificate not trusted'), { verifyErrors: [{ code: 1 }] }],
    [print.haproxyFront('SSL client CA chain cannot be verified'), { verifyErrors: [{ code: 20 }] }],
    [print.haproxyFront('SSL handshake failure'), { failures: [{ kind: 'other' }] }],
    [
      print.haproxyCodes('A0000C7', 0, 'error:0A0000C7:SSL routines::peer did not return a certificate'),
      { clientAuth: { sent: 'empty' } },
    ],
    [print.haproxyCodes('A000086', 10), { verifyErrors: [{ code: 10 }] }],
    // Without words the code decides: 1000 and more is an alert that was received.
    [print.haproxyCodes('A000418'), { failures: [{ kind: 'alert', alert: 48 }] }],
    [print.haproxyCodes('A00009C'), { failures: [{ kind: 'plain-text' }] }],
  ])('as a server: %s', (line, expected) => {
    expect(readOne(line)).toMatchObject({
      tool: 'haproxy',
      kind: 'log',
      role: 'server',
      side: 'downstream',
      ...expected,
    })
  })

  it.each([
    ['Layer6 invalid response, info: "SSL handshake failure"', { failures: [{ kind: 'other' }] }],
    [
      'Layer6 invalid response, info: "Server presented an SSL certificate different from the configured one"',
      { verifyErrors: [{ code: 62 }] },
    ],
    ['Layer4 connection problem, info: "Connection refused"', { failures: [{ kind: 'refused' }] }],
    ['Layer6 timeout', { failures: [{ kind: 'timeout' }] }],
  ])('of a server that is down: %s', (reason, expected) => {
    const capture = readOne(print.haproxyDown('be_pay/s1', reason))
    expect(capture).toMatchObject({ role: 'client', side: 'upstream', target: { label: 'be_pay/s1' }, ...expected })
    expect(capture.target?.host).toBeUndefined()
  })

  it('of a request: by its timers, who gave the status', () => {
    const unreached = readOne(print.haproxyRequest('be_pay/s1', '0/0/-1/-1/3014', 503, 'SC--'))
    expect(unreached.requests).toMatchObject([{ upstreamStatus: null, stoppedAt: 'connecting' }])
    const answered = readOne(print.haproxyRequest('be_pay/s1', '0/0/4/9/13', 500, '----'))
    expect(answered.requests).toMatchObject([{ status: 500, upstreamStatus: 500 }])
    expect(readOne(print.haproxyRequest('be_pay/<NOSRV>', '0/-1/-1/-1/0', 503, 'SC--')).requests).toMatchObject([
      { stoppedAt: 'no-server' },
    ])
  })
})

describe('Apache', () => {
  it('prints the certificate of the upstream that it refuses', () => {
    const text = print.apacheUpstream(10, 'certificate has expired').join('\n')
    const capture = readOne(text)
    expect(capture).toMatchObject({
      tool: 'apache',
      role: 'client',
      side: 'upstream',
      target: peer,
      verifyErrors: [{ code: 10 }],
    })
    expect(at(text, capture.printed[0]?.subject?.span)).toBe('CN=old-till,O=Quay Shop')
    expect(capture.printed[0]?.notAfter?.value).toBe(Date.parse('2026-11-23T16:00:00Z'))
  })

  it('at its default level says only that the handshake failed, and with whom', () => {
    const text = print.apacheUpstream(10, 'certificate has expired').slice(-2).join('\n')
    expect(readOne(text)).toMatchObject({
      side: 'upstream',
      target: peer,
      failures: [{ kind: 'other' }],
      verifyErrors: [],
    })
  })

  it('as a server takes its name from the line before of the same thread', () => {
    const mixed = print
      .apacheRefused(18, 'self-signed certificate')
      .flatMap((line) => [
        line,
        print.apacheLine(
          '[client 10.9.9.9:1] AH01964: Connection to child 3 established (server other.example:443)',
          3,
        ),
      ])
    expect(readOne(mixed.join('\n'))).toMatchObject({
      role: 'server',
      target: { host: 'mtls.harbour.example', port: 443 },
      verifyErrors: [{ code: 18, text: 'self-signed certificate' }],
    })
  })

  it.each([
    [
      'SSL Library Error: error:0A0000C7:SSL routines::peer did not return a certificate -- No CAs known to server for verification?',
      { clientAuth: { sent: 'empty' } },
    ],
    [
      'SSL Library Error: error:0A000418:SSL routines::tlsv1 alert unknown ca (SSL alert number 48)',
      { failures: [{ alert: 48 }] },
    ],
    [
      '[client 10.1.2.3:5] AH01996: SSL handshake failed: HTTP spoken on HTTPS port; trying to send HTML error page',
      { failures: [{ kind: 'plain-text' }] },
    ],
    [
      '[client 10.1.2.3:5] AH02039: Certificate Verification: Error (20): unable to get local issuer certificate',
      { verifyErrors: [{ code: 20 }] },
    ],
  ])('as a server: %s', (line, expected) => {
    const before = '[client 10.1.2.3:5] AH02008: SSL library error 1 in handshake (server mtls.harbour.example:443)'
    expect(readOne(print.apacheClient(before, line).join('\n'))).toMatchObject({
      role: 'server',
      target: { host: 'mtls.harbour.example' },
      ...expected,
    })
  })

  it('reads the connection that the proxy could not make', () => {
    const line = print.apacheLine(
      '(111)Connection refused: AH00957: https: attempt to connect to 10.0.0.5:8443 (10.0.0.5:8443) failed',
    )
    expect(readOne(line)).toMatchObject({ side: 'upstream', target: peer, failures: [{ kind: 'refused' }] })
    const wanted = print.apacheLine(
      'AH02268: Proxy client certificate callback: (gw:80) downstream server wanted client certificate but none are configured',
    )
    expect(readOne(wanted)).toMatchObject({ role: 'client', clientAuth: { requested: 'yes', sent: 'empty' } })
  })
})

describe('F5', () => {
  it.each([
    [
      '01260009:4: Connection error: ssl_hs_rxhello:9210: unsupported version (40)',
      'downstream',
      { kind: 'protocol', alertSent: 40 },
    ],
    ['01260009:4: Connection error: ssl_select_suite:6799: no shared ciphers (40)', 'downstream', { kind: 'protocol' }],
    [
      '01260009:4: Connection error: ssl_passthru:4021: not SSL (40)',
      'downstream',
      { kind: 'plain-text', alertSent: 40 },
    ],
    [
      '01260026:4: No shared ciphers between SSL peers 203.0.113.9.51301:198.51.100.7.443.',
      'downstream',
      { kind: 'protocol' },
    ],
    ['01260013:4: SSL Handshake failed for TCP 203.0.113.9:51234 -> 198.51.100.7:443', undefined, { kind: 'other' }],
    [
      '01260006:4: Peer cert verify error: unable to get local issuer certificate (depth 0; cert /CN=pay.harbour.example)',
      undefined,
      { kind: 'verify-failed' },
    ],
  ])('%s', (text, side, failure) => {
    const capture = readOne(print.f5Line(text))
    expect(capture).toMatchObject({ tool: 'f5', failures: [failure] })
    expect(capture.side).toBe(side)
    // Whose certificate it is the line does not tell, so nobody's is judged.
    expect(capture.verifyErrors).toEqual([])
  })

  it('has the end with the service port as what was connected to', () => {
    const line =
      '01260009:4: 203.0.113.9:51300 -> 198.51.100.7:443: Connection error: ssl_select_suite:6799: no shared ciphers (40)'
    expect(readOne(print.f5Line(line)).target).toMatchObject({ address: '198.51.100.7', port: 443 })
    expect(readOne(print.f5Line(`${line}\n`)).lines).toBe(1)
  })
})

describe('Envoy and Istio', () => {
  it.each([
    [print.envoyBody(268435581, 'CERTIFICATE_VERIFY_FAILED'), { failures: [{ kind: 'verify-failed' }] }],
    [
      print.envoyBody(268435581, 'CERTIFICATE_VERIFY_FAILED', ':verify cert failed: certificate has expired'),
      { verifyErrors: [{ code: 10 }] },
    ],
    [
      print.envoyBodyOld(268435581, 'CERTIFICATE_VERIFY_FAILED:verify cert failed: verify SAN list'),
      { verifyErrors: [{ code: 62 }] },
    ],
    [print.envoyBodyOld(268435703, 'WRONG_VERSION_NUMBER'), { failures: [{ kind: 'plain-text' }] }],
    [print.envoyBody(268436502, 'SSLV3_ALERT_CERTIFICATE_UNKNOWN'), { failures: [{ kind: 'alert', alert: 46 }] }],
  ])('as the client of its upstream: %s', (line, expected) => {
    expect(readOne(line)).toMatchObject({ tool: 'envoy', role: 'client', side: 'upstream', ...expected })
  })

  it('has the upstream in its access logs', () => {
    const reason = 'TLS_error:|268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end'
    const line = print.istioLine(503, 'UF,URX', 'upstream_reset_before_response_started{connection_failure}', reason)
    expect(readOne(line)).toMatchObject({ target: peer, failures: [{ kind: 'plain-text' }] })
    const json = print.envoyJson({
      response_code: 503,
      response_flags: 'UF',
      upstream_transport_failure_reason: reason,
    })
    expect(readOne(json)).toMatchObject({ target: peer, failures: [{ kind: 'plain-text' }] })
  })

  it('tells by its flags where a request ended', () => {
    const requests = (line: string) => readOne(line).requests
    expect(
      requests(print.istioLine(503, 'UF,URX', 'upstream_reset_before_response_started{connection_failure}')),
    ).toMatchObject([{ upstreamStatus: null, stoppedAt: 'connecting' }])
    expect(requests(print.istioLine(503, 'UH', 'no_healthy_upstream'))).toMatchObject([{ stoppedAt: 'no-server' }])
    expect(requests(print.istioLine(500, '-', 'via_upstream'))).toMatchObject([{ upstreamStatus: 500 }])
    expect(
      requests(
        print.envoyJson({
          response_code: 504,
          response_flags: 'UT',
          response_code_details: 'upstream_response_timeout',
        }),
      ),
    ).toMatchObject([{ status: 504, stoppedAt: 'answer' }])
  })
})

describe('IIS', () => {
  it('has substatus numbers for client certificates', () => {
    const text = [
      print.iisHead,
      print.iisLine(403, 7, 64),
      print.iisLine(403, 16, 2_148_204_809),
      print.iisLine(403, 13),
      print.iisLine(403, 17),
      print.iisLine(200, 0),
    ].join('\n')
    expect(read(text).captures).toMatchObject([
      { tool: 'iis', role: 'server', clientAuth: { sent: 'empty' }, target: { port: 443 } },
      { verifyErrors: [{ code: 20 }] },
      { verifyErrors: [{ code: 23 }] },
      { verifyErrors: [{ code: 10 }] },
    ])
  })

  it('is read without its heading, and not where 403 is something else', () => {
    expect(readOne(print.iisLine(403, 7, 64))).toMatchObject({ tool: 'iis', clientAuth: { sent: 'empty' } })
    expect(read(print.iisLine(403, 14)).captures).toEqual([])
    expect(readOne('HTTP Error 403.16 - Forbidden')).toMatchObject({ verifyErrors: [{ code: 20 }] })
  })
})

describe('Tomcat', () => {
  it.each([
    ['Empty client certificate chain', { clientAuth: { sent: 'empty' } }],
    ['Received fatal alert: certificate_unknown', { failures: [{ kind: 'alert', alert: 46 }] }],
    [
      'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
      { verifyErrors: [{ code: 20 }] },
    ],
    ['no cipher suites in common', { failures: [{ kind: 'protocol' }] }],
  ])('speaks as a server on the port of its connector: %s', (exception, expected) => {
    expect(readOne(print.tomcatLines(exception).join('\n'))).toMatchObject({
      tool: 'java',
      kind: 'log',
      role: 'server',
      target: { port: 8443 },
      ...expected,
    })
  })
})

describe('Cloudflare', () => {
  it.each([
    ['error code: 526', { answer: { status: 526 }, failures: [{ kind: 'verify-failed' }] }],
    ['<title>shop.harbour.example | 525: SSL handshake failed</title>', { answer: { status: 525 } }],
    ['HTTP/2 522', { failures: [{ kind: 'timeout' }] }],
    ['Error 521', { failures: [{ kind: 'refused' }] }],
    ['error code: 524', { requests: [{ status: 524, stoppedAt: 'answer' }] }],
  ])('names its own errors: %s', (text, expected) => {
    expect(readOne(text)).toMatchObject({ tool: 'cloudflare', side: 'upstream', ...expected })
  })

  it('says one thing over several lines of one page', () => {
    const page = 'HTTP/2 526\nserver: cloudflare\ncf-ray: 8a1b2c3d4e5f6071-AMS\n\nerror code: 526\n'
    expect(readOne(page)).toMatchObject({ answer: { status: 526 }, lines: 1 })
  })

  it('tells in its log the client from the origin', () => {
    const text = [
      { EdgeResponseStatus: 526, OriginResponseStatus: 0 },
      { EdgeResponseStatus: 500, OriginResponseStatus: 500 },
      { EdgeResponseStatus: 403, OriginResponseStatus: 0, ClientMTLSAuthStatus: 'absent' },
      { EdgeResponseStatus: 403, OriginResponseStatus: 0, ClientMTLSAuthStatus: 'expired' },
      { EdgeResponseStatus: 200, OriginResponseStatus: 200, ClientMTLSAuthStatus: 'unknown' },
    ]
      .map(print.cloudflareLine)
      .join('\n')
    const { captures } = read(text)
    expect(captures).toMatchObject([
      { side: 'upstream', target: { address: '198.51.100.7' }, failures: [{ kind: 'verify-failed' }] },
      { side: 'upstream', requests: [{ upstreamStatus: 500 }] },
      { role: 'server', clientAuth: { sent: 'empty' }, target: { host: 'shop.harbour.example' } },
      { role: 'server', requests: [{ clientVerify: 'expired' }] },
      { requests: [{ status: 200 }] },
    ])
    expect(captures[4]?.requests?.[0]?.clientVerify).toBeUndefined()
  })

  it('reads what a Worker sees of a client certificate', () => {
    expect(readOne(JSON.stringify({ certPresented: '0', certVerified: 'NONE' }))).toMatchObject({
      role: 'server',
      clientAuth: { sent: 'empty' },
    })
    expect(
      readOne(JSON.stringify({ certPresented: '1', certVerified: 'FAILED:self signed certificate' })).requests,
    ).toMatchObject([{ clientVerify: 'FAILED:self signed certificate' }])
    expect(read(JSON.stringify({ certPresented: '1', certVerified: 'SUCCESS' })).captures).toEqual([])
  })
})
