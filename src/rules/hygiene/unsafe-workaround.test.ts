import { describe, expect, it } from 'vitest'
import { unixMs } from '../../core/brand.ts'
import { inspect } from '../../inspect.ts'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge, today } from '../testing/helpers/judge.ts'
import { unsafeWorkaround as rule } from './unsafe-workaround.ts'

/** What is written, and what is pointed at. */
const written: readonly (readonly [text: string, quote: string])[] = [
  ['curl -k https://shop.example/', '-k'],
  ['$ curl -sSvk https://shop.example/', '-sSvk'],
  ['curl --silent \\\n  --insecure https://shop.example/', '--insecure'],
  ['wget --no-check-certificate https://shop.example/', '--no-check-certificate'],
  ['http --verify=no https://shop.example/', '--verify=no'],
  ['NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js', 'NODE_TLS_REJECT_UNAUTHORIZED=0'],
  ["process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'", "NODE_TLS_REJECT_UNAUTHORIZED'] = '0"],
  ['new https.Agent({ rejectUnauthorized: false })', 'rejectUnauthorized: false'],
  ['npm config set strict-ssl false', 'strict-ssl false'],
  ['requests.get(url, verify=False)', 'verify=False'],
  ['ctx.verify_mode = ssl.CERT_NONE', 'CERT_NONE'],
  ['PYTHONHTTPSVERIFY=0 python job.py', 'PYTHONHTTPSVERIFY=0'],
  ['pip install --trusted-host pypi.org x', '--trusted-host'],
  ['git -c http.sslVerify=false clone https://shop.example/x', 'http.sslVerify=false'],
  ['git config --global http.sslVerify false', 'http.sslVerify false'],
  ['export GIT_SSL_NO_VERIFY=true', 'GIT_SSL_NO_VERIFY=true'],
  ['aws --no-verify-ssl s3 ls', '--no-verify-ssl'],
  ['kubectl --insecure-skip-tls-verify get pods', '--insecure-skip-tls-verify'],
  ['&tls.Config{InsecureSkipVerify: true}', 'InsecureSkipVerify: true'],
  ['insecure_skip_verify = true', 'insecure_skip_verify = true'],
  [
    'public void checkServerTrusted(X509Certificate[] c, String a) {}',
    'checkServerTrusted(X509Certificate[] c, String a) {}',
  ],
  ['.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE)', 'NoopHostnameVerifier'],
  [
    '[Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }',
    'ServerCertificateValidationCallback = { $true }',
  ],
  [
    'ServerCertificateCustomValidationCallback = (m, c, ch, e) => true',
    'ServerCertificateCustomValidationCallback = (m, c, ch, e) => true',
  ],
  ['Invoke-WebRequest -SkipCertificateCheck https://shop.example', '-SkipCertificateCheck'],
  ['http.verify_mode = OpenSSL::SSL::VERIFY_NONE', 'VERIFY_NONE'],
  ['curl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);', 'CURLOPT_SSL_VERIFYPEER, false'],
  ['-F tls_verify=false', 'tls_verify=false'],
  ['"tls_verify": false', 'tls_verify": false'],
  ['proxy_ssl_verify off;', 'proxy_ssl_verify off'],
  ['server s1 10.0.0.1:443 ssl verify none', 'ssl verify none'],
  ['SSLProxyVerify none', 'SSLProxyVerify none'],
]

describe('unsafe-workaround', () => {
  it.each(written)('warns of %j', async (text, quote) => {
    const judged = await judge(rule, `some text\n${text}\nmore text\n`)
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning', confidence: 'certain', findings: 1 })
    expect(judged.quotes).toEqual([expect.stringContaining(quote)])
    expect(judged.explanation).toMatch(/Instead, \S.{10,}\.$/s)
  })

  it.each([
    'curl -K config -o k https://shop.example/',
    'curl https://shop.example/ | grep -k',
    'curl --keepalive-time 2 --key client.key https://shop.example/',
    'verify=True',
    'NODE_TLS_REJECT_UNAUTHORIZED=1',
    'rejectUnauthorized: true',
    'proxy_ssl_verify on;',
    'tls_verify=true',
    'ssh -o StrictHostKeyChecking=no host',
    'InsecureSkipVerify: false',
    'kubectl --insecure-skip-tls-verify=false get pods',
    'public void checkServerTrusted(X509Certificate[] c, String a) { delegate.checkServerTrusted(c, a); }',
    'if err := verify(server); err != nil { return }',
  ])('passes %j', async (text) => {
    expect(await judge(rule, `${text}\n${bundle('shop')}`)).toMatchObject({ kind: 'pass' })
  })

  it('only mentions what a text advises against', async () => {
    for (const text of [
      'Never use curl -k in production.',
      'Please remove NODE_TLS_REJECT_UNAUTHORIZED=0 from the deployment.',
      'verify=False is not a fix',
    ]) {
      const judged = await judge(rule, `${text}\n`)
      expect(judged).toMatchObject({ kind: 'fail', severity: 'info', confidence: 'hint' })
    }
    const both = await judge(rule, 'Never use curl -k.\n$ curl -k https://shop.example/\n')
    expect(both).toMatchObject({ severity: 'warning', confidence: 'certain' })
    expect(both.quotes).toEqual(['-k'])
  })

  it('never leads, whatever else is in the input', async () => {
    const text = `${sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] })}curl -k https://shop.example/\n`
    const report = await inspect({ documents: [{ name: 'paste', text }] }, { now: Date.parse(today) })
    expect(report.verdict.cause).toBe('private-ca')
    expect(report.findings.map((finding) => finding.rule)).toContain('unsafe-workaround')
  })

  it('takes time in proportion to the text', () => {
    const context = (text: string) => {
      const document = { index: 0, name: 'paste', text, binary: false, length: text.length }
      return {
        documents: [{ ...document, captures: [], secrets: [], skipped: [] }],
        captures: [],
        now: unixMs(0),
        publicRoots: true,
      }
    }
    for (const part of hostile) {
      const started = performance.now()
      rule.check(context(part.repeat(Math.ceil(400_000 / part.length))))
      expect(performance.now() - started, part).toBeLessThan(5_000)
    }
  })
})

/** Beginnings of patterns, over and over. */
const hostile = [
  'curl ',
  'curl -',
  'curl \\\n',
  'curl \\',
  'ssl ',
  'https ',
  'http.',
  'verify ',
  'ServerCertificateValidationCallback ',
  'checkServerTrusted(',
  'HostnameVerifier(',
  'tls_verify ',
]
