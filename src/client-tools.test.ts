import { describe, expect, it } from 'vitest'
import { readDocument } from './input/read.ts'
import { curlRun, curlThroughProxy } from './input/testing/curl.ts'
import { gnutlsRun } from './input/testing/gnutls-cli.ts'
import { keytoolList, keytoolServer } from './input/testing/keytool.ts'
import { names, printName } from './input/testing/names.ts'
import { numbers } from './input/testing/random.ts'
import { sClientRun } from './input/testing/s-client.ts'
import { nmapRun, sslscanRun, testsslRun, wgetRun } from './input/testing/scanners.ts'
import { inspect } from './inspect.ts'

const judge = (text: string) =>
  inspect({ documents: [{ name: 'paste', text }] }, { now: Date.parse('2026-12-01T12:00:00Z') })

/** Verdict, owner, and the command that would settle or confirm it. */
async function verdict(text: string) {
  const { verdict: found, findings, captures } = await judge(text)
  const leading = findings.find(({ id }) => id === found.finding)
  return {
    ...found,
    next: leading?.nextCommand ?? '',
    quotes: leading?.evidence.map(({ quote }) => quote) ?? [],
    confidence: leading?.confidence,
    captures,
  }
}

const missing = 'SSL certificate problem: unable to get local issuer certificate'
const command = '-v https://shop.harbour.example:8443/'
const connect = '-connect shop.harbour.example:8443'
const at8443 = { command, port: 8443 } as const

describe('verdicts on the output of curl', () => {
  it('no issuer found and no chain shown: cannot tell, and how to settle it', async () => {
    const found = await verdict(
      curlRun({
        ...at8443,
        until: 'certificate',
        alert: ['OUT', 'unknown CA', 560],
        lines: [missing],
        error: [60, missing],
      }),
    )
    expect(found).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
    expect(found.next).toContain(connect)
    expect(found.next).toContain('-servername shop.harbour.example')
    expect(found.quotes).toContain(missing)
  })

  it('the same without the command and without -v', async () => {
    expect(await verdict(`curl: (60) ${missing}\n`)).toMatchObject({ cause: 'undeterminable' })
  })

  it('a name that does not match', async () => {
    const line = "SSL: no alternative certificate subject name matches target host name 'shop.harbour.example'"
    const found = await verdict(curlRun({ ...at8443, verified: false, lines: [line], error: [60, line] }))
    expect(found).toMatchObject({ status: 'broken', cause: 'hostname-mismatch', owner: 'server-operator' })
    expect(found.next).toContain(connect)
  })

  it('no client certificate, in TLS 1.3 and 1.2 and as an answer', async () => {
    const late = curlRun({ ...at8443, asks: 'empty', alert: ['IN', 'unknown', 628], error: [56, 'x'] })
    const early = curlRun({
      ...at8443,
      tls: '1.2',
      asks: 'empty',
      verified: false,
      alert: ['IN', 'handshake failure', 552],
    })
    const answered = `${curlRun({ ...at8443, asks: 'empty', answer: ['HTTP/1.1 400 Bad Request'] })}<html>\n<head><title>400 No required SSL certificate was sent</title></head>\n`
    for (const text of [late, early, answered]) {
      const found = await verdict(text)
      expect(found).toMatchObject({ status: 'broken', cause: 'client-certificate-missing', owner: 'client' })
      expect(found.next).toContain('-cert client.pem')
    }
  })

  it('a client certificate that is refused', async () => {
    const text = curlRun({
      ...at8443,
      command: `${command} --cert c.pem`,
      asks: 'proved',
      alert: ['IN', 'unknown CA', 560],
      error: [56, 'x'],
    })
    expect(await verdict(text)).toMatchObject({ cause: 'client-certificate-rejected', owner: 'client' })
  })

  it('a proxy that refuses, and one whose tunnel is not to blame', async () => {
    const refused = await verdict(
      curlThroughProxy('407 Proxy Authentication Required', ['curl: (56) CONNECT tunnel failed, response 407']),
    )
    expect(refused).toMatchObject({ cause: 'proxy-connect-failed', owner: 'client' })
    expect(refused.next).toContain('https://shop.harbour.example:443/')
    expect(await verdict(curlThroughProxy('403 Forbidden'))).toMatchObject({
      cause: 'proxy-connect-failed',
      owner: 'proxy-team',
    })
    const through = await verdict(curlThroughProxy('200 OK', [`* ${missing}`, `curl: (60) ${missing}`]))
    expect(through.cause).not.toBe('proxy-connect-failed')
  })

  it('a proxy that inspects is known by the issuer it prints', async () => {
    const text = curlRun({
      ...at8443,
      verified: 'SSL certificate verify result: self-signed certificate in certificate chain (19), continuing anyway.',
    }).replace(
      /issuer: .*/,
      'issuer: C=US; ST=California; O=Zscaler Inc.; OU=Zscaler Inc.; CN=Zscaler Intermediate Root CA (zscalertwo.net)',
    )
    expect(await verdict(text)).toMatchObject({ cause: 'interception-proxy' })
  })

  it('a port that does not speak TLS, and one that cannot be reached', async () => {
    const line = 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number'
    expect(await verdict(curlRun({ ...at8443, until: 'hello', lines: [line], error: [35, line] }))).toMatchObject({
      cause: 'not-tls',
    })
    expect(await verdict('$ curl https://a.example\ncurl: (6) Could not resolve host: a.example\n')).toMatchObject({
      cause: 'connection-failed',
      owner: 'network-team',
      next: 'getent hosts a.example',
    })
    // Exit code 7 alone does not say whether the port refuses or no route leads there.
    const open = await verdict(
      "$ curl https://a.example\ncurl: (7) Failed to connect to a.example port 443 after 12 ms: Couldn't connect to server\n",
    )
    expect(open).toMatchObject({ status: 'inconclusive' })
    expect(open.next).toContain('-connect a.example:443')
  })

  it('success', async () => {
    expect(await verdict(curlRun(at8443))).toMatchObject({ status: 'healthy', cause: 'healthy' })
  })

  it('a server that sends the name it got: curl sends that of the address', async () => {
    const { captures } = await judge(
      curlRun({ command: '-v --connect-to ::192.0.2.9:8443 https://shop.harbour.example/' }),
    )
    expect(captures[0]).toMatchObject({ servername: 'shop.harbour.example' })
  })
})

