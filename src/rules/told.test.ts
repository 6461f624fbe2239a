import { describe, expect, it } from 'vitest'
import type { Cause, Confidence, Owner } from '../core/finding.ts'
import { inspect } from '../inspect.ts'

const judge = async (text: string) =>
  inspect({ documents: [{ name: 'paste', text }] }, { now: Date.parse('2026-12-01T00:00:00Z') })

const go = (words: string) => `Get "https://shop.example:8443/": tls: failed to verify certificate: x509: ${words}\n`
const because = (reason: string, ca: string) =>
  go(
    `certificate signed by unknown authority (possibly because of "${reason}" while trying to verify candidate authority certificate "${ca}")`,
  )
const expired =
  'certificate has expired or is not yet valid: current time 2026-11-24T20:29:00Z is after 2026-04-01T00:00:00Z'

type Case = readonly [paste: string, cause: Cause, owner: Owner, confidence: Confidence, says: string]

const cases: readonly Case[] = [
  [
    go('certificate is valid for a.example, b.example, not shop.example'),
    'hostname-mismatch',
    'server-operator',
    'certain',
    'but for a.example, b.example',
  ],
  [
    go('certificate is not valid for any names, but wanted to match shop.example'),
    'hostname-mismatch',
    'server-operator',
    'certain',
    'has no subject alternative name',
  ],
  [
    go('certificate is valid for ingress.local, not shop.example'),
    'product-default-certificate',
    'server-operator',
    'likely',
    'ingress-nginx',
  ],
  [go(expired), 'expired-leaf', 'server-operator', 'likely', 'expired on 2026-04-01'],
  ['SEC_ERROR_EXPIRED_CERTIFICATE\n', 'expired-leaf', 'server-operator', 'certain', 'has expired, says the client'],
  [because(`x509: ${expired}`, 'Example CA'), 'expired-issuer', 'server-operator', 'likely', '"Example CA"'],
  ['SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE\n', 'expired-issuer', 'server-operator', 'likely', 'has expired'],
  [
    go('certificate has expired or is not yet valid: current time 2026-11-24T20:29:00Z is before 2027-04-01T00:00:00Z'),
    'not-yet-valid',
    'server-operator',
    'likely',
    'starts on 2027-04-01',
  ],
  [
    go('certificate has expired or is not yet valid: current time 1970-01-01T00:12:00Z is before 2026-04-01T00:00:00Z'),
    'wrong-clock',
    'client',
    'likely',
    'its clock is behind',
  ],
  ["code: 'DEPTH_ZERO_SELF_SIGNED_CERT'\n", 'self-signed-leaf', 'server-operator', 'certain', 'is self-signed'],
  ["code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'\n", 'missing-intermediate', 'server-operator', 'likely', 'probably'],
  ["code: 'SELF_SIGNED_CERT_IN_CHAIN'\n", 'private-ca', 'client', 'likely', 'a root that this client does not trust'],
  [because('crypto/rsa: verification error', 'kubernetes'), 'private-ca', 'client', 'likely', 'another key'],
  [
    because('crypto/rsa: verification error', 'Zscaler Root CA'),
    'interception-proxy',
    'proxy-team',
    'likely',
    'Zscaler',
  ],
  [
    because('x509: cannot verify signature: insecure algorithm SHA1-RSA', 'Example CA'),
    'weak-key-or-signature',
    'server-operator',
    'certain',
    'too weak',
  ],
  ['MOZILLA_PKIX_ERROR_MITM_DETECTED\n', 'interception-proxy', 'proxy-team', 'certain', 'something in between'],
  [
    'OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /etc/none.pem\n',
    'stale-trust-store',
    'client',
    'certain',
    'could not load its own trust store',
  ],
  ['NET::ERR_CERT_REVOKED\n', 'revoked', 'server-operator', 'certain', 'is revoked'],
  ['SSL_ERROR_UNRECOGNIZED_NAME_ALERT\n', 'missing-or-wrong-sni', 'server-operator', 'certain', 'does not know'],
  [
    go('certificate specifies an incompatible key usage'),
    'ca-constraint-violation',
    'server-operator',
    'likely',
    'refuses',
  ],
]

describe('told: what the words of a client prove', () => {
  it.each(cases)('%s is %s', async (paste, cause, owner, confidence, says) => {
    const { verdict, findings } = await judge(paste)
    expect(verdict).toMatchObject({ status: 'broken', cause, owner })
    expect(verdict.headline).toContain(says)
    expect(findings[0]).toMatchObject({ rule: cause, confidence })
    expect(findings[0]?.evidence.length).toBeGreaterThan(0)
  })

  it.each([
    ['go', go('certificate signed by unknown authority'), 'SSL_CERT_FILE'],
    ['java', 'sun.security.validator.ValidatorException: PKIX path building failed\n', 'cacerts'],
    ['node', "code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'\n", 'NODE_EXTRA_CA_CERTS'],
    [
      'python',
      '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1)\n',
      'certifi',
    ],
    [
      '.net',
      'The remote certificate is invalid because of errors in the certificate chain: PartialChain\n',
      'certlm.msc',
    ],
    [
      'git',
      "fatal: unable to access 'https://shop.example/x/': SSL certificate problem: unable to get local issuer certificate\n",
      'http.sslCAInfo',
    ],
    ['rust', 'invalid peer certificate: UnknownIssuer\n', 'webpki-roots'],
    ['php', 'cURL error 60: SSL certificate problem: unable to get local issuer certificate\n', 'openssl.cafile'],
    [
      'ruby',
      'SSL_connect returned=1 errno=0 state=error: certificate verify failed (unable to get local issuer certificate)\n',
      'SSL_CERT_DIR',
    ],
    ['browser', 'NET::ERR_CERT_AUTHORITY_INVALID\n', 'Firefox'],
  ])('leaves it open for %s why no path was found, and says whom it trusts', async (_, paste, store) => {
    const { verdict, findings } = await judge(paste)
    expect(verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable', owner: 'reporter' })
    expect(findings[0]?.explanation).toContain(store)
    expect(findings[0]?.nextCommand).toMatch(
      /^openssl s_client -connect \S+:\d+ -servername \S+ -showcerts <\/dev\/null$/,
    )
    expect(findings[0]?.evidence.length).toBeGreaterThan(0)
  })

  it('fills the next command in with host and port of the message', async () => {
    const { findings } = await judge(go('certificate signed by unknown authority'))
    expect(findings[0]?.nextCommand).toContain('-connect shop.example:8443 -servername shop.example')
  })

  it('says how often it was told', async () => {
    const { findings } = await judge(go('certificate signed by unknown authority').repeat(50))
    expect(findings[0]?.explanation).toContain('50 lines of the paste say it')
  })

  it('never says what a server sends from the words of a client alone', async () => {
    for (const [paste] of cases)
      for (const finding of (await judge(paste)).findings)
        expect(`${finding.title} ${finding.explanation}`).not.toMatch(
          /does not send its|The server sends|is not sent by/,
        )
  })

  it('says nothing of a server certificate from the words of a server about its client', async () => {
    const paste =
      'http: TLS handshake error from 192.0.2.9:4711: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-24T20:29:00Z is after 2026-04-01T00:00:00Z\n'
    expect((await judge(paste)).findings.map(({ rule }) => rule)).not.toContain('expired-leaf')
  })
})
