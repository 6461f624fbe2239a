/** pip: the index's CA and client certificate. */
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const index = (url: string): string => `--index-url ${sh(`${url}simple/`)}`
const attempt = `pip download --no-deps -d "$(mktemp -d)"`

export const pip: Platform = {
  slug: 'pip',
  name: 'pip',
  group: 'clients',
  source: { product: 'pip 23.2', page: 'https://pip.pypa.io/en/stable/topics/https-certificates/' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give pip the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Set it in the configuration, or for one call with --cert. From pip 24.2 on the store of the operating system counts by itself, so the CA may rather go there.',
      ],
      prepare: trustPrepare,
      command: (facts) => `pip config set global.cert "$PWD"/${trustWord(facts)}`,
      verify: (facts) => `${attempt} ${index(facts.url)} ${sh(hole('PACKAGE'))}`,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate to the index',
      steps: [
        'Put certificate, intermediates and key into one PEM file, readable by you alone, and name it with --client-cert.',
      ],
      prepare: `(umask 077 && cat ${sh(hole('CLIENT_CERT_FILE'))} ${sh(hole('CLIENT_KEY_FILE'))} > client.pem)`,
      command: (facts) => `pip install --client-cert client.pem ${index(facts.url)} ${sh(hole('PACKAGE'))}`,
      verify: (facts) => `${attempt} --client-cert client.pem ${index(facts.url)} ${sh(hole('PACKAGE'))}`,
      evidence: 'tested',
    },
  ],
}
