import { describe, expect, it } from 'vitest'
import { accessLine, handshakeLine, nginxLine, requestLine, sslFailed, upstreamLine } from '../../testing/logs/nginx.ts'
import { at, read, readOne } from '../../testing/reading.ts'

const peer = { address: '10.0.0.5', port: 8443 }

describe('nginx error lines towards the upstream', () => {
  it('are those of a client, with the address of the upstream', () => {
    const line = upstreamLine('upstream SSL certificate verify error: (10:certificate has expired)')
    const capture = readOne(line)
    expect(capture).toMatchObject({
      tool: 'nginx',
      kind: 'log',
      role: 'client',
      side: 'upstream',
      target: peer,
      lines: 1,
    })
    expect(capture.verifyErrors).toMatchObject([{ code: 10, text: 'certificate has expired' }])
    expect(at(line, capture.verifyErrors[0]?.span)).toBe(line)
    expect(capture.startTime).toBeUndefined()
  })

  it('name what was wanted where the name does not match', () => {
    const capture = readOne(upstreamLine('upstream SSL certificate does not match "pay.harbour.internal"'))
    expect(capture.target).toMatchObject({ ...peer, host: 'pay.harbour.internal' })
    expect(capture.verifyErrors).toMatchObject([{ code: 62, mismatch: { wanted: 'pay.harbour.internal' } }])
  })

  it.each([
    [sslFailed('0A000410', 'sslv3 alert handshake failure', 40), { kind: 'alert', alert: 40 }],
    [sslFailed('0A000418', 'tlsv1 alert unknown ca', 48), { kind: 'alert', alert: 48 }],
    // OpenSSL 1.1.1 names the function, and the code alone has the alert.
    [
      'SSL_do_handshake() failed (SSL: error:14094412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate)',
      { kind: 'alert', alert: 42 },
    ],
    [sslFailed('0A00042E', 'tlsv1 alert protocol version', 70), { kind: 'protocol', alert: 70 }],
    [sslFailed('0A00010B', 'wrong version number'), { kind: 'plain-text' }],
    [sslFailed('0A000102', 'unsupported protocol'), { kind: 'protocol' }],
    ['peer closed connection in SSL handshake', { kind: 'closed' }],
    ['peer closed connection in SSL handshake (104: Connection reset by peer)', { kind: 'reset' }],
    ['upstream timed out (110: Connection timed out)', { kind: 'timeout' }],
  ])('read the failure in %s', (message, failure) => {
    const { failures, verifyErrors } = readOne(upstreamLine(message))
    expect(failures).toMatchObject([failure])
    expect(verifyErrors).toEqual([])
  })

  it.each([
    ['connect() failed (111: Connection refused)', 'refused'],
    ['connect() failed (113: No route to host)', 'unreachable'],
    ['upstream timed out (110: Operation timed out)', 'timeout'],
  ])('read %s before TLS', (message, kind) => {
    expect(readOne(upstreamLine(message, { phase: 'connecting to upstream' })).failures).toMatchObject([{ kind }])
  })

  it('keep the alert that comes after a TLS 1.3 handshake apart from a slow answer', () => {
    const phase = 'reading response header from upstream'
    const alert =
      'SSL_read() failed (SSL: error:0A00045C:SSL routines::tlsv13 alert certificate required:SSL alert number 116)'
    const capture = readOne(upstreamLine(alert, { phase, level: 'crit' }))
    expect(capture.failures).toMatchObject([{ alert: 116 }])
    expect(capture.clientAuth.requested).toBe('yes')
    const slow = readOne(upstreamLine('upstream timed out (110: Connection timed out)', { phase }))
    expect(slow.failures).toEqual([])
    expect(slow.requests).toMatchObject([{ status: 504, upstreamStatus: null, stoppedAt: 'answer' }])
  })

  it('count a pool without servers as what follows from other failures', () => {
    const text = [
      upstreamLine('no live upstreams', { phase: 'connecting to upstream', upstream: 'https://pool/pay' }),
      upstreamLine('connect() failed (111: Connection refused)', { phase: 'connecting to upstream' }),
    ].join('\n')
    const [first, second] = read(text).captures
    expect(first?.failures).toMatchObject([{ kind: 'refused' }])
    expect(second?.requests).toMatchObject([{ stoppedAt: 'no-server' }])
  })

  it('say nothing where a server is only taken out of use', () => {
    const line = upstreamLine('upstream server temporarily disabled', {
      phase: 'connecting to upstream',
      level: 'warn',
    })
    expect(read(line).captures).toEqual([])
  })
})

