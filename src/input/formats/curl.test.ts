import { describe, expect, it } from 'vitest'
import { curlRun } from '../testing/curl.ts'
import { at, read, readOne, spansOf } from '../testing/reading.ts'

const missing = 'SSL certificate problem: unable to get local issuer certificate'

describe('curl -v with OpenSSL', () => {
  for (const version of [7, 8] as const) {
    it(`version ${version}: target, certificate, verdict, protocol`, () => {
      const text = curlRun({ version, command: '-v https://shop.harbour.example/' })
      const capture = readOne(text)
      expect(capture).toMatchObject({
        tool: 'curl',
        kind: 'connection',
        role: 'client',
        target: { host: 'shop.harbour.example', port: 443, address: '192.0.2.7' },
        verifyResult: { ok: true, code: 0 },
        protocol: { value: 'TLSv1.3' },
        cipher: { value: 'TLS_AES_256_GCM_SHA384' },
        answer: { status: 200 },
        clientAuth: { requested: 'no' },
      })
      const [leaf] = capture.printed
      expect(at(text, leaf?.subject?.span)).toBe('C=NL; O=Quay Shop; CN=shop.harbour.example')
      expect(leaf?.issuer?.name.rdns.flat().map(({ value }) => value)).toEqual([
        'NL',
        'Harbour Trust, N.V.',
        'Harbour TLS CA 2',
      ])
      expect(leaf?.notBefore?.value).toBe(Date.UTC(2026, 10, 24, 18, 34, 4))
      expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
      expect(leaf?.names?.value).toEqual([{ type: 'DNS', value: 'shop.harbour.example' }])
      // The answer says when it was given.
      expect(capture.startTime?.value).toBe(Date.UTC(2026, 11, 1, 9))
      expect(capture.toolLabel).toBe('curl 8.14.1')
    })
  }

  it('exit 60: one error although it is said twice, and the alert that curl sent', () => {
    const text = curlRun({
      until: 'certificate',
      alert: ['OUT', 'unknown CA', 560],
      lines: [missing],
      error: [60, missing],
    })
    const capture = readOne(text)
    expect(capture.verifyErrors).toHaveLength(1)
    expect(capture.verifyErrors[0]).toMatchObject({ code: 20, text: 'unable to get local issuer certificate' })
    expect(at(text, capture.verifyErrors[0]?.span)).toBe(missing)
    expect(capture.verifyResult).toMatchObject({ ok: false, code: 20 })
    expect(capture.failures).toMatchObject([{ kind: 'verify-failed', alertSent: 48 }])
    expect(capture.noPeerCertificate).toBeUndefined()
    expect(capture.clientAuth.requested).toBe('unknown')
  })

  for (const [line, code] of [
    ['SSL certificate problem: self-signed certificate', 18],
    ['SSL certificate problem: self signed certificate in certificate chain', 19],
    ['SSL certificate problem: certificate has expired', 10],
    ['SSL certificate problem: certificate is not yet valid', 9],
    ['SSL certificate problem: unable to get issuer certificate', 2],
    ['SSL certificate problem: unable to verify the first certificate', 21],
    ['SSL certificate problem: EE certificate key too weak', 66],
    ['SSL certificate problem: CA signature digest algorithm too weak', 68],
    ['SSL certificate problem: unsuitable certificate purpose', 26],
    ['SSL certificate problem: something that nobody has seen yet', 1],
  ] as const) {
    it(`the error line alone: ${line}`, () => {
      expect(
        readOne(`curl: (60) ${line}\nMore details here: https://curl.se/docs/sslcerts.html\n`).verifyErrors,
      ).toMatchObject([{ code }])
    })
  }

  for (const line of [
    "SSL: no alternative certificate subject name matches target host name 'api.harbour.example'",
    "SSL: no alternative certificate subject name matches target hostname 'api.harbour.example'",
    'SSL: no alternative certificate subject name matches target host name "api.harbour.example"',
  ]) {
    it(`the name that was wanted: ${line.slice(60)}`, () => {
      expect(readOne(`curl: (60) ${line}\n`).verifyErrors).toMatchObject([
        { code: 62, mismatch: { wanted: 'api.harbour.example' } },
      ])
    })
  }

  it('an address that was wanted is another number', () => {
    const line = "SSL: no alternative certificate subject name matches target ipv4 address '192.0.2.7'"
    expect(readOne(`curl: (60) ${line}\n`).verifyErrors).toMatchObject([{ code: 64 }])
  })

  it('-k: the number stands in the line that goes on', () => {
    const capture = readOne(
      curlRun({
        command: '-vk https://shop.harbour.example',
        verified: 'SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.',
      }),
    )
    expect(capture.command?.insecure).toBe(true)
    expect(capture.verifyErrors).toMatchObject([{ code: 20, text: 'unable to get local issuer certificate (20)' }])
    expect(capture.verifyResult?.ok).toBe(false)
  })

  it('newer versions: hexadecimal results, and other words for success', () => {
    expect(readOne(curlRun({ verified: false, lines: ['OpenSSL verify result: 12'] })).verifyErrors).toMatchObject([
      { code: 18 },
    ])
    expect(readOne(curlRun({ verified: false, lines: ['OpenSSL verify result: 0'] })).verifyErrors).toEqual([])
    expect(readOne(curlRun({ verified: 'SSL certificate verified via OpenSSL.' })).verifyResult?.ok).toBe(true)
    const established =
      '* Established connection to shop.harbour.example (192.0.2.7 port 8443) from 10.0.0.2 port 55044\n'
    expect(readOne(`* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n${established}`).target).toMatchObject({
      host: 'shop.harbour.example',
      port: 8443,
    })
  })

  it('a certificate that was sent with its proof, and an empty answer', () => {
    for (const tls of ['1.2', '1.3'] as const) {
      const proved = readOne(curlRun({ tls, asks: 'proved' }))
      expect(proved.clientAuth).toMatchObject({ requested: 'yes', sent: 'yes' })
      const text = curlRun({ tls, asks: 'empty' })
      const empty = readOne(text)
      expect(empty.clientAuth).toMatchObject({ requested: 'yes', sent: 'empty' })
      expect(at(text, empty.clientAuth.requestedSpan)).toBe(`TLSv${tls} (IN), TLS handshake, Request CERT (13):`)
      expect(at(text, empty.clientAuth.sentSpan)).toBe(`TLSv${tls} (OUT), TLS handshake, Certificate (11):`)
    }
  })

  it('an alert by its number, whatever the name, once', () => {
    const line =
      'OpenSSL SSL_read: OpenSSL/3.5.9: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0'
    const capture = readOne(curlRun({ asks: 'empty', alert: ['IN', 'unknown', 628], lines: [line], error: [56, line] }))
    expect(capture.failures).toMatchObject([{ kind: 'alert', alert: 116 }])
    expect(readOne(`curl: (56) ${line}\n`).failures).toMatchObject([{ kind: 'alert', alert: 116 }])
  })

  it('close notify, and the bare level that very old versions print, are no alerts', () => {
    for (const number of [256, 1, 2]) {
      expect(readOne(curlRun({ alert: ['IN', 'close notify', number] })).failures).toEqual([])
    }
  })

  it('a handshake that ends before the certificate says so; one that ends later does not', () => {
    const text = curlRun({ until: 'hello', alert: ['IN', 'handshake failure', 552] })
    const early = readOne(text)
    expect(early.failures).toMatchObject([{ kind: 'alert', alert: 40 }])
    expect(at(text, early.noPeerCertificate)).toContain('Client hello (1)')
    const late = readOne(curlRun({ until: 'certificate', alert: ['IN', 'handshake failure', 552] }))
    expect(late.noPeerCertificate).toBeUndefined()
  })

  for (const [line, expected] of [
    ['OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number', { kind: 'plain-text' }],
    ['TLS connect error: error:0A00010B:SSL routines::wrong version number', { kind: 'plain-text' }],
    ['error:1408F10B:SSL routines:ssl3_get_record:wrong version number', { kind: 'plain-text' }],
    ['error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version', { kind: 'protocol', alert: 70 }],
    [
      'LibreSSL/3.3.6: error:1404B42E:SSL routines:ST_CONNECT:tlsv1 alert protocol version',
      { kind: 'protocol', alert: 70 },
    ],
    ['OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to shop.harbour.example:443 ', { kind: 'closed' }],
    ['OpenSSL SSL_connect: Connection reset by peer in connection to shop.harbour.example:443 ', { kind: 'reset' }],
    ['Recv failure: Connection reset by peer', { kind: 'reset' }],
    ['SSL connection timeout', { kind: 'timeout' }],
    ['TLS connect error: error:0A000126:SSL routines::unexpected eof while reading', { kind: 'closed' }],
  ] as const) {
    it(`exit 35: ${line.slice(0, 60)}`, () => {
      expect(readOne(curlRun({ until: 'hello', lines: [line], error: [35, line] })).failures).toMatchObject([expected])
    })
  }

  for (const [line, expected] of [
    ['curl: (6) Could not resolve host: shop.harbour.example', { kind: 'dns' }],
    ['curl: (5) Could not resolve proxy: proxy.harbour.example', { kind: 'dns' }],
    ['curl: (7) Failed to connect to shop.harbour.example port 443: Connection refused', { kind: 'refused' }],
    ['curl: (7) Failed to connect to shop.harbour.example port 443: No route to host', { kind: 'unreachable' }],
    [
      "curl: (7) Failed to connect to shop.harbour.example port 443 after 12 ms: Couldn't connect to server",
      { kind: 'other' },
    ],
    ['curl: (28) Failed to connect to shop.harbour.example port 443 after 21042 ms: Timed out', { kind: 'timeout' }],
    ['curl: (28) Connection timed out after 10001 milliseconds', { kind: 'timeout' }],
    ['curl: (52) Empty reply from server', { kind: 'closed' }],
    [
      'curl: (58) could not load PEM client certificate from a.pem, OpenSSL error error:80000002:system library::No such file or directory',
      { kind: 'other' },
    ],
    ["curl: (58) unable to set private key file: 'a.key' type PEM", { kind: 'other' }],
    ['curl: (77) error setting certificate file: root.pem', { kind: 'trust-store' }],
    ['curl: (77) error setting certificate verify locations:  CAfile: root.pem CApath: none', { kind: 'trust-store' }],
    ['curl: option --cacerts: is unknown', undefined],
  ] as const) {
    it(line.slice(0, 70), () => {
      if (expected) expect(readOne(`${line}\n`).failures).toMatchObject([expected])
      else expect(read(`${line}\n`).captures).toEqual([])
    })
  }

  it('why a connection fails is said on the way', () => {
    const text =
      "*   Trying 192.0.2.7:443...\n* connect to 192.0.2.7 port 443 failed: Connection refused\n* Failed to connect to a.example port 443 after 3 ms: Couldn't connect to server\n* Closing connection 0\ncurl: (7) Failed to connect to a.example port 443 after 3 ms: Couldn't connect to server\n"
    expect(readOne(text).failures.map(({ kind }) => kind)).toEqual(['refused'])
  })
})

