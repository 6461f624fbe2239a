/** npm: the registry's CA and client certificate. */
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

export const npm: Platform = {
  slug: 'npm',
  name: 'npm',
  group: 'clients',
  source: { product: 'npm 10 and 11', page: 'https://docs.npmjs.com/cli/v11/using-npm/config#cafile' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give npm the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Set cafile to its full path. It takes the place of the built-in roots; if npm also talks to public registries, set the variable NODE_EXTRA_CA_CERTS instead, and neither ca nor cafile.',
      ],
      prepare: trustPrepare,
      command: (facts) => `npm config set cafile "$PWD"/${trustWord(facts)}`,
      verify: (facts) => `npm ping --registry ${sh(facts.url)}`,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate to the registry',
      steps: [
        'Set certfile and keyfile for this registry, with their full paths; cert and key for all registries are deprecated.',
      ],
      command: (facts) => {
        const registry = `//${facts.url.slice('https://'.length)}`
        return `npm config set ${sh(`${registry}:certfile=${hole('CLIENT_CERT_FILE')}`)}\nnpm config set ${sh(`${registry}:keyfile=${hole('CLIENT_KEY_FILE')}`)}`
      },
      verify: (facts) => `npm ping --registry ${sh(facts.url)}`,
      evidence: 'tested',
      source: {
        product: 'npm 10 and 11',
        page: 'https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#auth-related-configuration',
      },
    },
  ],
}
