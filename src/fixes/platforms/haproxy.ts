/** HAProxy, as a server and towards its backends. One PEM file holds certificate, intermediates and key. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import { type Facts, stem } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, haproxy as word } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const page = 'https://docs.haproxy.org/2.6/configuration.html'
const product = 'HAProxy 2.6'
const reload = 'haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy'

const pemOf = ({ host }: Facts): string => `/etc/haproxy/${stem(host, 'site')}.pem`

const server = (facts: Facts, options: string): string =>
  `server ${word(hole('UPSTREAM_NAME'))} ${word(facts.connect)} ssl ${options} sni str(${facts.host.startsWith('<') ? facts.host : word(facts.host)})`

export const haproxy: Platform = {
  slug: 'haproxy',
  name: 'HAProxy',
  group: 'servers',
  source: { product, page: `${page}#5.1-crt` },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain' ? 'Serve the full chain from HAProxy' : 'Install the certificate in HAProxy',
      steps: (facts) => [
        ...gatherSteps(facts),
        'HAProxy reads certificate, intermediates and key from one file, in this order; name it after "crt".',
      ],
      prepare: (facts) =>
        `${gatherChain(facts)}\n(umask 077 && cat ${sh(hole('FULL_CHAIN_FILE'))} ${sh(hole('SERVER_KEY_FILE'))} > ${sh(pemOf(facts))})`,
      command: (facts) => `bind :${facts.port} ssl crt ${word(pemOf(facts))}`,
      language: 'haproxy',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'tested',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: [
        'Load the file of each name; HAProxy chooses by the names in the certificates, and the first file answers everybody else.',
        'strict-sni refuses names that no certificate has.',
      ],
      command: (facts) => `bind :${facts.port} ssl crt ${word(pemOf(facts))} strict-sni`,
      language: 'haproxy',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product, page: `${page}#5.1-strict-sni` },
    },
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'gateway',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Let HAProxy verify its backend by this CA'
          : 'Give HAProxy the intermediate that its backend does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        ...(facts.job === 'supply-intermediate' ? ['Add the root to the same file.'] : []),
        'Put the file into /etc/haproxy, and verify on the server line. The name after "sni" is sent and checked; without it no name is checked at all.',
        'A health check needs "check-sni" with the same name.',
      ],
      prepare: trustPrepare,
      command: (facts) => server(facts, `verify required ca-file ${word(`/etc/haproxy/${trustFile(facts).file}`)}`),
      language: 'haproxy',
      reload,
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'tested',
      source: { product, page: `${page}#5.2-ca-file` },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let HAProxy present a client certificate to its backend',
      steps: ['Put certificate, intermediates and key of the client into one file, and name it on the server line.'],
      prepare: `(umask 077 && cat ${sh(hole('CLIENT_CERT_FILE'))} ${sh(hole('CLIENT_KEY_FILE'))} > /etc/haproxy/client.pem)`,
      command: (facts) =>
        server(
          facts,
          `verify required ca-file ${facts.isPublic ? '@system-ca' : word(`/etc/haproxy/${facts.anchor.file}`)} crt /etc/haproxy/client.pem`,
        ),
      language: 'haproxy',
      reload,
      verify: gatewayCheck,
      evidence: 'tested',
      source: { product, page: `${page}#5.2-crt` },
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let HAProxy send the server name to its backend',
      steps: ['"sni" sends the name and has it checked; "sni req.hdr(host)" takes it from the request instead.'],
      command: (facts) =>
        server(
          facts,
          `verify required ca-file ${facts.isPublic ? '@system-ca' : word(`/etc/haproxy/${facts.anchor.file}`)}`,
        ),
      language: 'haproxy',
      reload,
      verify: gatewayCheck,
      evidence: 'tested',
      source: { product, page: `${page}#5.2-sni` },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let HAProxy accept these client certificates',
      steps: [
        'Name the root of the client certificates, and their intermediates when clients do not send them.',
        'To log the result add %[ssl_c_verify] to the log format: 0 is success.',
      ],
      command: (facts) =>
        `bind :${facts.port} ssl crt ${word(pemOf(facts))} ca-file ${word(hole('CLIENT_CA_FILE'))} verify required`,
      language: 'haproxy',
      reload,
      verify: clientCurlCheck,
      evidence: 'tested',
      source: { product, page: `${page}#5.1-verify` },
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: ['Set the lowest version, for all listeners or on one "bind" line.'],
      command: 'ssl-default-bind-options ssl-min-ver TLSv1.2',
      language: 'haproxy',
      reload,
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
      source: { product, page: `${page}#3.1-ssl-default-bind-options` },
    },
  ],
}
