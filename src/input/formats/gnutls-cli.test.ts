import { describe, expect, it } from 'vitest'
import { gnutlsRun } from '../testing/gnutls-cli.ts'
import { at, certificateIn, read, readOne } from '../testing/reading.ts'

const unknown = 'NOT trusted. The certificate issuer is unknown.'

describe('gnutls-cli', () => {
  it('tells what was sent, in order and in whole', () => {
    const text = gnutlsRun({ printCert: true })
    const capture = readOne(text)
    expect(capture).toMatchObject({
      tool: 'gnutls-cli',
      kind: 'connection',
      chainListComplete: true,
      target: { host: 'shop.harbour.example', port: 8443, address: '192.0.2.7' },
      verifyResult: { ok: true },
      protocol: { value: 'TLSv1.3' },
      cipher: { value: 'AES-256-GCM' },
      failures: [],
    })
    const [leaf, issuing] = capture.chainList
    expect(
      leaf?.subject?.name.rdns
        .flat()
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['NL', 'Quay Shop', 'shop.harbour.example'])
    expect(at(text, leaf?.issuer?.span)).toBe('CN=Harbour TLS CA 2,O=Harbour Trust\\, N.V.,C=NL')
    expect(leaf?.issuer?.name.key).toBe(issuing?.subject?.name.key)
    expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
    expect(leaf?.serial?.value).toBe('7A4529B76AFE3BE3C0BB7965C3C8D4')
    expect(capture.blocks.map((block) => [certificateIn(block), block.role])).toEqual([
      ['shop.harbour.example', 'server'],
      ['Harbour TLS CA 2', 'server'],
    ])
  })

  it('a list of which certificates are missing is cut', () => {
    const text = gnutlsRun()
    const capture = readOne(text.replace(/- Certificate\[1\][\s\S]*?(?=- Status)/, ''))
    expect(capture.chainListComplete).toBe(false)
    expect(capture.cut?.reason).toContain('only 1 of 2')
  })

  const sentences: readonly (readonly [sentence: string, codes: readonly number[]])[] = [
    [unknown, [20]],
    ['NOT trusted. The certificate chain uses expired certificate.', [10]],
    ['NOT trusted. The certificate chain uses not yet valid certificate.', [9]],
    ['NOT trusted. The certificate chain is revoked.', [23]],
    ['NOT trusted. The certificate chain uses insecure algorithm.', [68]],
    ['NOT trusted. The certificate issuer is not a CA.', [24]],
    ['NOT trusted. The signature in the certificate is invalid.', [7]],
    ['NOT trusted. The name in the certificate does not match the expected.', [62]],
    [
      'NOT trusted. The certificate issuer is unknown. The name in the certificate does not match the expected.',
      [20, 62],
    ],
    ['NOT trusted.', [1]],
  ]
  for (const [status, codes] of sentences) {
    it(status, () => {
      const capture = readOne(
        gnutlsRun({ status, errors: ['*** Fatal error: Error in the certificate.'], handshake: false }),
      )
      expect(capture.verifyErrors.map(({ code }) => code)).toEqual(codes)
      expect(capture.verifyResult).toMatchObject({ ok: false, code: codes[0] })
      expect(capture.failures.map(({ kind }) => kind)).toEqual(['verify-failed'])
    })
  }

  it('knows the name that was expected', () => {
    const status = 'NOT trusted. The name in the certificate does not match the expected.'
    expect(readOne(gnutlsRun({ status })).verifyErrors[0]?.mismatch).toEqual({ wanted: 'shop.harbour.example' })
    const command = '$ gnutls-cli --verify-hostname api.harbour.example -p 8443 192.0.2.7'
    expect(readOne(gnutlsRun({ status, command })).verifyErrors[0]?.mismatch).toEqual({ wanted: 'api.harbour.example' })
  })

  it('a client certificate: asked for, sent, empty, refused', () => {
    const alert = '*** Received alert [116]: Certificate is required'
    const fatal = '*** Fatal error: A TLS fatal alert has been received.'
    const text = gnutlsRun({
      lines: ['- Server has requested a certificate.', '- Successfully sent 0 certificate(s) to server.', fatal, alert],
    })
    const capture = readOne(text)
    expect(capture.clientAuth).toMatchObject({ requested: 'yes', sent: 'empty' })
    expect(at(text, capture.clientAuth.sentSpan)).toContain('sent 0 certificate(s)')
    expect(capture.failures).toMatchObject([{ kind: 'alert', alert: 116 }])
    expect(readOne(gnutlsRun({ lines: ['- Successfully sent 1 certificate(s) to server.'] })).clientAuth).toMatchObject(
      { requested: 'yes', sent: 'yes' },
    )
    expect(readOne(gnutlsRun()).clientAuth.requested).toBe('unknown')
  })

  it('a warning is no refusal', () => {
    const lines = [
      '*** Non fatal error: A TLS warning alert has been received.',
      '*** Received alert [112]: The server name sent was not recognized',
    ]
    expect(readOne(gnutlsRun({ lines })).failures).toEqual([])
  })

  for (const [line, expected] of [
    ['*** Fatal error: An unexpected TLS packet was received.', { kind: 'plain-text' }],
    ['*** Fatal error: The TLS connection was non-properly terminated.', { kind: 'closed' }],
    ['*** Fatal error: A TLS fatal alert has been received.', { kind: 'alert' }],
    ['Could not connect to 192.0.2.7:8443: Connection refused', { kind: 'refused' }],
    ['Cannot resolve shop.harbour.example:8443: Name or service not known', { kind: 'dns' }],
  ] as const) {
    it(line, () => {
      for (const text of [
        gnutlsRun({ sent: [], errors: [line], handshake: false }),
        gnutlsRun({ sent: [], lines: [line], handshake: false }),
      ]) {
        const capture = readOne(text)
        expect(capture.failures).toMatchObject([expected])
        expect(capture.target?.host).toBe('shop.harbour.example')
      }
    })
  }

  it('errors that a pipe puts first go with the run that they belong to', () => {
    const failing = gnutlsRun({
      status: unknown,
      errors: ['*** Fatal error: Error in the certificate.'],
      handshake: false,
    })
    const { captures } = read(gnutlsRun({ lines: ['- Peer has closed the GnuTLS connection'] }) + failing + failing)
    expect(captures.map(({ verifyErrors, failures }) => [verifyErrors.length, failures.length])).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
    ])
  })
})