describe('curl: the answer of the server', () => {
  const page = (title: string) => ['<html>', `<head><title>${title}</title></head>`, '<body>', '</body>']

  for (const [title, words] of [
    ['400 No required SSL certificate was sent', 'No required SSL certificate was sent'],
    ['400 The SSL certificate error', 'The SSL certificate error'],
    ['400 The plain HTTP request was sent to HTTPS port', 'The plain HTTP request was sent to HTTPS port'],
  ] as const) {
    it(title, () => {
      const text = `${curlRun({ asks: 'empty', answer: ['HTTP/1.1 400 Bad Request', 'Server: nginx'] })}${page(title).join('\n')}\n`
      const { answer } = readOne(text)
      expect(answer).toMatchObject({ status: 400, text: `HTTP/1.1 400 Bad Request: ${words}` })
      expect(at(text, answer?.span)).toContain(title)
    })
  }

  it('is all there is without -v', () => {
    const text = `$ curl -s https://shop.harbour.example/\n${page('400 No required SSL certificate was sent').join('\n')}\n`
    expect(readOne(text)).toMatchObject({
      tool: 'curl',
      answer: { status: 400, text: 'No required SSL certificate was sent' },
    })
  })

  it('an answer that tells nothing of TLS is its status', () => {
    expect(readOne(curlRun({ answer: ['HTTP/2 503'] })).answer).toMatchObject({ status: 503, text: 'HTTP/2 503' })
  })

  it('with Age it was given earlier, so it dates nothing', () => {
    const answer = ['HTTP/1.1 200 OK', 'Date: Tue, 01 Dec 2026 09:00:00 GMT', 'Age: 3600']
    expect(readOne(curlRun({ answer })).startTime).toBeUndefined()
  })
})

