import { describe, expect, it } from 'vitest'
import { names, printName } from '../testing/names.ts'
import { at, certificateIn, read, readOne } from '../testing/reading.ts'
import { type Generation, sClientRun, styles } from '../testing/s-client.ts'

const asked: readonly Generation[] = ['1.0.2', '1.1.1', '3.0', '3.5']

describe('s_client: what the server asks of a client', () => {
  for (const generation of asked) {
    it(`${generation}: names of CAs, types and algorithms`, () => {
      const text = sClientRun({ generation, clientCertificate: 'asked' }).replace(
        'Requested Signature Algorithms: ',
        'Client Certificate Types: RSA sign, ECDSA sign\nRequested Signature Algorithms: ',
      )
      const { clientAuth } = readOne(text)
      expect(clientAuth.requested).toBe('yes')
      expect(clientAuth.anyCa).toBeUndefined()
      expect(clientAuth.acceptableCas.map(({ span }) => at(text, span))).toEqual([
        printName(names.clientCa, styles[generation][1]),
      ])
      expect(clientAuth.acceptableCas[0]?.name.rdns.flat().at(-1)?.value).toBe('Client CA 7')
      expect(clientAuth.algorithms?.value).toEqual(['RSA sign', 'ECDSA sign', 'ECDSA+SHA256', 'RSA+SHA256'])
      expect(at(text, clientAuth.algorithms?.span)).toMatch(/^Client Certificate Types[\s\S]*RSA\+SHA256$/)
      expect(clientAuth.sent).toBe('unknown')
    })

    it(`${generation}: a request without names takes any CA`, () => {
      const { clientAuth } = readOne(sClientRun({ generation, clientCertificate: 'asked-without-list' }))
      expect(clientAuth).toMatchObject({ requested: 'yes', anyCa: true, acceptableCas: [] })
    })
  }

  it('the list ends before what follows it', () => {
    const endings = [
      'Client Certificate Types: RSA sign',
      'Requested Signature Algorithms: RSA+SHA256',
      'Shared Requested Signature Algorithms: RSA+SHA256',
      'Peer signing digest: SHA256',
      'Server Temp Key: X25519, 253 bits',
      'Negotiated TLS1.3 group: X25519MLKEM768',
      '---',
    ]
    for (const ending of endings) {
      const text = `Acceptable client certificate CA names\nC = DE, CN = One\n/C=DE/CN=Two\n${ending}\nSSL handshake has read 2762 bytes and written 401 bytes\n`
      expect(readOne(text).clientAuth.acceptableCas.map(({ text: name }) => name)).toEqual([
        'C = DE, CN = One',
        '/C=DE/CN=Two',
      ])
    }
  })

  it('LibreSSL says "no names" whether or not there are any', () => {
    const { clientAuth } = readOne(sClientRun({ generation: 'libressl', clientCertificate: 'asked-without-list' }))
    expect(clientAuth).toMatchObject({ requested: 'unknown', acceptableCas: [] })
    expect(clientAuth.anyCa).toBeUndefined()
  })

  it('a client that ends TLS 1.2 over the certificate does not get to the request', () => {
    const refused =
      '40A7:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:x.c:1890:'
    const text = sClientRun({ generation: '3.0' })
      .replaceAll('TLSv1.3', 'TLSv1.2')
      .replace('---\nCertificate chain', `${refused}\n---\nCertificate chain`)
    expect(readOne(text).clientAuth.requested).toBe('unknown')
    expect(readOne(sClientRun({ generation: '3.0' })).clientAuth.requested).toBe('no')
  })
})

