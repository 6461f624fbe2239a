/** Envoy: TLS contexts of listeners (downstream) and clusters (upstream). */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { yaml } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const securing = 'https://www.envoyproxy.io/docs/envoy/latest/start/quick-start/securing'
const product = 'Envoy 1.28 and later'

const socket = (kind: 'Downstream' | 'Upstream', body: string): string => `transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.${kind}TlsContext
${body.replace(/^/gm, '    ')}`

const pair = (chain: string, key: string): string => `  tls_certificates:
    - certificate_chain: { filename: ${yaml(chain)} }
      private_key: { filename: ${yaml(key)} }`

const served = pair(hole('FULL_CHAIN_FILE'), hole('SERVER_KEY_FILE'))

/** The name is sent as `sni`, and checked only by the matcher: trusting a CA alone accepts any name. */
const upstream = (facts: Facts, more = ''): string =>
  socket(
    'Upstream',
    `sni: ${yaml(facts.host)}
common_tls_context:
${more}  validation_context:
    trusted_ca: { filename: ${yaml(facts.isPublic && facts.job !== 'trust-ca' ? '/etc/ssl/certs/ca-certificates.crt' : `/etc/envoy/${trustFile(facts).file}`)} }
    match_typed_subject_alt_names:
      - san_type: DNS
        matcher: { exact: ${yaml(facts.host)} }`,
  )

export const envoy: Platform = {
  slug: 'envoy',
  name: 'Envoy',
  group: 'servers',
  source: { product, page: securing },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain' ? 'Serve the full chain from Envoy' : 'Install the certificate in Envoy',
      steps: (facts) => [
        ...gatherSteps(facts),
        'Name the file in the filter chain of the listener; a static configuration is read at start.',
      ],
      prepare: gatherChain,
      command: socket('Downstream', `common_tls_context:\n${served}`),
      language: 'yaml',
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let Envoy verify its upstream by this CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Put the file where Envoy can read it, and name it in the cluster, together with the name that the certificate must have.',
      ],
      prepare: trustPrepare,
      command: (facts) => upstream(facts),
      language: 'yaml',
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let Envoy present a client certificate to its upstream',
      steps: ['Name certificate (with intermediates) and key in the TLS context of the cluster.'],
      command: (facts) => upstream(facts, `${pair(hole('CLIENT_CERT_FILE'), hole('CLIENT_KEY_FILE'))}\n`),
      language: 'yaml',
      verify: gatewayCheck,
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let Envoy send and check the server name',
      steps: ['Set "sni" and the matcher in the TLS context of the cluster.'],
      command: (facts) => upstream(facts),
      language: 'yaml',
      verify: gatewayCheck,
      evidence: 'documented',
      source: {
        product,
        page: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto',
      },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let Envoy accept these client certificates',
      steps: ['Demand a certificate, and name the CA of the clients in the same context.'],
      command: socket(
        'Downstream',
        `require_client_certificate: true
common_tls_context:
${served}
  validation_context:
    trusted_ca: { filename: ${yaml(hole('CLIENT_CA_FILE'))} }`,
      ),
      language: 'yaml',
      verify: clientCurlCheck,
      evidence: 'documented',
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: ['Set it in the context of the listener.'],
      command: socket(
        'Downstream',
        `common_tls_context:
  tls_params:
    tls_minimum_protocol_version: TLSv1_2
    tls_maximum_protocol_version: TLSv1_3`,
      ),
      language: 'yaml',
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
      source: {
        product,
        page: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto',
      },
    },
  ],
}