describe('verdicts on the output of other clients', () => {
  const unknown = 'NOT trusted. The certificate issuer is unknown.'

  it('gnutls-cli shows all that was sent', async () => {
    const alone = await verdict(
      gnutlsRun({
        command: 'gnutls-cli -p 8443 shop.harbour.example',
        sent: ['leaf'],
        status: unknown,
        handshake: false,
      }),
    )
    expect(alone).toMatchObject({ status: 'broken', cause: 'missing-intermediate', owner: 'server-operator' })
    expect(alone.next).toContain(connect)
    expect(await verdict(gnutlsRun({ status: unknown, handshake: false }))).toMatchObject({ cause: 'private-ca' })
    expect(await verdict(gnutlsRun())).toMatchObject({ cause: 'healthy' })
    const cut = gnutlsRun({ status: unknown, handshake: false }).replace(/- Certificate\[1\][\s\S]*?(?=- Status)/, '')
    expect((await verdict(cut)).cause).not.toBe('missing-intermediate')
  })

  it('gnutls-cli without a client certificate', async () => {
    const lines = [
      '- Successfully sent 0 certificate(s) to server.',
      '*** Fatal error: A TLS fatal alert has been received.',
      '*** Received alert [116]: Certificate is required',
    ]
    expect(await verdict(gnutlsRun({ lines }))).toMatchObject({ cause: 'client-certificate-missing', owner: 'client' })
  })

  it('keytool shows all that was sent, when it is all in the paste', async () => {
    const alone = await verdict(keytoolServer(['leaf']))
    expect(alone).toMatchObject({ cause: 'missing-intermediate', owner: 'server-operator' })
    expect(alone.next).toContain(connect)
    expect(await verdict(keytoolServer(['leaf'], ''))).toMatchObject({ status: 'inconclusive' })
    expect(await verdict(keytoolServer(['leaf', 'issuing']))).toMatchObject({ cause: 'private-ca' })
  })

  it('keytool on a store judges its chain, not its trusted certificates', async () => {
    const store = keytoolList([
      { alias: 'root', type: 'trustedCertEntry', chain: ['root'] },
      { alias: 'shop', type: 'PrivateKeyEntry', chain: ['leaf'] },
    ])
    const { captures } = await verdict(store)
    expect(captures.map((capture) => [capture.toolLabel, capture.verdict.cause])).toEqual([
      ['keytool, entry "shop" (PrivateKeyEntry)', expect.not.stringMatching(/self-signed/)],
      ['keytool, entry "root" (trustedCertEntry)', 'undeterminable'],
    ])
  })

  it('wget tells less: the reason, or that it got through', async () => {
    const expired = await verdict(
      wgetRun([
        'ERROR: The certificate of \u2018shop.harbour.example\u2019 is not trusted.',
        'ERROR: The certificate of \u2018shop.harbour.example\u2019 has expired.',
      ]),
    )
    expect(expired.next).toContain(connect)
    expect(expired.cause).toMatch(/^(?:expired-leaf|undeterminable)$/)
    expect(await verdict(wgetRun(['HTTP request sent, awaiting response... 200 OK']))).toMatchObject({
      cause: 'healthy',
    })
    expect(
      await verdict(
        wgetRun(['Proxy tunneling failed: ForbiddenUnable to establish SSL connection.'], {
          via: 'proxy.harbour.example',
        }),
      ),
    ).toMatchObject({ cause: 'proxy-connect-failed', owner: 'proxy-team' })
  })

  it('scanners: what they found, and the command for the rest', async () => {
    expect((await verdict(nmapRun())).next).toContain(connect)
    expect(await verdict(testsslRun({ trust: 'NOT ok (chain incomplete)', count: 1 }))).toMatchObject({
      cause: 'missing-intermediate',
    })
    expect(await verdict(testsslRun({ trust: 'NOT ok (chain incomplete)' }))).not.toMatchObject({
      cause: 'missing-intermediate',
    })
    expect(await verdict(testsslRun({ validity: 'expired (2025-01-01 00:00 --> 2026-01-01 00:00)' }))).toMatchObject({
      cause: 'expired-leaf',
      owner: 'server-operator',
    })
    expect(await verdict(sslscanRun('box.local', 'box.local'))).toMatchObject({ cause: 'self-signed-leaf' })
  })
})