describe('s_client: what -msg, -state and -trace tell', () => {
  const tracedRun = (...lines: readonly string[]) =>
    `CONNECTED(00000003)\n${lines.join('\n')}\n${sClientRun({ generation: '3.0', order: 'stdout-only' }).replace('CONNECTED(00000003)\n', '')}`

  for (const [name, lines, sent] of [
    [
      '-msg, TLS 1.3, empty',
      [
        '<<< TLS 1.3, Handshake [length 007b], CertificateRequest',
        '    0d 00 00 77',
        '>>> TLS 1.3, Handshake [length 0008], Certificate',
        '    0b 00 00 04 00 00 00 00',
      ],
      'empty',
    ],
    [
      '-msg, TLS 1.2, empty',
      ['<<< TLS 1.2 Handshake [length 007c], CertificateRequest', '>>> TLS 1.2 Handshake [length 0007], Certificate'],
      'empty',
    ],
    [
      '-msg, proved',
      [
        '<<< TLS 1.3, Handshake [length 007b], CertificateRequest',
        '>>> TLS 1.3, Handshake [length 038d], Certificate',
        '>>> TLS 1.3, Handshake [length 0108], CertificateVerify',
      ],
      'yes',
    ],
    [
      '-msg, cut behind the certificate',
      ['<<< TLS 1.3, Handshake [length 007b], CertificateRequest', '>>> TLS 1.3, Handshake [length 038d], Certificate'],
      'unknown',
    ],
    [
      '-state, proved',
      [
        'SSL_connect:SSLv3/TLS read server certificate request',
        'SSL_connect:SSLv3/TLS write client certificate',
        'SSL_connect:SSLv3/TLS write certificate verify',
      ],
      'yes',
    ],
    [
      '-state, which says the same of an empty message',
      ['SSL_connect:SSLv3/TLS read server certificate request', 'SSL_connect:SSLv3/TLS write client certificate'],
      'unknown',
    ],
    [
      '-trace, empty',
      [
        'Received Record',
        'Header:',
        '    CertificateRequest, Length=119',
        'Sent Record',
        '    Certificate, Length=4',
        '      context (len=0): ',
      ],
      'empty',
    ],
    [
      '-trace, proved',
      [
        'Received TLS Record',
        '    CertificateRequest, Length=119',
        'Sent TLS Record',
        '    Certificate, Length=905',
        'Sent TLS Record',
        '    CertificateVerify, Length=260',
      ],
      'yes',
    ],
  ] as const) {
    it(name, () => {
      const text = tracedRun(...lines)
      const { clientAuth } = readOne(text)
      expect(clientAuth).toMatchObject({ requested: 'yes', sent })
      if (sent !== 'unknown') expect(lines.map((line) => line.trim())).toContain(at(text, clientAuth.sentSpan).trim())
    })
  }

  it('what the server sends proves nothing of the client', () => {
    const text = tracedRun(
      '<<< TLS 1.3, Handshake [length 0108], CertificateVerify',
      'Received Record',
      '    Certificate, Length=1839',
      '    CertificateVerify, Length=260',
    )
    expect(readOne(text).clientAuth).toMatchObject({ requested: 'no', sent: 'unknown' })
  })

  it('alerts, by the side that sent them', () => {
    for (const [line, expected] of [
      ['SSL3 alert read:fatal:handshake failure', { kind: 'alert', alert: 40 }],
      ['SSL3 alert write:fatal:unknown CA', { kind: 'verify-failed', alertSent: 48 }],
      ['<<< TLS 1.3, Alert [length 0002], fatal certificate_required', { kind: 'alert', alert: 116 }],
      ['>>> TLS 1.2, Alert [length 0002], fatal certificate_expired', { kind: 'verify-failed', alertSent: 45 }],
      ['>>> TLS 1.2, Alert [length 0002], fatal protocol_version', { kind: 'alert', alertSent: 70 }],
      ['    Level=fatal(2), description=unknown(116)', { kind: 'alert', alert: 116 }],
    ] as const) {
      const text = tracedRun('Received Record', line)
      const { failures } = readOne(text)
      expect(failures).toMatchObject([expected])
      expect(at(text, failures[0]?.span).trim()).toBe(line.trim())
    }
    expect(
      readOne(tracedRun('SSL3 alert read:warning:close notify', 'SSL3 alert read:fatal:unknown')).failures,
    ).toEqual([])
  })

  it('the error queue says the same alert with its number', () => {
    const queue =
      '4017:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:rec_layer_s3.c:1601:SSL alert number 116'
    const text = `${tracedRun()}<<< TLS 1.3, Alert [length 0002], fatal certificate_required\nSSL3 alert read:fatal:unknown\n${queue}\n`
    const { failures } = readOne(text)
    expect(failures.map((failure) => [failure.alert, at(text, failure.span)])).toEqual([[116, queue]])
  })

  it('a certificate in a record that was sent is not the server\u2019s', () => {
    const own =
      sClientRun({ generation: '3.0', showcerts: true }).match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/)?.[0] ?? ''
    const text = tracedRun(
      'Received Record',
      '    Certificate, Length=1839',
      own,
      'Sent Record',
      '    Certificate, Length=905',
      own,
      'Received Record',
      '    Finished, Length=48',
    )
    expect(readOne(text).blocks.map((block) => [certificateIn(block), block.role])).toEqual([
      ['shop.harbour.example', 'server'],
      ['shop.harbour.example', 'loose'],
      ['shop.harbour.example', 'server'],
    ])
  })
})

