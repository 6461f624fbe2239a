/** Recipes of Kong Gateway in its declarative form (decK, or DB-less with kong.yml), and the plugin for client certificates. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck } from './commands.ts'
import type { Facts } from './facts.ts'
import { hole } from './placeholders.ts'
import type { Recipe } from './platform.ts'
import { yaml } from './quote.ts'
import { trustPrepare, trustSteps, trustWarning } from './trust.ts'

const product = 'Kong Gateway 3, decK 1'
const page = 'https://developer.konghq.com/gateway/db-less-mode/'
const reload = 'deck gateway sync kong.yml   # with a database; DB-less: kong reload'
const version = '_format_version: "3.0"'

/** PEM text as a block; the placeholder stands where its lines go, each indented as it is. */
const block = (placeholder: string, indent: string): string => `|\n${indent}${placeholder}`

const service = (facts: Facts, lines: string): string => `services:
  - name: ${yaml(hole('SERVICE'))}
    protocol: https
    host: ${yaml(facts.host)}
    port: ${facts.port}
${lines}`

export const declarativeRecipes: readonly Recipe[] = [
  {
    jobs: ['serve-chain', 'replace-certificate', 'sni-name'],
    side: 'server',
    title: 'Describe the certificate of this name (kong.yml)',
    steps: (facts) => [
      ...(facts.job === 'sni-name' ? [] : gatherSteps(facts)),
      'Write leaf and intermediates one after the other into cert. A private key in the file has to be guarded like a key: better refer to a vault, as here to the variable SITE_KEY of the environment of Kong.',
    ],
    prepare: (facts) => (facts.job === 'sni-name' ? '' : gatherChain(facts)),
    command: (facts) => `${version}
certificates:
  - id: ${yaml(hole('UUID'))}
    cert: ${block(hole('CHAIN_PEM'), '      ')}
    key: "{vault://env/site-key}"
    snis:
      - name: ${yaml(facts.host)}`,
    language: 'yaml',
    reload,
    verify: (facts) => opensslCheck(facts),
    evidence: 'documented',
    source: { product, page: 'https://developer.konghq.com/gateway/entities/certificate/' },
  },
  {
    jobs: ['trust-ca'],
    side: 'gateway',
    title: 'Let Kong verify this upstream by its CA (kong.yml)',
    steps: (facts) => [...trustSteps(facts), 'List the CA once, and name its id in the service.'],
    prepare: trustPrepare,
    command: (facts) => `${version}
ca_certificates:
  - id: ${yaml(hole('UUID'))}
    cert: ${block(hole('CA_PEM'), '      ')}
${service(
  facts,
  `    tls_verify: true
    tls_verify_depth: 3
    ca_certificates:
      - ${yaml(hole('UUID'))}`,
)}`,
    language: 'yaml',
    reload,
    verify: gatewayCheck,
    warning: trustWarning,
    evidence: 'documented',
    source: { product, page: 'https://developer.konghq.com/gateway/entities/ca-certificate/' },
  },
  {
    jobs: ['client-certificate'],
    side: 'gateway',
    title: 'Let Kong present a client certificate to this upstream (kong.yml)',
    steps: [
      'List the certificate once, with its intermediates, and name its id in the service; the key is read from the variable CLIENT_KEY of the environment of Kong.',
    ],
    command: (facts) => `${version}
certificates:
  - id: ${yaml(hole('UUID'))}
    cert: ${block(hole('CHAIN_PEM'), '      ')}
    key: "{vault://env/client-key}"
${service(
  facts,
  `    client_certificate:
      id: ${yaml(hole('UUID'))}`,
)}`,
    language: 'yaml',
    reload,
    verify: gatewayCheck,
    evidence: 'documented',
    source: { product, page },
  },
]

/** The plugin is part of the Enterprise edition. */
export const acceptClient: Recipe = {
  jobs: ['accept-client'],
  side: 'server',
  title: 'Let Kong accept these client certificates (plugin mtls-auth)',
  steps: [
    'Upload the CA of the clients to /ca_certificates, and name its id in the plugin (Enterprise).',
    'Set snis on the routes, or every handshake asks for a certificate. send_ca_dn lists the CAs for clients that choose by issuer.',
    'Kong answers 401: "No required TLS certificate was sent" or "TLS certificate failed verification"; the reason is in the error log under [mtls-auth].',
    'The certificate reaches Kong only when nothing in front of it ends TLS.',
  ],
  command: `${version}
plugins:
  - name: mtls-auth
    service: ${yaml(hole('SERVICE'))}
    config:
      ca_certificates:
        - ${yaml(hole('UUID'))}
      send_ca_dn: true`,
  language: 'yaml',
  reload,
  verify: clientCurlCheck,
  evidence: 'documented',
  source: { product, page: 'https://developer.konghq.com/plugins/mtls-auth/' },
}