describe('curl: what stands before its lines', () => {
  it('a progress meter without its line feed', () => {
    const text = curlRun({ meter: true, version: 7, until: 'certificate', lines: [missing], error: [60, missing] })
    const capture = readOne(text)
    expect(capture.target).toMatchObject({ host: 'shop.harbour.example', address: '192.0.2.7' })
    expect(capture.verifyErrors.map(({ code }) => code)).toEqual([20])
  })

  it('the trace of git, and the times of --trace-time', () => {
    const lines = [
      'Connected to git.harbour.example (192.0.2.7) port 443 (#0)',
      'server certificate verification failed. CAfile: none CRLfile: none',
      'Closing connection 0',
    ]
    for (const lead of [
      '20:29:01.439967 http.c:725              == Info: ',
      '20:29:01.439967 * ',
      '20:29:01.439967 [0-0] * ',
      '== Info: ',
    ]) {
      const capture = readOne(lines.map((line) => `${lead}${line}\n`).join(''))
      expect(capture.tool).toBe('curl')
      expect(capture.target?.host).toBe('git.harbour.example')
      expect(capture.verifyErrors).toMatchObject([{ code: 1 }])
    }
  })

  it('a bullet list is no output of curl', () => {
    expect(read('* first point\n* second point: the certificate\n> quoted\n< back\n').captures).toEqual([])
  })
})

