/** Alpine Linux: the store of the system. */
import { curlCheck, trustFile } from '../commands.ts'
import type { Platform } from '../platform.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

export const alpine: Platform = {
  slug: 'alpine',
  name: 'Alpine',
  group: 'stores',
  source: { product: 'Alpine 3', page: 'https://gitlab.alpinelinux.org/alpine/ca-certificates' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Add the CA to the store of the system',
      steps: (facts) => [
        ...trustSteps(facts),
        'Copy it with a name that ends in .crt, one certificate per file, and rebuild the store. Build it into the image, for a container forgets it.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `apk add ca-certificates\ncp ${trustWord(facts)} /usr/local/share/ca-certificates/${trustFile(facts).alias}.crt\nupdate-ca-certificates`,
      verify: (facts) => curlCheck(facts, ['--cacert', '/etc/ssl/certs/ca-certificates.crt']),
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Update the store of the system',
      steps: ['Install the current package of CA certificates.'],
      command: 'apk add --upgrade ca-certificates',
      verify: (facts) => curlCheck({ ...facts, isPublic: true }),
      evidence: 'documented',
    },
  ],
}
