/** GNU Wget: options, and lines for ~/.wgetrc. */
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const client = `--certificate=${sh(hole('CLIENT_CERT_FILE'))} --private-key=${sh(hole('CLIENT_KEY_FILE'))}`

export const wget: Platform = {
  slug: 'wget',
  name: 'wget',
  group: 'clients',
  source: { product: 'GNU Wget 1.21.3', page: 'https://www.gnu.org/software/wget/manual/wget.html' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give wget the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Name the file with --ca-certificate. Builds with GnuTLS, as those of Debian, do not look at the variable SSL_CERT_FILE.',
      ],
      prepare: trustPrepare,
      command: (facts) => `wget --ca-certificate=${trustWord(facts)} ${sh(facts.url)}`,
      verify: (facts) => `wget -q -O /dev/null --ca-certificate=${trustWord(facts)} ${sh(facts.url)}`,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate with wget',
      steps: ['Put certificate and intermediates into one file, leaf first, and name file and key.'],
      command: (facts) => `wget ${client} ${sh(facts.url)}`,
      verify: (facts) =>
        `wget -q -O /dev/null ${facts.isPublic ? '' : `--ca-certificate=${sh(facts.anchor.file)} `}${client} ${sh(facts.url)}`,
      evidence: 'tested',
    },
  ],
}