describe('s_client: what follows the dump', () => {
  it('an answer of the server, with what it says of TLS', () => {
    const text = sClientRun({
      generation: '3.0',
      clientCertificate: 'asked',
      after: [
        'HTTP/1.1 400 Bad Request',
        'Server: nginx',
        '',
        '<html>',
        '<head><title>400 No required SSL certificate was sent</title></head>',
        'closed',
      ],
    })
    const { answer } = readOne(text)
    expect(answer).toMatchObject({
      status: 400,
      text: 'HTTP/1.1 400 Bad Request: No required SSL certificate was sent',
    })
    expect(at(text, answer?.span)).toContain('<title>')
  })

  it('names over several lines, as -nameopt multiline prints them', () => {
    const lines = (name: typeof names.leaf | typeof names.issuing | typeof names.root, lead: string) => {
      const long = { C: 'countryName', O: 'organizationName', CN: 'commonName' }
      return `${lead}${name.map(([type, value]) => `${long[type].padEnd(25)} = ${value}`).join('\n')}`
    }
    const text = [
      'CONNECTED(00000003)',
      lines(names.leaf, 'depth=0 '),
      'verify return:1',
      '---',
      'Certificate chain',
      lines(names.leaf, ' 0 s:'),
      lines(names.issuing, '   i:'),
      '   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256',
      lines(names.issuing, ' 1 s:'),
      lines(names.root, '   i:'),
      '---',
      'Server certificate',
      'subject=',
      lines(names.leaf, '').replace(/^/gm, '    '),
      'issuer=',
      lines(names.issuing, '').replace(/^/gm, '    '),
      '---',
      '',
    ].join('\n')
    const capture = readOne(text)
    const straight = readOne(sClientRun({ generation: '3.0' }))
    expect(capture.chainList.map(({ subject, issuer }) => [subject?.name.key, issuer?.name.key])).toEqual(
      straight.chainList.map(({ subject, issuer }) => [subject?.name.key, issuer?.name.key]),
    )
    expect(capture.verifyPath[0]?.subject.name.key).toBe(straight.chainList[0]?.subject?.name.key)
    expect(capture.printed[0]?.issuer?.name.key).toBe(straight.chainList[0]?.issuer?.name.key)
  })

  it('-reconnect is one run, also with standard error first', () => {
    const again =
      'depth=0 CN = a\nverify return:1\ndrop connection and then reconnect\nCONNECTED(00000003)\nVerification: OK\n---\nNew, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\n---\n'
    expect(
      read(`$ openssl s_client -connect a.example:443 -reconnect\n${sClientRun({ generation: '3.0' })}${again}${again}`)
        .captures,
    ).toHaveLength(1)
  })
})

describe('s_client in loops and traced scripts', () => {
  it('a loop: the host is not known, the options are', () => {
    const text = `$ for h in a.example b.example; do openssl s_client -connect $h:443 -servername $h -showcerts </dev/null; done\n${sClientRun({ generation: '3.0', showcerts: true }).repeat(2)}`
    expect(
      read(text).captures.map(({ command }) => [command?.host, command?.port, command?.servername, command?.showcerts]),
    ).toEqual([
      [undefined, 443, undefined, true],
      [undefined, 443, undefined, true],
    ])
  })

  it('a loop with a pipe: each certificate is of another server', () => {
    const text =
      '$ for h in a b; do echo | openssl s_client -connect $h:443 2>/dev/null | openssl x509 -noout -subject -enddate; done\nsubject=CN = a.example\nnotAfter=Nov 24 18:34:04 2025 GMT\nsubject=CN = b.example\nnotAfter=Nov 24 18:34:04 2027 GMT\n'
    const { captures } = read(text)
    expect(captures.map(({ printed }) => printed.map(({ subject }) => subject?.text))).toEqual([
      ['CN = a.example'],
      ['CN = b.example'],
    ])
    expect(captures.map(({ span }) => at(text, span).split('\n')[0])).toEqual([
      'subject=CN = a.example',
      'subject=CN = b.example',
    ])
  })

  it('set -x prints the two ends of a pipe one below the other', () => {
    const output =
      'depth=0 CN = a.example\nverify error:num=20:unable to get local issuer certificate\nverify return:1\nsubject=CN = a.example\nnotAfter=Nov 24 18:34:04 2027 GMT\n'
    const ends = ['+ openssl s_client -connect a.example:443\n', '+ openssl x509 -noout -subject -enddate\n']
    for (const order of [ends, [...ends].reverse()]) {
      const capture = readOne(order.join('') + output)
      expect(capture).toMatchObject({
        tool: 's_client',
        command: { host: 'a.example', pipes: ['openssl x509 -noout -subject -enddate'] },
      })
      expect(capture.printed[0]?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
      expect(capture.verifyErrors).toHaveLength(1)
    }
  })
})
