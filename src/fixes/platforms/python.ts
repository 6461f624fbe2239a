/** Python: requests and the standard library. */

import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, text } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const get = (facts: Facts, options = ''): string =>
  `python3 -c ${sh(`import requests; print(requests.get(${text(facts.url)}${options}, timeout=10).status_code)`)}`

const bundle = ({ isPublic, anchor }: Facts): string => (isPublic ? '' : `REQUESTS_CA_BUNDLE=${sh(anchor.file)} `)

export const python: Platform = {
  slug: 'python',
  name: 'Python',
  group: 'clients',
  source: {
    product: 'requests 2.28 and 2.34',
    page: 'https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification',
  },
  recipes: [
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca' ? 'Give Python the CA' : 'Give Python the intermediate that the server does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        'requests takes one file in place of its own roots: write those and the new certificate into one file, and name it in REQUESTS_CA_BUNDLE. SSL_CERT_FILE does the same for urllib and other users of the module ssl.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `cat "$(python3 -m certifi)" ${trustWord(facts)} > ca-bundle.pem\nexport REQUESTS_CA_BUNDLE="$PWD/ca-bundle.pem" SSL_CERT_FILE="$PWD/ca-bundle.pem"`,
      verify: (facts) => `REQUESTS_CA_BUNDLE=ca-bundle.pem ${get(facts)}`,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate with requests',
      steps: ['Give certificate (with intermediates) and key as a pair.'],
      command: ({ url }) =>
        `import requests

response = requests.get(
    ${text(url)},
    cert=(${text(hole('CLIENT_CERT_FILE'))}, ${text(hole('CLIENT_KEY_FILE'))}),
    timeout=10,
)
print(response.status_code)`,
      language: 'python',
      verify: (facts) =>
        `${bundle(facts)}${get(facts, `, cert=(${text(hole('CLIENT_CERT_FILE'))}, ${text(hole('CLIENT_KEY_FILE'))})`)}`,
      evidence: 'tested',
      source: {
        product: 'requests 2.28 and 2.34',
        page: 'https://requests.readthedocs.io/en/latest/user/advanced/#client-side-certificates',
      },
    },
    {
      jobs: ['sni-name'],
      side: 'client',
      title: 'Tell Python the name to send and to check',
      steps: [
        'requests sends and checks the name in the URL; a header "Host" changes neither.',
        'With the module ssl, give the name as server_hostname.',
      ],
      command: ({ host, connect }) => {
        const at = connect.lastIndexOf(':')
        return `import socket
import ssl

context = ssl.create_default_context()
with socket.create_connection((${text(connect.slice(0, at).replace(/^\[|\]$/g, ''))}, ${connect.slice(at + 1)}), timeout=10) as raw:
    with context.wrap_socket(raw, server_hostname=${text(host)}) as tls:
        print(tls.version(), tls.getpeercert()["subjectAltName"])`
      },
      language: 'python',
      verify: (facts) => `${bundle(facts)}${get(facts)}`,
      evidence: 'tested',
      source: { product: 'Python 3.11', page: 'https://docs.python.org/3/library/ssl.html#ssl.SSLContext.wrap_socket' },
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Update the roots of requests',
      steps: ['requests takes its roots from the package certifi: update it in the environment of the program.'],
      command: 'python3 -m pip install --upgrade certifi\npython3 -m certifi',
      verify: (facts) => get(facts),
      evidence: 'documented',
    },
  ],
}