describe('nginx error lines towards the client', () => {
  it('are those of a server, with its listener', () => {
    const capture = readOne(requestLine('client SSL certificate verify error: (18:self-signed certificate)'))
    expect(capture).toMatchObject({
      role: 'server',
      side: 'downstream',
      target: { host: 'api.harbour.example', port: 8443 },
    })
    expect(capture.verifyErrors).toMatchObject([{ code: 18 }])
  })

  it('tell a certificate that is missing from one that is refused', () => {
    const capture = readOne(requestLine('client sent no required SSL certificate'))
    expect(capture.clientAuth).toMatchObject({ requested: 'yes', sent: 'empty' })
    expect(capture.verifyErrors).toEqual([])
  })

  it.each([
    [requestLine('client sent plain HTTP request to HTTPS port'), { kind: 'plain-text' }],
    [handshakeLine(sslFailed('0A0000C1', 'no shared cipher')), { kind: 'protocol' }],
    [handshakeLine(sslFailed('0A000415', 'sslv3 alert certificate expired', 45)), { kind: 'alert', alert: 45 }],
    [handshakeLine('handshake rejected'), { alertSent: 112 }],
    [handshakeLine('peer closed connection in SSL handshake'), { kind: 'closed' }],
  ])('read the failure in %s', (line, failure) => {
    expect(readOne(line)).toMatchObject({ role: 'server', side: 'downstream', failures: [failure] })
  })

  it('find a TLS handshake in the access log of a plain port', () => {
    expect(readOne(accessLine('\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03', 400))).toMatchObject({
      role: 'server',
      failures: [{ kind: 'plain-text' }],
      startTime: { value: Date.parse('2026-11-24T16:31:01Z') },
    })
    expect(read(accessLine('GET /pay HTTP/1.1', 200)).captures).toEqual([])
  })
})

describe('a line that is not whole', () => {
  const line = upstreamLine('upstream SSL certificate verify error: (10:certificate has expired)')
  const words = line.slice(line.indexOf('upstream SSL'))

  it('is read without its beginning', () => {
    expect(readOne(words)).toMatchObject({ side: 'upstream', target: peer, verifyErrors: [{ code: 10 }] })
    expect(readOne(`The log says: ${words}`)).toMatchObject({ side: 'upstream', verifyErrors: [{ code: 10 }] })
    const alone =
      'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking to upstream'
    expect(readOne(alone)).toMatchObject({ tool: 'nginx', side: 'upstream', failures: [{ alert: 40 }] })
  })

  it('is read without its end', () => {
    const cut = line.slice(0, line.indexOf(', request:'))
    expect(readOne(cut)).toMatchObject({ side: 'upstream', verifyErrors: [{ code: 10 }] })
    expect(readOne(cut).target).toBeUndefined()
    expect(readOne(line.slice(0, line.indexOf(' while')))).toMatchObject({
      side: 'upstream',
      verifyErrors: [{ code: 10 }],
    })
  })
})

describe('what is built on nginx', () => {
  it('is told as Kong by its server blocks', () => {
    const line = upstreamLine('upstream SSL certificate verify error: (20:unable to get local issuer certificate)', {
      server: 'kong',
    })
    expect(readOne(line)).toMatchObject({ tool: 'kong', toolLabel: 'Kong error log' })
  })

  it('has lines of Lua code about names and certificates', () => {
    const tail = { server: 'kong', host: 'api.harbour.example' }
    const dns = nginxLine({
      message:
        '[lua] balancer.lua:393: execute(): DNS resolution failed: dns server error: 3 name error. Tried: ["(short)pay.harbour.internal:(na) - cache-miss"]',
      ...tail,
    })
    expect(readOne(dns)).toMatchObject({
      tool: 'kong',
      target: { host: 'pay.harbour.internal' },
      failures: [{ kind: 'dns' }],
    })
    const verify = nginxLine({
      message: 'lua ssl certificate verify error: (19: self-signed certificate in certificate chain)',
      ...tail,
    })
    expect(readOne(verify)).toMatchObject({
      side: 'upstream',
      verifyErrors: [{ code: 19, text: 'self-signed certificate in certificate chain' }],
    })
    const peerless = nginxLine({ message: 'failure to get a peer from the ring-balancer', ...tail })
    expect(readOne(peerless).requests).toMatchObject([{ status: 503, stoppedAt: 'no-server' }])
  })

  it.each([
    (line: string) => `2026-11-24T16:31:01.123456789Z stderr F ${line}`,
    (line: string) => `ingress-nginx-controller-7c6 controller ${line}`,
    (line: string) => `Nov 24 16:31:01 gw1 nginx: ${line}`,
    (line: string) => `  ${line}`,
    (line: string) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-24T16:31:01Z' }),
  ])('is read behind the prefix of a collector (%#)', (prefix) => {
    const text = [
      upstreamLine('upstream SSL certificate verify error: (10:certificate has expired)'),
      upstreamLine('upstream SSL certificate does not match "pay.harbour.internal"'),
    ]
      .map(prefix)
      .join('\n')
    expect(read(text).captures).toMatchObject([
      { verifyErrors: [{ code: 10 }], target: peer },
      { verifyErrors: [{ code: 62, mismatch: { wanted: 'pay.harbour.internal' } }], target: peer },
    ])
  })

  it('is ingress-nginx by what it adds to the access log', () => {
    const tail = (lengths: string, statuses: string) =>
      ` 81 0.004 [shop-pay-8443] [] 10.0.0.4:8443, 10.0.0.5:8443 ${lengths} 0.002, 0.001 ${statuses} ${'0123456789abcdef'.repeat(2)}`
    const unreached = readOne(accessLine('GET /pay HTTP/1.1', 502, tail('0, 0', '502, 502')))
    expect(unreached).toMatchObject({
      side: 'upstream',
      target: peer,
      requests: [{ status: 502, upstreamStatus: null }],
    })
    const answered = readOne(accessLine('GET /pay HTTP/1.1', 502, tail('0, 99', '502, 502')))
    expect(answered.requests).toMatchObject([{ status: 502, upstreamStatus: 502, answeredBy: 'upstream' }])
  })
})
