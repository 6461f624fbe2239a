/** Docker: the daemon towards a registry, and programs in images. */

import { trustFile } from '../commands.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

/** The directory carries the port, unless it is the usual one. */
const directory = (host: string, port: number): string =>
  sh(`/etc/docker/certs.d/${host}${port === 443 ? '' : `:${port}`}`)

const pull = (authority: string, port: number): string =>
  `docker pull ${sh(`${port === 443 ? authority.replace(/:443$/, '') : authority}/${hole('IMAGE')}`)}`

export const docker: Platform = {
  slug: 'docker',
  name: 'Docker',
  group: 'clients',
  source: { product: 'Docker Engine 28', page: 'https://docs.docker.com/engine/security/certificates/' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give the Docker daemon the CA of a registry',
      steps: (facts) => [
        ...trustSteps(facts),
        'Put it where the daemon looks for this registry, with a name that ends in .crt. On Linux it adds to the roots of the host.',
      ],
      prepare: trustPrepare,
      command: ({ host, port, ...facts }) =>
        `sudo mkdir -p ${directory(host, port)}\nsudo cp ${trustWord({ host, port, ...facts })} ${directory(host, port)}/ca.crt`,
      verify: ({ authority, port }) => pull(authority, port),
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give the programs in an image the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Add these lines to the Dockerfile of an image of the Debian family, and build it again. Java, Node.js and Python in it keep stores of their own.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `COPY ${trustFile(facts).file} /usr/local/share/ca-certificates/${trustFile(facts).alias}.crt\nRUN update-ca-certificates`,
      language: 'ini',
      verify: ({ url }) => `docker run --rm ${sh(hole('IMAGE'))} curl -sS -o /dev/null ${sh(url)}`,
      warning: trustWarning,
      evidence: 'documented',
      source: { product: 'Docker Engine 28', page: 'https://docs.docker.com/engine/network/ca-certs/' },
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate to a registry',
      steps: [
        'Put certificate and key where the daemon looks for this registry. A CA must not end in .cert, or the daemon asks for its key.',
      ],
      command: ({ host, port }) =>
        `sudo mkdir -p ${directory(host, port)}\nsudo cp ${sh(hole('CLIENT_CERT_FILE'))} ${directory(host, port)}/client.cert\nsudo cp ${sh(hole('CLIENT_KEY_FILE'))} ${directory(host, port)}/client.key`,
      verify: ({ authority, port }) => pull(authority, port),
      evidence: 'documented',
    },
  ],
}
