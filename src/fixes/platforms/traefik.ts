/** Traefik: its dynamic configuration, by the file provider. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { yaml } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const tls = 'https://doc.traefik.io/traefik/https/tls/'
const transport = 'https://doc.traefik.io/traefik/routing/services/#serverstransport_1'
const product = 'Traefik 3'

const watched =
  'Traefik watches the files of the file provider; in Kubernetes use secrets, TLSOption and ServersTransport resources in their place.'

const servers = (facts: Facts, lines: string): string => `http:
  serversTransports:
    upstream:
      serverName: ${yaml(facts.host)}
${lines}  services:
    ${yaml(hole('SERVICE'))}:
      loadBalancer:
        serversTransport: upstream
        servers:
          - url: ${yaml(facts.url)}`

const roots = (file: string): string => `      rootCAs:\n        - ${yaml(`/etc/traefik/${file}`)}\n`

export const traefik: Platform = {
  slug: 'traefik',
  name: 'Traefik',
  group: 'servers',
  source: { product, page: tls },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain' ? 'Serve the full chain from Traefik' : 'Install the certificate in Traefik',
      steps: (facts) => [
        ...gatherSteps(facts),
        'Name the file in the dynamic configuration; Traefik chooses by the names in the certificate.',
        watched,
      ],
      prepare: gatherChain,
      command: `tls:
  certificates:
    - certFile: ${yaml(hole('FULL_CHAIN_FILE'))}
      keyFile: ${yaml(hole('SERVER_KEY_FILE'))}`,
      language: 'yaml',
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer unknown names with a certificate of yours, or not at all',
      steps: [
        'Traefik answers a name that no certificate has with "TRAEFIK DEFAULT CERT": load the certificate of this name, or set a default one.',
        'With sniStrict such connections are refused.',
        watched,
      ],
      command: `tls:
  certificates:
    - certFile: ${yaml(hole('FULL_CHAIN_FILE'))}
      keyFile: ${yaml(hole('SERVER_KEY_FILE'))}
  options:
    default:
      sniStrict: true`,
      language: 'yaml',
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let Traefik verify its backend by this CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Put the file where Traefik can read it, and use a servers transport with it.',
        watched,
      ],
      prepare: trustPrepare,
      command: (facts) => servers(facts, roots(trustFile(facts).file)),
      language: 'yaml',
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
      source: { product, page: transport },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let Traefik present a client certificate to its backend',
      steps: ['Name certificate (with intermediates) and key in the servers transport.', watched],
      command: (facts) =>
        servers(
          facts,
          `${facts.isPublic ? '' : roots(facts.anchor.file)}      certificates:
        - certFile: ${yaml(hole('CLIENT_CERT_FILE'))}
          keyFile: ${yaml(hole('CLIENT_KEY_FILE'))}
`,
        ),
      language: 'yaml',
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: transport },
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let Traefik send the server name to its backend',
      steps: ['Set serverName in the servers transport: it is sent and checked.', watched],
      command: (facts) => servers(facts, ''),
      language: 'yaml',
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: transport },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let Traefik accept these client certificates',
      steps: ['Name the CA of the clients in the TLS options of the router.', watched],
      command: `tls:
  options:
    default:
      clientAuth:
        caFiles:
          - ${yaml(hole('CLIENT_CA_FILE'))}
        clientAuthType: RequireAndVerifyClientCert`,
      language: 'yaml',
      verify: clientCurlCheck,
      evidence: 'documented',
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: ['Set the lowest version in the TLS options.', watched],
      command: `tls:
  options:
    default:
      minVersion: VersionTLS12`,
      language: 'yaml',
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
    },
  ],
}
