/** What is concluded from logs as a whole: cause, owner, hop and next command, through the pipeline. */
import { describe, expect, it } from 'vitest'
import { curlRun } from '../../input/testing/curl.ts'
import * as print from '../../input/testing/logs/gateways.ts'
import { kongLine } from '../../input/testing/logs/kong.ts'
import { accessLine, handshakeLine, requestLine, sslFailed, upstreamLine } from '../../input/testing/logs/nginx.ts'
import { inspect } from '../../inspect.ts'

async function conclude(...lines: readonly string[]) {
  const text = lines.join('\n')
  const report = await inspect({ documents: [{ name: 'log', text }] }, { now: Date.parse('2026-12-01T00:00:00Z') })
  const finding = report.findings.find(({ id }) => id === report.verdict.finding)
  return {
    ...report.verdict,
    confidence: finding?.confidence,
    command: finding?.nextCommand,
    text: finding?.explanation,
  }
}

const toUpstream = 'openssl s_client -connect 10.0.0.5:8443 -servername HOST -showcerts </dev/null'
const verify = (code: number, text: string) => `upstream SSL certificate verify error: (${code}:${text})`

describe('a gateway that refuses the certificate of its upstream', () => {
  it.each([
    [verify(10, 'certificate has expired'), 'expired-leaf', 'server-operator'],
    [verify(18, 'self-signed certificate'), 'self-signed-leaf', 'server-operator'],
    [verify(21, 'unable to verify the first certificate'), 'missing-intermediate', 'server-operator'],
    [verify(19, 'self-signed certificate in certificate chain'), 'private-ca', 'client'],
  ])('%s', async (message, cause, owner) => {
    const verdict = await conclude(upstreamLine(message))
    expect(verdict).toMatchObject({ status: 'broken', cause, owner })
    expect(verdict.headline).toContain('10.0.0.5:8443 (between nginx and its upstream)')
    expect(verdict.command).toContain(toUpstream)
  })

  it('names the name that it wanted, and asks the address for it', async () => {
    const verdict = await conclude(upstreamLine('upstream SSL certificate does not match "pay.harbour.internal"'))
    expect(verdict).toMatchObject({ cause: 'hostname-mismatch', owner: 'server-operator', confidence: 'certain' })
    expect(verdict.headline).toContain('is not valid for pay.harbour.internal')
    expect(verdict.command).toContain('-connect 10.0.0.5:8443 -servername pay.harbour.internal')
  })

  it('was as a rule not given the CA, where no issuer is found', async () => {
    const verdict = await conclude(
      upstreamLine(verify(20, 'unable to get local issuer certificate'), { server: 'kong' }),
    )
    expect(verdict).toMatchObject({
      status: 'broken',
      cause: 'private-ca',
      owner: 'client',
      confidence: 'likely',
      command: toUpstream,
    })
    expect(verdict.headline).toContain('Kong does not trust the CA of its upstream 10.0.0.5:8443')
    expect(verdict.text).toContain('tls_verify_depth')
  })

  it('with the certificate in the line names it', async () => {
    const verdict = await conclude(...print.apacheUpstream(10, 'certificate has expired'))
    expect(verdict).toMatchObject({ cause: 'expired-leaf', owner: 'server-operator' })
    expect(verdict.headline).toContain('"old-till" (Quay Shop) at 10.0.0.5:8443 (between Apache and its upstream)')
  })

  it('without a reason leaves it open, and gives the command', async () => {
    const verdict = await conclude(print.envoyBody(268435581, 'CERTIFICATE_VERIFY_FAILED'))
    expect(verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
    expect(verdict.headline).toContain('Envoy does not accept the certificate of its upstream')
  })
})

describe('a handshake that the upstream ends', () => {
  it('is a missing client certificate with alert 116, and open with alert 40', async () => {
    const message =
      'SSL_read() failed (SSL: error:0A00045C:SSL routines::tlsv13 alert certificate required:SSL alert number 116)'
    const missing = await conclude(upstreamLine(message, { phase: 'reading response header from upstream' }))
    expect(missing).toMatchObject({ status: 'broken', cause: 'client-certificate-missing' })
    expect(missing.headline).toContain('The upstream 10.0.0.5:8443 of nginx requires a client certificate')
    const open = await conclude(upstreamLine(sslFailed('0A000410', 'sslv3 alert handshake failure', 40)))
    expect(open).toMatchObject({ status: 'inconclusive', cause: 'undeterminable', command: toUpstream })
    expect(open.headline).toContain('between nginx and its upstream 10.0.0.5:8443')
  })

  it('is a name that the upstream does not know with alert 112', async () => {
    const verdict = await conclude(upstreamLine(sslFailed('0A000458', 'tlsv1 unrecognized name', 112)))
    expect(verdict.cause).toBe('missing-or-wrong-sni')
  })

  it('is no TLS where the bytes are none, and the gateway is set wrong', async () => {
    const verdict = await conclude(upstreamLine(sslFailed('0A00010B', 'wrong version number')))
    expect(verdict).toMatchObject({ cause: 'not-tls', owner: 'server-operator' })
    expect(verdict.command).toContain('http://10.0.0.5:8443/')
  })

  it('is a connection that failed where it is refused', async () => {
    const verdict = await conclude(
      upstreamLine('connect() failed (111: Connection refused)', { phase: 'connecting to upstream' }),
    )
    expect(verdict).toMatchObject({ cause: 'connection-failed', owner: 'server-operator' })
    expect(verdict.headline).toContain('The connection to 10.0.0.5:8443 (between nginx and its upstream) is refused')
  })
})

describe('a client that the gateway refuses', () => {
  it('sent none, or one that does not pass', async () => {
    expect(await conclude(requestLine('client sent no required SSL certificate'))).toMatchObject({
      cause: 'client-certificate-missing',
      owner: 'client',
      headline: expect.stringContaining('nginx (api.harbour.example:8443) requires a client certificate'),
      command: expect.stringContaining('-connect api.harbour.example:8443'),
    })
    expect(
      await conclude(requestLine('client SSL certificate verify error: (10:certificate has expired)')),
    ).toMatchObject({
      cause: 'client-certificate-rejected',
      headline: expect.stringContaining('it has expired'),
    })
    // HAProxy says the same of every reason.
    const untold = await conclude(print.haproxyFront('SSL client certificate not trusted'))
    expect(untold.cause).toBe('client-certificate-rejected')
    expect(untold.headline).not.toContain('CA is not trusted')
    expect(await conclude(print.iisHead, print.iisLine(403, 7))).toMatchObject({ cause: 'client-certificate-missing' })
    expect(await conclude(...print.tomcatLines('Empty client certificate chain'))).toMatchObject({
      cause: 'client-certificate-missing',
      command: expect.stringContaining(':8443'),
    })
  })

  it('is another matter than a client that refuses the gateway', async () => {
    const verdict = await conclude(handshakeLine(sslFailed('0A000418', 'tlsv1 alert unknown ca', 48)))
    expect(verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
    expect(verdict.headline).toBe(
      'A client refuses the certificate of nginx (0.0.0.0:8443): it does not trust the CA (unknown_ca).',
    )
  })

  it('does not lead where an upstream fails', async () => {
    const scanners = [handshakeLine(sslFailed('0A0000C1', 'no shared cipher')), accessLine('\\x16\\x03\\x01', 400)]
    const open = upstreamLine(sslFailed('0A000410', 'sslv3 alert handshake failure', 40))
    expect((await conclude(...scanners, open)).headline).toContain('its upstream')
    expect((await conclude(...scanners)).cause).toBe('protocol-mismatch')
  })
})

describe('an access log', () => {
  it('clears TLS where the upstream itself answered', async () => {
    const verdict = await conclude(kongLine({ status: 500, upstreamStatus: '500', proxyLatency: 21 }))
    expect(verdict).toMatchObject({ status: 'healthy', cause: 'healthy', owner: 'server-operator' })
    expect(verdict.headline).toBe('TLS is not the cause: the upstream 10.0.0.5:8443 itself answered 500.')
    expect(verdict.text).toContain('The upstream took 21 ms, Kong itself took 3 ms.')
  })

  it('clears TLS where the gateway decided', async () => {
    expect(await conclude(kongLine({ status: 429, plain: true }))).toMatchObject({
      status: 'healthy',
      headline: 'TLS is not the cause: Kong itself answered 429, and the upstream was not asked.',
      text: expect.stringContaining('The client spoke plain HTTP to Kong.'),
    })
    const plugin = kongLine({
      status: 401,
      upstreamStatus: '200',
      proxyLatency: 9,
      headers: { 'www-authenticate': 'Key' },
    })
    expect((await conclude(plugin)).headline).toContain('Kong itself answered 401, although the upstream answered 200')
  })

  it('with no answer of the upstream asks the error log', async () => {
    const verdict = await conclude(kongLine({ status: 502, upstreamStatus: '' }))
    expect(verdict).toMatchObject({
      status: 'broken',
      cause: 'connection-failed',
      confidence: 'likely',
      owner: 'server-operator',
    })
    expect(verdict.headline).toContain('Kong got no answer from its upstream 10.0.0.5:8443 (502)')
    expect(verdict.command).toContain('grep -F 10.0.0.5:8443 /usr/local/kong/logs/error.log')
    expect(verdict.text).toContain('openssl s_client -connect 10.0.0.5:8443 -servername pay.harbour.internal')
  })

  it('does not take the 502 that nginx writes for an answer of the upstream', async () => {
    const verdict = await conclude(kongLine({ status: 502, upstreamStatus: '502', proxyLatency: 4 }))
    expect(verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
    expect(verdict.headline).toContain('either the upstream itself answered 502, or it could not be reached')
  })

  it('gives way to the error log that says why', async () => {
    const entry = kongLine({ status: 502, upstreamStatus: '' })
    const reason = upstreamLine(sslFailed('0A000410', 'sslv3 alert handshake failure', 40), { server: 'kong' })
    for (const lines of [
      [entry, reason],
      [reason, entry],
    ])
      expect((await conclude(...lines)).headline).toContain('alert 40')
  })

  it('shows a slow upstream for what it is', async () => {
    const slow = upstreamLine('upstream timed out (110: Connection timed out)', {
      phase: 'reading response header from upstream',
    })
    expect(await conclude(slow)).toMatchObject({
      status: 'healthy',
      headline: expect.stringContaining('did not answer in time (504)'),
    })
  })

  it('is about the client certificate where Kong refused it', async () => {
    expect(await conclude(kongLine({ status: 400, clientVerify: 'FAILED:self-signed certificate' }))).toMatchObject({
      cause: 'client-certificate-rejected',
      owner: 'client',
    })
    expect(await conclude(kongLine({ status: 401 }))).toMatchObject({
      cause: 'client-certificate-missing',
      confidence: 'likely',
    })
  })
})

describe('Cloudflare', () => {
  it('leaves open what is wrong with the certificate of the origin', async () => {
    const page = await conclude('error code: 526')
    expect(page).toMatchObject({
      status: 'inconclusive',
      cause: 'undeterminable',
      owner: 'server-operator',
      command: 'openssl s_client -connect ORIGIN:443 -servername HOST -showcerts </dev/null',
    })
    expect(page.headline).toBe('Cloudflare does not accept the certificate of its origin (526).')
    const log = await conclude(print.cloudflareLine({ EdgeResponseStatus: 526, OriginResponseStatus: 0 }))
    expect(log.command).toBe(
      'openssl s_client -connect 198.51.100.7:443 -servername shop.harbour.example -showcerts </dev/null',
    )
  })

  it('blames no certificate for 520 to 525', async () => {
    expect(await conclude('error code: 525')).toMatchObject({
      status: 'inconclusive',
      headline: expect.stringContaining('handshake between Cloudflare and its origin fails (525)'),
    })
    expect(await conclude('error code: 522')).toMatchObject({ cause: 'connection-failed' })
    expect(await conclude('error code: 524')).toMatchObject({ status: 'healthy' })
    expect(await conclude('error code: 520')).toMatchObject({ status: 'inconclusive' })
  })

  it('speaks of its origin also where a client shows a good certificate of its own', async () => {
    for (const answer of [
      ['HTTP/2 526 ', 'server: cloudflare', ''],
      ['HTTP/2 526 ', 'server: cloudflare', '', 'error code: 526'],
    ]) {
      const verdict = await conclude(curlRun({ command: '-v https://shop.harbour.example/', answer }))
      expect(verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
      expect(verdict.headline).toContain('its origin (526)')
    }
    const fine = await conclude(curlRun({ command: '-v https://shop.harbour.example/', answer: ['HTTP/2 200 ', ''] }))
    expect(fine.status).toBe('healthy')
  })

  it('tells a client without a certificate', async () => {
    const entry = print.cloudflareLine({
      EdgeResponseStatus: 403,
      OriginResponseStatus: 0,
      ClientMTLSAuthStatus: 'absent',
    })
    expect(await conclude(entry)).toMatchObject({
      cause: 'client-certificate-missing',
      command: expect.stringContaining('shop.harbour.example:443'),
    })
  })
})
