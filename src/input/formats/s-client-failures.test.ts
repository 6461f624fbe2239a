import { describe, expect, it } from 'vitest'
import { names } from '../testing/names.ts'
import { at, readOne } from '../testing/reading.ts'
import { type Generation, sClientRun } from '../testing/s-client.ts'
import { emptyRun } from '../testing/s-client-short.ts'

describe('s_client: no certificate', () => {
  const cases: readonly (readonly [name: string, generation: Generation, line: string, expected: object])[] = [
    [
      'plain-text port',
      '0.9.8',
      '4001:error:140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol:s23_clnt.c:769:',
      { kind: 'plain-text' },
    ],
    [
      'plain-text port',
      '1.1.1',
      '140611:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:332:',
      { kind: 'plain-text' },
    ],
    [
      'plain-text port',
      '3.5',
      '408713B4757F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:tlsany_meth.c:77:',
      { kind: 'plain-text' },
    ],
    [
      'old protocol',
      'libressl',
      '4370:error:1404B42E:SSL routines:ST_CONNECT:tlsv1 alert protocol version:tls13_lib.c:129:',
      { kind: 'protocol', alert: 70 },
    ],
    [
      'handshake alert',
      '1.0.2',
      '139:error:14077410:SSL routines:SSL23_GET_SERVER_HELLO:sslv3 alert handshake failure:s23_clnt.c:769:',
      { kind: 'alert', alert: 40 },
    ],
    [
      'handshake alert',
      '3.0',
      '40B7:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:rec_layer_s3.c:1600:SSL alert number 40',
      { kind: 'alert', alert: 40 },
    ],
    [
      'unnamed alert',
      '1.0.2',
      '139:error:14094460:SSL routines:SSL3_READ_BYTES:reason(1120):s3_pkt.c:1493:SSL alert number 120',
      { kind: 'alert', alert: 120 },
    ],
    [
      'end of file',
      '3.0',
      '4047:error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:rec_layer_s3.c:303:',
      { kind: 'closed' },
    ],
    ['closed', '1.1.1', 'write:errno=0', { kind: 'closed' }],
    ['closed', 'libressl', 'read:errno=0', { kind: 'closed' }],
    ['reset', '3.5', 'write:errno=104', { kind: 'reset' }],
    ['reset on macOS', 'libressl', 'write:errno=54', { kind: 'reset' }],
    [
      'proxy',
      '1.1.1',
      's_client: HTTP CONNECT failed: 407 Proxy Authentication Required',
      { kind: 'proxy-refused', status: 407 },
    ],
    ['proxy', '3.0', 's_client: HTTP CONNECT failed, reason= 403 Forbidden', { kind: 'proxy-refused', status: 403 }],
    ['proxy', '3.5', 's_client: HTTP CONNECT failed, reason=502 Bad Gateway', { kind: 'proxy-refused', status: 502 }],
    [
      'proxy',
      '1.0.2',
      '<NULL>: HTTP CONNECT failed: 407 Proxy Authentication Required',
      { kind: 'proxy-refused', status: 407 },
    ],
    ['STARTTLS', '3.0', "Didn't find STARTTLS in server response, trying anyway...", { kind: 'plain-text' }],
  ]
  for (const [name, generation, line, expected] of cases) {
    it(`${name}, ${generation}: ${line.slice(0, 40)}`, () => {
      const text = emptyRun(generation, line)
      const capture = readOne(text)
      expect(capture.failures).toHaveLength(1)
      expect(capture.failures[0]).toMatchObject(expected)
      expect(at(text, capture.failures[0]?.span)).toBe(line)
      expect(capture.protocol).toBeUndefined()
      expect(capture.cipher).toBeUndefined()
      expect(capture.blocks).toEqual([])
      expect(capture.cut).toBeUndefined()
      if (generation !== '0.9.8') expect(at(text, capture.noPeerCertificate)).toBe('no peer certificate available')
    })
  }

  it('the name of a proxy failure tells the generation', () => {
    expect(readOne(emptyRun('3.0', 's_client: HTTP CONNECT failed, reason= 407 x')).generation).toBe('openssl-3.0')
    expect(readOne(emptyRun('3.5', 's_client: HTTP CONNECT failed, reason=407 x')).generation).toBe('openssl-3.2+')
  })

  const connects: readonly (readonly [text: string, kinds: readonly string[]])[] = [
    ['connect: Connection refused\nconnect:errno=111\n', ['refused', 'refused']],
    [
      '140:error:0200206F:system library:connect:Connection refused:b_sock2.c:110:\n140:error:2008A067:BIO routines:BIO_connect:connect error:b_sock2.c:111:\nconnect:errno=111\n',
      ['refused', 'other', 'refused'],
    ],
    [
      '40A7:error:8000006F:system library:BIO_connect:Connection refused:bio_sock2.c:114:calling connect()\nconnect:errno=111\n',
      ['refused', 'refused'],
    ],
    ['connect: Connection refused\nconnect:errno=61\n', ['refused', 'refused']],
    ['connect:errno=10061\n', ['refused']],
    ['connect:errno=110\n', ['timeout']],
    ['connect: Operation timed out\nconnect:errno=60\n', ['timeout', 'timeout']],
    ['connect:errno=10060\n', ['timeout']],
    ['connect:errno=113\n', ['unreachable']],
    ['gethostbyname failure\nconnect:errno=2\n', ['dns', 'other']],
    ['getaddrinfo: nodename nor servname provided, or not known\nconnect:errno=2\n', ['dns', 'other']],
    [
      '140:error:2008F002:BIO routines:BIO_lookup_ex:system lib:b_addr.c:730:Name or service not known\nconnect:errno=2\n',
      ['dns', 'other'],
    ],
    [
      '40B7:error:10080002:BIO routines:BIO_lookup_ex:system lib:bio_addr.c:758:Temporary failure in name resolution\nconnect:errno=0\n',
      ['dns', 'other'],
    ],
    ['poll error---\nno peer certificate available\n---\n', ['proxy-refused']],
  ]
  for (const [text, kinds] of connects) {
    it(`connecting fails: ${text.split('\n', 1)[0]?.slice(0, 60)}`, () => {
      const capture = readOne(text)
      expect(capture.tool).toBe('s_client')
      expect(capture.failures.map((failure) => failure.kind)).toEqual(kinds)
      for (const failure of capture.failures) expect(at(text, failure.span)).toBe(failure.text)
    })
  }

  it('an aborted verification keeps the chain list', () => {
    const whole = sClientRun({
      generation: '3.5',
      steps: [
        {
          depth: 0,
          name: names.leaf,
          error: [10, 'certificate has expired'],
          below: 'notAfter=Apr  1 00:00:00 2025 GMT',
        },
      ],
      result: [10, 'certificate has expired'],
    })
    const text = whole
      .replace(/Server certificate\n[\s\S]*?\n---\n/, 'no peer certificate available\n---\n')
      .replace(
        '---\nCertificate chain',
        '40A7:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:x.c:1890:\n---\nCertificate chain',
      )
    const capture = readOne(text)
    expect(capture.chainList).toHaveLength(2)
    expect(capture.chainListComplete).toBe(true)
    expect(capture.failures.map((failure) => failure.kind)).toEqual(['verify-failed'])
    expect(capture.noPeerCertificate).toBeDefined()
  })
})

