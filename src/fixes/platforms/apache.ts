/** Apache httpd with mod_ssl, as a server and as a proxy. Relative file names count from ServerRoot. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, apache as word } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const page = 'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html'
const product = 'Apache httpd 2.4'
const reload = 'apachectl configtest && apachectl graceful'

const pair = `SSLCertificateFile    ${word(hole('FULL_CHAIN_FILE'))}
SSLCertificateKeyFile ${word(hole('SERVER_KEY_FILE'))}`

export const apache: Platform = {
  slug: 'apache',
  name: 'Apache httpd',
  group: 'servers',
  source: { product, page },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain' ? 'Serve the full chain from Apache' : 'Install the certificate in Apache',
      steps: (facts) => [
        ...gatherSteps(facts),
        'Name the file in the virtual host. From 2.4.8 on SSLCertificateFile takes leaf and intermediates; remove SSLCertificateChainFile, which is obsolete.',
      ],
      prepare: gatherChain,
      command: pair,
      language: 'apache',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'tested',
      source: { product, page: `${page}#sslcertificatefile` },
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: ['Give the name a virtual host of its own; the first one of the address answers everybody else.'],
      command: ({ host, port }) => `<VirtualHost *:${port}>
    ServerName ${host.startsWith('<') ? host : word(host)}
    SSLEngine on
${pair.replace(/^/gm, '    ')}
</VirtualHost>`,
      language: 'apache',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product, page: 'https://httpd.apache.org/docs/2.4/vhosts/name-based.html' },
    },
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'gateway',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Let Apache verify its backend by this CA'
          : 'Give Apache the intermediate that its backend does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        ...(facts.job === 'supply-intermediate' ? ['Add the root to the same file.'] : []),
        'Put the file below ServerRoot, and verify in the virtual host that passes to this backend; by default nothing is verified.',
      ],
      prepare: trustPrepare,
      command: (facts) => `SSLProxyEngine on
SSLProxyCACertificateFile ${word(trustFile(facts).file)}
SSLProxyVerify require
SSLProxyVerifyDepth 3
SSLProxyCheckPeerName on`,
      language: 'apache',
      reload,
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'tested',
      source: { product, page: `${page}#sslproxyverify` },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let Apache present a client certificate to its backend',
      steps: [
        'Put the certificate, without its intermediates, and the key into one file; httpd does not start with a certificate that has no key.',
        'Name the intermediates in a file of their own: when the backend names only its root, httpd otherwise finds no certificate that fits and sends none, without a word.',
      ],
      prepare: `(umask 077 && { openssl x509 -in ${sh(hole('CLIENT_CERT_FILE'))}; cat ${sh(hole('CLIENT_KEY_FILE'))}; } > client.pem)`,
      command: `SSLProxyMachineCertificateFile client.pem
SSLProxyMachineCertificateChainFile ${word(hole('CLIENT_INTERMEDIATES_FILE'))}`,
      language: 'apache',
      reload,
      verify: gatewayCheck,
      evidence: 'tested',
      source: { product, page: `${page}#sslproxymachinecertificatefile` },
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let Apache send the server name to its backend',
      steps: ['Name the backend by the name in its certificate: the host of ProxyPass is what is sent and checked.'],
      command: ({ url }) => `ProxyPass        / ${word(url)}\nProxyPassReverse / ${word(url)}`,
      language: 'apache',
      reload,
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: `${page}#sslproxycheckpeername` },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let Apache accept these client certificates',
      steps: ['Name the root of the client certificates; the depth counts the certificates above the leaf.'],
      command: `SSLCACertificateFile ${word(hole('CLIENT_CA_FILE'))}
SSLVerifyClient require
SSLVerifyDepth 3`,
      language: 'apache',
      reload,
      verify: clientCurlCheck,
      evidence: 'tested',
      source: { product, page: `${page}#sslverifyclient` },
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: ['Set it for the server, or in the first virtual host of the address.'],
      command: 'SSLProtocol -all +TLSv1.2 +TLSv1.3',
      language: 'apache',
      reload,
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
      source: { product, page: `${page}#sslprotocol` },
    },
  ],
}
