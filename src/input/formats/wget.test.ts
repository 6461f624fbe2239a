import { describe, expect, it } from 'vitest'
import { at, read, readOne } from '../testing/reading.ts'
import { wgetRun } from '../testing/scanners.ts'

const certificate = (rest: string) => `ERROR: The certificate of \u2018shop.harbour.example\u2019 ${rest}`

describe('wget with GnuTLS', () => {
  const cases: readonly (readonly [lines: readonly string[], codes: readonly number[]])[] = [
    [[certificate('is not trusted.'), certificate("doesn't have a known issuer.")], [20]],
    [[certificate('is not trusted.'), certificate('has expired.'), 'The certificate has expired'], [10]],
    [[certificate('is not trusted.'), certificate('is not yet activated.')], [9]],
    [[certificate('has been revoked.')], [23]],
    [[certificate('is not trusted.'), certificate('was signed using an insecure algorithm.')], [68]],
    [[certificate('is not trusted.')], [1]],
    [['The certificate\u2019s owner does not match hostname \u2018shop.harbour.example\u2019'], [62]],
  ]
  for (const [lines, codes] of cases) {
    it(lines.at(-1) as string, () => {
      const text = wgetRun(lines)
      const capture = readOne(text)
      expect(capture).toMatchObject({
        tool: 'wget',
        kind: 'connection',
        target: { host: 'shop.harbour.example', port: 8443, address: '192.0.2.7' },
      })
      expect(capture.verifyErrors.map(({ code }) => code)).toEqual(codes)
      expect(capture.verifyResult).toMatchObject({ ok: false, code: codes[0] })
      for (const error of capture.verifyErrors) expect(lines).toContain(at(text, error.span))
    })
  }

  it('knows the name that was wanted', () => {
    const capture = readOne(wgetRun(["The certificate's owner does not match hostname 'api.harbour.example'"]))
    expect(capture.verifyErrors[0]?.mismatch).toEqual({ wanted: 'api.harbour.example' })
  })

  for (const [line, expected] of [
    ['GnuTLS: received alert [40]: Handshake failed', { kind: 'alert', alert: 40 }],
    ['GnuTLS: An unexpected TLS packet was received.', { kind: 'plain-text' }],
    ['GnuTLS: The TLS connection was non-properly terminated.', { kind: 'closed' }],
    ['Failed writing HTTP request: The specified session has been invalidated for some reason..', { kind: 'other' }],
  ] as const) {
    it(line, () => {
      expect(readOne(wgetRun([line, 'Unable to establish SSL connection.'])).failures).toMatchObject([expected])
    })
  }
})

describe('wget with OpenSSL', () => {
  const cannot =
    "ERROR: cannot verify shop.harbour.example's certificate, issued by 'CN=Harbour TLS CA 2,O=Harbour Trust\\, N.V.,C=NL':"
  for (const [line, code] of [
    ["  Unable to locally verify the issuer's authority.", 20],
    ['  Self-signed certificate encountered.', 19],
    ['  Issued certificate has expired.', 10],
    ['  Issued certificate not yet valid.', 9],
    ['  unable to get issuer certificate', 2],
  ] as const) {
    it(line.trim(), () => {
      const capture = readOne(
        wgetRun([cannot, line, "To connect to shop.harbour.example insecurely, use `--no-check-certificate'."]),
      )
      expect(capture.verifyErrors).toMatchObject([{ code }])
      expect(capture.printed[0]?.issuer?.name.rdns.flat().map(({ value }) => value)).toContain('Harbour TLS CA 2')
    })
  }

  it('names that do not match, in both ways of saying so', () => {
    const two = readOne(
      wgetRun([
        'ERROR: no certificate subject alternative name matches',
        "\trequested host name 'api.harbour.example'.",
      ]),
    )
    expect(two.verifyErrors).toMatchObject([{ code: 62, mismatch: { wanted: 'api.harbour.example' } }])
    const one = readOne(
      wgetRun([
        "ERROR: certificate common name 'other.example' doesn't match requested host name 'api.harbour.example'.",
      ]),
    )
    expect(one.verifyErrors).toMatchObject([
      { code: 62, mismatch: { wanted: 'api.harbour.example', names: ['other.example'] } },
    ])
  })

  it('error-queue lines', () => {
    const line = 'OpenSSL: error:0A00010B:SSL routines::wrong version number'
    expect(readOne(wgetRun([line])).failures).toMatchObject([{ kind: 'plain-text' }])
  })
})

describe('wget: the way there', () => {
  it('a request that is sent was verified, unless verification was off', () => {
    const sent = 'HTTP request sent, awaiting response... 200 OK'
    expect(readOne(wgetRun([sent])).verifyResult).toMatchObject({ ok: true })
    const command = '$ wget --no-check-certificate https://shop.harbour.example:8443/'
    expect(readOne(wgetRun([sent], { command })).verifyResult).toBeUndefined()
    expect(
      readOne(wgetRun([certificate('has expired.').replace('ERROR', 'WARNING'), sent])).verifyResult,
    ).toMatchObject({ ok: false })
    expect(readOne(wgetRun([sent]).replace('https:', 'http:')).verifyResult).toBeUndefined()
  })

  it('a proxy is who is connected to instead', () => {
    const capture = readOne(
      wgetRun(['Proxy tunneling failed: Proxy Authentication RequiredUnable to establish SSL connection.'], {
        via: 'proxy.harbour.example',
      }),
    )
    expect(capture.failures).toMatchObject([{ kind: 'proxy-refused', status: 407 }])
    expect(capture.target).toMatchObject({
      host: 'shop.harbour.example',
      port: 8443,
      proxy: 'proxy.harbour.example:3128',
    })
  })

  it('what cannot be reached', () => {
    expect(
      readOne(
        '--2026-12-01 09:00:00--  https://a.example/\nResolving a.example (a.example)... failed: Name or service not known.\nwget: unable to resolve host address \u2018a.example\u2019\n',
      ).failures,
    ).toMatchObject([{ kind: 'dns' }])
    expect(
      readOne(
        '--2026-12-01 09:00:00--  https://a.example/\nConnecting to a.example (a.example)|192.0.2.7|:443... failed: Connection refused.\n',
      ).failures,
    ).toMatchObject([{ kind: 'refused' }])
  })

  it('runs one after another', () => {
    const { captures } = read(
      wgetRun([certificate('has expired.')]) + wgetRun(['HTTP request sent, awaiting response... 400 Bad Request']),
    )
    expect(captures.map(({ verifyErrors, answer }) => [verifyErrors.length, answer?.status])).toEqual([
      [1, undefined],
      [0, 400],
    ])
  })
})
