/** Kong Gateway: the Admin API, and the environment. The declarative form is in kong-declarative.ts. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { acceptClient, declarativeRecipes } from '../kong-declarative.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const product = 'Kong Gateway 3'
const admin = (path: string): string => sh(`${hole('ADMIN_URL')}${path}`)
const service = admin(`/services/${hole('SERVICE')}`)
const files = (certificate: string, key: string): string => `-F ${sh(`cert=@${certificate}`)} -F ${sh(`key=@${key}`)}`
const served = files(hole('FULL_CHAIN_FILE'), hole('SERVER_KEY_FILE'))
const serverTitle = (facts: Facts, how: string): string =>
  facts.job === 'serve-chain' ? `Serve the full chain from Kong (${how})` : `Install the certificate in Kong (${how})`

const certificates = 'https://developer.konghq.com/gateway/ssl-certificates/'
const configuration = 'https://developer.konghq.com/gateway/configuration/'
const caCertificates = 'https://developer.konghq.com/gateway/entities/ca-certificate/'

export const kong: Platform = {
  slug: 'kong',
  name: 'Kong Gateway',
  group: 'servers',
  source: { product, page: certificates },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) => serverTitle(facts, 'Admin API'),
      steps: (facts) => [
        ...gatherSteps(facts),
        'Ask which certificate answers this name, and replace its text; the change is live at once. When the name is not known yet, POST to /certificates, with snis.',
        'When neither a name nor a wildcard matches, Kong serves its own pair (CN=localhost): see the environment.',
      ],
      prepare: (facts) => `${gatherChain(facts)}\ncurl -sS ${admin(`/snis/${facts.host}`)}`,
      command: (facts) =>
        `curl -fsS -X PATCH ${admin(`/certificates/${hole('CERTIFICATE_ID')}`)} ${served}\n# not known yet:\n# curl -fsS -X POST ${admin('/certificates')} ${served} -F ${sh(`snis[]=${facts.host}`)}`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) => serverTitle(facts, 'environment'),
      steps: (facts) => [
        ...gatherSteps(facts),
        'This pair answers every name that no certificate entity has. Kong reads it at start and on reload.',
      ],
      prepare: gatherChain,
      command: `export KONG_SSL_CERT=${sh(hole('FULL_CHAIN_FILE'))}\nexport KONG_SSL_CERT_KEY=${sh(hole('SERVER_KEY_FILE'))}`,
      reload: 'kong reload',
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product, page: configuration },
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let Kong verify this upstream by its CA (Admin API)',
      steps: (facts) => [
        ...trustSteps(facts),
        'Upload one certificate per call; it has to be a CA certificate that is in date. The answer holds its id.',
        'Attach it to the service, with a depth that covers all intermediates. Kong sends and checks the host of the service.',
      ],
      prepare: (facts) =>
        `${trustPrepare(facts)}\ncurl -fsS -X POST ${admin('/ca_certificates')} -F ${sh(`cert=@${trustFile(facts).file}`)}`,
      command: (facts) =>
        `curl -fsS -X PATCH ${service} -F tls_verify=true -F tls_verify_depth=3 -F ${sh(`ca_certificates=${hole('CERTIFICATE_ID')}`)} -F protocol=https -F ${sh(`host=${facts.host}`)} -F port=${facts.port}`,
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
      source: { product, page: caCertificates },
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let Kong verify all upstreams by one file (environment)',
      steps: (facts) => [
        ...trustSteps(facts),
        'The first variable is for the upstreams that Kong passes requests to; the second for calls that Kong and its plugins make themselves.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `export KONG_NGINX_PROXY_PROXY_SSL_TRUSTED_CERTIFICATE=${sh(`/etc/kong/${trustFile(facts).file}`)}\nexport KONG_LUA_SSL_TRUSTED_CERTIFICATE=${sh(`system,/etc/kong/${trustFile(facts).file}`)}\nexport KONG_LUA_SSL_VERIFY_DEPTH=3`,
      reload: 'kong reload',
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
      source: { product, page: configuration },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let Kong present a client certificate to this upstream (Admin API)',
      steps: [
        'Upload certificate (with intermediates) and key, and name its id in the service. What the client of Kong presented ends at Kong.',
      ],
      prepare: `curl -fsS -X POST ${admin('/certificates')} ${files(hole('CLIENT_CERT_FILE'), hole('CLIENT_KEY_FILE'))}`,
      command: `curl -fsS -X PATCH ${service} -F ${sh(`client_certificate.id=${hole('CERTIFICATE_ID')}`)}`,
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: 'https://developer.konghq.com/gateway/entities/service/' },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let Kong present one client certificate to all upstreams (environment)',
      steps: ['Kong reads the files at start and on reload.'],
      command: `export KONG_CLIENT_SSL=on\nexport KONG_CLIENT_SSL_CERT=${sh(hole('CLIENT_CERT_FILE'))}\nexport KONG_CLIENT_SSL_CERT_KEY=${sh(hole('CLIENT_KEY_FILE'))}`,
      reload: 'kong reload',
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: configuration },
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let Kong send the server name to its upstream (Admin API)',
      steps: ['Kong sends the host of the service as SNI: set it to the name in the certificate of the upstream.'],
      command: (facts) =>
        `curl -fsS -X PATCH ${service} -F protocol=https -F ${sh(`host=${facts.host}`)} -F port=${facts.port}`,
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: 'https://developer.konghq.com/gateway/entities/service/' },
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate (Admin API)',
      steps: [
        'Upload the certificate with the name among its snis. Without one Kong serves its own pair, CN=localhost.',
      ],
      command: (facts) => `curl -fsS -X POST ${admin('/certificates')} ${served} -F ${sh(`snis[]=${facts.host}`)}`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    { ...acceptClient, verify: clientCurlCheck },
    ...declarativeRecipes,
  ],
}
