/** curl: options of the command line. Everything holds for one call; the environment makes it lasting. */
import { clientCurlCheck, curlCheck, trustFile } from '../commands.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

export const curl: Platform = {
  slug: 'curl',
  name: 'curl',
  group: 'clients',
  source: { product: 'curl 7.88 and 8.22', page: 'https://curl.se/docs/sslcerts.html' },
  recipes: [
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca' ? 'Give curl the CA' : 'Give curl the intermediate that the server does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        'Name the file with --cacert. It takes the place of the default roots for this call; the variable CURL_CA_BUNDLE does so for all calls.',
      ],
      prepare: trustPrepare,
      command: (facts) => `curl --cacert ${trustWord(facts)} ${sh(facts.url)}`,
      verify: (facts) => curlCheck(facts, ['--cacert', sh(trustFile(facts).file)]),
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate with curl',
      steps: [
        'Put the certificate of the client and its intermediates into one file, leaf first, and name it with --cert.',
        'Name its private key with --key.',
      ],
      command: (facts) =>
        `curl --cert ${sh(hole('CLIENT_CERT_FILE'))} --key ${sh(hole('CLIENT_KEY_FILE'))} ${sh(facts.url)}`,
      verify: clientCurlCheck,
      evidence: 'tested',
    },
    {
      jobs: ['sni-name'],
      side: 'client',
      title: 'Call the server by its name, at the address you want',
      steps: [
        'Keep the name in the URL: it is what curl sends as SNI and checks the certificate for.',
        'Give the address with --connect-to; a header "Host:" changes neither.',
      ],
      command: (facts) =>
        `curl -v --connect-to ${sh(`${facts.authority}:${facts.connect === facts.authority ? hole('CONNECT_TO') : facts.connect}`)} ${sh(facts.url)}`,
      verify: (facts) => curlCheck(facts),
      evidence: 'tested',
      source: { product: 'curl 7.88', page: 'https://curl.se/docs/manpage.html' },
    },
    {
      jobs: ['use-proxy'],
      side: 'client',
      title: 'Give curl the right proxy',
      steps: [
        'Name the proxy with --proxy; status 407 means that it wants credentials, for which curl asks when --proxy-user holds a user name only.',
        'If the server is reachable without a proxy, leave it out for this host with --noproxy.',
      ],
      command: (facts) =>
        `curl -v --proxy ${sh(`http://${hole('PROXY_HOST')}:${hole('PROXY_PORT')}`)} ${sh(facts.url)}\ncurl -v --noproxy ${sh(facts.host)} ${sh(facts.url)}`,
      verify: (facts) =>
        `curl -sS -o /dev/null -w ${sh('%{http_connect}\\n')} --proxy ${sh(`http://${hole('PROXY_HOST')}:${hole('PROXY_PORT')}`)} ${sh(facts.url)}`,
      evidence: 'documented',
      source: { product: 'curl 7.88', page: 'https://curl.se/docs/manpage.html' },
    },
    {
      jobs: ['protocol-version'],
      side: 'client',
      title: 'Let curl use TLS 1.2 and newer',
      steps: [
        'Remove options that fix an old version, such as --tlsv1.0, --sslv3 or --tls-max, from the command and from ~/.curlrc.',
        'If curl is older than the versions that the server wants, update it and its TLS library.',
      ],
      command: (facts) => `curl --version\ncurl -v --tlsv1.2 ${sh(facts.url)}`,
      verify: (facts) => curlCheck(facts, ['--tlsv1.2']),
      evidence: 'tested',
      source: { product: 'curl 7.88', page: 'https://curl.se/docs/manpage.html' },
    },
  ],
}
