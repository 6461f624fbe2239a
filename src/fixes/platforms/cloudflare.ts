/** Cloudflare: settings of the zone, in the dashboard and by its API. Needs curl, and jq where a file becomes JSON. */
import { clientCurlCheck, curlCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { json, sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const product = 'Cloudflare, 2026'
const docs = 'https://developers.cloudflare.com/ssl'

/** A call of the API for the zone; `body` is JSON, or absent when it comes by standard input. */
const call = (method: string, path: string, body?: string): string =>
  `curl -fsS -X ${method} ${sh(`https://api.cloudflare.com/client/v4/zones/${hole('ZONE_ID')}/${path}`)} -H ${sh(`Authorization: Bearer ${hole('API_TOKEN')}`)} -H 'Content-Type: application/json' --data ${body === undefined ? '@-' : sh(body)}`

const setting = (name: string, value: string): string => call('PATCH', `settings/${name}`, `{"value":${json(value)}}`)

/** Asks Cloudflare for the page: 525 and 526 are its errors towards the origin. */
const through = ({ url }: Facts): string => `curl -fsS -o /dev/null -w ${sh('%{http_code}\\n')} ${sh(url)}`

/** Asks the origin directly, as Cloudflare does. */
export const atOrigin = (facts: Facts): string =>
  curlCheck({ ...facts, isPublic: true, connect: `${hole('ORIGIN_ADDRESS')}:${facts.port}` })

export const cloudflare: Platform = {
  slug: 'cloudflare',
  name: 'Cloudflare',
  group: 'servers',
  source: { product, page: `${docs}/` },
  recipes: [
    {
      jobs: ['keep-proxied'],
      side: 'server',
      title: 'Keep all clients behind Cloudflare',
      steps: [
        'Dashboard: DNS, Records, the record of this name: Proxy status Proxied. SSL/TLS, Overview: Full (strict).',
        'Clients call the name; a client that calls the address of the origin meets the Origin certificate, which nobody but Cloudflare trusts.',
        'Let the firewall of the origin accept addresses of Cloudflare only. A client inside the network that has to call the origin needs a publicly trusted certificate there, which Full (strict) accepts as well.',
      ],
      command: setting('ssl', 'strict'),
      verify: through,
      evidence: 'documented',
      source: { product, page: `${docs}/origin-configuration/ssl-modes/full-strict/` },
    },
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain'
          ? 'Upload the custom certificate again, with its chain'
          : 'Renew the certificate at the edge',
      steps: (facts) => [
        'Universal and advanced certificates are renewed by Cloudflare and have their chain: look at their status under SSL/TLS, Edge Certificates. What follows is for a custom certificate.',
        ...gatherSteps(facts),
        'Dashboard: SSL/TLS, Edge Certificates, Upload Custom SSL Certificate, bundle method Compatible.',
      ],
      prepare: gatherChain,
      command: `jq -n --rawfile certificate ${sh(hole('FULL_CHAIN_FILE'))} --rawfile private_key ${sh(hole('SERVER_KEY_FILE'))} ${sh('{$certificate, $private_key, bundle_method: "ubiquitous"}')} | ${call('POST', 'custom_certificates')}`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product, page: `${docs}/edge-certificates/custom-certificates/uploading/` },
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let Cloudflare trust the CA of the origin',
      steps: (facts) => [
        ...trustSteps(facts),
        'Upload the root to the custom origin trust store of the zone; it takes roots only, and needs Advanced Certificate Manager.',
        'Without that: install a Cloudflare Origin certificate or a publicly trusted one at the origin.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `jq -n --rawfile certificate ${sh(trustFile(facts).file)} ${sh('{$certificate}')} | ${call('POST', 'acm/custom_trust_store')}`,
      verify: through,
      warning: trustWarning,
      evidence: 'documented',
      source: { product, page: `${docs}/origin-configuration/custom-origin-trust-store/` },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let Cloudflare present its certificate to the origin',
      steps: [
        'Dashboard: SSL/TLS, Origin Server, Authenticated Origin Pulls: on. The mode has to be Full or Full (strict).',
        'The origin has to trust the CA of these certificates. The shared one only proves that some zone of Cloudflare calls; upload one of your own for more.',
        'The certificate of the client itself ends at Cloudflare and never reaches the origin.',
      ],
      command: call('PUT', 'origin_tls_client_auth/settings', '{"enabled":true}'),
      verify: through,
      evidence: 'documented',
      source: { product, page: `${docs}/origin-configuration/authenticated-origin-pull/set-up/zone-level/` },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let Cloudflare accept these client certificates',
      steps: [
        'Dashboard: SSL/TLS, Client Certificates, Hosts: add this name. A rule that blocks requests without a verified certificate makes it compulsory.',
        'Certificates of a CA of your own need API Shield, or Access with mutual TLS.',
      ],
      verify: clientCurlCheck,
      evidence: 'documented',
      source: { product, page: `${docs}/client-certificates/enable-mtls/` },
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let the origin have a certificate for the name that Cloudflare asks for',
      steps: [
        'Cloudflare sends the name that the client asked for; with a Host header override in an Origin Rule it sends that name.',
        'Either the certificate of the origin gets this name, or an Origin Rule with an SNI override (Enterprise) asks for another.',
      ],
      verify: atOrigin,
      evidence: 'documented',
      source: { product, page: 'https://developers.cloudflare.com/rules/origin-rules/features/' },
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Set the lowest version at the edge',
      steps: [
        'Dashboard: SSL/TLS, Edge Certificates, Minimum TLS Version: 1.2. A higher one shuts out the clients that cannot speak it.',
      ],
      command: setting('min_tls_version', '1.2'),
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
      source: { product, page: `${docs}/edge-certificates/additional-options/minimum-tls/` },
    },
  ],
}