describe('captures of several tools in one paste', () => {
  const parts: readonly (readonly [tool: string, text: string])[] = [
    ['curl', curlRun({ ...at8443, until: 'certificate', lines: [missing], error: [60, missing] })],
    ['s_client', sClientRun({ generation: '3.0', command: '$ openssl s_client -connect shop.harbour.example:8443' })],
    ['gnutls-cli', gnutlsRun({ command: 'gnutls-cli -p 8443 shop.harbour.example' })],
    [
      'wget',
      wgetRun(['GnuTLS: received alert [40]: Handshake failed'], {
        command: '$ wget https://shop.harbour.example:8443/',
      }),
    ],
    ['keytool', keytoolServer(['leaf'])],
    ['nmap', nmapRun()],
    ['testssl', testsslRun()],
    ['sslscan', sslscanRun()],
    ['x509', `$ openssl x509 -in a.pem -noout -subject\nsubject=${printName(names.leaf, 'tight')}\n`],
  ]
  const bare = (text: string) =>
    text.replace(/^\$? ?(?:openssl|curl|gnutls-cli|wget|keytool|nmap|testssl\.sh|sslscan) .*\n/, '')

  for (const [first, one] of parts) {
    for (const [second, two] of parts) {
      it(`${first}, then ${second}`, async () => {
        const tools = async (text: string) => (await judge(text)).captures.map(({ tool }) => tool)
        expect(await tools(one + two)).toEqual([first, second])
        if (first !== second) expect(await tools(bare(one) + bare(two))).toEqual([first, second])
      })
    }
  }
})

