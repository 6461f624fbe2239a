/** Red Hat Enterprise Linux, Fedora, CentOS, Amazon Linux: the shared store of the system. */
import { curlCheck } from '../commands.ts'
import type { Platform } from '../platform.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

export const rhel: Platform = {
  slug: 'rhel',
  name: 'RHEL, Fedora',
  group: 'stores',
  source: {
    product: 'RHEL 7 to 9',
    page: 'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/securing_networks/using-shared-system-certificates_securing-networks',
  },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Add the CA to the shared store of the system',
      steps: (facts) => [
        ...trustSteps(facts),
        'Copy it to the anchors, in PEM or DER, and rebuild the store; OpenSSL, GnuTLS, NSS and the Java of the distribution use it.',
        'To take it back: delete the file and run "update-ca-trust" again.',
      ],
      prepare: trustPrepare,
      command: (facts) => `sudo cp ${trustWord(facts)} /etc/pki/ca-trust/source/anchors/\nsudo update-ca-trust`,
      verify: (facts) => curlCheck(facts, ['--cacert', '/etc/pki/tls/certs/ca-bundle.crt']),
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Update the shared store of the system',
      steps: ['Install the current package of CA certificates.'],
      command: 'sudo dnf upgrade -y ca-certificates',
      verify: (facts) => curlCheck({ ...facts, isPublic: true }),
      evidence: 'documented',
    },
  ],
}
