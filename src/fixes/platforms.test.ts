import { describe, expect, it } from 'vitest'
import type { Fix, FixJob, FixSide, RuleSlug } from '../core/finding.ts'
import { allFixes } from './fixes.ts'
import { platforms } from './registry.ts'
import { reportOf, type Story } from './testing/reports.ts'

/** A rule that asks for a job on a side. */
const ruleFor: Readonly<Record<string, RuleSlug>> = {
  'serve-chain server': 'missing-intermediate',
  'replace-certificate server': 'expired-leaf',
  'supply-intermediate client': 'missing-intermediate',
  'supply-intermediate gateway': 'missing-intermediate',
  'trust-ca client': 'private-ca',
  'trust-ca gateway': 'private-ca',
  'client-certificate client': 'client-certificate-missing',
  'client-certificate gateway': 'client-certificate-missing',
  'accept-client server': 'client-certificate-rejected',
  'sni-name server': 'hostname-mismatch',
  'sni-name gateway': 'hostname-mismatch',
  'sni-name client': 'hostname-mismatch',
  'update-store client': 'stale-trust-store',
  'protocol-version server': 'protocol-mismatch',
  'protocol-version client': 'protocol-mismatch',
  'use-proxy client': 'proxy-connect-failed',
  'keep-proxied server': 'cloudflare-origin',
  'set-clock client': 'not-yet-valid',
  'verify-right client': 'verification-misused',
}

function fixesOf(platform: string, job: FixJob, side: FixSide, story: Story = {}): Fix[] {
  const { finding, report } = reportOf({ port: 8443, ...story, rule: ruleFor[`${job} ${side}`] as RuleSlug })
  return allFixes(finding, report).filter((fix) => fix.platform === platform && fix.job === job && fix.side === side)
}