describe('curl: pastes that are cut, several runs', () => {
  const whole = curlRun({
    command: '-v https://shop.harbour.example/',
    asks: 'empty',
    alert: ['IN', 'unknown', 628],
    error: [56, 'x'],
  })

  it('any line may be the first or the last', () => {
    const lines = whole.split('\n')
    for (let cut = 1; cut < lines.length; cut++) {
      for (const part of [lines.slice(cut), lines.slice(0, cut)]) {
        const { captures } = read(part.join('\n'))
        expect(captures.length).toBeLessThanOrEqual(2)
        for (const span of spansOf(captures)) expect(span.end).toBeGreaterThanOrEqual(span.start)
      }
    }
    expect(readOne(lines.slice(8).join('\n')).clientAuth.requested).toBe('yes')
  })

  it('one run after another, with and without commands', () => {
    const failing = curlRun({ host: 'a.example', until: 'certificate', lines: [missing], error: [60, missing] })
    const { captures } = read(failing + curlRun({ host: 'b.example' }) + failing)
    expect(captures.map(({ target, verifyErrors }) => [target?.host, verifyErrors.length])).toEqual([
      ['a.example', 1],
      ['b.example', 0],
      ['a.example', 1],
    ])
  })

  it('error lines of several runs are one capture each', () => {
    expect(read(`curl: (60) ${missing}\ncurl: (6) Could not resolve host: a.example\n`).captures).toHaveLength(2)
  })
})
