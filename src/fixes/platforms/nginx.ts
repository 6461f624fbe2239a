/** nginx, as a server and as a proxy. Relative file names count from the folder of nginx.conf. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform, Source } from '../platform.ts'
import { nginx as word } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const product = 'nginx 1.22'
const docs = 'https://nginx.org/en/docs/http'
const ssl: Source = { product, page: `${docs}/ngx_http_ssl_module.html` }
const proxy: Source = { product, page: `${docs}/ngx_http_proxy_module.html` }
const reload = 'nginx -t && nginx -s reload'

const pair = `ssl_certificate     ${word(hole('FULL_CHAIN_FILE'))};
ssl_certificate_key ${word(hole('SERVER_KEY_FILE'))};`

const indent = (text: string): string => text.replace(/^/gm, '    ')

/** What a proxy needs so that the upstream is called and checked by its name. */
const named = ({ host }: Facts): string => `proxy_ssl_server_name on;
proxy_ssl_name ${word(host)};`

export const nginx: Platform = {
  slug: 'nginx',
  name: 'nginx',
  group: 'servers',
  source: ssl,
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain' ? 'Serve the full chain from nginx' : 'Install the certificate in nginx',
      steps: (facts) => [
        ...gatherSteps(facts),
        'Name the file in the server block of this host; nginx sends it as it is, and refuses a key that does not fit the first certificate.',
      ],
      prepare: gatherChain,
      command: pair,
      language: 'nginx',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'tested',
      source: { product, page: 'https://nginx.org/en/docs/http/configuring_https_servers.html#chains' },
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: [
        'Give the name a server block of its own, with the certificate that holds it.',
        'Let a default server refuse unknown names (nginx 1.19.4 and later), so that nobody gets the wrong certificate.',
      ],
      command: ({ host, port }) => `server {
    listen ${port} ssl;
    server_name ${word(host)};
${indent(pair)}
}
server {
    listen ${port} ssl default_server;
    ssl_reject_handshake on;
}`,
      language: 'nginx',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'tested',
      source: { product, page: `${docs}/ngx_http_ssl_module.html#ssl_reject_handshake` },
    },
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'gateway',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Let nginx verify its upstream by this CA'
          : 'Give nginx the intermediate that its upstream does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        ...(facts.job === 'supply-intermediate'
          ? ['Add the root to the same file: nginx accepts a chain only when it ends at a root it knows.']
          : []),
        'Put the file next to nginx.conf, and verify in the location that passes to this upstream. Without proxy_ssl_verify nothing is checked.',
        'Raise the depth when more than one intermediate lies between leaf and root.',
      ],
      prepare: trustPrepare,
      command: (facts) => `proxy_ssl_trusted_certificate ${word(trustFile(facts).file)};
proxy_ssl_verify on;
proxy_ssl_verify_depth 3;
${named(facts)}`,
      language: 'nginx',
      reload,
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'tested',
      source: proxy,
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let nginx present a client certificate to its upstream',
      steps: [
        'Name certificate (with intermediates) and key in the location that passes to this upstream. What the client of nginx presented ends at nginx.',
      ],
      command: `proxy_ssl_certificate     ${word(hole('CLIENT_CERT_FILE'))};
proxy_ssl_certificate_key ${word(hole('CLIENT_KEY_FILE'))};`,
      language: 'nginx',
      reload,
      verify: gatewayCheck,
      evidence: 'tested',
      source: proxy,
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let nginx send the server name to its upstream',
      steps: [
        'Both are needed: SNI is off by default, and the name is taken from proxy_pass, which is often that of an upstream group.',
      ],
      command: named,
      language: 'nginx',
      reload,
      verify: gatewayCheck,
      evidence: 'tested',
      source: { product, page: `${docs}/ngx_http_proxy_module.html#proxy_ssl_server_name` },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let nginx accept these client certificates',
      steps: [
        'Name the root of the client certificates, and their intermediates when clients do not send them.',
        'The default depth 1 allows one intermediate; two need depth 2 and more.',
        'nginx answers 400: "No required SSL certificate was sent" when none came, "The SSL certificate error" when it was refused; the log has the reason.',
      ],
      command: `ssl_client_certificate ${word(hole('CLIENT_CA_FILE'))};
ssl_verify_client on;
ssl_verify_depth 3;`,
      language: 'nginx',
      reload,
      verify: clientCurlCheck,
      evidence: 'tested',
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: [
        'Set it in the default server of the address as well: it decides before the name is known. Leave ssl_ciphers at its default unless a policy demands otherwise.',
      ],
      command: 'ssl_protocols TLSv1.2 TLSv1.3;',
      language: 'nginx',
      reload,
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
    },
  ],
}