/** What one recipe of each platform must come to, for api.shop.example:8443, "Shop Issuing CA 1" and "Shop Root CA". */
const expected: readonly (readonly [platform: string, job: FixJob, side: FixSide, ...parts: string[]])[] = [
  ['nginx', 'serve-chain', 'server', 'ssl_certificate     "<FULL_CHAIN_FILE>";', 'nginx -t && nginx -s reload'],
  ['nginx', 'sni-name', 'server', 'server_name api.shop.example;', 'ssl_reject_handshake on;'],
  [
    'nginx',
    'trust-ca',
    'gateway',
    'proxy_ssl_trusted_certificate shop-root-ca.pem;',
    'proxy_ssl_name api.shop.example;',
  ],
  ['haproxy', 'serve-chain', 'server', 'bind :8443 ssl crt /etc/haproxy/api-shop-example.pem'],
  ['haproxy', 'trust-ca', 'gateway', 'verify required ca-file /etc/haproxy/shop-root-ca.pem sni str(api.shop.example)'],
  ['apache', 'sni-name', 'server', '<VirtualHost *:8443>', 'ServerName api.shop.example'],
  ['apache', 'trust-ca', 'gateway', 'SSLProxyCACertificateFile shop-root-ca.pem', 'SSLProxyVerify require'],
  ['tomcat', 'serve-chain', 'server', 'hostName="api.shop.example"', 'certificateChainFile="<INTERMEDIATES_FILE>"'],
  [
    'envoy',
    'trust-ca',
    'gateway',
    'sni: "api.shop.example"',
    'exact: "api.shop.example"',
    '/etc/envoy/shop-root-ca.pem',
  ],
  ['istio', 'serve-chain', 'server', 'kubectl create secret tls api-shop-example-tls'],
  ['istio', 'client-certificate', 'gateway', 'mode: MUTUAL', 'sni: "api.shop.example"'],
  [
    'ingress-nginx',
    'trust-ca',
    'gateway',
    'nginx.ingress.kubernetes.io/proxy-ssl-name: "api.shop.example"',
    'proxy-ssl-verify: "on"',
  ],
  ['traefik', 'trust-ca', 'gateway', 'serverName: "api.shop.example"', '"/etc/traefik/shop-root-ca.pem"'],
  ['iis', 'sni-name', 'server', "'*:8443:api.shop.example'", "-SslFlag 'Sni'"],
  ['aws-alb', 'serve-chain', 'server', 'fileb://shop-issuing-ca-1.pem', "--certificate-arn '<CERTIFICATE_ARN>'"],
  [
    'f5',
    'serve-chain',
    'server',
    'cert-key-chain replace-all-with',
    'chain shop-issuing-ca-1-20261124',
    'tmsh save sys config',
    'Certificate Key Chain',
  ],
  ['f5', 'trust-ca', 'gateway', 'peer-cert-mode require', 'authenticate-name api.shop.example'],
  [
    'kong',
    'serve-chain',
    'server',
    "'<ADMIN_URL>/snis/api.shop.example'",
    '-X PATCH',
    'KONG_SSL_CERT=',
    '_format_version',
  ],
  [
    'kong',
    'trust-ca',
    'gateway',
    'tls_verify=true',
    'host=api.shop.example',
    'cert=@shop-root-ca.pem',
    'KONG_LUA_SSL_TRUSTED_CERTIFICATE',
    'tls_verify: true',
  ],
  ['kong', 'accept-client', 'server', 'mtls-auth'],
  ['cloudflare', 'keep-proxied', 'server', 'settings/ssl', '{"value":"strict"}', 'Proxied'],
  ['cloudflare', 'trust-ca', 'gateway', 'acm/custom_trust_store', 'shop-root-ca.pem'],
  [
    'java',
    'trust-ca',
    'client',
    '-alias shop-root-ca -file shop-root-ca.pem',
    '-Djavax.net.ssl.trustStore=',
    'https://api.shop.example:8443/',
  ],
  ['java', 'supply-intermediate', 'client', '-alias shop-issuing-ca-1', 'http://pki.shop.example/issuing-1.cer'],
  ['java-httpclient', 'trust-ca', 'client', '.sslContext(context)', 'URI.create("https://api.shop.example:8443/")'],
  ['java-okhttp', 'client-certificate', 'client', 'sslSocketFactory(', 'KeyManagerFactory'],
  ['java-apache', 'trust-ca', 'client', 'new SSLConnectionSocketFactory(context)'],
  ['java-spring', 'trust-ca', 'client', 'certificate: "file:shop-root-ca.pem"', 'RestTemplate', 'WebClient'],
  ['java-feign', 'trust-ca', 'client', 'new Client.Default(context.getSocketFactory(), null)'],
  ['java-jaxws', 'client-certificate', 'client', 'com.sun.xml.ws.transport.https.client.SSLSocketFactory'],
  ['dotnet', 'trust-ca', 'client', 'CustomRootTrust', 'ImportFromPemFile("shop-root-ca.pem")'],
  ['go', 'trust-ca', 'client', 'AppendCertsFromPEM', 'os.ReadFile("shop-root-ca.pem")'],
  ['node', 'trust-ca', 'client', 'NODE_EXTRA_CA_CERTS="$PWD"/shop-root-ca.pem'],
  ['node', 'client-certificate', 'client', 'readFileSync("<CLIENT_CERT_FILE>")'],
  ['python', 'trust-ca', 'client', 'REQUESTS_CA_BUNDLE', 'requests.get("https://api.shop.example:8443/"'],
  ['curl', 'trust-ca', 'client', 'curl --cacert shop-root-ca.pem https://api.shop.example:8443/'],
  ['wget', 'trust-ca', 'client', '--ca-certificate=shop-root-ca.pem'],
  ['git', 'trust-ca', 'client', 'http.https://api.shop.example:8443/.sslCAInfo "$PWD"/shop-root-ca.pem'],
  ['npm', 'client-certificate', 'client', '//api.shop.example:8443/:certfile=<CLIENT_CERT_FILE>'],
  ['pip', 'trust-ca', 'client', 'pip config set global.cert "$PWD"/shop-root-ca.pem'],
  ['aws-cli', 'trust-ca', 'client', 'AWS_CA_BUNDLE="$PWD"/shop-root-ca.pem'],
  ['docker', 'trust-ca', 'client', '/etc/docker/certs.d/api.shop.example:8443/ca.crt'],
  ['debian', 'trust-ca', 'client', '/usr/local/share/ca-certificates/shop-root-ca.crt', 'update-ca-certificates'],
  ['rhel', 'trust-ca', 'client', '/etc/pki/ca-trust/source/anchors/', 'update-ca-trust'],
  ['alpine', 'trust-ca', 'client', 'apk add ca-certificates'],
  ['windows', 'trust-ca', 'client', 'Cert:\\LocalMachine\\Root'],
  ['windows', 'supply-intermediate', 'client', 'Cert:\\LocalMachine\\CA'],
  ['macos', 'trust-ca', 'client', 'add-trusted-cert -d -r trustRoot'],
  ['android', 'trust-ca', 'client', '<certificates src="@raw/shop_root_ca" />', 'api.shop.example'],
  ['ios', 'trust-ca', 'client', 'Certificate Trust Settings'],
  ['openssl', 'verify-right', 'client', "-untrusted '<INTERMEDIATES_FILE>'"],
]