describe('lines cut, doubled and out of order', () => {
  const texts = [
    curlRun({ ...at8443, asks: 'empty', alert: ['IN', 'unknown', 628], error: [56, 'x'], meter: true }),
    curlThroughProxy('407 Proxy Authentication Required', ['curl: (56) CONNECT tunnel failed, response 407']),
    gnutlsRun({
      status: 'NOT trusted. The certificate issuer is unknown.',
      printCert: true,
      errors: ['*** Fatal error: Error in the certificate.'],
    }),
    keytoolServer(['leaf', 'issuing']),
    keytoolList([{ alias: 'shop', type: 'PrivateKeyEntry', chain: ['leaf', 'issuing'] }]),
    wgetRun(['ERROR: no certificate subject alternative name matches', "\trequested host name 'a.example'."]),
    nmapRun({ pem: true }),
    testsslRun({ trust: 'NOT ok (chain incomplete)', count: 1 }),
    sslscanRun(),
    sClientRun({ generation: '3.0', clientCertificate: 'asked', after: ['HTTP/1.1 400 Bad Request'] }),
  ]

  for (const [index, text] of texts.entries()) {
    it(`output ${index}: nothing throws, and what is certain has evidence`, async () => {
      const next = numbers(index + 11)
      for (let round = 0; round < 12; round++) {
        const { findings } = await judge(mangled(text, next))
        for (const finding of findings)
          if (finding.confidence === 'certain') expect(finding.evidence.length, finding.title).toBeGreaterThan(0)
      }
    })
  }

  function mangled(text: string, next: (below: number) => number): string {
    const lines = text.split('\n')
    for (let change = 0; change < 6; change++) {
      const from = next(lines.length)
      const line = lines[from] ?? ''
      switch (next(4)) {
        case 0:
          lines.splice(from, 1)
          break
        case 1:
          lines.splice(from, 0, line)
          break
        case 2:
          lines[from] = line.slice(0, next(line.length + 1))
          break
        default:
          lines.splice(next(lines.length), 0, ...lines.splice(from, 1 + next(4)))
      }
    }
    return lines.join('\n')
  }
})

describe('much of one thing is read without a word', () => {
  for (const unit of [
    '* a\n',
    '* Trying 192.0.2.7:443...\n',
    'curl: (60) x\n',
    '* subject: CN=a\n',
    '> CONNECT a:443 HTTP/1.1\n',
    'curl ',
    'curl https://a.example\n',
    "- Certificate[0] info:\n - subject `CN=a', issuer `CN=b'\n",
    'Certificate #0\nOwner: CN=a\n',
    'Alias name: a\nEntry type: trustedCertEntry\nOwner: CN=a\n',
    '| ssl-cert: Subject: commonName=a\n',
    ' subjectAltName (SAN)         a b c d\n',
    'Acceptable client certificate CA names\nCN=a\n',
    ' 0 s:countryName               = NL\n',
    '+ openssl s_client -connect a:443\n',
    'Sent Record\n',
    '0 0 0 0 0 0 0 0 0 0 0 * a\n',
    '--2026-12-01 09:00:00--  https://a.example/\n',
  ]) {
    it(JSON.stringify(unit).slice(0, 60), () => {
      const text = unit.repeat(Math.ceil(120_000 / unit.length))
      const { captures, length } = readDocument({ name: 'paste', text }, 0)
      expect(length).toBe(text.length)
      for (const { span } of captures) expect(span.end).toBeLessThanOrEqual(length)
    })
  }
})

describe('passwords on command lines', () => {
  const failing = 'curl: (60) SSL certificate problem: certificate has expired\n'
  for (const options of [
    '-u bob:hunter2',
    '-vu bob:hunter2',
    '-U bob:hunter2 -x p.example:3128',
    '-x http://bob:hunter2@p.example:3128',
    '-x bob:hunter2@p.example:3128',
    '-E c.pem:hunter2',
    '--pass hunter2',
    '--oauth2-bearer hunter2',
    '-H "Authorization: Bearer hunter2"',
  ]) {
    it(`${options}: in no part of the report`, async () => {
      const report = await judge(`$ curl ${options} https://shop.harbour.example/\n${failing}`)
      expect(report.captures[0]).toMatchObject({ host: 'shop.harbour.example' })
      expect(JSON.stringify(report)).not.toContain('hunter2')
    })
  }
})
