/** Node.js: the environment of the process, and options of a request. */

import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, text } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

/** A request that prints the status, or the code of the error and a failing exit status. */
const check = (facts: Facts, options = ''): string =>
  `node -e ${sh(
    `require("node:https").get(${text(facts.url)}, ${options === '' ? '' : `${options}, `}(response) => { console.log(response.statusCode); response.destroy() }).on("error", (error) => { console.error(error.code); process.exitCode = 1 })`,
  )}`

const extra = ({ isPublic, anchor }: Facts): string => (isPublic ? '' : `NODE_EXTRA_CA_CERTS=${sh(anchor.file)} `)

export const node: Platform = {
  slug: 'node',
  name: 'Node.js',
  group: 'clients',
  source: { product: 'Node.js 20', page: 'https://nodejs.org/docs/latest-v20.x/api/cli.html#node_extra_ca_certsfile' },
  recipes: [
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Give Node.js the CA'
          : 'Give Node.js the intermediate that the server does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        'Set NODE_EXTRA_CA_CERTS before the process starts; it is read once, and adds to the built-in roots.',
        'A request that sets an option "ca" of its own does not see it: add the certificate there.',
      ],
      prepare: trustPrepare,
      command: (facts) => `export NODE_EXTRA_CA_CERTS="$PWD"/${trustWord(facts)}`,
      verify: (facts) => `NODE_EXTRA_CA_CERTS=${trustWord(facts)} ${check(facts)}`,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate from Node.js',
      steps: ['Give the request its certificate with the intermediates, and its key.'],
      command: ({ url }) =>
        `const { readFileSync } = require('node:fs')
const https = require('node:https')

const agent = new https.Agent({
  cert: readFileSync(${text(hole('CLIENT_CERT_FILE'))}),
  key: readFileSync(${text(hole('CLIENT_KEY_FILE'))}),
})
https.get(${text(url)}, { agent }, (response) => console.log(response.statusCode))`,
      language: 'javascript',
      verify: (facts) =>
        `${extra(facts)}${check(facts, `{ cert: require("node:fs").readFileSync(${text(hole('CLIENT_CERT_FILE'))}), key: require("node:fs").readFileSync(${text(hole('CLIENT_KEY_FILE'))}) }`)}`,
      evidence: 'tested',
      source: {
        product: 'Node.js 20',
        page: 'https://nodejs.org/docs/latest-v20.x/api/https.html#httpsrequesturl-options-callback',
      },
    },
    {
      jobs: ['sni-name'],
      side: 'client',
      title: 'Tell Node.js the name to send and to check',
      steps: ['When the request goes to an address, give the name as "servername": it is sent as SNI and checked.'],
      command: ({ host, connect }) => {
        const at = connect.lastIndexOf(':')
        return `const https = require('node:https')

https.get(
  {
    host: ${text(connect.slice(0, at).replace(/^\[|\]$/g, ''))},
    port: ${connect.slice(at + 1)},
    servername: ${text(host)},
    headers: { host: ${text(host)} },
  },
  (response) => console.log(response.statusCode),
)`
      },
      language: 'javascript',
      verify: (facts) => `${extra(facts)}${check(facts)}`,
      evidence: 'tested',
      source: {
        product: 'Node.js 20',
        page: 'https://nodejs.org/docs/latest-v20.x/api/tls.html#tlsconnectoptions-callback',
      },
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Use current roots in Node.js',
      steps: [
        'Node.js carries its roots with it: update Node.js itself.',
        'Until then it can use the store of OpenSSL in the system; name its file for your distribution.',
      ],
      command: `node --version\nSSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt node --use-openssl-ca ${sh(hole('PROGRAM'))}`,
      verify: (facts) => check(facts),
      evidence: 'tested',
    },
    {
      jobs: ['protocol-version'],
      side: 'client',
      title: 'Let Node.js use TLS 1.2 and newer',
      steps: [
        'Remove minVersion, maxVersion, secureProtocol and ciphers from the code, and --tls-max-v1.2 from the command; the defaults are TLS 1.2 and 1.3.',
      ],
      command: 'node -p \'require("node:tls").DEFAULT_MIN_VERSION + " to " + require("node:tls").DEFAULT_MAX_VERSION\'',
      verify: (facts) => `${extra(facts)}${check(facts)}`,
      evidence: 'tested',
      source: {
        product: 'Node.js 20',
        page: 'https://nodejs.org/docs/latest-v20.x/api/tls.html#tlsdefault_max_version',
      },
    },
  ],
}
