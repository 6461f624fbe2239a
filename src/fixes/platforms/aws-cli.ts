/** AWS CLI, and the SDKs that read the same variable. */
import { curlCheck } from '../commands.ts'
import type { Platform } from '../platform.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

export const awsCli: Platform = {
  slug: 'aws-cli',
  name: 'AWS CLI',
  group: 'clients',
  source: {
    product: 'AWS CLI 1.45 and 2',
    page: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html',
  },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give the AWS CLI the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Set AWS_CA_BUNDLE, or ca_bundle in the configuration. "SSL validation failed" has to be gone from the next call.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `export AWS_CA_BUNDLE="$PWD"/${trustWord(facts)}\naws configure set default.ca_bundle "$PWD"/${trustWord(facts)}`,
      verify: (facts) => curlCheck(facts),
      warning: trustWarning,
      evidence: 'tested',
    },
  ],
}