describe('s_client: commands that never ran', () => {
  const cases: readonly string[] = [
    's_client: Option unknown option -breif\ns_client: Use -help for summary.\n',
    's_client: Unknown option: -breif\ns_client: Use -help for summary.\n',
    "unknown option '-brief'\nusage: s_client args\n",
    's_client: Option -connect needs a value\ns_client: Use -help for summary.\n',
    'Invalid command \'s_clien\'; type "help" for a list.\n',
    'bash: openssl: command not found\n',
    "'openssl' is not recognized as an internal or external command,\n",
  ]
  for (const text of cases) {
    it(text.split('\n', 1)[0] as string, () => {
      const alone = readOne(text)
      expect(alone.failures[0]?.kind).toBe('usage')
      expect(at(text, alone.failures[0]?.span)).toBe(text.split('\n', 1)[0])
      const command = '$ openssl s_client -breif -connect a.example:443\n'
      const withCommand = readOne(command + text)
      expect(withCommand.tool).toBe('s_client')
      expect(withCommand.failures[0]?.kind).toBe('usage')
      expect(withCommand.command?.host).toBe('a.example')
    })
  }

  it('a file that cannot be read is a failure of its run', () => {
    const text =
      '$ openssl s_client -connect a.example:443 -CAfile no.pem\nCould not open file or uri for loading certificate file from no.pem\n'
    expect(readOne(text).failures).toMatchObject([{ kind: 'other' }])
  })
})
