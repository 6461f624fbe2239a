/** Git over HTTPS: settings, best for one host only. */
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const repository = (url: string): string => sh(`${url}${hole('PATH')}`)

export const git: Platform = {
  slug: 'git',
  name: 'Git',
  group: 'clients',
  source: {
    product: 'Git 2.39',
    page: 'https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslCAInfo',
  },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give Git the CA, for this host only',
      steps: (facts) => [
        ...trustSteps(facts),
        'Set it for this address. The variable GIT_SSL_CAINFO overrides the setting, so look at it first when the setting seems to do nothing.',
        'On Windows, "git config --global http.sslBackend schannel" lets Git use the Windows store instead.',
      ],
      prepare: trustPrepare,
      command: (facts) => `git config --global ${sh(`http.${facts.url}.sslCAInfo`)} "$PWD"/${trustWord(facts)}`,
      verify: (facts) => `git ls-remote ${repository(facts.url)}`,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate with Git',
      steps: ['Name certificate and key, with their full paths, for this address.'],
      command: (facts) =>
        `git config --global ${sh(`http.${facts.url}.sslCert`)} ${sh(hole('CLIENT_CERT_FILE'))}\ngit config --global ${sh(`http.${facts.url}.sslKey`)} ${sh(hole('CLIENT_KEY_FILE'))}`,
      verify: (facts) => `git ls-remote ${repository(facts.url)}`,
      evidence: 'tested',
    },
  ],
}