const textOf = (fixes: readonly Fix[]) =>
  fixes.map((fix) => [fix.title, ...fix.steps, fix.prepare, fix.command, fix.reload, fix.verify].join('\n')).join('\n')

describe.each(platforms.map((platform) => [platform.slug, platform] as const))('%s', (slug, platform) => {
  const rows = expected.flatMap(([name, job, side, ...parts]) => (name === slug ? [{ job, side, parts }] : []))

  it('has a row in this table', () => {
    expect(rows.length).toBeGreaterThan(0)
  })

  it.each(rows)('$job, $side: is filled with what the report knows', ({ job, side, parts }) => {
    const text = textOf(fixesOf(slug, job, side))
    for (const part of parts) expect(text).toContain(part)
  })

  it('has a source, recipes, and a slug and name of its own', () => {
    expect(platform.source.page).toMatch(/^https:\/\//)
    expect(platform.source.product).not.toBe('')
    expect(platform.recipes.length).toBeGreaterThan(0)
    expect(platforms.filter((other) => other.slug === slug || other.name === platform.name)).toEqual([platform])
  })

  it('builds each of its recipes', () => {
    for (const { jobs, side } of platform.recipes)
      for (const job of jobs) expect(fixesOf(slug, job, side).length, `${job} ${side}`).toBeGreaterThan(0)
  })

  it('asks for a host where the report names none', () => {
    for (const { jobs, side } of platform.recipes)
      for (const job of jobs)
        for (const fix of fixesOf(slug, job, side, { host: 'not a host' }))
          expect(textOf([fix]), fix.title).not.toContain('not a host')
  })
})

describe('the commands that check', () => {
  const verify = (story: Story) => fixesOf('nginx', 'serve-chain', 'server', story)[0]?.verify

  it('ask for the name at the address of the capture, by the root that is needed', () => {
    expect(verify({ command: 'openssl s_client -connect 10.0.0.5:9443 -servername api.shop.example' })).toBe(
      'openssl s_client -connect 10.0.0.5:9443 -servername api.shop.example -verify_hostname api.shop.example -CAfile shop-root-ca.pem -verify_return_error -brief </dev/null',
    )
  })

  it('need no file for a public chain, and keep STARTTLS', () => {
    expect(
      verify({ rootSource: 'store', command: 'openssl s_client -connect api.shop.example:25 -starttls smtp' }),
    ).toBe(
      'openssl s_client -connect api.shop.example:25 -servername api.shop.example -verify_hostname api.shop.example -starttls smtp -verify_return_error -brief </dev/null',
    )
  })

  it('check an address as an address', () => {
    expect(verify({ host: '2001:db8::7', rootSource: 'store' })).toContain(
      "-connect '[2001:db8::7]:8443' -noservername -verify_ip 2001:db8::7",
    )
  })
})
